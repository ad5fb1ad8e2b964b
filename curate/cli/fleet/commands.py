"""`curate fleet`: the nights of many accounts, what they read together, and what became of them."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.app.fleet.home import read_home
from curate.app.fleet.leave import leave_fleet
from curate.app.fleet.load import load_accounts
from curate.app.fleet.night import shared_web
from curate.app.fleet.prune import prune_web
from curate.app.fleet.report import AccountLine, FleetReport, make_report
from curate.app.fleet.run_fleet import FleetDone, read_for, run_fleet
from curate.cli.terminal.console import Console, complain
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import now_option
from curate.domain.model import UNREAD
from curate.domain.serialization import to_json
from curate.storage.fleet.nights import FleetNights

fleet_option = click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    metavar="文件夹",
    help="fleet.yaml 所在的文件夹，默认为当前文件夹。\nThe folder of fleet.yaml; the current one by default.",
)


@top_level("fleet")
@click.group(cls=OrderedGroup)
def fleet() -> None:
    """矩阵：很多账号共用一份抓取，各出各的一期（fleet.yaml）。

    Many accounts share what is fetched, and each makes its own issue (fleet.yaml).
    """


@fleet.command()
@click.argument("accounts", nargs=-1, metavar="[账号]...")
@fleet_option
@click.option(
    "--due",
    "is_due",
    is_flag=True,
    help="只跑到点而还没跑的账号；给每隔几分钟运行一次的定时任务。\nOnly accounts whose time has come and that have not run yet; for a schedule of every few minutes.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    metavar="N",
    help="分几个进程跑，默认看 fleet.yaml。\nRun in so many processes; fleet.yaml says so by default.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="结果以 JSON 写到标准输出。\nPrint the result to stdout as JSON."
)
@now_option
def run(
    accounts: tuple[str, ...], folder: Path, is_due: bool, processes: int | None, as_json: bool, now: datetime
) -> ExitCode:
    """跑一晚：共用的来源只读一遍，再逐个账号出一期。一个账号出错不影响别的。

    退出码：0 各账号都正常（出了一期或没有新内容），否则是最先出错的那个账号的退出码（同 curate run）。

    Run a night: what is shared is read once, then each account makes its issue. One that fails stops no other.

    Exit status: 0 all accounts did (an issue, or nothing new), otherwise the status of the first that failed (as of
    curate run).
    """
    home = read_home(folder, os.environ)
    console = Console(quiet=as_json)
    done = run_fleet(home, os.environ, console, now, is_due=is_due, names=accounts, processes=processes or 0)
    if as_json:
        click.echo(to_json(tuple(each.night for each in done.nights)).decode())
    else:
        _tell_nights(done)
    return next((code for each in done.nights if (code := _status(each.night.status))), ExitCode.OK)


@fleet.command()
@click.argument("accounts", nargs=-1, metavar="[账号]...")
@fleet_option
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="全部都问一遍：多次失败、已停止读取的也问。\nAsk all of them: those too that failed so often that they are left alone.",
)
@now_option
def fetch(accounts: tuple[str, ...], folder: Path, everyone: bool, now: datetime) -> ExitCode:
    """只抓取，不出刊：把各账号共用的来源读一遍。

    退出码：0 读到了，4 一个来源也没读到，其余同 curate run。

    Only fetch, make no issue: read the accounts' sources once.

    Exit status: 0 something was read, 4 no source could be read, otherwise as of curate run.
    """
    home = read_home(folder, os.environ)
    loaded = load_accounts(home, os.environ, accounts)
    complain(*loaded.failures.values())
    nights = FleetNights(shared_web(home.folder))
    read = read_for(home, loaded.accounts, Console(), now, nights, everyone=everyone)
    failed = [outcome for outcome in read.values() if outcome.status in UNREAD]
    new = sum(outcome.new for outcome in read.values())
    complain(f"来源 {len(read)}，新条目 {new}，没读到 {len(failed)}")
    return ExitCode.NO_SOURCE if read and len(failed) == len(read) else ExitCode.OK


@fleet.command()
@fleet_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 写到标准输出。\nPrint it to stdout as JSON.")
@now_option
def status(folder: Path, as_json: bool, now: datetime) -> ExitCode:
    """各账号的近况：下次几点跑、上次怎么样、有几个来源是和别人共用的。

    Show each account: when it runs next, how the last night was, how many sources it shares.
    """
    report = make_report(read_home(folder, os.environ), os.environ, now)
    if as_json:
        click.echo(to_json(report).decode())
        return ExitCode.OK
    for line in report.accounts:
        shared = f"来源 {line.sources}（共用 {line.shared}）"
        next_run = f"下次 {line.next_run:%m-%d %H:%M}" if line.next_run else "feeds.yaml 有误"
        click.echo("  ".join(filter(None, (line.account, next_run, shared, _last(line)))))
    click.echo(f"共 {len(report.accounts)} 个账号，{report.sources} 个来源，其中共用 {report.shared} 个。")
    return ExitCode.OK


@fleet.command()
@fleet_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 写到标准输出。\nPrint it to stdout as JSON.")
@now_option
def report(folder: Path, as_json: bool, now: datetime) -> ExitCode:
    """给管理员的报告：哪些账号出了一期、各花了多少、哪些来源读不到、影响了谁。

    Report to who keeps the fleet: which accounts made an issue, what each cost, which sources fail and whom that
    touches.
    """
    found = make_report(read_home(folder, os.environ), os.environ, now)
    if as_json:
        click.echo(to_json(found).decode())
    else:
        _tell_report(found)
    failed = [
        line.status for line in found.accounts if line.status not in (None, 0, int(ExitCode.NOTHING_NEW))
    ]
    return _status(failed[0] or 0) if failed else ExitCode.OK


@fleet.command()
@fleet_option
@now_option
def prune(folder: Path, now: datetime) -> ExitCode:
    """清掉共用存档里过期的正文（fleet.yaml 的 keep），按月一小步一小步地清，跑着也能清。

    Clear texts that are out of date (keep of fleet.yaml) from the shared archive, month by month; nights may go on
    meanwhile.
    """
    home = read_home(folder, os.environ)
    emptied = prune_web(shared_web(home.folder), now - home.fleet.keep)
    complain(f"清掉了 {emptied} 条的正文。")
    return ExitCode.OK


@fleet.command()
@click.argument("account", metavar="账号")
@fleet_option
def leave(account: str, folder: Path) -> ExitCode:
    """让一个账号离开矩阵：它读过的和它自己的都回到它自己的存档里。

    Let an account leave the fleet: what it has read and what is its own go into an archive of its own.
    """
    place = leave_fleet(read_home(folder, os.environ), account, os.environ)
    complain(
        f"{account} 的存档现在是它自己的了。",
        hint=f"把 {place} 移到 fleet.yaml 的 accounts 以外，否则它下次运行又会加入。",
    )
    return ExitCode.OK


def _tell_nights(done: FleetDone) -> None:
    for each in done.nights:
        night = each.night
        what = night.issue or night.troubles.reason or ("已在别处运行" if not each.is_ours else "")
        click.echo(f"{night.account}  {what}  {night.cpu:.1f} s")
    issues = sum(bool(each.night.issue) for each in done.nights)
    complain(f"账号 {len(done.nights)}，出刊 {issues}")


def _tell_report(found: FleetReport) -> None:
    for line in found.accounts:
        click.echo("  ".join(filter(None, (line.account, _last(line)))))
    for trouble in found.troubles:
        click.echo(f"{trouble.reason}  {'、'.join(f'{a}（{s}）' for a, s in trouble.accounts)}")
    cost = sum(line.cpu for line in found.accounts)
    click.echo(f"共用的抓取 {found.reading_cpu:.1f} s，各账号合计 {cost:.1f} s（CPU）。")


def _last(line: AccountLine) -> str:
    if line.status is None:
        return line.reason or "还没有跑过"
    what = line.issue or line.reason
    return f"{line.ran:%m-%d %H:%M} {what} {line.cpu:.1f} s" if line.ran else what


def _status(code: int) -> ExitCode:
    return ExitCode.OK if code in (ExitCode.OK, ExitCode.NOTHING_NEW, -1) else ExitCode(code)
