"""Holding the archive: one command at a time writes it, whichever folder it was started in.

The lock is the database's own, so that two folders with one database know of each other, and it is gone with the
process that holds it: a file beside SQLite's, an advisory lock of the session in PostgreSQL. Another database has the
lock of the output folder alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, func, select

from curate.domain.errors import ArchiveError, HeldError
from curate.storage.database.engine import translate_errors

_ADVISORY = 0x63757261  # "cura": tells our lock in this database from those of other programs


def lock_schemas(connection: Connection) -> None:
    """Have one transaction at a time make schemas and tables of a PostgreSQL database, until it ends: two that begin at once
    would both make the same. SQLite has no other way."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY + 1, 0)))


@contextmanager
def hold(engine: Engine) -> Iterator[None]:
    """Hold the archive; ArchiveError at once where another command does."""
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        with _file(Path(str(engine.url.database))):
            yield
    elif engine.dialect.name == "postgresql":
        with _session(engine):
            yield
    else:
        yield


@contextmanager
def _file(database: Path) -> Iterator[None]:
    lock = FileLock(database.with_name(f".{database.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as e:
        raise _make_held_error() from e
    except OSError as e:
        raise ArchiveError(f"{e.filename or database}: {e.strerror or e}", "检查文件夹是否可写。") from e
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session(engine: Engine) -> Iterator[None]:
    with engine.connect() as connection:
        with translate_errors():
            connection.execution_options(isolation_level="AUTOCOMMIT")  # or a transaction is open all night
            connection.detach()  # closed at the end instead of kept: the lock goes with its session
            ours = func.pg_try_advisory_lock(_ADVISORY, func.hashtext(func.current_schema()))
            if not connection.scalar(select(ours)):
                raise _make_held_error()
        yield


def _make_held_error() -> HeldError:
    return HeldError(
        "另一次运行正在用这个存档（another run holds the archive）",
        "等它结束后再运行；几个文件夹用同一个数据库时，一次只能运行一个。",
    )
