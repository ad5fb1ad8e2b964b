"""DOOR to what in output/ can be made again at any time: the site, and what readers get for a number."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from curate.storage.output import translate_errors

LIST = ".files.txt"  # in such a folder: every file that was made there, one a line


class GeneratedFolder:
    """A folder in output/ of what can be made again at any time: written without waiting for the disk, and only
    what is not there already. A crash leaves no file half-written, and what is missing is made the next time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named: set[str] = set()  # every file that was put or linked
        self._folders: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """One of its files; None where it has none of that name."""
        with translate_errors():
            path = self.root / name
            return path.read_bytes() if path.is_file() else None

    def put(self, name: str, data: bytes) -> bool:
        """A file with this in it; False where it was so already."""
        with translate_errors():
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
        with translate_errors():
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
        """Remove what was made in these folders ("find/", …) before and was not named since this was opened.

        Only what the list of made files names goes, and nothing that lies beyond a link: all else in a site's folder
        is the editor's. Keeps the list, and returns how many files went.
        """
        before = (self.read(LIST) or b"").decode("utf-8", "replace").splitlines()
        stale = {name for name in before if name not in self.named and name.startswith(tuple(folders))}
        gone = sum(self._remove(name) for name in stale)
        made = sorted(self.named.union(before) - stale)
        self.put(LIST, "".join(f"{name}\n" for name in made).encode())
        return gone

    def _remove(self, name: str) -> bool:
        """Remove a file; False where it is gone, or where its path leads elsewhere by a link or by dots."""
        here = os.path.join(os.path.realpath(self.root.parent), self.root.name, name)  # noqa: PTH118
        with translate_errors():
            if not os.path.isfile(here) or os.path.realpath(here) != here:  # noqa: PTH113
                return False
            os.unlink(here)  # noqa: PTH108
        return True

    def _place(self, name: str) -> tuple[str, str]:
        """Where a file stands, and the name that it is written under; its folder is there."""
        self.named.add(name)
        folder, _, file = name.rpartition("/")
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self.root}/{name}", f"{self.root}/{folder}/.{file}.new"
