"""A backup of an account, taken while a night may be running: what cannot be had back from anywhere else.

The folders of issues and the archive's memory of them must fit. So the archive is copied first, then the folders; where
another issue came, or the editor went on meanwhile, it is all done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from curate import __version__
from curate.answers.day_files import FOLDER as ANSWERS
from curate.app.account import check_config
from curate.app.answers.table import OWN
from curate.app.services.alerts import STATE
from curate.config.load import NAME, read_text
from curate.config.schema import Config
from curate.storage.backup.moment import LiveArchive, Moment
from curate.storage.backup.names import Contents, fold, is_safe
from curate.storage.backup.pack import pack
from curate.storage.backup.whole import AccountFile, list_folders, read_file, read_files, read_whole
from curate.storage.output import translate_errors

TRIES, WAIT = 8, 0.5  # how often it is begun; seconds before it is begun again
_FILES = (NAME, "feeds.schema.json", OWN)
_KEPT_FIRST = (
    f"output/{STATE}",
    f"output/{ANSWERS}",
)  # the night puts these into the archive and takes them away
_ISSUES = ("output/issues", "output/collections")


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A backup that was written. `system`: whose own tool the archive needs; "" where the archive is in it.

    `is_settled`: no issue changed while it was taken.
    """

    contents: Contents
    size: int
    system: str
    is_settled: bool


def back_up(
    folder: Path, environ: Mapping[str, str], target: Path, now: datetime, sleep: Callable[[float], None]
) -> BackupDone:
    """Write a backup of an account. ConfigError, ArchiveError or OutputError where that cannot be done."""
    config = check_config(read_text(folder / NAME), folder, environ)
    with LiveArchive(config.database, folder) as archive:
        strange: set[str] = (
            set()
        )  # a folder that is still unknown after a while is no issue that was just made
        for attempt in range(TRIES):
            before = archive.observe()
            contents = _pack_once(config, folder, archive, target, now)
            unknown = _list_unknown(folder, before)
            is_settled = before == archive.observe() and unknown == strange
            strange = unknown
            if is_settled:
                break
            if attempt + 1 < TRIES:
                sleep(WAIT)
        system = "" if archive.is_file else archive.system
    return BackupDone(contents, target.stat().st_size, system, is_settled)


def _pack_once(config: Config, folder: Path, archive: LiveArchive, target: Path, now: datetime) -> Contents:
    with translate_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = TemporaryDirectory(dir=target.parent, prefix=".backup-")
    with scratch as place:
        first = [file for name in _KEPT_FIRST for file in _read_any(folder, name)]
        copy = archive.copy(Path(place) / "archive.db")
        version = archive.observe().version if copy else 0
        about = Contents(
            config.account.name,
            now.isoformat(),
            __version__,
            copy.name if copy else "",
            version,
            archive.elsewhere if copy else "",
        )
        files = [*([copy] if copy else ()), *first]
        return pack(target, _once(files, _read_rest(config, folder)), about)


def _once(first: list[AccountFile], rest: Iterator[AccountFile]) -> Iterator[AccountFile]:
    """Each name once; two names that are one file on some system are one."""
    seen: set[str] = set()
    for files in (first, rest):
        for file in files:
            if fold(file.name) not in seen:
                seen.add(fold(file.name))
                yield file


def _read_rest(config: Config, folder: Path) -> Iterator[AccountFile]:
    for name in (*_FILES, *_list_named(config.model_dump(), folder)):
        yield from _read_any(folder, name)
    originals = {source.folder for source in config.sources if source.folder}
    for name in ("templates", "originals", *sorted(originals)):
        yield from read_files(folder, Path(name).as_posix())
    for place in _ISSUES:
        for name in list_folders(folder / place):
            yield from read_whole(folder, f"{place}/{name}")


def _read_any(folder: Path, name: str) -> Iterator[AccountFile]:
    """A file, or the files below a folder; nothing where there is none."""
    file = read_file(folder, name)
    yield from [file] if file else read_files(folder, name)


def _list_named(value: Any, folder: Path) -> Iterator[str]:
    """The files beside feeds.yaml that a setting names, such as a list of words or a picture."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _list_named(one, folder)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _list_named(one, folder)
    elif isinstance(value, str) and is_safe(value) and (folder / value).is_file():
        yield value


def _list_unknown(folder: Path, moment: Moment) -> set[str]:
    """The issues that stand in output/ and that the archive does not remember yet."""
    return {name for name in list_folders(folder / "output/issues") if name not in moment.folders}
