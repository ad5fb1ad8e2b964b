"""An issue is machine and log: what each event does, and what holds of every log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.desk import events
from curate.desk.apply import APPLY, apply_edits, apply_events, judge_standing
from curate.desk.draft import items_of, keys_of
from curate.desk.events import EVENTS as TABLE
from curate.desk.events import Event, Redo, Restore, Undo, read_event, write_event
from curate.desk.history import history
from curate.domain.errors import ArchiveError
from curate.domain.model import Digest, EntryKey
from curate.render.context import items
from tests import desk_samples
from tests.desk_samples import KEYS, OFFERED, TOPICS, machine

MACHINE = machine()


def after(*log: Event) -> Digest:
    return apply_events(MACHINE, log, TOPICS)


def order(digest: Digest) -> list[str]:
    """What the post has, in reading order: topic and entry."""
    return [f"{section.id} {item.entry}" for section in digest.sections for item in section.items]


def key(number: int) -> EntryKey:
    return EntryKey(f"s{number}", f"e{number}")


@given(st.lists(desk_samples.EVENTS, max_size=40))
def test_any_log_gives_an_issue_that_can_be_printed(log: list[Event]) -> None:
    issue = after(*log)
    every = [item for section in issue.sections for item in section.items]
    assert every
    assert issue.lead in every
    assert issue.lead.number == 1
    assert sorted(item.number for item in every) == list(range(1, len(every) + 1))
    assert len({item.key for item in every}) == len(every)
    assert all(section.items for section in issue.sections)
    assert all(item.topic == section.id for section in issue.sections for item in section.items)
    assert all(item.title.strip() for item in every)
    assert {credit.name for credit in issue.credits} >= {item.source for item in every}
    assert sum(credit.items for credit in issue.credits) == len(every)
    assert (issue.number, issue.date, issue.made) == (MACHINE.number, MACHINE.date, MACHINE.made)


@given(st.lists(desk_samples.EVENTS, max_size=40))
def test_an_event_is_the_same_after_it_was_written_and_read(log: list[Event]) -> None:
    assert [read_event(*write_event(event)) for event in log] == log


@settings(max_examples=15)
@given(st.lists(desk_samples.EVENTS, min_size=200, max_size=200), st.data())
def test_two_hundred_events_and_a_kill_at_any_point_end_in_the_same_issue(
    log: list[Event], data: st.DataObject
) -> None:
    """What was kept of the log by then is read again, and the rest is decided on it."""
    killed = sorted(data.draw(st.lists(st.integers(0, 200), min_size=1, max_size=4)))
    kept: list[Event] = []
    for stop in (*killed, 200):
        kept = [read_event(*write_event(event)) for event in kept] + log[len(kept) : stop]
    assert apply_events(machine(), kept, TOPICS) == apply_events(machine(), log, TOPICS)


@given(st.lists(desk_samples.EVENTS, max_size=40))
def test_every_entry_is_told_or_dropped_or_parked_or_free_and_never_two_of_them(log: list[Event]) -> None:
    edits = history(log).edits
    issue = after(*log)
    told, dropped, parked = judge_standing(issue, apply_edits(MACHINE, edits, TOPICS))
    assert not told.keys() & (dropped | parked)
    assert not dropped & parked
    assert set(told) == {name for item in items(issue) for name in keys_of(item)}


@given(st.lists(desk_samples.EDITS, min_size=1, max_size=20), st.data())
def test_undo_goes_back_without_end_and_redo_forth_again(log: list[events.Edit], data: st.DataObject) -> None:
    steps = data.draw(st.integers(1, len(log)))
    assert after(*log, *[Undo()] * steps) == after(*log[: len(log) - steps])
    assert after(*log, *[Undo()] * steps, *[Redo()] * steps) == after(*log)
    assert after(*log, *[Undo()] * (len(log) + 3)) == MACHINE


@given(st.lists(desk_samples.EVENTS, max_size=20), st.data())
def test_any_version_can_be_restored_and_that_be_undone(log: list[Event], data: st.DataObject) -> None:
    revision = data.draw(st.integers(0, len(log)))
    assert after(*log, Restore(revision)) == apply_events(MACHINE, log[:revision], TOPICS)
    assert after(*log, Restore(revision), Undo()) == after(*log)


def test_an_edit_after_an_undo_ends_what_could_be_redone_and_deletes_nothing() -> None:
    log = (events.Drop(key(3)), Undo(), events.Drop(key(4)))
    assert history((*log, Redo())).edits == (events.Drop(key(4)),)
    assert history(log).redoable == 0
    assert after(*log, Restore(1)) == after(events.Drop(key(3)))


def test_the_machines_issue_comes_back_untouched_where_nothing_holds() -> None:
    assert after() is MACHINE
    assert after(events.Drop(key(3)), Undo()) is MACHINE
    assert after(events.EditNote(key(2), "x"), events.EditNote(key(2), "")) == MACHINE


def test_every_event_has_a_kind_and_every_edit_something_that_it_does() -> None:
    assert set(TABLE.values()) == {*APPLY, Undo, Redo, Restore}
    with pytest.raises(ArchiveError, match="unknown here"):
        read_event("levitate", "{}")


def test_a_dropped_lead_makes_room_for_the_best_of_the_others() -> None:
    assert MACHINE.lead.entry == "e1"
    issue = after(events.Drop(key(1)))
    assert issue.lead.entry == "e2"
    assert order(issue) == ["ai e2", "ai e3", "money e4", "money e5", "money e6"]
    assert "来源1" not in {credit.name for credit in issue.credits}


def test_the_last_item_stays() -> None:
    issue = after(*(events.Drop(key(n)) for n in (1, 2, 3, 4, 5, 6)))
    assert [item.entry for item in items(issue)] == ["e6"]


def test_an_item_moves_to_where_its_score_puts_it_or_where_it_is_put() -> None:
    assert order(after(events.Move(key(5), "ai")))[:4] == ["ai e2", "ai e1", "ai e3", "ai e5"]
    assert order(after(events.Move(key(2), "money")))[2:] == ["money e2", "money e4", "money e5", "money e6"]
    assert order(after(events.Move(key(6), "money", 0)))[3:] == ["money e6", "money e4", "money e5"]
    assert order(after(events.Move(key(6), "city")))[-1] == "city e6"
    assert order(after(events.Move(key(6), "other")))[-1] == "other e6"
    assert after(events.Move(key(6), "gone")) == MACHINE


def test_a_new_section_stands_where_its_topic_does() -> None:
    both = after(events.Move(key(6), "other"), events.Take(OFFERED[0]))
    assert [section.id for section in both.sections] == ["ai", "money", "city", "other"]
    assert [(s.name, s.icon) for s in both.sections[2:]] == [("CITY", "●"), ("其他", "📎")]


def test_the_lead_is_number_one_wherever_it_stands() -> None:
    issue = after(events.Lead(key(5)))
    assert issue.lead.entry == "e5"
    assert [item.entry for item in items(issue)] == ["e5", "e2", "e1", "e3", "e4", "e6"]
    assert after(events.Lead(EntryKey("nobody", "nothing"))) == MACHINE


def test_what_was_taken_is_numbered_named_and_counted() -> None:
    issue = after(events.Take(OFFERED[0], 0))
    taken = issue.sections[-1].items[0]
    assert (issue.sections[-1].id, taken.entry, taken.number) == ("city", "e11", 7)
    assert "来源11" in {credit.name for credit in issue.credits}
    assert after(events.Take(OFFERED[0]), events.Take(OFFERED[0])) == after(events.Take(OFFERED[0]))


def test_what_is_fetched_later_fills_what_is_empty_and_spares_what_the_editor_wrote() -> None:
    bare = replace(OFFERED[0], summary="", image=None)
    full = events.Complete(replace(OFFERED[0], summary="取到的。", author="记者"))
    filled = after(events.Take(bare), full).sections[-1].items[0]
    assert (filled.summary, filled.author, filled.image) == ("取到的。", "记者", OFFERED[0].image)
    written = after(events.Take(bare), events.EditSummary(bare.key, "编辑写的。"), full)
    assert written.sections[-1].items[0].summary == "编辑写的。"


def test_words_are_put_in_order_and_an_empty_title_is_none() -> None:
    issue = after(
        events.EditTitle(key(2), "  新的\n标题 "),
        events.EditTitle(key(3), "  "),
        events.EditNote(key(2), "值得细读"),
        events.EditWords("opening", " 早。\n\n 天冷了。 "),
        events.EditWords("sharing", "转给同事"),
    )
    first, third = issue.sections[0].items[0], issue.sections[0].items[2]
    assert (first.title, first.note, third.title) == ("新的 标题", "值得细读", "第 3 条消息")
    assert (issue.opening, issue.sharing) == ("早。\n\n天冷了。", "转给同事")


def test_split_and_merge_move_tellings() -> None:
    split = after(events.Split(key(2), EntryKey("x2", "1"), "https://x2.example/1"))
    assert [telling.source for telling in split.sections[0].items[0].also] == ["再转2"]
    assert "转载2" not in {credit.name for credit in split.credits}
    merged = after(events.Merge(key(2), MACHINE.sections[1].items[0]))
    first = merged.sections[0].items[0]
    assert [telling.source for telling in first.also] == ["转载2", "再转2", "来源4", "转载4", "再转4"]
    assert set(first.echo_keys) == {("x2", "1"), ("y2", "2"), key(4), ("x4", "1"), ("y4", "2")}
    assert "money e4" not in order(merged)
    led = after(events.Merge(key(2), MACHINE.lead))
    assert led.lead.entry == "e2"


def test_what_goes_out_for_good_and_what_comes_back() -> None:
    edits = (
        events.Drop(key(3)),
        events.Park(key(4)),
        events.MarkAdvert(key(5)),
        events.Block("source", "s6"),
    )
    told, dropped, parked = judge_standing(after(*edits), apply_edits(MACHINE, edits, TOPICS))
    assert {name for name, _ in told} == {"s1", "x1", "y1", "s2", "x2", "y2"}
    assert parked == {key(4)}
    assert {name for name, _ in dropped} == {
        "s3",
        "x3",
        "y3",
        "s5",
        "x5",
        "y5",
        "s6",
        "x6",
        "y6",
        "x4",
        "y4",
    } - {"x4", "y4"}


def test_the_address_of_a_long_pieces_page_follows_its_number() -> None:
    page = "https://site.example/base/story/7/704.html"
    first = MACHINE.sections[1].items[0]
    with_page = replace(
        MACHINE,
        sections=(
            MACHINE.sections[0],
            replace(MACHINE.sections[1], items=(replace(first, number=4, page=page),)),
        ),
    )
    issue = apply_events(with_page, [events.Drop(key(2))], TOPICS)
    assert items_of(issue.sections)
    assert issue.sections[1].items[0].page == "https://site.example/base/story/7/703.html"


def test_the_samples_name_every_item() -> None:
    assert len(set(KEYS)) == 12
