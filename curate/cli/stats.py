"""`curate stats import`, `curate stats pull`: what readers did, from the back office's files or its interfaces."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from curate.app.account import hold_account
from curate.app.exit_codes import ExitCode
from curate.app.open_wechat import list_unset, open_wechat
from curate.audience.importer.column_names import label
from curate.audience.importer.parse import read
from curate.audience.importer.spreadsheet import sheets
from curate.audience.model import ImportedFile
from curate.audience.posts import readership
from curate.audience.wechat_api.errors import DATA_CODES
from curate.audience.wechat_api.pull import Pulled
from curate.audience.wechat_api.pull import pull as pull_days
from curate.cli.terminal.account import read_config, say_unset
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import bad_value
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.config.schema import Config
from curate.domain.errors import UnreadableError
from curate.storage import Archive

USUAL = 30  # days that a pull goes back without --since
TOLD = 10  # posts without an issue that are listed; the report has them all


@top_level("stats")
@click.group()
def stats() -> None:
    """读者反馈：把阅读、分享、收藏和关注人数的数字拿进来。

    What readers did: take in the figures of reads, shares, favourites and followers.
    """


@stats.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@click.option(
    "--yes",
    is_flag=True,
    help="有拿不准的列也照程序的理解导入，不再询问。\nTake doubtful columns as the program understands them, without asking.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="只看文件里有什么，什么也不存。\nOnly show what a file has; nothing is kept.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="和 --dry-run 一起用：一个文件里的数字以 JSON 写到标准输出。\nWith --dry-run: print a file's figures to stdout as JSON.",
)
@folder_option
@now_option
def import_(
    files: tuple[Path, ...], yes: bool, dry_run: bool, as_json: bool, folder: Path, now: datetime
) -> ExitCode:
    """导入从后台“数据分析”下载的 .xls、.xlsx、.csv；同一个文件导入两次不会有变化。

    Import .xls, .xlsx or .csv from the back office's statistics; importing a file twice changes nothing.
    """
    config = read_config(folder, bare=True)
    today = now.astimezone(config.account.zone).date()
    if as_json:
        if not dry_run or len(files) != 1:
            raise click.UsageError("--json 要和 --dry-run 一起用，一次一个文件。")
        return _as_json(files[0], today)
    readings = [(path, _read_file(path, today)) for path in files]
    if dry_run:
        for path, reading in readings:
            _tell_reading(path, reading)
            complain(
                f"{path.name}：{reading.shape}；{len(reading.posts)} 篇内容，{len(reading.figures)} 个数字；什么也没有存。"
            )
        return ExitCode.OK
    for path, reading in readings:
        _confirm_doubts(path, reading, yes=yes)
    with hold_account(config, folder) as account:
        for path, reading in readings:
            kept = account.archive.keep_figures(reading.posts, reading.figures, now)
            withheld = f"，{reading.withheld} 格没有数字" if reading.withheld else ""
            complain(
                f"{path.name}：{reading.shape}；{kept.new} 个新数字，{kept.changed} 个更新，{kept.same} 个已有{withheld}。"
            )
        _tell_matching(account.archive)
    return ExitCode.OK


def _read_file(path: Path, today: date) -> ImportedFile:
    """What a file holds. UnreadableError names the file, so that of many the right one is mended."""
    if not path.exists():
        raise click.UsageError(f"没有 {path} 这个文件。")
    if path.is_dir():
        raise click.UsageError(f"{path} 是文件夹；写出里面的文件，例如 {path}/*.xlsx。")
    try:
        return read(sheets(path.read_bytes()), today)
    except OSError as e:
        raise click.UsageError(f"{path} 读不了（{e.strerror}）。") from e
    except UnreadableError as e:
        raise UnreadableError(f"{path.name}：{e.reason}", e.hint) from e


def _confirm_doubts(path: Path, reading: ImportedFile, *, yes: bool) -> None:
    """Show what is unsure and have it confirmed; without a terminal, nothing unsure is taken without --yes."""
    _tell_reading(path, reading)
    if yes or not reading.doubts:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{path.name} 里有拿不准的地方，没有导入。核对上面几行，都对就加上 --yes。")
    click.confirm("都对吗？", abort=True, err=True)


def _tell_reading(path: Path, reading: ImportedFile) -> None:
    """What of a file is not used, and what is unsure."""
    if strange := list_unused(reading):
        complain(f"{path.name}：这些列没有用到：{'、'.join(strange)}")
    if reading.doubts:
        known = "、".join(f"{c.header} → {label(c.field)}" for c in reading.columns if c.field and c.sure)
        complain(f"{path.name}：认得的列：{known}", *(f"拿不准：{doubt}" for doubt in reading.doubts))


def list_unused(reading: ImportedFile) -> list[str]:
    """Headers of columns that nobody here knows."""
    return list(dict.fromkeys(c.header for c in reading.columns if c.header and not c.field and not c.sure))


def _as_json(path: Path, today: date) -> ExitCode:
    """What a file holds, for programs; its failure too, with status 4."""
    told: dict[str, object] = {"posts": [], "figures": [], "doubts": [], "failure": None}
    try:
        reading = _read_file(path, today)
    except UnreadableError as e:
        told["failure"] = {"reason": e.reason, "hint": e.hint}
    else:
        posts = reading.posts
        told["posts"] = [{"title": post.title, "day": post.published.isoformat()} for post in posts.values()]
        told["figures"] = [
            {
                "measure": figure.measure,
                "channel": figure.channel,
                "day": figure.day.isoformat(),
                "post": posts[figure.post].title if figure.post in posts else "",
                "value": figure.value,
            }
            for figure in reading.figures
        ]
        told["doubts"] = [*reading.doubts, *(f"“{header}”一栏没有用到" for header in list_unused(reading))]
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    return ExitCode.NO_SOURCE if told["failure"] else ExitCode.OK


def _tell_matching(archive: Archive) -> None:
    record = archive.readership()
    if not record.posts:
        return
    matching = readership(record, archive.list_issued(date.min)).matching
    complain(f"共 {len(record.posts)} 篇内容，对上了 {len(matching.matches)} 篇。")
    lost = [record.posts[key] for key in matching.unmatched]
    for post in lost[-TOLD:]:
        complain(f"  没有对上任何一期：{post.published} 《{post.title}》")
    if len(lost) > TOLD:
        complain(f"  还有 {len(lost) - TOLD} 篇更早的，见 curate report。")


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as e:
        raise bad_value("told.day") from e


@stats.command()
@click.option(
    "--since",
    callback=_day,
    metavar="日期",
    help=f"从哪一天起，例如 2026-11-01；不写就是 {USUAL} 天前。\nFrom this day on, for example 2026-11-01; {USUAL} days ago otherwise.",
)
@folder_option
@now_option
def pull(since: date | None, folder: Path, now: datetime) -> ExitCode:
    """认证号：从微信的数据接口取。要先设环境变量 CURATE_WECHAT_APPID 和 CURATE_WECHAT_SECRET。

    Verified accounts: fetch the figures from WeChat's interfaces. Set CURATE_WECHAT_APPID and CURATE_WECHAT_SECRET
    first.
    """
    config = read_config(folder, bare=True)
    if unset := list_unset(config.network, os.environ):
        raise click.UsageError(say_unset(unset))
    done = Pulled()
    with hold_account(config, folder) as account:
        try:
            _pull(since or now.date() - timedelta(days=USUAL), now, config, account.archive, done)
        finally:  # told even of a pull that was cut off: what came is kept
            complain(f"问了 {done.calls}/{done.planned} 次，{done.new} 个新数字，{done.changed} 个更新。")
        if done.older:
            complain("这个号还用不了新的数据接口，用了旧的一套。")
        _tell_missing(done.missing)
        _tell_matching(account.archive)
    return ExitCode.OK


def _pull(since: date, now: datetime, config: Config, archive: Archive, done: Pulled) -> None:
    with open_wechat(config.network, os.environ, DATA_CODES, time.sleep) as session:
        pull_days(since, now, session, archive, done)


def _tell_missing(missing: Sequence[tuple[str, date]]) -> None:
    days = sorted({day for _, day in missing})
    if days:
        span = f"{days[0]}" if len(days) == 1 else f"{days[0]} 到 {days[-1]} 之间的 {len(days)} 天"
        complain(f"{span}还没有数据，下次运行会补上。")
