"""What starts the night: a systemd timer, a line of cron, a launch agent; and when the last night was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from curate.app.doctor.model import Diagnosis, Place
from curate.app.doctor.starters import Starter, find_starters, list_files
from curate.domain.message import Message, message, text

LATE = timedelta(hours=36)  # after a night: the next one did not come


class Schedule(NamedTuple):
    """What starts nights, when the last ended (None: never), and how far the machine's zone is from the account's."""

    starters: tuple[Starter, ...]
    last: datetime | None
    now: datetime
    apart: timedelta


def look_at_schedule(place: Place) -> Schedule:
    """Look for what names this folder among the machine's timers, lines of cron and launch agents."""
    local = place.now.astimezone().utcoffset() or timedelta()
    account = place.now.astimezone(place.config.account.zone).utcoffset() or timedelta()
    return Schedule(find_starters(place), find_last_run(place.output / "runs"), place.now, local - account)


def judge_schedule(schedule: Schedule) -> Iterator[Diagnosis]:
    """Each starter is judged, then whether nights come at all."""
    if not schedule.starters:
        advice = message("doctor.schedule.none.hint")
        yield Diagnosis("warn", message("doctor.schedule.none", last=_say_last(schedule)), advice)
        return
    for starter in schedule.starters:
        yield from _judge_starter(starter, schedule)
    is_late = schedule.last is not None and schedule.now - schedule.last > LATE
    if is_late and any(starter.is_on and not starter.lost for starter in schedule.starters):
        found = message("doctor.schedule.late", last=_say_last(schedule))
        yield Diagnosis("fail", found, message("doctor.schedule.late.hint", log=_log_of(schedule)))


def _judge_starter(starter: Starter, schedule: Schedule) -> Iterator[Diagnosis]:
    values = {"kind": starter.kind, "where": starter.where}
    if not starter.is_on:
        scope = "systemctl --user" if starter.is_persons else "systemctl"
        advice = message("doctor.schedule.off.hint", command=f"{scope} enable --now {starter.unit}")
        yield Diagnosis("fail", message("doctor.schedule.off", **values), advice)
    elif starter.lost:
        found = message("doctor.schedule.lost", command=starter.lost, **values)
        yield Diagnosis("fail", found, message("doctor.schedule.lost.hint"))
    elif starter.by_machine and schedule.apart:
        hours = schedule.apart.total_seconds() / 3600
        found = message("doctor.schedule.zone", hours=hours, **values)
        yield Diagnosis("warn", found, message("doctor.schedule.zone.hint"))
    else:
        yield Diagnosis("ok", message("doctor.schedule.ok", last=_say_last(schedule), **values))


def _say_last(schedule: Schedule) -> Message:
    if schedule.last is None:
        return message("doctor.schedule.never")
    return message("doctor.schedule.last", hours=(schedule.now - schedule.last) / timedelta(hours=1))


def _log_of(schedule: Schedule) -> Message:
    unit = next((one for one in schedule.starters if one.kind == "systemd"), None)
    if unit is None:
        return message("doctor.schedule.log")
    name = unit.unit.removesuffix(".timer")
    return text(f"journalctl {'--user ' * unit.is_persons}-u {name}")


def find_last_run(runs: Path) -> datetime | None:
    """When the newest report of a night was begun, by its name."""
    found = [re.match(r"\d{8}T\d{6}Z", path.name) for path in list_files(runs, "*.json")]
    stamps = [match[0] for match in found if match]
    return datetime.strptime(max(stamps), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if stamps else None
