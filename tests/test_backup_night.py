"""A backup at any moment of a running night, restored elsewhere: the account goes on, nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from curate.app.upkeep.backup import back_up
from curate.app.upkeep.restore import restore
from curate.demo import nights, serve
from tests.demo_account import NOW, few_sources, lay_out
from tests.test_kill import Zygote, issues_of, run, state, whole

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork"),
]
MOMENTS = 20


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Zygote, Path, Path, float]]:
    """The zygote, an account after its first night, one after its second, and how long the second took."""
    folder = tmp_path_factory.mktemp("backup")
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


def test_a_backup_of_any_moment_of_a_night_is_an_account_that_goes_on(
    stage: tuple[Zygote, Path, Path, float], tmp_path: Path
) -> None:
    zygote, before, after, seconds = stage
    expected = state(after)
    names = {p.name for p in next((after / "output/issues").iterdir()).iterdir()}
    dice = random.Random(20)
    taken: list[int] = []
    for moment in range(MOMENTS):
        home, other = tmp_path / f"{moment}", tmp_path / f"{moment} elsewhere"
        shutil.copytree(before, home)
        zygote.start("run", "-C", str(home), "--now", nights(NOW)[1].isoformat())
        # the stages at the end are short: every second moment is among them
        time.sleep(seconds * (dice.uniform(0.7, 1) if moment % 2 else dice.uniform(0, 1)))
        done = back_up(home, os.environ, tmp_path / "backup.tar.gz", datetime.now(UTC), time.sleep)
        assert zygote.end() == 0, zygote.log.read_text()
        assert differing(home, expected) == [], "the night was not disturbed"
        restore(tmp_path / "backup.tar.gz", other, datetime.now(UTC))
        whole(other, names)
        taken.append(issues_of(other))
        again = run(zygote, other, 1)
        assert again == 0 or (again, taken[-1]) == (3, 2), zygote.log.read_text()
        assert differing(other, expected) == [], f"moment {moment}: {done.is_settled}"
        shutil.rmtree(home)
        shutil.rmtree(other)
    assert {1, 2} == set(taken), f"before the second issue and behind it: {taken}"


def differing(home: Path, expected: dict[str, Any]) -> list[str]:
    """What of an account is not as it must be: tables, and files by their names."""
    found: dict[str, Any] = state(home)
    files = found.pop("files"), expected["files"]
    tables = [name for name in found if found[name] != expected[name]]
    return tables + sorted(n for n in {*files[0], *files[1]} if files[0].get(n) != files[1].get(n))
