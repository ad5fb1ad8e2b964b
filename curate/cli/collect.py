"""`curate collect`, and the collections that `curate run` makes when their week or month is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.run import NO_OUTPUT, NOTHING_NEW
from curate.cli.terminal.console import complain
from curate.cli.terminal.options import folder_option, now_option, topic_called
from curate.domain.item_codes import MOST_ITEMS

if TYPE_CHECKING:
    from curate.config.schema import Config
    from curate.pipeline.collections import Span
    from curate.storage import Archive
    from curate.storage.output import Output

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@folder_option
@click.option("--topic", metavar="栏目", help="只收这个栏目，写 id 或名字；不写就是全部栏目。")
@click.option(
    "--from", "first", type=DAY, metavar="日期", help="第一天，例如 2026-11-01；两头都不写就是上个月。"
)
@click.option("--to", "last", type=DAY, metavar="日期", help="最后一天，例如 2026-11-30；不写就到今天。")
@click.option("--name", default="", metavar="标题", help="合集的标题；不写就用栏目和日期。")
@click.option(
    "--items",
    type=click.IntRange(1, MOST_ITEMS),
    default=20,
    show_default=True,
    metavar="N",
    help="最多几条。",
)
@now_option
def collect(
    folder: Path,
    topic: str | None,
    first: datetime | None,
    last: datetime | None,
    name: str,
    items: int,
    now: datetime,
) -> int:
    """从往期里编一篇合集（月度回顾）：按得分选，一件事只收一次，每个渠道一份稿，网站上一页。"""
    from curate.cli.site import refresh
    from curate.cli.terminal.account import hold_recovered, read_config
    from curate.pipeline.collections import span

    config = read_config(folder)
    since, until = days(now.astimezone(config.account.zone).date(), first, last)
    if since > until:
        raise click.UsageError("--from 要在 --to 之前。")
    asked = span(config, topic and topic_called(topic, config), since, until, name, items)
    with hold_recovered(config, folder) as (output, archive):
        place = make(asked, config, folder, archive, output, now)
        if place is None:
            return NOTHING_NEW
        refresh(config, folder, archive, output)
    click.echo(place / "wechat.html" if (place / "wechat.html").exists() else place)
    return 0 if place.exists() else NO_OUTPUT


def days(today: date, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    """The days that are meant: last month where none is named; from the first of its month where only an end is."""
    if first is None and last is None:
        until = today.replace(day=1) - timedelta(days=1)
        return until.replace(day=1), until
    until = last.date() if last else today
    return first.date() if first else until.replace(day=1), until


def make_due(config: Config, folder: Path, archive: Archive, output: Output, now: datetime) -> list[Path]:
    """Make the scheduled collections whose time has come."""
    from curate.pipeline.collections import due

    if not config.collections:
        return []
    places = (
        make(each, config, folder, archive, output, now, quiet=True)
        for each in due(config, now, output.reviews(), archive.issues.last_before(now))
    )
    return [place for place in places if place]


def make(
    asked: Span,
    config: Config,
    folder: Path,
    archive: Archive,
    output: Output,
    now: datetime,
    *,
    quiet: bool = False,
) -> Path | None:
    """Put a collection into its folder; None where nothing was published in that time, or every channel refused."""
    from curate.domain.model import Issue
    from curate.pipeline.collections import best, collection, pictures
    from curate.pipeline.illustrate import Pictures, cover
    from curate.render import render
    from curate.render.channels.email import size_notes
    from curate.render.theme import cover_ground
    from curate.render.wechat.images import without_lost
    from curate.storage.account import templates

    texts = templates(folder)
    found = best(archive.issues.between(asked.first, asked.last), asked)
    if not found:
        if not quiet:
            complain(f"{asked.first} 到 {asked.last} 没有出过可以收进来的内容。")
        return None
    kept = {
        file: data
        for file, (name, original) in pictures(found).items()
        for data in output.files(name, [original]).values()
    }
    digest = without_lost(collection(found, asked, config, now), kept)
    digest, covers = cover(digest, Pictures(files=kept), cover_ground(texts, config.look))
    files, refused = render(digest, config.channels, texts, config.look)
    for failure in (*refused, *size_notes(digest, files, texts, config.look)):
        complain(f"合集“{asked.name}”  {failure.subject}  {failure.reason}", hint=failure.hint)
    if not files:
        return None
    complain(f"合集“{asked.name}”，{len(found)} 条。")
    return output.publish(Issue(digest, {**kept, **covers, **files}), asked.slug)
