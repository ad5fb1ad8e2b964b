"""`curate schedule`: what starts a night every day, printed or installed."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import click

from curate.app.account import read_settings
from curate.app.doctor.schedule import look_at_schedule
from curate.app.exit_codes import ExitCode
from curate.app.schedule.install import ThisMachine, carry_out, has_command, keep_secrets_file, tell_steps
from curate.app.schedule.model import Plan, Scheduler
from curate.app.schedule.plan import make_plan
from curate.app.schedule.table import SCHEDULERS, list_installable, list_notes
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import at_option, folder_option
from curate.cli.upkeep.doctor import describe_place
from curate.domain.message import Message, message


@top_level("schedule")
@click.command()
@click.argument("kind", type=click.Choice(list(SCHEDULERS)), required=False, metavar="[种类]")
@at_option
@click.option(
    "--install",
    is_flag=True,
    help="装到这台机器上；再装一次就换成新的时间。\nInstall it on this machine; installed again, it takes the new time.",
)
@click.option("--remove", is_flag=True, help="从这台机器上拿掉。\nTake it off this machine.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
@folder_option
def schedule(
    kind: str | None, at: time, install: bool, remove: bool, as_json: bool, folder: Path
) -> ExitCode:
    """每晚自己跑：打印或装好定时任务，时间是账号时区的，解释器、文件夹、日志、补跑都写好了。

    种类：systemd、cron、launchd、windows 装在这台机器上，不写就选这台机器有的；compose、github 打印出来自己放。

    Run every night by itself: print or install a schedule in the account's zone, with interpreter, folder, log and
    catching up written down.

    systemd, cron, launchd and windows are installed on this machine (one that it has, if none is named); compose and
    github are printed for you to place.
    """
    if install and remove:
        raise click.UsageError("--install 和 --remove 只能写一个。")
    settings = read_settings(folder, os.environ, bare=True)
    plan = make_plan(folder, settings, at, datetime.now(UTC))
    if remove:
        return _remove(plan, kind)
    row = _choose(kind, install)
    if row is None:
        complain(say_here("schedule.none here"))
        return ExitCode.NO_OUTPUT
    is_here = bool(row.needs) and has_command(row.needs)
    if not install or not is_here:
        _print(row, plan, as_json=as_json)
        if install and row.needs:
            complain(say_here("schedule.not here", name=row.name))
        return ExitCode.NO_OUTPUT if install else ExitCode.OK
    said = [*keep_secrets_file(plan), *carry_out(row.install(plan), ThisMachine())]
    if as_json:
        click.echo(_as_json(row, plan, installed=True))
    _tell_installed(row, plan, folder, said)
    return ExitCode.OK


def _choose(kind: str | None, install: bool) -> Scheduler | None:
    """The scheduler that was named, or that this machine has; to be printed alone, systemd's where it has none."""
    if kind:
        return SCHEDULERS[kind]
    here = list_installable(has_command)
    return here[0] if here else None if install else SCHEDULERS["systemd"]


def _remove(plan: Plan, kind: str | None) -> ExitCode:
    here = [row for row in list_installable(has_command) if kind in (None, row.name)]
    if not here:
        complain(say_here("schedule.not here", name=kind) if kind else say_here("schedule.none here"))
        return ExitCode.NO_OUTPUT
    for row in here:
        complain(*(say_here(one) for one in carry_out(row.remove(plan), ThisMachine())))
    names = tuple(row.name for row in here)
    complain(say_here("schedule.removed", names=names))
    return ExitCode.OK


def _print(row: Scheduler, plan: Plan, *, as_json: bool) -> None:
    """The files on stdout, and what to do with them beside."""
    if as_json:
        click.echo(_as_json(row, plan, installed=False))
        return
    files = row.make(plan)
    for file in files:
        click.echo(f"# {file.path}\n{file.text}" if len(files) > 1 else file.text, nl=len(files) > 1)
    complain(*_say_all((message("schedule.next", when=_when(plan)), *list_notes(row, plan))))
    if row.needs:
        complain(say_here("schedule.how to install", name=row.name))
    else:
        complain(say_here("schedule.put it there", path=str(files[0].path)))


def _tell_installed(row: Scheduler, plan: Plan, folder: Path, said: Sequence[Message]) -> None:
    complain(say_here("schedule.installed", name=row.name, when=_when(plan)))
    complain(*_say_all((*list_notes(row, plan), *said)))
    others = {one.kind for one in look_at_schedule(describe_place(folder, offline=True)).starters} - {
        row.name
    }
    for other in sorted(others):
        complain(say_here("schedule.twice", name=other))


def _say_all(said: Sequence[Message]) -> list[str]:
    return [f"· {say_here(one)}" for one in said]


def _when(plan: Plan) -> str:
    return f"{plan.next:%Y-%m-%d %H:%M} {plan.zone.key}"


def _as_json(row: Scheduler, plan: Plan, *, installed: bool) -> str:
    told = {
        "scheduler": row.name,
        "label": plan.label,
        "at": f"{plan.at:%H:%M}",
        "zone": plan.zone.key,
        "next": plan.next.isoformat(),
        "command": list(plan.command),
        "files": [{"path": str(file.path), "text": file.text} for file in row.make(plan)],
        "install": tell_steps(row.install(plan)),
        "remove": tell_steps(row.remove(plan)),
        "check": list(row.check(plan)),
        "notes": [say_here(note) for note in list_notes(row, plan)],
        "installed": installed,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
