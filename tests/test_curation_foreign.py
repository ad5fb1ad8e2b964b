"""An issue takes the languages that its readers are given, and says so of what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from curate.config.schema import DigestSettings, Topic
from curate.domain.message import message
from curate.domain.model import Entry, MergedEntry, Pick, Story, Verdict
from curate.i18n.catalogue import say
from curate.ranking.reader_languages import find_foreign, is_foreign, languages_of, led_in_language
from curate.ranking.select import compose
from curate.stories.merge import merge
from curate.text.encoder import Vectors
from curate.text.language import Language
from tests.nouns import entry

ZH: frozenset[Literal["zh", "en"]] = frozenset({"zh"})
BOTH: frozenset[Literal["zh", "en"]] = frozenset({"zh", "en"})
TOPICS = (Topic(id="ai", name="AI"),)


def story(number: int, title: str, text: str = "", *, original: bool = False) -> Story:
    return Story(entry(number, title=title, summary=text, content="", original=original))


def pick(told: Story) -> Pick:
    return Pick(told, "ai", 1.0, 1.0, ())


def titles(settings: DigestSettings, language: Language, *stories: Story) -> tuple[list[str], list[Verdict]]:
    chosen, verdicts = compose(
        [pick(s) for s in stories], settings, TOPICS, languages_of(settings.languages, language)
    )
    return sorted(p.story.lead.title for p in chosen), [v for v in verdicts if not v.picked]


CHINESE = story(1, "新馆开放首日接待读者三千余人")
ENGLISH = story(
    2, "City library opens its doors to three thousand readers", "The city opened its new library on Monday."
)
NAME = story(3, "iPhone 17 Pro", "苹果公司今天发布新手机，起售价不变，下周五开始发货。")
MINE = story(4, "A letter from the editors to all our readers", original=True)


def test_a_chinese_account_takes_chinese_and_says_what_it_left_out() -> None:
    chosen, refused = titles(DigestSettings(), "zh", CHINESE, ENGLISH, NAME, MINE)
    assert chosen == sorted([CHINESE.lead.title, NAME.lead.title, MINE.lead.title])
    assert [
        (v.entry.id, "只收中文" in say(v.message, "zh"), "digest.languages" in say(v.message, "zh"))
        for v in refused
    ] == [(ENGLISH.lead.id, True, True)]


def test_the_setting_and_an_english_account_take_more() -> None:
    everything = DigestSettings(languages=("zh", "en"))
    assert len(titles(everything, "zh", CHINESE, ENGLISH)[0]) == 2
    assert len(titles(DigestSettings(), "en", CHINESE, ENGLISH)[0]) == 2
    assert titles(DigestSettings(languages=("en",)), "en", CHINESE, ENGLISH)[0] == [ENGLISH.lead.title]
    assert languages_of((), "zh") == ZH
    assert languages_of((), "en") == BOTH


def test_a_translators_note_over_a_foreign_text_makes_no_translation() -> None:
    note = "<p>摘要：作者写了港口第二次淤塞的经过，列出三条原因，并建议每年春天疏浚一次。</p>" * 6
    text = (
        "<p>The harbour silted up again in the spring, two years after it had been dredged for the ferries.</p>"
        * 40
    )
    title = "Why the harbour silted up again"
    assert is_foreign(entry(1, title=title, summary="", content=note + text), ZH)
    assert not is_foreign(entry(1, title="港口为何再次淤塞", summary="", content=note + text), ZH)
    assert not is_foreign(entry(1, title=title, summary="", content=note * 20), ZH)


def test_a_name_alone_says_no_language() -> None:
    assert not is_foreign(entry(1, title="GPT 5 Pro", summary="", content=""), ZH)
    assert is_foreign(entry(1, title="Why the harbour silted up again", summary="", content=""), ZH)


def test_a_story_is_told_by_its_chinese_telling_where_there_is_one() -> None:
    chinese: Entry = CHINESE.lead
    both = Story(ENGLISH.lead, (MergedEntry(chinese, "event", 0.8, message("merge.event.plain")),))
    foreign = find_foreign([ENGLISH.lead, chinese, NAME.lead], ZH)
    stories, verdicts = led_in_language(
        [both, NAME], [Verdict(chinese, False, message("told.same"))], foreign
    )
    assert stories[0].lead is chinese
    assert [merge.entry for merge in stories[0].echoes] == [ENGLISH.lead]
    assert stories[1] is NAME
    assert [(v.entry.id, chinese.title in say(v.message, "zh")) for v in verdicts] == [
        (ENGLISH.lead.id, True)
    ]
    assert led_in_language([both], [], frozenset())[0] == [both]


def test_what_no_issue_takes_is_merged_by_its_words_and_never_encoded() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return np.tile(np.eye(1, 8, dtype=np.float32), (len(texts), 1))

    text = (
        "The city opened its new library on Monday, and three thousand readers came to see the reading rooms."
    )
    again = replace(ENGLISH.lead, source="b", id="again", url="https://b.example/1", summary=text)
    entries = [CHINESE.lead, replace(ENGLISH.lead, summary=text), again]
    stories, _ = merge(entries, encode=encode, wordwise={e.key for e in entries[1:]})
    assert len(stories) == 2
    assert asked == [CHINESE.lead.title]
