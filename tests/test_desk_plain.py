"""An issue in a text editor: what was changed in the text becomes decisions, and nothing else does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.desk.apply import apply_events
from curate.desk.draft import items_of
from curate.desk.events import Drop, EditNote, EditTitle, Event, Lead, Move
from curate.desk.plain import PlainError, read_plain, write_plain
from curate.domain.model import Digest, EntryKey
from curate.i18n.catalogue import say
from tests.desk_samples import EVENTS, TOPICS, machine

MACHINE = machine()
TEXT = write_plain(MACHINE)


def decided(text: str, issue: Digest = MACHINE) -> list[Event]:
    return list(read_plain(text, issue, TOPICS))


@given(st.lists(EVENTS, max_size=30))
def test_a_text_that_was_not_changed_decides_nothing(log: list[Event]) -> None:
    issue = apply_events(MACHINE, log, TOPICS)
    assert decided(write_plain(issue), issue) == []


@given(st.integers(0, 2**32), st.lists(EVENTS, max_size=10))
def test_any_order_of_lines_in_any_sections_is_what_the_issue_becomes(seed: int, log: list[Event]) -> None:
    issue = apply_events(MACHINE, log, TOPICS)
    dice, every = random.Random(seed), list(items_of(issue.sections))
    kept = dice.sample(every, dice.randint(1, len(every)))
    wanted = {
        topic: [i for i in kept if (i.number + seed) % 3 == n]
        for n, topic in enumerate(("ai", "money", "city"))
    }
    lead = dice.choice(kept)
    lines = []
    for topic, items in wanted.items():
        lines += [
            f"[{topic}]",
            *(f"{'*' if i == lead else ' '} {i.number} | {i.title}\n > 按语 {i.number}" for i in items),
        ]
    after = apply_events(issue, decided("\n".join(lines), issue), TOPICS)
    assert {s.id: [i.entry for i in s.items] for s in after.sections} == {
        topic: [i.entry for i in items] for topic, items in wanted.items() if items
    }
    assert after.lead.entry == lead.entry
    assert {i.entry: i.note for i in items_of(after.sections)} == {i.entry: f"按语 {i.number}" for i in kept}


def test_each_change_is_the_one_decision_that_it_means() -> None:
    assert decided(TEXT.replace("  3 | 第 3 条消息\n", "")) == [Drop(EntryKey("s3", "e3"))]
    assert decided(TEXT.replace("| 第 3 条消息", "｜ 改过")) == [EditTitle(EntryKey("s3", "e3"), "改过")]
    assert decided(TEXT.replace("| 第 3 条消息", "| 第 3 条消息\n  ＞值得细读")) == [
        EditNote(EntryKey("s3", "e3"), "值得细读")
    ]
    assert decided(TEXT.replace("*  1", "   1").replace("   4 |", "*  4 |")) == [Lead(EntryKey("s4", "e4"))]
    swapped = TEXT.replace(
        "   4 | 第 4 条消息\n   5 | 第 5 条消息\n", "   5 | 第 5 条消息\n   4 | 第 4 条消息\n"
    )
    assert decided(swapped) == [Move(EntryKey("s5", "e5"), "money", 0)]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[ai]\n 9 | x", 2, "没有"),
        ("[ai]\n 1 | x\n 1 | y", 3, "两次"),
        ("[sport]\n 1 | x", 1, "sport"),
        (" 1 | x", 1, "还没有栏目"),
        ("[ai]\n 1 | x\n\n什么", 4, "看不懂"),
        ("# 都删了\n", 1, "一条也没有"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text: str, line: int, told: str) -> None:
    with pytest.raises(PlainError) as found:
        decided(text)
    assert told in say(found.value.message, "zh")
    assert found.value.line == line
