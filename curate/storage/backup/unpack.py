"""A backup -> files. Whoever hands one over may be hostile: everything is checked before anything is written.

A backup is read twice: once to check it, once to write what was found good, and that is checked again.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Self

from curate.domain.errors import ArchiveError, OutputError, UnreadableError
from curate.domain.message import Value, message
from curate.domain.serialization import from_json
from curate.storage.backup.names import CONTENTS, FORMAT, Contents, PackedFile, fold, is_safe
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.output import translate_errors

MOST_FILES = 200_000
_MOST_CONTENTS = 64 * 1024**2  # bytes of backup.json
_MOST_HEADER = 64 * 1024  # bytes of a header beside the usual 512
_RATIO, _FREE = (
    100,
    64 * 1024**2,
)  # bytes that one packed byte may become, on the average; bytes that are no bomb
_CHUNK = 1024 * 1024
_LONG_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME)
_KINDS = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.XHDTYPE)


def check_pack(path: Path) -> Contents:
    """Read a backup to its end; returns what it says of itself, which is true.

    UnreadableError where it is no backup, damaged, hostile, or of a newer version.
    """
    found: dict[str, PackedFile] = {}
    contents: Contents | None = None
    with _open_pack(path) as members:
        for member, source in members:
            if contents is not None:
                raise refuse("damaged", why=member.name)  # nothing follows the contents
            if member.name == CONTENTS:
                contents = _read_contents(member, source)
            else:
                _check_name(member.name, found)
                found[member.name] = _measure(source)
    if contents is None:
        raise refuse("damaged", why=CONTENTS)
    _check_contents(contents, found)
    return contents


def unpack(path: Path, contents: Contents, folder: Path) -> None:
    """Write the files of a backup that was checked into a new folder.

    UnreadableError where it is not as it was when it was checked; OutputError where it cannot be written.
    """
    _check_room(contents, folder)
    with translate_errors(), _open_pack(path) as members:
        for member, source in members:
            if member.name == CONTENTS:
                continue
            told = contents.files.get(member.name)
            target = folder / member.name
            if told is None or target.exists():
                raise refuse("damaged", why=member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                if _measure(source, file) != told:
                    raise refuse("damaged", why=member.name)
            os.utime(target, (member.mtime, member.mtime))


def refuse(key: str, **values: Value) -> UnreadableError:
    """The error for a backup that is not taken, with what to do."""
    return UnreadableError(message=message(f"restore.{key}", **values), advice=message(f"restore.{key}.hint"))


class _Member(tarfile.TarInfo):
    """A header; only those of plain files are read, and none that is large itself."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type not in _KINDS:
            raise refuse("hostile", name=header.name[:80])
        if header.type in _LONG_HEADERS and header.size > _MOST_HEADER:
            raise refuse("hostile", name=header.name[:80])
        return header


class _Bounded(BufferedIOBase):
    """An unpacked stream that ends in an error where it becomes too large for what is packed."""

    def __init__(self, stream: IO[bytes], packed: int) -> None:
        self._stream = stream
        self._left = max(_FREE, packed * _RATIO)

    def read(self, size: int | None = -1) -> bytes:
        data = self._stream.read(_CHUNK if size is None or size < 0 else min(size, _CHUNK))
        self._left -= len(data)
        if self._left < 0:
            raise refuse("bomb")
        return data


@contextmanager
def _open_pack(path: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """The files of a backup, in order. UnreadableError where it is none."""
    try:
        with gzip.open(path, "rb") as stream:
            bounded = _Bounded(stream, path.stat().st_size)  # type: ignore[arg-type]
            with tarfile.open(fileobj=bounded, mode="r|", tarinfo=_Member, errors="strict") as tar:
                yield _list_members(tar)
            while bounded.read():  # to the end: its own checksum stands there
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, UnicodeError, ValueError) as e:
        raise refuse("damaged", why=str(e)) from e
    except FileNotFoundError as e:
        if e.filename == str(path):
            raise refuse("no file", path=str(path)) from e
        raise


def _list_members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for count, member in enumerate(tar):
        tar.members = []  # type: ignore[attr-defined]  # it keeps all of them otherwise
        source = tar.extractfile(member) if member.isreg() and not member.issparse() else None
        if source is None or count > MOST_FILES or not 0 <= member.mtime < 2**33:
            raise refuse("hostile", name=member.name[:80])
        yield member, source


def _read_contents(member: tarfile.TarInfo, source: IO[bytes]) -> Contents:
    if member.size > _MOST_CONTENTS:
        raise refuse("hostile", name=CONTENTS)
    try:
        return from_json(Contents, source.read())
    except ArchiveError as e:
        raise refuse("damaged", why=CONTENTS) from e


def _check_name(name: str, found: dict[str, PackedFile]) -> None:
    if not is_safe(name) or name in found:
        raise refuse("hostile", name=name[:80])


def _measure(source: IO[bytes], target: IO[bytes] | None = None) -> PackedFile:
    """Size and hash of a file, which is written to `target` where there is one."""
    size, digest = 0, sha256()
    while data := source.read(_CHUNK):
        size += len(data)
        digest.update(data)
        if target is not None:
            target.write(data)
    return PackedFile(size, digest.hexdigest())


def _check_contents(contents: Contents, found: dict[str, PackedFile]) -> None:
    """What a backup says of itself is what was found in it, and this program can use it."""
    if contents.format > FORMAT or contents.archive_version > len(MIGRATIONS):
        raise refuse("newer")
    if contents.files != found:
        differing = {n for n in {*contents.files, *found} if contents.files.get(n) != found.get(n)}
        raise refuse("damaged", why=min(differing))
    folded = [fold(name) for name in found]
    folders = {name.rpartition("/")[0] for name in folded}
    above = {"/".join(name.split("/")[:n]) for name in folders for n in range(1, name.count("/") + 2)}
    if len(set(folded)) < len(folded) or above & set(folded):
        raise refuse("hostile", name="…")
    if contents.archive and contents.archive not in found:
        raise refuse("damaged", why=contents.archive)


def _check_room(contents: Contents, folder: Path) -> None:
    needed = sum(file.size for file in contents.files.values())
    with translate_errors():
        free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            message=message("restore.no room", needed=needed // 1024**2 + 1, free=free // 1024**2),
            advice=message("restore.no room.hint"),
        )
