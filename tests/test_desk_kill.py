"""Machine and any 200 events give the same issue, whoever asks twice, comes late, is killed at any moment and goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from sqlalchemy import create_engine, text

from curate.app.account import load_config
from curate.desk.apply import apply_edits, apply_events, judge_standing
from curate.desk.events import Event
from curate.desk.history import history
from curate.domain.errors import StaleError
from curate.domain.model import EntryKey
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.database.rows import hash_key
from curate.storage.desk import Edited
from tests.desk_client import opened
from tests.desk_process import Editor, start_desk
from tests.desk_samples import EVENTS, TOPICS, machine
from tests.nouns import NOW

ADDRESS = "sqlite:///desk.db"
MACHINE = machine()
KILLS = 12


def open_archive(folder: Path, address: str = ADDRESS) -> Archive:
    return Archive(address, folder, fingerprint)


def append(archive: Archive, log: Sequence[Event], events: Sequence[Event], origin: str = "desk") -> int:
    """What a door does with a decision on what it saw."""
    edits = history((*log, *events)).edits
    issue = apply_events(MACHINE, (*log, *events), TOPICS)
    told = judge_standing(issue, apply_edits(MACHINE, edits, TOPICS))
    return archive.desk.append(MACHINE.number, len(log), events, issue, told, NOW, origin)


def read(archive: Archive) -> Edited:
    edited = archive.desk.read(MACHINE.number)
    assert edited
    return edited


def holds(archive: Archive, address: str) -> None:
    """The archive has the issue of its log, tells what that tells, and sets aside what that sets aside."""
    edited = read(archive)
    assert edited.machine == MACHINE
    assert edited.issue == apply_events(MACHINE, edited.events, TOPICS)
    told, dropped, parked = judge_standing(
        edited.issue, apply_edits(MACHINE, history(edited.events).edits, TOPICS)
    )
    engine = create_engine(address)
    with engine.connect() as raw:
        published = raw.execute(text("SELECT key, item FROM published")).all()
        aside = raw.execute(text("SELECT key, parked FROM set_aside")).all()
    engine.dispose()
    assert dict(published) == {hash_key(*each): item.number for each, item in told.items()}
    assert {name for name, is_parked in aside if is_parked} == {hash_key(*each) for each in parked}
    assert {name for name, is_parked in aside if not is_parked} == {hash_key(*each) for each in dropped}


class Desks(RuleBasedStateMachine):
    """Several people at one issue: each decides on what they saw, some of it long ago."""

    seen = Bundle("seen")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.address = f"sqlite:///{self.folder / 'desk.db'}"
        self.archive = open_archive(self.folder)
        self.archive.record(MACHINE, "2026-11-23-1")
        self.log: list[Event] = []

    @rule(event=EVENTS)
    def decide(self, event: Event) -> None:
        assert append(self.archive, self.log, [event]) == len(self.log) + 1
        self.log.append(event)

    @rule(event=EVENTS)
    def decide_and_ask_again(self, event: Event) -> None:
        for _ in range(2):
            assert append(self.archive, self.log, [event]) == len(self.log) + 1
        self.log.append(event)

    @rule(events=st.lists(EVENTS, min_size=2, max_size=4))
    def decide_several(self, events: list[Event]) -> None:
        assert append(self.archive, self.log, events) == len(self.log) + len(events)
        self.log += events

    @rule(target=seen)
    def look(self) -> tuple[Event, ...]:
        return tuple(self.log)

    @rule(before=consumes(seen), event=EVENTS)
    def decide_on_what_was_seen_long_ago(self, before: tuple[Event, ...], event: Event) -> None:
        if len(before) == len(self.log) or self.log[len(before)] == event:
            return
        with pytest.raises(StaleError) as told:
            append(self.archive, before, [event])
        assert told.value.revision == len(self.log)

    @rule()
    def go_on_with_another_process(self) -> None:
        self.archive.__exit__()
        self.archive = open_archive(self.folder)

    @rule()
    def render(self) -> None:
        edited = read(self.archive)
        self.archive.desk.mark_rendered(MACHINE.number, edited.revision, edited.issue)
        assert self.archive.desk.behind() == []

    @invariant()
    def the_archive_has_the_issue_of_its_log(self) -> None:
        assert list(read(self.archive).events) == self.log
        holds(self.archive, self.address)

    def teardown(self) -> None:
        self.archive.__exit__()
        shutil.rmtree(self.folder)


Desks.TestCase.settings = settings(max_examples=6, stateful_step_count=40)
TestDesks = pytest.mark.slow(Desks.TestCase)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@settings(max_examples=3)
@given(st.lists(EVENTS, min_size=200, max_size=200), st.integers(0, 2**32))
def test_two_hundred_events_and_kill_9_at_any_moment_end_as_if_nothing_had_happened(
    events: list[Event], seed: int
) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_archive(folder) as archive:
            archive.record(MACHINE, "2026-11-23-1")
        kills = done = 0
        while done < len(events):
            pid = os.fork()
            if pid == 0:
                _decide_all(folder, events)
            if kills < KILLS:
                time.sleep(dice.uniform(0, 0.25))
                os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            kills += os.WIFSIGNALED(status)
            assert kills <= KILLS
            with open_archive(folder) as archive:
                log = read(archive).events
                assert list(log) == events[: len(log)], "a prefix of what was decided, nothing twice"
                holds(archive, f"sqlite:///{folder / 'desk.db'}")
            done = len(log)
        assert kills, "every process was done before its moment came"
        with open_archive(folder) as archive:
            assert read(archive).issue == apply_events(MACHINE, events, TOPICS)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_twenty_desks_are_killed_while_somebody_works_and_nothing_acknowledged_is_lost(
    issue_home: Path,
) -> None:
    before: list[Event] = []
    topics = load_config(issue_home, {}).topics
    for case in range(20):
        dice = random.Random(case)
        pid, address = start_desk(issue_home)
        editor = Editor(address, dice)
        assert editor.revision == len(before), "the new process goes on where the log ends"
        clock = threading.Timer(dice.uniform(0.1, 1.5), os.kill, (pid, signal.SIGKILL))
        clock.start()
        acknowledged = editor.work()
        os.waitpid(pid, 0)
        clock.join()
        with open_archive(issue_home, "sqlite:///output/archive.db") as archive:
            edited = read(archive)
        assert edited.revision >= acknowledged
        assert list(edited.events[: len(before)]) == before, "what was there stays as it was"
        assert edited.issue.sections == apply_events(edited.machine, edited.events, topics).sections
        before = list(edited.events)
    assert len(before) > 40, "they had worked"
    with opened(issue_home) as tab:  # the next process brings the folder up to the log
        tab.desk.publish()
        assert tab.desk.read().rendered == len(before)


def _decide_all(folder: Path, events: Sequence[Event]) -> None:
    """The process that is killed: it goes on where the log ends."""
    with open_archive(folder) as archive:
        log = list(read(archive).events)
        while len(log) < len(events):
            append(archive, log, [events[len(log)]])
            log.append(events[len(log)])
    os._exit(0)


def test_the_log_is_kept_on_every_database(tmp_path: Path, database: str) -> None:
    from curate.desk.events import Drop, EditTitle, Park, Undo

    log: list[Event] = [
        EditTitle(EntryKey("s2", "e2"), "改过"),
        Drop(EntryKey("s3", "e3")),
        Undo(),
        Park(EntryKey("s4", "e4")),
    ]
    with open_archive(tmp_path, database) as archive:
        archive.record(MACHINE, "2026-11-23-1")
        for n, event in enumerate(log):
            append(archive, log[:n], [event])
        with pytest.raises(StaleError):
            append(archive, log[:1], [Undo()])
    with open_archive(tmp_path, database) as archive:
        edited = read(archive)
        assert list(edited.events) == log
        assert edited.issue == apply_events(MACHINE, log, TOPICS)
        assert [each.revision for each in edited.log] == [1, 2, 3, 4]
        assert archive.desk.behind() == [7]
