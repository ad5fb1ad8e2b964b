"""The machine: its clock and zone, its disk, who may write, the typeface of pictures, versions."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from curate import __version__
from curate.app.doctor.model import Diagnosis, Place
from curate.app.doors import user_agent
from curate.domain.errors import ArchiveError
from curate.domain.message import message
from curate.fetch.probe import ask_times
from curate.images.typeface import has_letter, typeface
from curate.storage.database.inspection import ArchiveState, inspect_archive

OFF, WRONG = timedelta(minutes=1), timedelta(minutes=5)  # of a clock: worth a word, and not to be used
ASKED = 3  # servers that are asked what time it is
LEAST, LITTLE = 200, 1024  # MB on the disk: a night needs the first; below the second it will soon be full
FEW_FILES = 2_000  # that can still be made on the disk
_MB = 1024**2


class Clock(NamedTuple):
    """`newest`: when the archive last noted anything; `others`: what time servers have, in the middle. None: unknown."""

    now: datetime
    zone: str
    newest: datetime | None
    others: datetime | None


class Disk(NamedTuple):
    """`free` and `archive` in MB; `files`: how many more can be made, None where the system does not count them."""

    free: int
    files: int | None
    archive: int


class Rights(NamedTuple):
    """What cannot be written: paths, each with what the system says."""

    closed: tuple[tuple[str, str], ...]
    looked: int


class Typeface(NamedTuple):
    """Whether the typeface of covers and cards can be loaded, and the letters of the account's name that it lacks."""

    is_there: bool
    missing: str


class Versions(NamedTuple):
    """Of this program, of Python, of the archive (0: none yet) and of the newest archive that is known here."""

    curate: str
    python: str
    archive: int
    known: int


def look_at_clock(place: Place) -> Clock:
    """Ask the servers of a few sources what time it is, unless offline."""
    config = place.config
    others: datetime | None = None
    if not place.offline:
        sources = [source for source in config.sources if source.enabled and source.url][:ASKED]
        asked = [(str(source.url), source.proxy) for source in sources]
        times = ask_times(asked, config.network, user_agent(config.network.contact), place.resolve)
        others = statistics.median_high(times) if times else None
    return Clock(place.now, config.account.timezone, _inspect(place).newest, others)


def judge_clock(clock: Clock) -> Iterator[Diagnosis]:
    """A clock that is wrong makes news of what is old, and none of what is new."""
    off = abs(clock.others - clock.now) if clock.others else timedelta()
    local = clock.now.astimezone(ZoneInfo(clock.zone))
    values = {"time": f"{local:%Y-%m-%d %H:%M}", "zone": clock.zone}
    if off > OFF:
        found = message("doctor.clock.off", minutes=off.total_seconds() / 60, **values)
        yield Diagnosis("fail" if off > WRONG else "warn", found, message("doctor.clock.off.hint"))
    elif clock.newest and clock.newest > clock.now + WRONG:
        noted = clock.newest.astimezone(ZoneInfo(clock.zone))
        found = message("doctor.clock.behind", noted=f"{noted:%Y-%m-%d %H:%M}", **values)
        yield Diagnosis("fail", found, message("doctor.clock.behind.hint"))
    else:
        yield Diagnosis("ok", message("doctor.clock.ok", **values))


def look_at_disk(place: Place) -> Disk:
    """Of the disk that output/ is on."""
    there = next(one for one in (place.output, *place.output.absolute().parents) if one.is_dir())
    files = os.statvfs(there) if hasattr(os, "statvfs") else None
    count = files.f_favail if files and files.f_files else None  # some file systems count none
    archive = _inspect(place).size if place.settings else 0
    return Disk(shutil.disk_usage(there).free // _MB, count, archive // _MB)


def judge_disk(disk: Disk) -> Iterator[Diagnosis]:
    """A backup and an upgrade take as much again as the archive."""
    if disk.free < LEAST:
        yield Diagnosis("fail", message("doctor.disk.full", free=disk.free), message("doctor.disk.hint"))
    elif disk.files is not None and disk.files < FEW_FILES:
        yield Diagnosis("fail", message("doctor.disk.files", n=disk.files), message("doctor.disk.files.hint"))
    elif disk.free < max(LITTLE, 3 * disk.archive):
        found = message("doctor.disk.little", free=disk.free, archive=disk.archive)
        yield Diagnosis("warn", found, message("doctor.disk.hint"))
    else:
        yield Diagnosis("ok", message("doctor.disk.ok", free=disk.free / 1024, archive=disk.archive))


def look_at_rights(place: Place) -> Rights:
    """Try each folder that a night writes, by a file that goes at once."""
    output = place.output
    archive = [one for one in output.glob("archive.db*") if one.suffix != ".bak"]
    folders = [place.folder, *(one for one in (output, *_list_written(output)) if os.path.lexists(one))]
    tried = [(path, _try_folder(path)) for path in folders] + [(path, _try_file(path)) for path in archive]
    return Rights(tuple((str(path), why) for path, why in tried if why), len(tried))


def judge_rights(rights: Rights) -> Iterator[Diagnosis]:
    """Tell the first that is closed, and how many are."""
    if rights.closed:
        path, why = rights.closed[0]
        found = message("doctor.rights.closed", path=path, why=why, n=len(rights.closed))
        yield Diagnosis("fail", found, message("doctor.rights.hint", path=path))
    else:
        yield Diagnosis("ok", message("doctor.rights.ok", n=rights.looked))


def look_at_typeface(place: Place) -> Typeface:
    """Load the typeface, and look for the letters of the account's name."""
    try:
        typeface(12)
    except OSError:
        return Typeface(False, "")
    name = place.config.account.name
    return Typeface(True, "".join(dict.fromkeys(c for c in name if not has_letter(c) and not c.isspace())))


def judge_typeface(face: Typeface) -> Iterator[Diagnosis]:
    """Covers do without letters that are missing."""
    if not face.is_there:
        yield Diagnosis("fail", message("doctor.fonts.gone"), message("doctor.fonts.gone.hint"))
    elif face.missing:
        found = message("doctor.fonts.missing", letters=face.missing)
        yield Diagnosis("warn", found, message("doctor.fonts.missing.hint"))
    else:
        yield Diagnosis("ok", message("doctor.fonts.ok"))


def look_at_versions(place: Place) -> Versions:
    state = _inspect(place)
    return Versions(__version__, platform.python_version(), state.version, state.known)


def judge_versions(versions: Versions) -> Iterator[Diagnosis]:
    """An archive of a newer version is refused; an older one is upgraded by the next run."""
    values = versions._asdict()
    if versions.archive > versions.known:
        yield Diagnosis(
            "fail", message("doctor.version.newer", **values), message("doctor.version.newer.hint")
        )
    elif not versions.archive:
        yield Diagnosis("ok", message("doctor.version.none", **values))
    elif versions.archive < versions.known:
        yield Diagnosis("ok", message("doctor.version.older", **values))
    else:
        yield Diagnosis("ok", message("doctor.version.ok", **values))


def _inspect(place: Place) -> ArchiveState:
    """The archive; as none yet where it cannot be read, which the check of the database tells."""
    try:
        return inspect_archive(place.config.database, place.folder)
    except ArchiveError:
        return ArchiveState("", None)


def _list_written(output: Path) -> list[Path]:
    return [output / name for name in ("issues", "runs", "collections", "site")]


def _try_folder(path: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=path):
            return ""
    except OSError as e:
        return e.strerror or str(e)


def _try_file(path: Path) -> str:
    try:
        with path.open("r+b"):
            return ""
    except OSError as e:
        return e.strerror or str(e)
