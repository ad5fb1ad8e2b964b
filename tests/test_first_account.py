"""The README's own commands lead from nothing to an account that runs every night, and there are few of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from first_account import ALLOWED, MOST_COMMANDS, SECTIONS, read_commands, run_commands

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("readme", sorted(SECTIONS))
def test_the_readme_leads_to_a_schedule_in_few_commands(readme: str) -> None:
    commands = read_commands((ROOT / readme).read_text("utf-8"), SECTIONS[readme])
    assert len(commands) <= MOST_COMMANDS
    assert (
        commands.index("pip install .")
        < commands.index("curate run")
        < commands.index("curate schedule --install")
    )
    assert set(ALLOWED) <= set(commands)


def test_both_readmes_have_the_same_commands() -> None:
    said = [read_commands((ROOT / name).read_text("utf-8"), SECTIONS[name]) for name in sorted(SECTIONS)]
    assert said[0] == said[1]


def test_commands_go_on_where_the_one_before_left_and_end_at_the_first_that_fails(tmp_path: Path) -> None:
    (tmp_path / "account").mkdir()
    text = "## A\n\n```sh\ncd account   # there\npwd && false\ntouch never\n```\n## B\n"
    runs = run_commands(read_commands(text, "A"), tmp_path, {"PATH": "/usr/bin:/bin"})
    assert [(run.command, run.status, run.is_good) for run in runs] == [
        ("cd account", 0, True),
        ("pwd", 0, True),
        ("false", 1, False),
    ]
    assert not (tmp_path / "account/never").exists()
