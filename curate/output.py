"""DOOR to output/: everything the program writes, whole or not at all.

    output/archive.db             the memory (archive/ writes it)
    output/issues/<date>-<n>/     an issue: its posts, and issue.json
    output/runs/<id>.json, .html  what each run did
    output/collections/<slug>/    a collection: its posts, and its digest as issue.json
    output/site/                  the site, made from the others
    output/replies.csv, .html     what readers get for a number
    output/report.html            what readers did (`curate report`)
    output/.lock                  held while a run writes

A folder or file is written under a name that begins with a dot, flushed, then renamed; after a crash the
next run finds either nothing or the whole of it. `tidy` clears what was left half-way.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from curate.codec import from_json, to_json
from curate.errors import ArchiveError, OutputError
from curate.model import Digest, Issue

MANIFEST = "issue.json"  # the digest itself: an issue can be remembered again from its folder
_NEW, _OLD = ".new-", ".old-"


class Output:
    """The output folder of one account."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.issues = root / "issues"
        self.runs = root / "runs"
        self.collections = root / "collections"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder; OutputError at once when another run does. The system frees it if we are killed."""
        with _translated():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / ".lock")
            try:
                lock.acquire(timeout=0)
            except Timeout as e:
                raise OutputError(
                    "另一次运行正在进行（another run is under way）", "等它结束后再运行。"
                ) from e
        try:
            yield
        finally:
            lock.release()

    def tidy(self) -> None:
        """Clear what a crash left half-way; a replacement that was cut off is undone."""
        with _translated():
            for old in (*self.issues.glob(f"{_OLD}*"), *self.collections.glob(f"{_OLD}*")):
                target = old.with_name(old.name.removeprefix(_OLD))
                if target.exists():
                    shutil.rmtree(old)
                else:
                    old.rename(target)
            for new in (p for at in (self.issues, self.runs, self.collections) for p in at.glob(f"{_NEW}*")):
                if new.is_dir():
                    shutil.rmtree(new)
                else:
                    new.unlink()

    def unremembered(self, folders: Mapping[str, int]) -> list[tuple[Digest, str]]:
        """Issues that are on disk, whole, but not in the archive: the crash came between the two."""
        found = []
        with _translated():
            for manifest in sorted(self.issues.glob(f"*/{MANIFEST}")):
                if manifest.parent.name not in folders:
                    try:
                        found.append((from_json(Digest, manifest.read_bytes()), manifest.parent.name))
                    except ArchiveError:  # somebody's own folder
                        continue
        return sorted(found, key=lambda pair: pair[0].number)

    def edition(self, day: date) -> int:
        """The next free number of an issue on this day: 1, 2, …; what is there is never overwritten."""
        taken = [p.name.removeprefix(f"{day}-") for p in self.issues.glob(f"{day}-*")]
        return max((int(name) for name in taken if name.isdigit()), default=0) + 1

    def publish(self, issue: Issue, folder: str) -> Path:
        """Put an issue in place under `folder`, whole; an issue of that name is replaced whole. A collection goes to
        the folder of collections."""
        home = self.collections if issue.digest.name else self.issues
        target, new, old = (home / f"{prefix}{folder}" for prefix in ("", _NEW, _OLD))
        files = {**issue.files, MANIFEST: to_json(issue.digest, indent=1)}
        with _translated():
            new.mkdir(parents=True)
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                _write(new / name, data)
            if target.exists():
                target.rename(old)
            new.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        return target

    def files(self, folder: str, names: Iterable[str]) -> dict[str, bytes]:
        """Those of the named files that an issue has."""
        with _translated():
            found = {name: self.issues / folder / name for name in names}
            return {name: path.read_bytes() for name, path in found.items() if path.is_file()}

    def reviews(self) -> dict[str, Digest]:
        """The digest of every collection by the name of its folder, the newest first."""
        found = {}
        with _translated():
            for manifest in self.collections.glob(f"[!.]*/{MANIFEST}"):
                try:
                    found[manifest.parent.name] = from_json(Digest, manifest.read_bytes())
                except ArchiveError:  # somebody's own folder
                    continue
        return dict(sorted(found.items(), key=lambda pair: (pair[1].made, pair[0]), reverse=True))

    def report(self, run: str, files: Mapping[str, bytes]) -> Path:
        """Write a run's report, one file for each suffix (".json", ".html"); returns the last one's path."""
        path = self.runs / run
        with _translated():
            self.runs.mkdir(parents=True, exist_ok=True)
            for suffix, data in files.items():
                path = self.runs / f"{run}{suffix}"
                new = self.runs / f"{_NEW}{path.name}"
                _write(new, data)
                new.replace(path)
        return path

    def page(self, name: str, data: bytes) -> Path:
        """Write a page of output/ itself, such as the readers' report; the one before it is replaced."""
        with _translated():
            self.root.mkdir(parents=True, exist_ok=True)
            new = self.root / f"{_NEW}{name}"
            _write(new, data)
            new.replace(self.root / name)
        return self.root / name

    def prune(self, before: datetime) -> int:
        """Remove the reports of runs before a time; issues stay. Returns how many runs."""
        gone = set()
        with _translated():
            for path in self.runs.glob("*.*"):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    gone.add(path.stem)
        return len(gone)


class Made:
    """A folder in output/ of what can be made again at any time: written without waiting for the disk, and only
    what is not there already. A crash leaves no file half-written, and what is missing is made the next time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named: set[str] = set()  # every file that was put or linked
        self._folders: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """One of its files; None where it has none of that name."""
        with _translated():
            path = self.root / name
            return path.read_bytes() if path.is_file() else None

    def put(self, name: str, data: bytes) -> bool:
        """A file with this in it; False where it was so already."""
        with _translated():
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
        with _translated():
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
        with _translated():
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


def write_file(path: Path, text: str, *, replace: bool = False) -> bool:
    """Write one of the editor's own files whole; False when it is there already and may not be replaced."""
    with _translated():
        if path.exists() and not replace:
            return False
        path = path.resolve()  # a link stays a link
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}.new")  # nobody else writes under this name
        _write(new, text.encode())
        if path.exists():
            shutil.copymode(path, new)  # who may read it is the editor's choice
        new.replace(path)
    return True


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as e:
        full = "腾出空间后重新运行，什么都没有丢。"
        hint = full if e.errno in (28, 122) else "检查文件夹是否可写。"  # ENOSPC, EDQUOT
        raise OutputError(f"{e.filename or 'output/'}: {e.strerror or e}", hint) from e
