"""kill -9 at any moment, then run again: no item lost, none twice, no half-written file.

Each case starts from the same account after its first night, kills the second night at a random moment, looks
at what is on disk, runs the night again, and compares with an account that was never disturbed.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from curate.demo import nights, serve
from curate.storage.output import MANIFEST
from tests.demo_account import NOW, few_sources, lay_out

pytestmark = pytest.mark.slow
MOMENTS = 50
# A report is named by its process; where that was killed before it wrote one, its issue leads to none.
_RUN = re.compile(rb'<a href="../../runs/\d{8}T\d{6}Z-\d+.html">[^<]*</a>\s*')
GROUPS = 5  # the moments are shared out, so that the suite's workers share them


class Zygote:
    """Starts nights as children of a process that has imported everything already."""

    def __init__(self, log: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("zygote.py")), str(log)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.log = log

    def start(self, *arguments: str) -> int:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return self._line()

    def end(self) -> int:
        return self._line()

    def _line(self) -> int:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, self.log.read_text()
        return int(line)

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=10)
        if self._process.stdout:
            self._process.stdout.close()


def run(zygote: Zygote, home: Path, number: int) -> int:
    zygote.start("run", "-C", str(home), "--now", nights(NOW)[number].isoformat())
    return zygote.end()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Zygote, Path, Path, float]]:
    """The zygote, an account after its first night, one after its second, and how long the second took."""
    folder = tmp_path_factory.mktemp("kill")
    zygote = Zygote(folder / "log")
    before, after = folder / "before", folder / "after"
    with serve(NOW, night=1) as web:
        lay_out(before, web, edit=few_sources)
        assert run(zygote, before, 0) == 0, zygote.log.read_text()
        shutil.copytree(before, after)
        web.night = 2
        started = time.perf_counter()
        assert run(zygote, after, 1) == 0, zygote.log.read_text()
        yield zygote, before, after, time.perf_counter() - started
    zygote.close()


def state(home: Path) -> dict[str, object]:
    """What must be the same: entries, published items, issues with their digests, the files of each, and the site."""
    with sqlite3.connect(home / "output" / "archive.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {
            table: sorted(raw.execute(f"SELECT {columns} FROM {table}"))
            for table, columns in {
                "entries": "key, title, body",
                "documents": "DISTINCT source, digest",  # an original is known by its path, which differs here
                "published": "key, number, item",
                "issues": "number, folder, digest",
            }.items()
        }
    raw.close()
    output = home / "output"
    places = [output / name for name in ("issues", "site", "replies.csv", "replies.html")]
    every = (path for place in places for path in (place, *place.rglob("*")) if path.is_file())
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in every}
    return {**tables, "files": {name: _RUN.sub(b"", data) for name, data in files.items()}}


def whole(home: Path, files: set[str]) -> None:
    """Whatever the moment: the database is sound, and what has an issue's name has all of its files."""
    state(home)
    for folder in (home / "output" / "issues").iterdir():
        if not folder.name.startswith("."):
            assert {p.name for p in folder.iterdir()} == files
            json.loads((folder / MANIFEST).read_bytes())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("group", range(GROUPS))
def test_a_night_that_is_killed_and_run_again_ends_as_if_nothing_had_happened(
    stage: tuple[Zygote, Path, Path, float], tmp_path: Path, group: int
) -> None:
    zygote, before, after, seconds = stage
    expected = state(after)
    names = {p.name for p in next((after / "output" / "issues").iterdir()).iterdir()}
    dice = random.Random(group)
    killed = tried = 0
    while killed < MOMENTS // GROUPS:  # a night that was done before its moment came does not count
        tried += 1
        assert tried < MOMENTS, "nights end sooner than they are killed"
        home = tmp_path / str(tried)
        shutil.copytree(before, home)
        pid = zygote.start("run", "-C", str(home), "--now", nights(NOW)[1].isoformat())
        time.sleep(dice.uniform(0, seconds))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        in_time = zygote.end() == -signal.SIGKILL
        killed += in_time
        seconds *= 1 if in_time else 0.8  # the first night may have met a busier machine
        whole(home, names)
        again = run(zygote, home, 1)
        assert again == 0 or (again, issues_of(home)) == (3, 2), zygote.log.read_text()
        assert state(home) == expected, f"killed at moment {tried} of group {group}"
        shutil.rmtree(home)


def issues_of(home: Path) -> int:
    return sum(not p.name.startswith(".") for p in (home / "output" / "issues").iterdir())
