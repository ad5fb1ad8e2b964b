"""The container's files: they copy what is there, pin what is locked, and run what the program has."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from curate.app.schedule.compose import HOME
from curate.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["curate"]


def copied() -> set[str]:
    """What the Dockerfile takes from the checkout."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)
    return {name for line in lines for name in line.split()}


def test_what_is_copied_is_there_and_let_through_and_nothing_else_is() -> None:
    allowed = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M))
    assert copied() == allowed
    assert all((ROOT / name).exists() for name in allowed)


def test_it_has_all_that_a_wheel_is_made_of() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    wheel = re.search(r"force-include\]\n(.*?)\n\n", project, re.S)
    assert wheel
    wanted = {name.split("/")[0] for name in re.findall(r'^"([^"]+)" =', wheel[1], re.M)}
    assert copied() >= {*wanted, "curate", "README.md", "LICENSE", "pyproject.toml"}


@pytest.mark.skipif(sys.platform == "win32", reason="runs sed, as the image does")
def test_the_pins_are_the_versions_that_are_locked() -> None:
    words = re.search(r"RUN (sed .*) > pins.txt", DOCKERFILE)
    assert words
    pins = subprocess.run(words[1], shell=True, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    locked = re.findall(r"^[\w.-]+==\S+", (ROOT / "constraints.txt").read_text("utf-8"), re.M)
    assert [line.split()[0] for line in pins.splitlines() if line and line[0] != "#"] == locked
    assert "hash" not in pins
    assert "\\" not in pins


def test_it_runs_a_night_a_day_and_not_as_root() -> None:
    (user,) = re.findall(r"^USER (.+)$", DOCKERFILE, re.M)
    assert user == "10001:10001"
    assert re.findall(r"^(?:WORKDIR|VOLUME) (/a.*)$", DOCKERFILE, re.M) == [HOME, HOME]
    assert f'CMD ["{COMPOSE["command"][0]}", "--at", "06:00"]' in DOCKERFILE
    assert COMPOSE["command"] == ["watch", "--at", "06:00"]
    assert "watch" in COMMANDS
    assert COMPOSE["volumes"] == [f"./account:{HOME}"]
    assert COMPOSE["read_only"]
    assert not COMPOSE["user"].startswith("0")
