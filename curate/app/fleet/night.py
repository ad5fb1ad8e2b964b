"""One account's night within a fleet: what the fleet has read is not asked again, and what fails is its own."""

from __future__ import annotations

import gc
import os
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from curate.app.account import OpenAccount, hold_account, recover
from curate.app.exit_codes import ExitCode
from curate.app.fleet.home import read_home
from curate.app.fleet.load import LoadedAccount
from curate.app.fleet.read_web import outcomes_for
from curate.app.run_night import NightDone, run_night, status_of
from curate.app.secrets import hide, own_secrets, redact
from curate.app.services.alerts import alert, condition_of_error, conditions_of, ping_switch
from curate.delivery.alerts import Condition
from curate.domain.errors import CurateError, HeldError
from curate.domain.message import message
from curate.domain.model import UNREAD, Outcome, Stage
from curate.i18n.catalogue import failure_of, say
from curate.pipeline.ports import Counter
from curate.storage import Archive
from curate.storage.fleet.nights import AccountNight, FleetNights, NightTroubles, SourceTrouble

# A night leaves circles of what it held, and the program lets Python look for them but seldom (cli/main.py): a hundred
# accounts took 700 MB. A look takes as long as a twentieth of one night.
_NIGHTS_RUN, _FREED_AFTER = count(1), 8
_ONE_AT_A_TIME = Lock()  # of a process: what is secret is known to all of it, and an engine may have threads

DONE = (ExitCode.OK, ExitCode.NOTHING_NEW)  # of a night that is not run again for the same time


class NightTask(NamedTuple):
    """What a night takes, in this process or another: `read` are the outcomes of its own shared sources."""

    fleet: Path
    account: LoadedAccount
    due: datetime
    now: datetime
    read: Mapping[str, Outcome]


class NightResult(NamedTuple):
    """A night as it is kept; `is_ours`: it was run here, and not by another machine."""

    night: AccountNight
    is_ours: bool = True


@cache
def shared_web(fleet: Path) -> Archive:
    """The web of a fleet, opened once in a process."""
    return read_home(fleet, os.environ).open_web()


def make_task(
    fleet: Path, account: LoadedAccount, due: datetime, now: datetime, read: Mapping[str, Outcome]
) -> NightTask:
    """An account's task, of what was read for all."""
    with own_secrets():
        hide(account.redactor)
        return NightTask(fleet, account, due, now, outcomes_for(account.config, account.name, read))


def run_account(task: NightTask) -> NightResult:
    """Run the night of a task, unless it is done; whatever fails is told in its result, which is kept in the web."""
    web, account = shared_web(task.fleet), task.account
    nights, began = FleetNights(web), (time.process_time(), time.perf_counter())
    night = AccountNight(account.name, task.due, datetime.now(UTC))
    with _ONE_AT_A_TIME, own_secrets():
        hide(account.redactor)
        try:
            with hold_account(account.config, account.folder, web) as held:
                if done := find_done(nights, held, task):
                    nights.keep(done)
                    return NightResult(done, is_ours=False)
                nights.keep(night)
                night = _run_held(held, task, night)
        except HeldError:
            return NightResult(night, is_ours=False)
        except CurateError as e:
            night = _tell_error(e, task, night)
        except Exception:  # noqa: BLE001 - a bug: of this account's night alone, as in cli/main.py of a command's
            traceback.print_exc()
            night = replace(
                night, status=int(ExitCode.BUG), troubles=NightTroubles(say(message("cli.bug"), "zh"))
            )
        used = time.process_time() - began[0], time.perf_counter() - began[1]
        night = replace(night, ended=datetime.now(UTC), cpu=round(used[0], 3), wall=round(used[1], 3))
        nights.keep(night)
        if next(_NIGHTS_RUN) % _FREED_AFTER == 0:
            gc.collect()
    return NightResult(night)


def find_done(nights: FleetNights, held: OpenAccount, task: NightTask) -> AccountNight | None:
    """What this night came to, where it is done: by another machine, or here before a kill that came after its issue."""
    earlier = nights.find(task.account.name, task.due)
    if earlier is None:
        return None
    if earlier.ended and earlier.status in DONE:
        return earlier
    made = held.archive.issues.made_since(task.due)
    return replace(earlier, ended=task.now, status=int(ExitCode.OK), issue=made) if made else None


def _run_held(held: OpenAccount, task: NightTask, night: AccountNight) -> AccountNight:
    config = task.account.config
    _tell_switch(task, "start")
    recover(held)
    done = run_night(held, StageTimes(), task.now, task.read)
    status = status_of(done)
    _alert(task, conditions_of(done, status))
    _tell_switch(task, "" if status in DONE else str(int(status)))
    troubles = NightTroubles(_reason_of(done, status, config.account.language), tuple(_troubles(done)))
    return replace(night, status=int(status), issue=done.place.name if done.place else "", troubles=troubles)


def _troubles(done: NightDone) -> Iterator[SourceTrouble]:
    for outcome in done.night.outcomes:
        if outcome.status in UNREAD:
            yield SourceTrouble(outcome.source, outcome.status, redact(outcome.reason))


def _reason_of(done: NightDone, status: ExitCode, language: str) -> str:
    if status is ExitCode.OK:
        return ""
    refused = "; ".join(failure.reason for failure in done.night.refused)
    return redact(refused or say(message(f"fleet.status.{int(status)}"), language))


def _tell_error(error: CurateError, task: NightTask, night: AccountNight) -> AccountNight:
    language = task.account.config.account.language
    _alert(task, [condition_of_error(error)])
    _tell_switch(task, "fail", redact(str(error)))
    told = redact(failure_of("", error, language).reason)
    return replace(night, status=int(ExitCode.NO_OUTPUT), troubles=NightTroubles(told))


def _alert(task: NightTask, conditions: Sequence[Condition]) -> None:
    with suppress(CurateError):  # the night is what counts: an alert that cannot be kept must not end it
        alert(task.account.config, task.account.folder, conditions, os.environ, task.now)


def _tell_switch(task: NightTask, suffix: str, words: str = "") -> None:
    ping_switch(task.account.config, os.environ, suffix, words)


class StageTimes:
    """A Watch that shows nothing: times the stages for the report."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Counter]:
        began, counter = time.perf_counter(), _StageCount()
        yield counter
        self.stages.append(Stage(name, round(time.perf_counter() - began, 3), counter.count))


class _StageCount:
    def __init__(self) -> None:
        self.count = 0

    def advance(self, count: int = 1) -> None:
        self.count += count
