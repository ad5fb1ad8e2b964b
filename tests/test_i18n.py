"""Catalogues: every language says the same messages, with the same values, and the program uses all of them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter
from types import ModuleType

import pytest

from curate.domain.message import Message, all_of, in_languages, message, shorten
from curate.domain.model import Failure, Reason
from curate.domain.serialization import from_json, to_json
from curate.i18n import en, zh
from curate.i18n.catalogue import CATALOGUES, say, say_failure, say_reasons

ROOT = Path(__file__).parents[1] / "curate"
ZH, EN = CATALOGUES["zh"], CATALOGUES["en"]


def fields(sentence: str) -> set[str]:
    """The values that a sentence shows; one that only chooses between one and many is shown by no language without plural."""
    parts = Formatter().parse(sentence)
    return {name for _, name, how, _ in parts if name and not ("|" in (how or "") and "{" not in (how or ""))}


def test_both_languages_say_every_message() -> None:
    assert set(ZH) == set(EN)
    assert not [key for key in ZH if not ZH[key].strip() or not EN[key].strip()]


@pytest.mark.parametrize("language", [zh, en])
def test_no_two_parts_of_a_catalogue_have_one_key(language: ModuleType) -> None:
    found = [
        part.name for part in walk_packages(language.__path__, f"{language.__name__}.") if not part.ispkg
    ]
    parts = [import_module(name).SENTENCES for name in found]
    assert len(parts) > 10
    counts = Counter(key for part in parts for key in part)
    assert [key for key, count in counts.items() if count > 1] == [], "the later one would be said for both"


def test_both_languages_use_the_same_values() -> None:
    assert {key: fields(ZH[key]) for key in ZH} == {key: fields(EN[key]) for key in ZH}


def _texts() -> Iterator[str]:
    """Texts of the program, without the catalogues; what is filled into one stands as a star."""
    for path in ROOT.rglob("*.py"):
        if path.relative_to(ROOT).parts[0] == "i18n" and path.name != "catalogue.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 80:
                yield node.value


def test_every_sentence_is_used() -> None:
    texts = set(_texts())
    patterns = [
        re.compile(re.escape(text).replace(r"\*", ".+")) for text in texts if re.search(r"\w\.\*", text)
    ]
    unused = [k for k in ZH if k not in texts and not any(pattern.fullmatch(k) for pattern in patterns)]
    templates = "".join(path.read_text("utf-8") for path in (ROOT.parent / "templates").rglob("*.j2"))
    # t("key") says the sentence of its own part, and t("prefix_" ~ name) one of several
    texts |= set(re.findall(r"[\"']([a-z_0-9]+)[\"']", templates))
    several = tuple({text.partition("*")[0] for text in texts if re.match(r"[a-z]+_(\*|$)", text)})
    parts = ("site.", "post.", "desk.", "run.", "report.", "collection.", "cli.")

    def is_said(own: str) -> bool:
        return own in texts or own.startswith(several) or any(each.fullmatch(own) for each in patterns)

    unused = [k for k in unused if not (k.startswith(parts) and is_said(k.partition(".")[2]))]
    unused = [k for k in unused if not (k.endswith(".place") and k.removesuffix(".place") in texts)]
    assert unused == []


def test_every_message_that_is_made_has_a_sentence() -> None:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                key, named = node.args[0], {word.arg for word in node.keywords}
                if isinstance(key, ast.Constant):
                    assert key.value in ZH, f"{path}:{node.lineno}"
                    assert None in named or fields(ZH[str(key.value)]) == named, f"{path}:{node.lineno}"


def test_every_error_that_is_made_has_a_sentence_and_its_values() -> None:
    found = 0
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error.of")):
                continue
            keys = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value]
            named = {word.arg for word in node.keywords}
            assert all(key in ZH for key in keys), f"{path}:{node.lineno}"
            assert fields(ZH[str(keys[0])]) == named, f"{path}:{node.lineno}"
            assert not any(fields(ZH[str(key)]) for key in keys[1:]), f"{path}:{node.lineno}"
            found += 1
    assert found


def test_one_and_many_are_told_apart() -> None:
    assert say(message("freshness.hours", n=1), "en") == "published 1 hour ago"
    assert say(message("freshness.hours", n=3), "en") == "published 3 hours ago"
    assert say(message("freshness.hours", n=1), "zh") == "1 小时前发布"


def test_messages_stand_in_messages_and_lists_are_joined_as_the_language_joins_them() -> None:
    why = message("merge.event", shared=("五号线", "海川"))
    told = message("merged", title="通车", why=message("merge.via", why=why, title="开通"))
    assert say(told, "zh") == "并入《通车》：同一事件，都提到“五号线”、“海川”（与《开通》相比）"
    assert say(told, "en").startswith("merged into “通车”: the same event: both mention “五号线”, “海川”")
    both = all_of([message("drop.items", score=1.5, n=20), message("drop.bare")])
    assert say(both, "zh") == "未入选：得 1.50 分，本期 20 条已满；正文里没有能做摘要的句子，排得稍后"


def test_braces_of_a_title_are_no_fields() -> None:
    assert say(message("told", title="{n} {0.__class__}"), "zh") == "往期讲过：《{n} {0.__class__}》"


def test_a_message_is_kept_with_its_values_and_comes_back_as_it_was() -> None:
    told = message("merged", title="通车", why=message("merge.event", shared=("五号线", message("other"))))
    reason = Reason("advert", 0.5, "并入", told)
    assert from_json(Reason, to_json(reason)) == reason
    assert from_json(Message, to_json(message("pick", rank=2, score=1.25))) == message(
        "pick", rank=2, score=1.25
    )


def test_what_was_kept_in_words_alone_is_still_read() -> None:
    old = from_json(Reason, '{"signal": "freshness", "points": 0.5, "words": "刚刚发布"}')
    assert old == Reason("freshness", 0.5, "刚刚发布")
    assert say_reasons([old], "en") == (old,)


def test_long_texts_are_cut_at_every_depth() -> None:
    told = message(
        "merged", title="长" * 99, why=message("merge.event", shared=("词" * 99, message("other")))
    )
    assert shorten(told, 3) == message(
        "merged", title="长" * 3, why=message("merge.event", shared=("词" * 3, message("other")))
    )


def test_a_failure_gets_its_words_and_keeps_what_they_say() -> None:
    failure = Failure(
        "晨报", message=message("fetch.dns", host="a.example"), advice=message("fetch.dns.hint")
    )
    said = say_failure(failure, "zh")
    assert said.reason == "找不到主机 a.example"
    assert from_json(Failure, to_json(said)) == said
    assert say_failure(Failure("晨报", "连不上"), "en").reason == "连不上"
    assert from_json(
        Failure, '{"subject": "晨报", "reason": "连不上", "hint": "", "is_gone": false}'
    ) == Failure("晨报", "连不上")


def test_a_message_may_bring_its_own_sentences() -> None:
    own = in_languages(zh="标题一行放得下", en="its title fits one line")
    assert (say(own, "zh"), say(own, "en"), say(own, "fr")) == (
        "标题一行放得下",
        "its title fits one line",
        "标题一行放得下",
    )
    assert say(all_of((own, own)), "en").count("fits") == 2
    assert say(from_json(Message, to_json(own)), "en") == "its title fits one line", (
        "it is kept with its words"
    )
