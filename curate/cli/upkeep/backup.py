"""`curate backup` and `curate restore`: all of an account in one file, and an account from it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.app.upkeep.backup import back_up
from curate.app.upkeep.restore import restore as restore_account
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, speak_as
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.domain.message import Message, Value, message


@top_level("backup")
@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@folder_option
def backup(file: Path, folder: Path) -> ExitCode:
    """把整个账号备份成一个文件：存档、各期、原创、feeds.yaml、模板。每晚的任务正在跑也可以。

    文件名例如 backup.tar.gz，已有的会被换掉。来源、站点、运行报告不在里面：它们可以重新得到。

    Put all of an account into one file: archive, issues, originals, feeds.yaml, templates. A night may be running.

    A name such as backup.tar.gz; an older file of that name is replaced. What can be had again (sources, site,
    reports) is not in it.
    """
    done = back_up(folder, os.environ, file, datetime.now(UTC), time.sleep)
    files = len(done.contents.files)
    told = [message("backup.done", files=files, megabytes=done.size / 1024**2)]
    if done.system:
        told += [message("backup.other database", system=done.system), message("backup.other database.hint")]
    if not done.is_settled:
        told += [message("backup.unsettled"), message("backup.unsettled.hint")]
    _complain(told)
    click.echo(file)
    return ExitCode.OK


@top_level("restore")
@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    metavar="文件夹",
    help="放到这个文件夹，没有就新建；默认为当前文件夹。\nRestore into this folder, made if need be; the current one by default.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="文件夹里有东西也放：原来的先移到旁边的 before-restore-… 里。\nRestore though the folder is not empty: what is there moves to before-restore-… beside it.",
)
def restore(file: Path, folder: Path, replace: bool) -> ExitCode:
    """从备份恢复账号，也用来搬到另一台机器。先核对每个文件的校验和，有一处不对就什么也不写。

    Restore an account from a backup, also on another machine. Every checksum is tried first; where one is wrong
    nothing is written.
    """
    done = restore_account(file, folder, datetime.now(UTC), replace=replace)
    speak_as(folder)
    values: dict[str, Value] = {
        "account": done.contents.account,
        "made": done.contents.made[:16].replace("T", " "),
        "files": len(done.contents.files),
    }
    told = [message("restore.done", **values)]
    if done.aside:
        told.append(message("restore.aside", path=str(done.aside)))
    if done.contents.elsewhere:
        moved = {"name": done.contents.archive, "path": done.contents.elsewhere}
        told.append(message("restore.elsewhere", **moved))
    if not done.contents.archive:
        told.append(message("restore.without archive"))
    _complain([*told, message("restore.next")])
    click.echo(folder)
    return ExitCode.OK


def _complain(told: list[Message]) -> None:
    """Tell lines; what can be done stands behind an arrow."""
    for one in told:
        words = say_here(one)
        complain(f"→ {words}" if one.key.endswith((".hint", ".next")) else words)
