"""The lead stands once, under its number; numbers say what they are for only where replies are set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render import CHANNELS, render, themes
from curate.render.channels.wechat import fragment
from curate.render.context import class_of_spacing, mark
from curate.render.messages import cut_text
from curate.render.wechat.allowed import visible
from curate.render.wechat.plain_text import plain
from tests.render_samples import PACKAGES, TEMPLATES, chinese, digest_of, english, one_item, texts_in

TEXTS = sorted(set(CHANNELS) - {"cards"})  # what can be read as text
FAMILY, FLAG, CODER = "👨‍👩‍👧", "🏳️‍🌈", "👩🏽‍💻"


def bodies(digest: Digest, channel: str) -> Mapping[str, bytes]:
    files, failures = render(digest, [channel], TEMPLATES)
    assert failures == ()
    return texts_in(files)


def _written(body: bytes) -> str:
    """With what JSON escapes written out."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), body.decode())


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_the_lead_stands_once_and_its_number_is_in_its_card(theme: str) -> None:
    digest = chinese()
    text = plain(fragment(digest, TEMPLATES, Look(theme=theme)))
    assert text.count(digest.lead.title) == 1
    assert "今日头条" not in text
    assert "详见上方" not in text
    head = text[: text.index(digest.lead.title)]
    assert "头条" in head
    assert mark(digest.lead, digest) in head.rsplit("头条", 1)[1] + head.rsplit("头条", 1)[0][-8:]


@pytest.mark.parametrize("channel", sorted(set(TEXTS) - {"poster", "wechat"}))
def test_every_channel_tells_each_item_once(channel: str) -> None:
    for body in bodies(chinese(), channel).values():
        for section in chinese().sections:
            for item in section.items[:2]:
                told = body.decode().count(item.title)
                twice = ("feed", "email", *PACKAGES)  # subject, summary, title
                assert told <= 1 + (item.number < 6 and channel in twice), item.title


@pytest.mark.parametrize("channel", PACKAGES)
def test_elsewhere_nobody_is_asked_to_write_to_the_account(channel: str) -> None:
    for body in bodies(chinese(), channel).values():
        assert "回复" not in body.decode()
        assert "312" not in body.decode().replace("第 312 期", "").replace("第312期", "")


@pytest.mark.parametrize("channel", sorted(set(TEXTS) - set(PACKAGES)))
def test_with_replies_every_channel_says_what_the_numbers_are_for(channel: str) -> None:
    on, off = chinese(), replace(chinese(), replies=False)
    for body in bodies(on, channel).values():
        if channel != "wechat" or b"<!doctype" not in body:
            assert _written(body).count("回复编号") == 1
    for name, body in bodies(off, channel).items():
        assert "回复编号" not in _written(body), name
        assert "31202" not in body.decode(), name


def test_a_section_that_held_only_the_lead_is_gone() -> None:
    digest = digest_of(chinese().sections[:1], language="zh")
    alone = replace(digest, sections=(replace(digest.sections[0], items=digest.sections[0].items[:1]),))
    text = plain(fragment(alone, TEMPLATES))
    assert text.count("人工智能") == 0
    assert text.count(alone.lead.title) == 1


@pytest.mark.parametrize("channel", TEXTS)
def test_emoji_that_a_joiner_makes_stay_whole(channel: str) -> None:
    digest = one_item(f"{FAMILY} and {FLAG} and {CODER}")
    for body in bodies(digest, channel).values():
        text = _written(body).encode("utf-16", "surrogatepass").decode("utf-16")
        assert FAMILY in text
        assert CODER in text


def test_a_joiner_between_letters_hides_nothing() -> None:
    assert visible("a\u200db") == "ab"
    assert visible("👨\u200d") == "👨"
    assert visible(f"\u200d{FAMILY}") == FAMILY


@pytest.mark.parametrize("limit", range(2, 9))
def test_what_is_cut_is_not_cut_through_an_emoji(limit: int) -> None:
    short = cut_text(f"a{FAMILY}b{CODER}", limit)
    rest = short.removesuffix("…")
    assert len(short) <= limit
    assert rest in ("a", f"a{FAMILY}", f"a{FAMILY}b")


def test_chinese_may_be_set_wide_and_latin_letters_are_not() -> None:
    assert class_of_spacing("晨读 Daily") == "spaced"
    assert class_of_spacing("Morning Brief") == "close"
    for theme in ("newspaper", "festive", "tech"):
        wide = fragment(chinese(), TEMPLATES, Look(theme=theme))
        assert wide.count("letter-spacing") > fragment(english(), TEMPLATES, Look(theme=theme)).count(
            "letter-spacing"
        )
