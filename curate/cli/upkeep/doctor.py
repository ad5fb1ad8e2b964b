"""`curate doctor`: what stands in the way of a night that runs by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.cells import cell_len

from curate.app.account import read_settings
from curate.app.doctor.model import CheckResult, Place
from curate.app.doctor.table import examine
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.domain.errors import ConfigError

_MARKS: Mapping[str, str] = {"ok": "✓", "warn": "!", "fail": "✗", "skipped": "–"}


@top_level("doctor")
@click.command()
@click.option(
    "--offline",
    is_flag=True,
    help="不碰网络：不解析域名，不连代理，不问公众平台和别人的时钟。\nStay off the network: resolve no names, try no proxy, ask neither the platform nor other clocks.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
@folder_option
def doctor(offline: bool, as_json: bool, folder: Path) -> ExitCode:
    """体检：时钟、磁盘、权限、字体、代理、域名、数据库、feeds.yaml、来源、定时任务、公众号接口，哪里不对、怎么办。

    退出码：0 没有非改不可的，1 有。

    Examine what a night needs: clock, disk, rights, fonts, proxy, names, database, feeds.yaml, sources, schedule,
    the platform; what is wrong and what to do.

    Exit status: 0 nothing has to be mended, 1 something has.
    """
    found = list(examine(describe_place(folder, offline)))
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
    else:
        _show(found)
    return ExitCode.INVALID if any(one.diagnosis.status == "fail" for one in found) else ExitCode.OK


def describe_place(folder: Path, offline: bool) -> Place:
    """What the checks are handed of this machine."""
    settings, error = None, None
    try:
        settings = read_settings(folder, os.environ, bare=True)
    except ConfigError as e:
        error = e
    return Place(
        folder=folder,
        environ=os.environ,
        now=datetime.now(UTC),
        settings=settings,
        error=error,
        offline=offline,
        home=Path.home(),
        crontab=_read_crontab,
        sleep=time.sleep,
    )


def _read_crontab() -> str:
    """What `crontab -l` prints; "" where there is no cron, or no lines."""
    command = shutil.which("crontab")
    if command is None:
        return ""
    try:
        done = subprocess.run([command, "-l"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _show(found: Sequence[CheckResult]) -> None:
    names = [say_here(f"doctor.check.{one.check}") for one in found]
    width = max(map(cell_len, names))
    for name, one in zip(names, found, strict=True):
        words = say_here(one.diagnosis.found)
        click.echo(f"{_MARKS[one.diagnosis.status]} {name}{' ' * (width - cell_len(name))}  {words}")
        if one.diagnosis.advice:
            click.echo(f"{' ' * (width + 4)}→ {say_here(one.diagnosis.advice)}")
    counts = {status: sum(one.diagnosis.status == status for one in found) for status in ("fail", "warn")}
    click.echo(say_here("doctor.total", **counts), err=True)


def _as_json(one: CheckResult) -> dict[str, str]:
    return {
        "check": one.check,
        "name": say_here(f"doctor.check.{one.check}"),
        "status": one.diagnosis.status,
        "key": one.diagnosis.found.key,
        "found": say_here(one.diagnosis.found),
        "advice": say_here(one.diagnosis.advice),
    }
