"""Opening the database, and its failures in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from curate.domain.errors import ArchiveError

_PAGE = 16_384  # bytes
_EXAMPLE = "例如 sqlite:///output/archive.db；密码里的 @ : / 要写成 %40 %3A %2F，其他数据库需另装驱动。"
_BROKEN = (
    "存档坏了。有备份就放回备份；没有的话，把 output/archive.db 和同名的 -wal、-shm 移到别处再运行："
    "各期会从 output/issues/ 找回来，标过的条目和读者数据要重新来。"
)
# What a person can do, by a part of what the database says.
_HINTS = {
    "disk is full": "磁盘满了：腾出空间后重新运行，什么都没有丢。",
    "database is locked": "别的程序正占着存档：等它结束，或关掉打开了存档的数据库工具，再运行；output/ 不要放在网盘里。",
    "malformed": _BROKEN,
    "not a database": _BROKEN,
    "disk I/O error": "读写存档时磁盘出错：检查磁盘和网盘，再运行；若还是这样，换回备份。",
    "readonly": "存档写不进去：检查 output/ 和 archive.db 的权限。",
    "unable to open": "打不开存档：检查 feeds.yaml 里的 database 和那个文件夹的权限。",
    "password authentication": "数据库的用户名或密码不对。",
    "onnection refused": "数据库没有开，或者 feeds.yaml 里 database 的主机、端口不对。",
}


def connect(address: str, folder: Path, *, make_folder: bool = True) -> Engine:
    """An engine for any SQLAlchemy address; a relative SQLite path is relative to `folder`. `make_folder`: that which
    an SQLite file will be in.

    ArchiveError where the address cannot be used.
    """
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
            path = folder / url.database
            if make_folder:
                path.parent.mkdir(parents=True, exist_ok=True)
            url = url.set(database=str(path))
        engine = create_engine(url)
        engine.dialect.create_connect_args(url)  # its options are read here, and not only when it is opened
    except (ArgumentError, NoSuchModuleError, ImportError) as e:
        raise ArchiveError(f"存档的地址用不了（database: cannot be used）：{e}", _EXAMPLE) from e
    except (ValueError, TypeError):  # their words quote the address, and with it its password
        raise ArchiveError("存档的地址写得不对（database: not an address）", _EXAMPLE) from None
    except OSError as e:
        raise ArchiveError(f"database: its folder cannot be made: {e.strerror}") from e
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    return engine


def is_there(address: str, folder: Path) -> bool:
    """Whether there may be an archive at an address: a file that exists, or a server's database."""
    url = make_url(address)
    return url.get_backend_name() != "sqlite" or (folder / str(url.database)).is_file()


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
def translate_errors() -> Iterator[None]:
    """SQLAlchemy's exceptions become ArchiveError here and nowhere else."""
    try:
        yield
    except SQLAlchemyError as e:
        reason = str(getattr(e, "orig", None) or e)
        hint = next((hint for part, hint in _HINTS.items() if part in reason), "")
        raise ArchiveError(f"存档（the archive）：{reason}", hint) from e
