"""Closeness to what the account says it is about, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from curate.config.schema import Account
from curate.domain.model import Entry, EntryKey, Story
from curate.i18n.catalogue import say
from curate.ranking.positioning import measure_closeness
from curate.ranking.signals import POSITIONING_MOST, Context, audience

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ACCOUNT = Account(name="海川通勤", positioning="给城市通勤者的每日交通资讯")
TITLES = ("地铁五号线开通", "公交改线", "一道汤的做法", "股市收评", "球队赢了", "新书上架")


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """What is about getting about lies one way, all else another."""
    near = [any(word in text for word in ("交通", "地铁", "公交")) for text in texts]
    return np.array([[1.0, 0.1] if n else [0.1, 1.0] for n in near], dtype=np.float32)


def entries() -> list[Entry]:
    return [Entry("s", title, "", title, NOW) for title in TITLES]


def test_what_means_the_same_is_close_and_the_usual_is_not() -> None:
    close = measure_closeness(entries(), ACCOUNT, encode)
    assert close[EntryKey("s", "地铁五号线开通")] == close[EntryKey("s", "公交改线")] > 0.5
    assert close[EntryKey("s", "股市收评")] == 0


def test_nothing_is_said_without_an_encoder_a_sentence_or_enough_entries() -> None:
    assert measure_closeness(entries(), ACCOUNT, None) == {}
    assert measure_closeness(entries(), Account(name="x"), encode) == {}
    assert measure_closeness(entries()[:3], ACCOUNT, encode) == {}


def test_closeness_gives_points_and_names_a_word_where_there_is_one() -> None:
    close = {EntryKey("s", title): value for title, value in zip(TITLES, (1.0, 0.5, 0, 0, 0, 0), strict=True)}
    context = Context(NOW, ACCOUNT, {}, timedelta(hours=48), {}, closeness=close)
    first, second, third = (audience(Story(entry), context) for entry in entries()[:3])
    assert first.points == POSITIONING_MOST > second.points > third.points == 0
    assert say(first.message, "zh") == "内容贴近账号定位"
    named = replace(entries()[0], id=TITLES[0], title="交通早高峰")
    assert "“交通”" in say(audience(Story(named), context).message, "zh")
