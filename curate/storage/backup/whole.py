"""A folder as it was at one moment, while others put a new one in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from curate.storage.backup.names import is_safe

_TRIES = 20


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A file of an account. `name` is relative to its folder, with slashes; `changed` in seconds since 1970.

    `data`: the bytes, or a file that nobody changes.
    """

    name: str
    data: bytes | Path = field(repr=False)
    changed: float

    @property
    def size(self) -> int:
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def open(self) -> IO[bytes]:
        return BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")


def read_file(folder: Path, name: str) -> AccountFile | None:
    """A file below a folder; None where there is none, where a link leads outside, or where a backup may not have it."""
    path = folder / name
    if not is_safe(name) or not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return None
    with path.open("rb") as file:
        return AccountFile(name, file.read(), path.stat().st_mtime)


def read_files(folder: Path, below: str) -> Iterator[AccountFile]:
    """The files below a folder of the account, one after the other; what goes meanwhile is left out."""
    place = folder / below
    for path in sorted(place.rglob("*")) if place.is_dir() else ():
        try:
            found = read_file(folder, path.relative_to(folder).as_posix())
        except FileNotFoundError:
            continue
        if found:
            yield found


def read_whole(folder: Path, below: str) -> list[AccountFile]:
    """The same at one moment: read again where another folder took its place meanwhile. Empty where there is none."""
    for _ in range(_TRIES):
        before = _identify(folder / below)
        files = list(read_files(folder, below))
        if before == _identify(folder / below):
            return files
    return files


def list_folders(place: Path) -> list[str]:
    """The names of the folders in a place that are whole: what is under way begins with a dot."""
    try:
        return sorted(one.name for one in place.iterdir() if one.is_dir() and not one.name.startswith("."))
    except FileNotFoundError:
        return []


def _identify(path: Path) -> tuple[int, int, int] | None:
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino, state.st_mtime_ns
