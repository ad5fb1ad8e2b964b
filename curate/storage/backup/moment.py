"""What tells two moments of an archive apart, as far as the folders of its issues go, and a copy of it at one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, inspect, select

from curate.storage.backup.names import is_safe
from curate.storage.backup.whole import AccountFile
from curate.storage.database.engine import connect, translate_errors
from curate.storage.database.migrations import read_version
from curate.storage.database.tables import EDITED_ISSUES, ISSUES, SCHEMA
from curate.storage.database.upgrade import copy_database, file_of

_USUAL = "output/archive.db"


@dataclass(frozen=True, slots=True)
class Moment:
    """Which issues an archive has, and how far each has come. `version` is 0 where there is no archive yet."""

    version: int
    folders: frozenset[str]
    edited: frozenset[tuple[int, int, int]]  # number, revision, the revision that its folder shows


class LiveArchive:
    """An archive that others may be writing; opening it changes nothing. A context manager.

    `is_file`: whether it is an SQLite file, which alone can be copied here.
    """

    def __init__(self, address: str, folder: Path) -> None:
        self._engine = connect(address, folder, make_folder=False)
        self.path = file_of(self._engine)
        self.system = self._engine.dialect.name
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    @property
    def is_file(self) -> bool:
        return self.path is not None

    @property
    def name(self) -> str:
        """The file's name below the account's folder; its usual one where it is elsewhere."""
        name = Path(os.path.relpath(self.path or ".", self._folder)).as_posix()
        return name if is_safe(name) else _USUAL

    @property
    def elsewhere(self) -> str:
        """Where the file is, if that is not below the account's folder."""
        return str(self.path) if self.path is not None and self._folder / self.name != self.path else ""

    def observe(self) -> Moment:
        """How it is now. ArchiveError where it cannot be read."""
        if self.path is not None and not self.path.exists():
            return Moment(0, frozenset(), frozenset())
        with translate_errors(), self._engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            version = read_version(connection) if SCHEMA.name in tables else 0
            folders = connection.execute(select(ISSUES.c.folder)).scalars() if version else ()
            return Moment(version, frozenset(folders), _read_edited(connection, tables))

    def copy(self, target: Path) -> AccountFile | None:
        """The database as one file, as it is at one moment, whoever is writing it; None where there is none yet."""
        if self.path is None or not self.path.exists():
            return None
        copy_database(self._engine, target)
        return AccountFile(self.name, target, target.stat().st_mtime)


def _read_edited(connection: Connection, tables: set[str]) -> frozenset[tuple[int, int, int]]:
    if EDITED_ISSUES.name not in tables:
        return frozenset()
    columns = EDITED_ISSUES.c.number, EDITED_ISSUES.c.revision, EDITED_ISSUES.c.rendered
    return frozenset(
        (n, revision, rendered) for n, revision, rendered in connection.execute(select(*columns))
    )
