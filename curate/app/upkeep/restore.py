"""An account put back from a backup, here or on another machine. Nothing is written before all of it was checked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from curate.config.load import NAME
from curate.domain.errors import OutputError
from curate.domain.message import message
from curate.storage.backup.names import Contents
from curate.storage.backup.unpack import check_pack, unpack
from curate.storage.output import Output, translate_errors

_NEW, _OLD = ".restore-", "before-restore-"


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """What was put back. `aside`: where what stood there before is now; None where nothing did."""

    contents: Contents
    aside: Path | None


def restore(backup: Path, folder: Path, now: datetime, *, replace: bool = False) -> RestoreDone:
    """Put an account back into a folder that is empty, or not there yet.

    `replace`: whatever stands there; what would be in the way is moved aside. UnreadableError for a backup that is not
    taken, OutputError where the folder is in use or cannot be written.
    """
    contents = check_pack(backup)
    others = [
        one
        for one in _list_entries(folder)
        if one.resolve() != backup.resolve() and not one.name.startswith(_NEW)  # what a kill left half-way
    ]
    if others and not replace:
        raise OutputError(
            message=message("restore.not empty", folder=str(folder)),
            advice=message("restore.not empty.hint"),
        )
    with translate_errors():
        folder.mkdir(parents=True, exist_ok=True)
    with _make_scratch(folder, now) as scratch:
        unpack(backup, contents, scratch)
        aside = folder / f"{_OLD}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        with ExitStack() as stack:
            if (folder / "output").exists():
                stack.enter_context(Output(folder / "output").hold())
            moved = _put_in_place(scratch, folder, aside)
    return RestoreDone(contents, aside if moved else None)


def _list_entries(folder: Path) -> list[Path]:
    with translate_errors():
        return list(folder.iterdir()) if folder.exists() else []


@contextmanager
def _make_scratch(folder: Path, now: datetime) -> Iterator[Path]:
    scratch = folder / f"{_NEW}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    with translate_errors():
        scratch.mkdir()
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _put_in_place(scratch: Path, folder: Path, aside: Path) -> bool:
    """Move what was unpacked into the folder, feeds.yaml last: without it no command takes the folder for an account."""
    moved = False
    with translate_errors():
        for new in sorted(scratch.iterdir(), key=lambda path: path.name == NAME):
            target = folder / new.name
            if target.exists() or target.is_symlink():
                aside.mkdir(exist_ok=True)
                target.rename(aside / new.name)
                moved = True
            new.rename(target)
    return moved
