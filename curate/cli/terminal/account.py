"""An account as the commands open it: what is doubtful in it is told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from curate.app.account import OpenAccount, StrangeFolder, hold_account, list_doubts, read_settings, recover
from curate.cli.terminal.console import complain
from curate.config.schema import Config
from curate.i18n.catalogue import speaker


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
            _tell(strange, config.account.language)
        yield account


def _tell(strange: StrangeFolder, language: str) -> None:
    t = speaker("cli", language)
    hint = t("strange_copy") if strange.is_copy else t("strange_name", own=strange.own)
    complain(t("strange", name=strange.name, number=strange.number, own=strange.own), hint=hint)


def say_unset(names: Sequence[str]) -> str:
    """Say which of the account's environment variables are not set, and where their values stand."""
    return (
        f"没有设环境变量 {'、'.join(names)}。AppID 和 AppSecret 在公众号后台“设置与开发 → 基本配置”里；"
        "不要写进 feeds.yaml。"
    )
