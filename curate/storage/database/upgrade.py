"""Opening an older archive: a copy of it is kept, then the steps run that it has not run yet."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as FileConnection
from sqlite3 import Error as FileError
from sqlite3 import connect as connect_file

from sqlalchemy import Engine, inspect

from curate.domain.errors import ArchiveError
from curate.domain.message import Message, message
from curate.storage.database.engine import translate_errors
from curate.storage.database.lock import lock_schemas
from curate.storage.database.migrations import MIGRATIONS, migrate, read_version
from curate.storage.database.tables import SCHEMA

COPIES = 2  # of archives as they were before their upgrades, the newest
_PAGES = 2_000  # of the database that are copied before others get their turn


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What became of an older archive. `copy`: the file of what it was; None where the database is no file."""

    before: int
    after: int
    copy: Path | None

    def tell(self) -> Message:
        """Which version it was and is, what was done, and where the copy is."""
        steps = tuple(message(f"archive.step.{n}") for n in range(self.before + 1, self.after + 1))
        kept = message("archive.copy", path=str(self.copy)) if self.copy else message("archive.no copy")
        return message("archive.upgrade", before=self.before, after=self.after, steps=steps, kept=kept)


def upgrade(engine: Engine) -> Upgrade | None:
    """Bring a database to today's version; None where it is new or of today.

    ArchiveError where it is of a newer version, or where no copy of it can be kept: then nothing is changed.
    """
    with translate_errors(), engine.connect() as connection:
        known = inspect(connection).has_table(SCHEMA.name)
        before = read_version(connection) if known else 0
    is_older = 0 < before < len(MIGRATIONS)
    copy = _keep_copy(engine, before) if is_older else None
    with translate_errors(), engine.begin() as connection:
        if before < len(MIGRATIONS):
            lock_schemas(connection)
        if before < len(MIGRATIONS) and engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's driver begins none for changes of tables
        migrate(connection)
    return Upgrade(before, len(MIGRATIONS), copy) if is_older else None


def file_of(engine: Engine) -> Path | None:
    """The file that the database is; None for a server's, and for one in memory."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


def copy_database(engine: Engine, target: Path) -> None:
    """Copy an SQLite database as it is at one moment, whoever is writing it; `target` is written anew.

    ArchiveError where it cannot be read, or the copy not be written.
    """
    target.unlink(missing_ok=True)
    with translate_errors(), engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, FileConnection)
        with _open_copy(target) as copy:
            raw.backup(copy, pages=_PAGES)
            copy.execute("PRAGMA journal_mode = DELETE").close()  # one file, whole in itself


@contextmanager
def _open_copy(target: Path) -> Iterator[FileConnection]:
    try:
        copy = connect_file(target)
        try:
            yield copy
        finally:
            copy.close()
    except FileError as e:
        raise ArchiveError(
            message=message("archive.not copied", path=str(target), why=str(e)),
            advice=message("archive.not copied.hint"),
        ) from e


def _keep_copy(engine: Engine, version: int) -> Path | None:
    """Keep the file beside the database under its version, and the newest ones alone."""
    path = file_of(engine)
    if path is None:
        return None
    new, copy = (
        path.with_name(f".{path.name}.{os.getpid()}.new"),
        path.with_name(f"{path.name}.v{version}.bak"),
    )
    try:
        copy_database(engine, new)
        new.replace(copy)
    finally:
        new.unlink(missing_ok=True)
    for old in _list_copies(path)[:-COPIES]:
        old.unlink(missing_ok=True)
    return copy


def _list_copies(path: Path) -> list[Path]:
    """The copies beside a database, those of older versions first."""
    name = re.compile(rf"{re.escape(path.name)}\.v(\d+)\.bak")
    found = [(int(match[1]), one) for one in path.parent.iterdir() if (match := name.fullmatch(one.name))]
    return [one for _, one in sorted(found)]
