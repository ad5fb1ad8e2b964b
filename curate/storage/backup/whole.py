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
    """One of the editor's own files, which may be a link; None where there is none, or where a backup may not have it."""
    path = folder / name
    return _read(path, name) if is_safe(name) and path.is_file() else None


def read_files(folder: Path, below: str) -> Iterator[AccountFile]:
    """The files below a folder of the account, which may be a link itself; what links in it lead out of it is left out,
    and what goes meanwhile."""
    place = folder / below
    root = place.resolve()
    for path in sorted(place.rglob("*")) if place.is_dir() else ():
        name = f"{below}/{path.relative_to(place).as_posix()}"
        if is_safe(name) and path.is_file() and path.resolve().is_relative_to(root):
            try:
                yield _read(path, name)
            except FileNotFoundError:
                continue


def _read(path: Path, name: str) -> AccountFile:
    with path.open("rb") as file:
        return AccountFile(name, file.read(), path.stat().st_mtime)


def read_whole(folder: Path, below: str) -> list[AccountFile]:
    """The same at one moment: read again where another folder took its place meanwhile. Empty where there is none."""
    for _ in range(_TRIES):
        before = _identify(folder / below)
        files = list(read_files(folder, below))
        if before == _identify(folder / below):
            return files
    return files


def list_folders(place: Path) -> list[str]:
    """The names of the folders in a place that are whole and no links: what is under way begins with a dot."""
    try:
        found = [one for one in place.iterdir() if one.is_dir() and not one.is_symlink()]
        return sorted(one.name for one in found if not one.name.startswith("."))
    except FileNotFoundError:
        return []


def _identify(path: Path) -> tuple[int, int, int] | None:
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino, state.st_mtime_ns
