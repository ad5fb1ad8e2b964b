"""`curate prune`: an account's upkeep."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from curate.app.account import hold_account
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.language import bad_value, say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option


def _days(_context: click.Context, _option: click.Parameter, value: str) -> timedelta:
    if not re.fullmatch(r"[1-9]\d{0,4}d", value):
        raise bad_value("told.span")
    return timedelta(days=int(value[:-1]))


@top_level("prune")
@click.command()
@folder_option
@click.option(
    "--keep",
    callback=_days,
    default="90d",
    show_default=True,
    metavar="天数",
    help="保留最近这么多天的正文和运行报告。\nKeep texts and reports of the last N days.",
)
@now_option
def prune(folder: Path, keep: timedelta, now: datetime) -> ExitCode:
    """给存档瘦身：清掉旧条目的正文和旧的运行报告。已出的各期和“见过什么”都留着。

    Slim the archive: clear old texts and run reports. Issues and what was seen stay.
    """
    config = read_config(folder)
    with hold_account(config, folder) as account:
        entries = account.archive.prune(now.astimezone(UTC) - keep)
        runs = account.output.prune(now.astimezone(UTC) - keep)
    click.echo(say_here("told.pruned", n=entries, runs=runs), err=True)
    return ExitCode.OK
