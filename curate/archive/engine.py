"""Opening the database, and its failures in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from curate.errors import ArchiveError

_PAGE = 16_384  # bytes


def connect(address: str, folder: Path) -> Engine:
    """An engine for any SQLAlchemy address; a relative SQLite path is relative to `folder`."""
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
            path = folder / url.database
            path.parent.mkdir(parents=True, exist_ok=True)
            url = url.set(database=str(path))
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as e:
        raise ArchiveError(
            f"database: cannot be used: {e}", "例如 sqlite:///output/archive.db；其他数据库需另装驱动。"
        ) from e
    except OSError as e:
        raise ArchiveError(f"database: its folder cannot be made: {e.strerror}") from e
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    return engine


def _pragmas(connection: Any, _record: object) -> None:
    """Readers never wait for the writer (WAL); a writer waits up to ten seconds for another.

    Large pages (of a new file) take bodies of some kilobytes without chains of overflow, in two thirds of the time;
    64 MB are written ahead before they are moved into place.
    """
    ahead = f"wal_autocheckpoint = {64 * 1024 // (_PAGE // 1024)}"
    for pragma in (
        f"page_size = {_PAGE}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "busy_timeout = 10000",
        ahead,
    ):
        connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def translated() -> Iterator[None]:
    """SQLAlchemy's exceptions become ArchiveError here and nowhere else."""
    try:
        yield
    except SQLAlchemyError as e:
        reason = str(getattr(e, "orig", None) or e)
        hint = "磁盘满了：腾出空间后重新运行，什么都没有丢。" if "disk is full" in reason else ""
        raise ArchiveError(f"the archive: {reason}", hint) from e
