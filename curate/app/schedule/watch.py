"""A schedule without a scheduler: wait for the hour in the account's zone, run the night, wait for the next one.

The clock, the rest and the night are handed in. Rests are short, for a machine that sleeps stops the clock that they are
measured by: on waking up it is late at once, and one night makes up for all that were slept through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from curate.app.exit_codes import ExitCode
from curate.app.schedule.model import RETRY_MINUTES, TRIES
from curate.app.schedule.wall_time import find_last, find_next

REST = 30.0  # seconds, at most
RETRY = RETRY_MINUTES * 60.0  # seconds
LEAP = timedelta(days=2)  # a clock that was wrong by more than this is not waited for


class Waiting(Protocol):
    """What a watch is given: the clock; a rest of some seconds, True when it is to end; a night's exit status; who is told
    when the next night is, and how one went."""

    def now(self) -> datetime: ...
    def rest(self, seconds: float) -> bool: ...
    def run(self) -> int: ...
    def tell_next(self, due: datetime) -> None: ...
    def tell_end(self, status: int, *, again: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Hour:
    """When nights are: a time of day in a zone."""

    at: time
    zone: ZoneInfo


def watch(hour: Hour, waiting: Waiting, last: datetime | None) -> None:
    """Run nights until it is to end. `last`: when the last night before was; one that was missed since is made up for now."""
    now = waiting.now()
    missed = find_last(now, hour.at, hour.zone)
    due = missed if last is not None and last < missed else find_next(now, hour.at, hour.zone)
    while True:
        if due > now:
            waiting.tell_next(due)
        if _wait_until(due, hour, waiting) or _run_night(waiting):
            return
        now = waiting.now()
        # Not before the night that was: a clock that is put back a little does not bring it twice.
        due = find_next(max(now, due) if due - now < LEAP else now, hour.at, hour.zone)


def _wait_until(due: datetime, hour: Hour, waiting: Waiting) -> bool:
    """Rest until a moment, whatever the clock does; True when it is to end."""
    while (left := (due - waiting.now()).total_seconds()) > 0:
        if left > LEAP.total_seconds():  # the clock was ahead, and has been put right
            due = find_next(waiting.now(), hour.at, hour.zone)
            waiting.tell_next(due)
        if waiting.rest(min(REST, left)):
            return True
    return waiting.rest(0)


def _run_night(waiting: Waiting) -> bool:
    """Run a night; again after a while where it could read no source, for whoever woke up may have no network yet. True
    when it is to end."""
    for tried in range(1, TRIES + 1):
        status = waiting.run()
        again = status == ExitCode.NO_SOURCE and tried < TRIES
        waiting.tell_end(status, again=again)
        if waiting.rest(0):
            return True
        if not again:
            break
        if any(waiting.rest(REST) for _ in range(int(RETRY / REST))):
            return True
    return False
