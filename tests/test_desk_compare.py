"""What an edit changed that an editor in a hurry should look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.desk.apply import apply_events
from curate.desk.compare import Doubt, differences, find_doubts
from curate.desk.events import Drop, EditNote, EditTitle, Lead, Move, Take
from tests.desk_samples import OFFERED, TOPICS, machine


@pytest.mark.parametrize(
    ("original", "edited", "gone", "new"),
    [
        ("营收增长 12.5%", "营收增长 15%", ["12.5%"], ["15%"]),
        ("裁员 1,200 人", "裁员 1200 人", [], []),
        ("投资三百万元", "投资三千万元", ["三百万"], ["三千万"]),
        ("两次降息，共 2 次", "降息", ["2"], []),
        ("央行并未降息", "央行降息", ["未"], []),
        ("公司没有裁员计划", "公司有裁员计划", ["没有"], []),
        ("The bank will not cut rates", "The bank will cut rates", ["not"], []),
        ("It won’t ship", "It ships", ["won’t"], []),
        ("收入增长", "收入不增长", [], ["不"]),
        ("不仅便宜，不断更新", "便宜，在更新", [], []),
        ("未来十年", "今后十年", [], []),
        ("５０ 人到场", "50 人到场", [], []),
    ],
)
def test_numbers_and_negations_that_went_or_came(
    original: str, edited: str, gone: list[str], new: list[str]
) -> None:
    found = find_doubts(original, edited)
    assert [doubt.text for doubt in found if doubt.gone] == gone
    assert [doubt.text for doubt in found if not doubt.gone] == new
    assert find_doubts(edited, original) == tuple(
        sorted((replace_gone(doubt) for doubt in found), key=lambda d: (d.kind == "negation", not d.gone))
    )
    assert find_doubts(original, original) == ()


def replace_gone(doubt: Doubt) -> Doubt:
    return doubt._replace(gone=not doubt.gone)


def test_an_issue_beside_the_machines() -> None:
    made = machine()
    key = made.sections[0].items[0].key
    other = made.sections[1].items[0].key
    log = (
        EditTitle(key, "改了"),
        EditNote(key, "按语"),
        Move(other, "city"),
        Drop(made.sections[1].items[1].key),
        Take(replace(OFFERED[0], topic="ai")),
        Lead(key),
    )
    found = differences(made, apply_events(made, log, TOPICS))
    assert sorted(each.kind for each in found) == sorted(["title", "note", "moved", "gone", "added", "lead"])
    assert differences(made, made) == ()
