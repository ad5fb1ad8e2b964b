"""Files -> a backup: written under a temporary name, flushed, then renamed."""

from __future__ import annotations

import gzip
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from typing import IO

from curate.domain.serialization import to_json
from curate.storage.backup.names import CONTENTS, Contents, PackedFile
from curate.storage.backup.whole import AccountFile
from curate.storage.output import translate_errors

_LEVEL = 6  # of gzip
_PRIVATE = 0o600  # all of the account is in it


def pack(target: Path, files: Iterable[AccountFile], about: Contents) -> Contents:
    """Write a backup; a file of that name is replaced. Returns what it says of itself.

    OutputError where it cannot be written. `files` is read lazily.
    """
    packed: dict[str, PackedFile] = {}
    with (
        _replace(target) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as stream,
        tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for one in files:
            packed[one.name] = _add(tar, one)
        contents = replace(about, files=packed)
        _add(tar, AccountFile(CONTENTS, to_json(contents, indent=1), 0))
    return contents


def _add(tar: tarfile.TarFile, file: AccountFile) -> PackedFile:
    header = tarfile.TarInfo(file.name)
    header.size, header.mtime, header.mode = file.size, int(file.changed), _PRIVATE
    with file.open() as source:
        reader = _HashingReader(source)
        tar.addfile(header, reader)
    return PackedFile(header.size, reader.hash.hexdigest())


class _HashingReader(BufferedIOBase):
    """A file whose hash is known when it was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.hash = sha256()

    def read(self, size: int | None = -1) -> bytes:
        data = self._source.read(-1 if size is None else size)
        self.hash.update(data)
        return data


@contextmanager
def _replace(target: Path) -> Iterator[IO[bytes]]:
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    with translate_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
