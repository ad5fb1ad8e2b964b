"""An account as the commands open it: what is doubtful in it is told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from curate.app.account import OpenAccount, StrangeFolder, hold_account, list_doubts, read_settings, recover
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.config.schema import Config


def read_config(folder: Path, *, bare: bool = False) -> Config:
    """The account's settings, what is doubtful in them told. `bare`: it may be without sources yet."""
    settings = read_settings(folder, os.environ, bare=bare)
    complain(*list_doubts(settings, folder, bare=bare))
    return settings.config


@contextmanager
def hold_recovered(config: Config, folder: Path) -> Iterator[OpenAccount]:
    """Hold the account as `hold_account` does, put right after a crash; what had to be left alone is told."""
    with hold_account(config, folder) as account:
        for strange in recover(account):
            _tell(strange)
        yield account


def _tell(strange: StrangeFolder) -> None:
    hint = say_here("cli.strange_copy") if strange.is_copy else say_here("cli.strange_name", own=strange.own)
    complain(say_here("cli.strange", name=strange.name, number=strange.number, own=strange.own), hint=hint)


def say_unset(names: Sequence[str]) -> str:
    """Say which of the account's environment variables are not set, and where their values stand."""
    return say_here("cli.unset", names=tuple(names))
