"""An account opened for writing: its output folder and its archive, held by one command at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from curate.cli.terminal.console import complain

if TYPE_CHECKING:
    from curate.config.schema import Config
    from curate.storage import Archive
    from curate.storage.output import Output


@contextmanager
def hold_account(config: Config, folder: Path) -> Iterator[tuple[Output, Archive]]:
    """Hold an account's output folder and its archive; OutputError or ArchiveError where another command does."""
    from curate.app.doors import open_archive
    from curate.storage.output import Output

    output = Output(folder / "output")
    with output.held(), open_archive(config, folder) as archive, archive.held():
        yield output, archive


def recover(output: Output, archive: Archive, *, zh: bool = True) -> None:
    """After a crash: clear what is half-way, remember what was put in place but not remembered.

    The archive decides which issue has which number and folder: a folder that was copied or renamed is told, and
    left alone. An issue whose number the archive does not have is remembered under its own folder's name.
    """
    from curate.storage.output import folder_of

    output.tidy()
    folders = archive.folders()
    numbers = {number: name for name, number in folders.items()}
    for digest, name in output.unremembered(folders):
        own = numbers.get(digest.number) or folder_of(digest)
        if digest.number not in numbers and own not in folders:
            archive.record(digest, own)
            numbers[digest.number], folders[own] = own, digest.number
        if name != own:
            _tell_strange(name, own, digest.number, is_copy=output.has_issue(own), zh=zh)


def _tell_strange(name: str, own: str, number: int, *, is_copy: bool, zh: bool) -> None:
    """That a folder is not taken for an issue's, and what may be done about it."""
    place = f"output/issues/{name}/"
    if zh:
        words = f"{place} 里是第 {number} 期，但第 {number} 期的文件夹是 {own}/；没有用它。"
        hint = (
            "不需要这份副本就删掉，或移到 output/issues/ 外面。" if is_copy else f"把它改回 {own} 这个名字。"
        )
    else:
        words = f"{place} holds issue {number}, whose folder is {own}/; it was left alone."
        hint = "Delete the copy, or move it out of output/issues/." if is_copy else f"Name it {own} again."
    complain(words, hint=hint)
