"""Personal data is found by its check digits and its form, and masked; look-alikes are left alone."""

from __future__ import annotations

from time import process_time

import pytest

from curate.checks.advertising import find_claims
from curate.text.conduct.inducement import find_inducements
from curate.text.conduct.invitation import find_invitations
from curate.text.conduct.personal_data import find_personal_data
from curate.text.searchable import fold_searchable, squeeze_searchable


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("身份证号11010519491231002X", "identity", "110***************"),
        ("卡号 6222 0202 0011 2233 446，户名张三", "bank", "6222 **** **** ***3 446"),
        ("失主电话 13800138000", "phone", "138****8000"),
        ("致电 +86 138-0013-8000", "phone", "+86 138-****-8000"),
        ("１３８００１３８０００", "phone", "１３８****８０００"),
        ("投稿：tougao@example.com", "email", "t***@example.com"),
        ("热线 0571-87654321", "hotline", "热线 057*-******21"),
        ("Q群 123456789", "account", "Q群 1********"),
    ],
)
def test_each_kind_is_found_and_masked(text: str, kind: str, masked: str) -> None:
    (found,) = find_personal_data(text)
    assert (found.kind, found.masked) == (kind, masked)


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105194912310021",  # the check sign is another
        "编号110105194913310024",  # no such month
        "卡号 6222 0202 0011 2233 447",  # Luhn's sum is another
        "订单 202611300000123456",
        "见 https://site.example/13800138000.html",
        "市值 13812345678 元",
        "0000 0000 0000 0000",
        "写信给 @某人 或看 a@b",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(find_personal_data(text)) == []


def test_a_folded_text_knows_where_its_words_stood() -> None:
    found = fold_searchable("請 加\u200b 微 信ＡＢＣ")
    assert found.text == "请加微信abc"
    assert found.quote(2, 5) == "微 信Ａ"
    assert squeeze_searchable(fold_searchable("微·信 a b")).text == "微信ab"


@pytest.mark.parametrize(
    "text",
    ["转发后即可领取" * 2000, "保证" * 5000, "1" * 20_000, "1 3 8 " * 5000, "A" * 20_000 + "@", "病" * 5000],
)
def test_hostile_texts_cost_little(text: str) -> None:
    begun = process_time()
    for find in (find_personal_data, find_inducements, find_invitations, find_claims):
        list(find(text))
    assert process_time() - begun < 1.0, "seconds of CPU"
