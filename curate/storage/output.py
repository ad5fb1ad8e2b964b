"""DOOR to output/: everything the program writes, whole or not at all.

    output/archive.db             the memory (archive/ writes it)
    output/issues/<date>-<n>/     an issue: its posts, and issue.json
    output/runs/<id>.json, .html  what each run did
    output/collections/<slug>/    a collection: its posts, and its digest as issue.json
    output/site/                  the site, made from the others
    output/share-<n>.html         an issue for a colleague to read (`curate desk --share`)
    output/replies.csv, .html     what readers get for a number
    output/report.html            what readers did (`curate report`)
    output/.lock                  held while a run writes

A folder or file is written under a name that begins with a dot, flushed, then renamed; after a crash the
next run finds either nothing or the whole of it. `tidy` clears what was left half-way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from curate.domain.errors import ArchiveError, HeldError, OutputError
from curate.domain.model import Digest, Issue
from curate.domain.serialization import from_json, to_json

MANIFEST = "issue.json"  # the digest itself: an issue can be remembered again from its folder
_NEW, _OLD = ".new-", ".old-"


def folder_of(digest: Digest) -> str:
    """The name of an issue's folder: its day and its edition."""
    return f"{digest.date}-{digest.edition}"


class Output:
    """The output folder of one account."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.issues = root / "issues"
        self.runs = root / "runs"
        self.collections = root / "collections"

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the folder; HeldError at once when another run does. The system frees it if we are killed."""
        with translate_errors():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / ".lock")
            try:
                lock.acquire(timeout=0)
            except Timeout as e:
                raise HeldError("另一次运行正在进行（another run is under way）", "等它结束后再运行。") from e
        try:
            yield
        finally:
            lock.release()

    def tidy(self) -> None:
        """Clear what a crash left half-way; a replacement that was cut off is undone."""
        with translate_errors():
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

    def list_unremembered(self, folders: Collection[str]) -> list[tuple[Digest, str]]:
        """Issues that are on disk, whole, in none of these folders, which the archive knows; in their own folders
        first. A link is no folder of an issue."""
        found = []
        with translate_errors():
            for place in self.issues.glob("[!.]*"):
                manifest = place / MANIFEST
                if place.name in folders or place.is_symlink() or not manifest.is_file():
                    continue
                try:
                    digest = from_json(Digest, manifest.read_bytes())
                except ArchiveError:  # somebody's own folder
                    continue
                if not digest.name:  # else a collection
                    found.append((digest, place.name))
        return sorted(found, key=lambda pair: (pair[0].number, pair[1] != folder_of(pair[0]), pair[1]))

    def has_issue(self, folder: str) -> bool:
        """Whether an issue stands under this name."""
        return (self.issues / folder / MANIFEST).is_file()

    def free_edition(self, day: date, least: int) -> int:
        """The first edition of a day from `least` on under whose name nothing stands: nothing is overwritten."""
        with translate_errors():
            return next(n for n in count(least) if not os.path.lexists(self.issues / f"{day}-{n}"))

    def publish(
        self,
        issue: Issue,
        folder: str,
        lock: AbstractContextManager[Any] | None = None,
        late: Callable[[], Mapping[str, bytes]] = dict,
    ) -> Path:
        """Put an issue in place under `folder`, whole; an issue of that name is replaced whole. A collection goes to
        the folder of collections.

        `lock` is held while one folder takes the other's place, and `late` asked then for files that came meanwhile.
        """
        home = self.collections if issue.digest.name else self.issues
        target, new, old = (home / f"{prefix}{folder}" for prefix in ("", _NEW, _OLD))
        files = {**issue.files, MANIFEST: to_json(issue.digest, indent=1)}
        with translate_errors():
            new.mkdir(parents=True)
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                _write(new / name, data)
            with lock or nullcontext():
                for name, data in late().items():
                    if name not in files:
                        (new / name).parent.mkdir(parents=True, exist_ok=True)
                        _write(new / name, data)
                if target.exists():
                    target.rename(old)
                new.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        return target

    def files(self, folder: str, names: Iterable[str]) -> dict[str, bytes]:
        """Those of the named files that an issue has."""
        with translate_errors():
            found = {name: self.issues / folder / name for name in names}
            return {name: path.read_bytes() for name, path in found.items() if path.is_file()}

    def add_files(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Put more files into an issue's folder, each whole."""
        with translate_errors():
            for name, data in files.items():
                path = self.issues / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                new = path.with_name(f"{_NEW}{path.name}")
                _write(new, data)
                new.replace(path)

    def reviews(self) -> dict[str, Digest]:
        """The digest of every collection by the name of its folder, the newest first."""
        found = {}
        with translate_errors():
            for manifest in self.collections.glob(f"[!.]*/{MANIFEST}"):
                if manifest.parent.is_symlink():
                    continue
                try:
                    digest = from_json(Digest, manifest.read_bytes())
                except ArchiveError:  # somebody's own folder
                    continue
                if digest.name:  # else an issue
                    found[manifest.parent.name] = digest
        return dict(sorted(found.items(), key=lambda pair: (pair[1].made, pair[0]), reverse=True))

    def report(self, run: str, files: Mapping[str, bytes]) -> Path:
        """Write a run's report, one file for each suffix (".json", ".html"); returns the last one's path."""
        path = self.runs / run
        with translate_errors():
            self.runs.mkdir(parents=True, exist_ok=True)
            for suffix, data in files.items():
                path = self.runs / f"{run}{suffix}"
                new = self.runs / f"{_NEW}{path.name}"
                _write(new, data)
                new.replace(path)
        return path

    def page(self, name: str, data: bytes) -> Path:
        """Write a page of output/ itself, such as the readers' report; the one before it is replaced."""
        with translate_errors():
            self.root.mkdir(parents=True, exist_ok=True)
            new = self.root / f"{_NEW}{name}"
            _write(new, data)
            new.replace(self.root / name)
        return self.root / name

    def find_report(self, started: datetime) -> str:
        """The name of the run that began at a time, where its page is still there; "" where it is not."""
        with translate_errors():
            return next((page.stem for page in self.runs.glob(f"{started:%Y%m%dT%H%M%SZ}-*.html")), "")

    def prune(self, before: datetime, current: str = "") -> int:
        """Remove the reports of runs before a time, but for `current`; issues stay. Returns how many runs.

        A run's time is what its report is called by, or when its file was written, whichever is earlier.
        """
        gone = set()
        with translate_errors():
            for path in self.runs.glob("[!.]*.*"):
                if path.stem != current and _time_of(path) < before:
                    path.unlink()
                    gone.add(path.stem)
        return len(gone)


def _time_of(report: Path) -> datetime:
    written = datetime.fromtimestamp(report.stat().st_mtime, UTC)
    try:
        run = datetime.strptime(report.stem.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:  # somebody's own name
        return written
    return min(run, written)


def write_file(path: Path, text: str, *, replace: bool = False, encoding: str = "utf-8") -> bool:
    """Write one of the editor's own files whole; False when it is there already and may not be replaced."""
    with translate_errors():
        if path.exists() and not replace:
            return False
        path = path.resolve()  # a link stays a link
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}.new")  # nobody else writes under this name
        _write(new, text.encode(encoding))
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
def translate_errors() -> Iterator[None]:
    """The system's refusals to write become OutputError, with what to do."""
    try:
        yield
    except OSError as e:
        full = "腾出空间后重新运行，什么都没有丢。"
        hint = full if e.errno in (28, 122) else "检查文件夹是否可写。"  # ENOSPC, EDQUOT
        raise OutputError(f"{e.filename or 'output/'}: {e.strerror or e}", hint) from e
