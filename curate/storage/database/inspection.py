"""An archive looked at without being opened for work: nothing is made, and no step of an upgrade is run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, inspect, select

from curate.storage.database.engine import connect, translate_errors
from curate.storage.database.migrations import MIGRATIONS, read_version
from curate.storage.database.tables import ISSUES, SCHEMA
from curate.storage.database.upgrade import file_of
from curate.storage.database.web_tables import ENTRIES


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """How an archive is. `version` is 0 where there is none yet; `size` in bytes, 0 where it is no file.

    `trouble`: what the database says of its own soundness, "" where all is well, or nobody asked. `newest`: when it last noted anything.
    """

    system: str
    path: Path | None
    version: int = 0
    size: int = 0
    trouble: str = ""
    newest: datetime | None = None
    known: int = len(MIGRATIONS)


def inspect_archive(address: str, folder: Path, *, thorough: bool = False) -> ArchiveState:
    """Look at an archive; `thorough`: read every page of it. ArchiveError where it cannot be read at all."""
    engine = connect(address, folder, make_folder=False)
    path = file_of(engine)
    try:
        if path is not None and not path.exists():
            return ArchiveState(engine.dialect.name, path)
        with translate_errors(), engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            version = read_version(connection) if SCHEMA.name in tables else 0
            trouble = ""
            if path is not None and thorough:
                told = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
                trouble = "" if told == "ok" else told
            times = [func.max(ENTRIES.c.seen), func.max(ISSUES.c.made)] if version else []
            newest = [connection.scalar(select(time)) for time in times]
            found = max((datetime.fromisoformat(time) for time in newest if time), default=None)
            size = path.stat().st_size if path is not None else 0
            return ArchiveState(engine.dialect.name, path, version, size, trouble, found)
    finally:
        engine.dispose()
