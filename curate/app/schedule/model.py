"""What is scheduled, and what a row of the table of schedulers has. A row is pure: what it would do are values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path, PurePath
from typing import TypeAlias
from zoneinfo import ZoneInfo

from curate.app.schedule.wall_time import ClockFace, find_next, list_clock_times
from curate.domain.message import Message

LOG = "curate.log"  # in the account's folder, where the scheduler keeps none of its own
HOURS_AT_MOST = 4  # of a night that hangs
RETRY_MINUTES, TRIES = (
    10,
    3,
)  # of a night that could read no source: a machine that woke up has no network yet


@dataclass(frozen=True, slots=True)
class Plan:
    """A night at a time of day, in an account's folder on a machine.

    `program` is what starts curate, without its command; `face` shows the machine's own clock; `writable` are the
    folders that a night writes into; `variables` the names of the environment that feeds.yaml uses.
    """

    account: str
    label: str
    folder: PurePath
    program: tuple[str, ...]
    at: time
    zone: ZoneInfo
    now: datetime
    face: ClockFace
    home: Path
    user: str = ""
    owner: tuple[int, int] = (0, 0)  # ids of the folder's owner and group
    is_root: bool = False
    writable: tuple[PurePath, ...] = ()
    variables: tuple[str, ...] = ()
    version: str = ""

    @property
    def command(self) -> tuple[str, ...]:
        return (*self.program, "run", "-C", str(self.folder))

    @property
    def log(self) -> PurePath:
        return self.folder / LOG

    @property
    def next(self) -> datetime:
        """The next night, in the account's zone."""
        return find_next(self.now, self.at, self.zone).astimezone(self.zone)

    @property
    def clock_times(self) -> tuple[time, ...]:
        """What the machine's clock shows at these nights within a year, the next one first."""
        return list_clock_times(self.now, self.at, self.zone, self.face)

    @property
    def hour(self) -> str:
        """Time and zone, as comments of files have them."""
        return f"{self.at:%H:%M} {self.zone.key}"

    @property
    def is_passing(self) -> bool:
        """Whether the interpreter is one that will be thrown away: that of `uvx` or `pipx run` is in a cache."""
        return any(part.strip(".").lower() in ("cache", "caches") for part in PurePath(self.program[0]).parts)

    @property
    def title(self) -> str:
        """What the files call it, in one line."""
        return re.sub(r"\s+", " ", f"curate: {self.account}, {self.hour}")


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """A file that a scheduler reads."""

    path: PurePath
    text: str = field(repr=False)
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class DeletedFile:
    """A step: a file goes, if it is there."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class Command:
    """A step: a command of the system. Where it `may_fail`, `otherwise` says what that means."""

    words: tuple[str, ...]
    may_fail: bool = False
    otherwise: Message | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A step: what one command prints is changed and given to another (a crontab)."""

    read: tuple[str, ...]
    write: tuple[str, ...]
    change: Callable[[str], str]


Step: TypeAlias = ScheduleFile | DeletedFile | Command | Edit


def no_steps(_plan: Plan) -> tuple[Step, ...]:
    """Of a scheduler that is on another machine."""
    return ()


@dataclass(frozen=True, slots=True)
class Scheduler:
    """A row of the table: what it makes, how that is installed and taken away, how it is checked, and what there is to know.

    `needs` is the command that a machine with this scheduler has; "" for one that is never on this machine: `howto` says what
    to do with its files.
    """

    name: str
    make: Callable[[Plan], tuple[ScheduleFile, ...]]
    notes: Callable[[Plan], tuple[Message, ...]]
    check: Callable[[Plan], tuple[str, ...]]
    needs: str = ""
    install: Callable[[Plan], tuple[Step, ...]] = no_steps
    remove: Callable[[Plan], tuple[Step, ...]] = no_steps
