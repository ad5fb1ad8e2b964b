"""What is learnt from what an editor keeps and drops: which decisions count, when anything is said, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from curate.config.schema import Account
from curate.desk.apply import apply_edits
from curate.desk.events import Drop, Edit, MarkAdvert, Merge, Move, Park, Take
from curate.desk.offers import Offer
from curate.desk.preferences import decisions_of
from curate.domain.decisions import Decision, Forgotten
from curate.domain.model import EntryKey, Story
from curate.i18n.catalogue import say
from curate.ranking.editor_preferences import ENOUGH_ISSUES, Preference, Preferences, learn_preferences
from curate.ranking.editor_signal import MOST, preference_reason
from curate.ranking.signals import Context, score
from tests.desk_samples import OFFERED, TOPICS, machine
from tests.nouns import NOW, entry

NAMES = {("topic", "sport"): "体育", ("source", "x"): "甲报"}
OFFERS = tuple(Offer(place, item, 1.0 / place, False, "", 0.5) for place, item in enumerate(OFFERED, 1))


def decided(*edits: Edit) -> dict[tuple[bool, str], Decision]:
    """Where it was offered and its source -> the decision."""
    found = decisions_of(apply_edits(machine(), edits, TOPICS), edits, OFFERS)
    return {(each.in_issue, each.source): each for each in found}


def test_what_is_kept_dropped_and_taken_in_is_a_decision_and_what_stands_below_was_not_seen() -> None:
    found = decided(Drop(EntryKey("s4", "e4")), Take(OFFERED[2]))
    inside = {source: each.taken for (in_issue, source), each in found.items() if in_issue}
    assert inside == {"s1": True, "s2": True, "s3": True, "s4": False, "s5": True, "s6": True}
    beside = [(source, each.place, each.taken) for (in_issue, source), each in found.items() if not in_issue]
    assert beside == [("s11", 1, False), ("s12", 2, False), ("s13", 3, True)]


def test_nothing_was_passed_over_where_nothing_was_taken_in() -> None:
    assert all(in_issue for in_issue, _ in decided(Drop(EntryKey("s4", "e4"))))


@pytest.mark.parametrize(
    "edit",
    [
        Park(EntryKey("s4", "e4")),
        MarkAdvert(EntryKey("s4", "e4")),
        Merge(EntryKey("s1", "e1"), machine().sections[1].items[0]),
    ],
)
def test_what_is_parked_merged_or_an_advert_says_nothing_about_taste(edit: Edit) -> None:
    found = decided(edit)
    assert (True, "s4") not in found
    assert (True, "s5") in found


def test_a_corrected_topic_is_the_one_that_is_liked() -> None:
    assert decided(Move(EntryKey("s4", "e4"), "city"))[True, "s4"].topic == "city"


def life(
    keep: Callable[[str, str, int], float], seed: int = 1, issues: int = 20, first: str = ""
) -> list[Decision]:
    """Issues of twelve items of four topics and six sources; `keep` says how likely one is kept. `first`: a topic whose
    items stand first."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(1, issues + 1):
        drawn = [(f"t{rng.integers(4)}", f"s{rng.integers(6)}") for _ in range(12)]
        drawn.sort(key=lambda pair: pair[0] != first)
        for place, (topic, source) in enumerate(drawn, 1):
            found.append(
                Decision(number, topic, source, place, True, bool(rng.random() < keep(topic, source, place)))
            )
    return found


def said(known: Preferences) -> set[tuple[str, str]]:
    return {name for name, each in known.levels.items() if each.is_evident}


def test_a_source_that_is_always_kept_and_a_topic_that_never_is_are_learnt() -> None:
    def keep(topic: str, source: str, place: int) -> float:
        return 0.05 if topic == "t0" else 0.98 if source == "s0" else 0.7

    known = learn_preferences(life(keep, issues=30))
    assert {("topic", "t0"), ("source", "s0")} <= said(known)
    assert known.levels["topic", "t0"].log_odds < 0 < known.levels["source", "s0"].log_odds


def test_without_taste_next_to_nothing_is_learnt() -> None:
    false = [len(said(learn_preferences(life(lambda *_: 0.8, seed)))) for seed in range(20)]
    assert sum(false) <= 4, "of two hundred levels"


def test_what_is_offered_first_is_not_taken_for_liked() -> None:
    lives = [life(lambda _t, _s, place: 0.98 if place <= 3 else 0.6, seed, first="t0") for seed in range(10)]
    told = sum(("topic", "t0") in said(learn_preferences(each)) for each in lives)
    naive = [replace(d, place=1) for d in lives[0]]
    assert told <= 1
    assert ("topic", "t0") in said(learn_preferences(naive)), "it would be, if the place did not count"


def test_nothing_is_said_before_there_is_enough() -> None:
    def keep(topic: str, *_: object) -> float:
        return 0.0 if topic == "t0" else 1.0

    early = learn_preferences(life(keep, issues=ENOUGH_ISSUES - 1))
    assert not early.is_enough
    assert not early.levels
    kept = learn_preferences(life(lambda *_: 1.0, issues=40))
    assert not kept.is_enough, "who keeps everything has no taste that shows"


def test_what_is_forgotten_counts_no_more_and_is_learnt_anew() -> None:
    def keep(topic: str, *_: object) -> float:
        return 0.05 if topic == "t0" else 0.9

    decisions = life(keep, issues=30)
    assert ("topic", "t0") not in said(learn_preferences(decisions, [Forgotten("topic", "t0", 30)]))
    later = [replace(each, number=each.number + 30) for each in decisions]
    assert ("topic", "t0") in said(learn_preferences([*decisions, *later], [Forgotten("topic", "t0", 30)]))
    assert not learn_preferences(decisions, [Forgotten("", "", 30)]).decisions


def preference(factor: str, level: str, log_odds: float, taken: int, offered: int = 13) -> Preference:
    return Preference(factor, level, log_odds, log_odds - 0.5, log_odds + 0.5, taken, offered, 9)


def known_of(*each: Preference) -> Preferences:
    return Preferences(14, 130, 30, {(one.factor, one.level): one for one in each})


def test_a_reason_says_what_was_kept_and_how_often() -> None:
    known = known_of(preference("source", "x", 1.0, 12), preference("topic", "sport", -1.0, 2))
    kept = preference_reason(known, "", "x", NAMES)
    assert (kept.points, say(kept.message, "zh")) == (0.4, "你常留下来源“甲报”（近 9 期 12/13）")
    dropped = preference_reason(known, "sport", "", NAMES)
    assert (dropped.points, say(dropped.message, "zh")) == (
        -0.4,
        "你常去掉“体育”栏目的内容（近 9 期 11/13）",
    )
    both = preference_reason(known, "sport", "x", NAMES)
    assert both.points == 0.0
    assert "leave out “体育” (11 of 13 in 9 issues)" in say(both.message, "en")


def test_points_are_bounded_and_the_weight_is_that_of_feeds_yaml() -> None:
    known = known_of(preference("source", "a", 9.0, 13))

    def points(weight: float) -> float:
        context = Context(NOW, Account(name="早读"), {}, timedelta(days=2), {"editor": weight}, editor=known)
        return sum(r.points for r in score(Story(entry()), context)[1] if r.signal == "editor")

    assert [points(0.0), points(1.0), points(2.0)] == [0.0, MOST, 2 * MOST]


def test_what_was_decided_twice_says_nothing() -> None:
    known = known_of(preference("source", "x", 2.0, 2, 2))
    assert preference_reason(known, "", "x", NAMES).points == 0.0
