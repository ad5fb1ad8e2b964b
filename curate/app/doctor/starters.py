"""What starts a night in a folder: timers of systemd, lines of cron, launch agents, tasks of Windows, a watch."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import time
from html import unescape
from itertools import pairwise
from pathlib import Path
from shlex import quote
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from curate.app.doctor.model import Place
from curate.app.schedule.plan import label_of
from curate.app.schedule.wall_time import find_next

_SYSTEMD = ("etc/systemd/system", "usr/local/lib/systemd/system")
_OF_THE_PERSON = (".config/systemd/user", ".local/share/systemd/user")
_AGENTS = "Library/LaunchAgents"
_TASKS = "AppData/Local/curate"
_CRON = ("etc/crontab", "etc/cron.d")
_CRON_PATH = "/usr/bin:/bin"  # where cron looks for a command, unless its file says more


class Starter(NamedTuple):
    """What starts a night in this folder. `where`: its file; `unit`: what systemd calls it.

    `lost`: the command that cron will not find; "" where it will. `by_machine`: its hours are the machine's, and were not
    reckoned from the account's.
    """

    kind: Literal["systemd", "cron", "launchd", "windows", "watch"]
    where: str
    unit: str = ""
    is_on: bool = True
    is_persons: bool = False
    lost: str = ""
    by_machine: bool = False


def find_starters(place: Place) -> tuple[Starter, ...]:
    """All that names this folder."""
    return (
        *_find_units(place),
        *_find_lines(place),
        *_find_files(place, "launchd", _AGENTS, "*.plist"),
        *_find_files(place, "windows", _TASKS, "*.xml"),
        *_find_watches(place),
    )


def _find_units(place: Place) -> Iterator[Starter]:
    """Timers whose service is about this folder, and services that run for ever."""
    homes = [(place.root / name, False) for name in _SYSTEMD]
    homes += [(place.home / name, True) for name in _OF_THE_PERSON]
    for folder, is_persons in homes:
        for service in list_files(folder, "*.service"):
            if not _names_folder(_read(service).replace("%%", "%"), place):
                continue
            unit = _timer_of(service) or service
            is_on = any(folder.glob(f"*.wants/{unit.name}"))
            yield Starter("systemd", str(unit), unit.name, is_on, is_persons)


def _timer_of(service: Path) -> Path | None:
    own = service.with_suffix(".timer")
    if own.is_file():
        return own
    named = rf"^\s*Unit\s*=\s*{re.escape(service.name)}\s*$"
    return next(
        (one for one in list_files(service.parent, "*.timer") if re.search(named, _read(one), re.M)), None
    )


def _find_lines(place: Place) -> Iterator[Starter]:
    files: list[tuple[str, str]] = [("crontab -l", place.crontab())]
    for name in _CRON:
        path = place.root / name
        files += [(str(one), _read(one)) for one in ([path] if path.is_file() else list_files(path, "*"))]
    for where, lines in files:
        own_path = re.search(r"^\s*PATH\s*=\s*[\"']?([^\"'\n]+)", lines, re.M)
        has_zone = re.search(r"^\s*CRON_TZ\s*=", lines, re.M)
        for line in lines.splitlines():
            if line.strip().startswith("#") or not _names_folder(line.replace("\\%", "%"), place):
                continue
            lost = _find_lost(line, own_path[1] if own_path else _CRON_PATH, place.folder)
            is_reckoned = bool(has_zone) or _is_reckoned(line, lines, place)
            yield Starter("cron", where, lost=lost, by_machine=not is_reckoned)


def _is_reckoned(line: str, lines: str, place: Place) -> bool:
    """Whether a line that `curate schedule` wrote is still at the hour that its comment tells."""
    label = label_of(place.folder.resolve())
    told = re.search(rf"^# .*, (\d\d):(\d\d) (\S+) # {label}$", lines, re.M)
    if not told or not line.rstrip().endswith(f"# {label}"):
        return False
    at, zone = time(int(told[1]), int(told[2])), ZoneInfo(told[3])
    own = find_next(place.now, at, zone).astimezone()
    return "TZ=" in line or line.split()[:2] == [str(own.minute), str(own.hour)]


def _find_lost(line: str, path: str, folder: Path) -> str:
    """The command of a line that cron will not find."""
    named = re.search(r"(?:^|[\s;&|'\"])((?:[^\s;&|'\"]*/)?curate)(?=[\s'\"]|$)(?!\s*=)", line)
    if named is None or re.search(r"-m\s+curate\b", line):
        return ""
    command = named[1]
    if "/" in command:
        return "" if (folder / Path(command).expanduser()).exists() else command
    return "" if shutil.which(command, path=path) else command


def _find_files(
    place: Place, kind: Literal["launchd", "windows"], home: str, pattern: str
) -> Iterator[Starter]:
    for path in list_files(place.home / home, pattern):
        if _names_folder(unescape(_read(path)), place):
            yield Starter(kind, str(path))


def _find_watches(place: Place) -> Iterator[Starter]:
    """Running processes of `curate watch`, where the system shows them."""
    for path in list_files(place.root / "proc", "[0-9]*/cmdline"):
        words = _read(path).split("\0")
        if "watch" in words and any(Path(word).name == "curate" for word in words):
            try:
                where = (path.parent / "cwd").readlink()
            except OSError:
                continue
            named = [after for before, after in pairwise(words) if before in ("-C", "--folder")]
            if (where / (named or ["."])[0]).resolve() == place.folder.resolve():
                yield Starter("watch", f"curate watch, {path.parent.name}")


def _names_folder(words: str, place: Place) -> bool:
    """Whether it is about curate in this folder, by its whole name or from the person's own folder on."""
    folder = place.folder.resolve()
    names = [str(folder), quote(str(folder))]
    if folder.is_relative_to(place.home.resolve()):
        below = folder.relative_to(place.home.resolve()).as_posix()
        names += [f"{home}/{below}" for home in ("~", "$HOME", "${HOME}", "%h")]
    ends = r"(?=$|[\s;&|'\"<]|/(?=$|[\s;&|'\"<]|output\b))"
    return "curate" in words and any(re.search(re.escape(name) + ends, words, re.M) for name in names)


def list_files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder, in their order; none of one that cannot be read."""
    try:
        return sorted(path for path in folder.glob(pattern) if path.is_file())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
