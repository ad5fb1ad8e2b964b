"""DOOR to what in output/ can be made again at any time: the site, and what readers get for a number."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from curate.output import translated


class GeneratedFolder:
    """A folder in output/ of what can be made again at any time: written without waiting for the disk, and only
    what is not there already. A crash leaves no file half-written, and what is missing is made the next time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named: set[str] = set()  # every file that was put or linked
        self._folders: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """One of its files; None where it has none of that name."""
        with translated():
            path = self.root / name
            return path.read_bytes() if path.is_file() else None

    def put(self, name: str, data: bytes) -> bool:
        """A file with this in it; False where it was so already."""
        with translated():
            path, new = self._place(
                name
            )  # as text: thirty thousand times over, a Path costs more than its file
            try:
                with open(path, "rb") as file:  # noqa: PTH123
                    if file.read() == data:
                        return False
            except FileNotFoundError:
                pass
            with open(new, "wb") as file:  # noqa: PTH123
                file.write(data)
            os.replace(new, path)  # noqa: PTH105
        return True

    def link(self, name: str, source: Path) -> bool:
        """The same file under another name, or a copy where the file system has no links; False where it was there,
        or there is nothing to link to."""
        with translated():
            path, new = map(Path, self._place(name))
            if not source.is_file() or (path.is_file() and filecmp.cmp(path, source, shallow=False)):
                return False
            new.unlink(missing_ok=True)
            try:
                os.link(source, new)
            except OSError:
                shutil.copyfile(source, new)
            new.replace(path)
        return True

    def sweep(self, folders: Iterable[str]) -> int:
        """Remove what lies in these folders and was not named since this was opened. Returns how many files."""
        gone = 0
        with translated():
            for path in [path for folder in folders for path in (self.root / folder).rglob("*")]:
                if path.is_file() and path.relative_to(self.root).as_posix() not in self.named:
                    path.unlink()
                    gone += 1
        return gone

    def _place(self, name: str) -> tuple[str, str]:
        """Where a file stands, and the name that it is written under; its folder is there."""
        self.named.add(name)
        folder, _, file = name.rpartition("/")
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self.root}/{name}", f"{self.root}/{folder}/.{file}.new"
