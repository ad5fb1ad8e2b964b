"""What starts the night: a systemd timer, a line of cron, a launch agent; and when the last night was."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import Literal, NamedTuple

from curate.app.doctor.model import Diagnosis, Place
from curate.domain.message import Message, message, text

HOUR, LOG = timedelta(hours=6), "curate.log"  # of the line that is proposed
LATE = timedelta(hours=36)  # after a night: the next one did not come
_SYSTEMD = ("etc/systemd/system", "usr/local/lib/systemd/system")
_OF_THE_PERSON = (".config/systemd/user", ".local/share/systemd/user")
_AGENTS = "Library/LaunchAgents"
_CRON = ("etc/crontab", "etc/cron.d")
_CRON_PATH = "/usr/bin:/bin"  # where cron looks for a command, unless its file says more


class Starter(NamedTuple):
    """What starts a night in this folder. `where`: its file; `unit`: what systemd calls it.

    `lost`: the command that cron will not find; "" where it will. `by_machine`: its hours are the machine's.
    """

    kind: Literal["systemd", "cron", "launchd"]
    where: str
    unit: str = ""
    is_on: bool = True
    is_persons: bool = False
    lost: str = ""
    by_machine: bool = False


class Schedule(NamedTuple):
    """What starts nights, when the last ended (None: never), and how far the machine's zone is from the account's."""

    starters: tuple[Starter, ...]
    last: datetime | None
    now: datetime
    line: str
    apart: timedelta


def look_at_schedule(place: Place) -> Schedule:
    """Look for what names this folder among the machine's timers, lines of cron and launch agents."""
    here = (*_find_units(place), *_find_lines(place), *_find_agents(place))
    local = place.now.astimezone().utcoffset() or timedelta()
    account = place.now.astimezone(place.config.account.zone).utcoffset() or timedelta()
    apart = local - account
    return Schedule(
        here, _find_last_run(place.output / "runs"), place.now, _write_line(place.folder, apart), apart
    )


def judge_schedule(schedule: Schedule) -> Iterator[Diagnosis]:
    """Each starter is judged, then whether nights come at all."""
    if not schedule.starters:
        advice = message("doctor.schedule.none.hint", line=schedule.line)
        yield Diagnosis("warn", message("doctor.schedule.none", last=_say_last(schedule)), advice)
        return
    for starter in schedule.starters:
        yield from _judge_starter(starter, schedule)
    is_late = schedule.last is not None and schedule.now - schedule.last > LATE
    if is_late and any(starter.is_on and not starter.lost for starter in schedule.starters):
        found = message("doctor.schedule.late", last=_say_last(schedule))
        yield Diagnosis("fail", found, message("doctor.schedule.late.hint", log=_log_of(schedule)))


def _write_line(folder: Path, apart: timedelta) -> str:
    """A line of cron for this folder and this Python, at the account's hour in the machine's zone."""
    minutes = (HOUR + apart) // timedelta(minutes=1) % (24 * 60)
    command = f"cd {quote(str(folder.resolve()))} && {quote(sys.executable)} -m curate run >> {LOG} 2>&1"
    return f"{minutes % 60} {minutes // 60} * * * " + command.replace(
        "%", r"\%"
    )  # cron ends a line at a bare %


def _judge_starter(starter: Starter, schedule: Schedule) -> Iterator[Diagnosis]:
    values = {"kind": starter.kind, "where": starter.where}
    if not starter.is_on:
        scope = "systemctl --user" if starter.is_persons else "systemctl"
        advice = message("doctor.schedule.off.hint", command=f"{scope} enable --now {starter.unit}")
        yield Diagnosis("fail", message("doctor.schedule.off", **values), advice)
    elif starter.lost:
        found = message("doctor.schedule.lost", command=starter.lost, **values)
        yield Diagnosis("fail", found, message("doctor.schedule.lost.hint", line=schedule.line))
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


def _find_units(place: Place) -> Iterator[Starter]:
    """Timers whose service is about this folder, and services that run for ever."""
    homes = [(place.root / name, False) for name in _SYSTEMD]
    homes += [(place.home / name, True) for name in _OF_THE_PERSON]
    for folder, is_persons in homes:
        for service in _list(folder, "*.service"):
            if not _names_folder(_read(service), place):
                continue
            unit = _timer_of(service) or service
            is_on = any(folder.glob(f"*.wants/{unit.name}"))
            yield Starter("systemd", str(unit), unit.name, is_on, is_persons)


def _timer_of(service: Path) -> Path | None:
    own = service.with_suffix(".timer")
    if own.is_file():
        return own
    named = rf"^\s*Unit\s*=\s*{re.escape(service.name)}\s*$"
    return next((one for one in _list(service.parent, "*.timer") if re.search(named, _read(one), re.M)), None)


def _find_lines(place: Place) -> Iterator[Starter]:
    files: list[tuple[str, str]] = [("crontab -l", place.crontab())]
    for name in _CRON:
        path = place.root / name
        files += [(str(one), _read(one)) for one in ([path] if path.is_file() else _list(path, "*"))]
    for where, lines in files:
        own_path = re.search(r"^\s*PATH\s*=\s*[\"']?([^\"'\n]+)", lines, re.M)
        has_zone = re.search(r"^\s*CRON_TZ\s*=", lines, re.M)
        for line in lines.splitlines():
            if line.strip().startswith("#") or not _names_folder(line, place):
                continue
            lost = _find_lost(line, own_path[1] if own_path else _CRON_PATH, place.folder)
            yield Starter("cron", where, lost=lost, by_machine=not has_zone)


def _find_lost(line: str, path: str, folder: Path) -> str:
    """The command of a line that cron will not find."""
    named = re.search(r"(?:^|[\s;&|'\"])((?:[^\s;&|'\"]*/)?curate)(?=[\s'\"]|$)(?!\s*=)", line)
    if named is None or re.search(r"-m\s+curate\b", line):
        return ""
    command = named[1]
    if "/" in command:
        return "" if (folder / Path(command).expanduser()).exists() else command
    return "" if shutil.which(command, path=path) else command


def _find_agents(place: Place) -> Iterator[Starter]:
    for path in _list(place.home / _AGENTS, "*.plist"):
        if _names_folder(_read(path), place):
            yield Starter("launchd", str(path))


def _names_folder(words: str, place: Place) -> bool:
    """Whether it is about curate in this folder, by its whole name or from the person's own folder on."""
    folder = place.folder.resolve()
    names = [str(folder)]
    if folder.is_relative_to(place.home.resolve()):
        below = folder.relative_to(place.home.resolve()).as_posix()
        names += [f"{home}/{below}" for home in ("~", "$HOME", "${HOME}", "%h")]
    ends = r"(?=$|[\s;&|'\"<]|/(?=$|[\s;&|'\"<]|output\b))"
    return "curate" in words and any(re.search(re.escape(name) + ends, words, re.M) for name in names)


def _find_last_run(runs: Path) -> datetime | None:
    """When the newest report of a night was begun, by its name."""
    found = [re.match(r"\d{8}T\d{6}Z", path.name) for path in _list(runs, "*.json")]
    stamps = [match[0] for match in found if match]
    return datetime.strptime(max(stamps), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if stamps else None


def _list(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(pattern) if path.is_file())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
