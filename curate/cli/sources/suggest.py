"""`curate sources suggest`: what the evidence suggests about the sources, each with the command that does it."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.app.suggest_sources import suggest_sources
from curate.cli.terminal.account import read_config
from curate.cli.terminal.options import folder_option, now_option
from curate.i18n.catalogue import speaker


@click.command()
@folder_option
@now_option
def suggest(folder: Path, now: datetime) -> ExitCode:
    """凭记录提建议：读不到的、很久没更新的、60 期没选过的停用，几个来源都引用的网站加进来。

    Suggest from what is known: disable what cannot be read, is silent, or was not chosen in 60 issues; add what
    several sources cite.
    """
    config = read_config(folder, bare=True)
    t = speaker("cli", config.account.language)
    found = suggest_sources(config, folder, now)
    for each in found:
        click.echo(t(f"suggest_{each.key}", subject=each.subject, **each.values))
        click.echo(f"  → curate sources {shlex.join(each.command)}")
    if not found:
        click.echo(t("suggest_none"), err=True)
    return ExitCode.OK
