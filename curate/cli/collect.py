"""`curate collect`: a collection of what was published, made when it is asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from curate.app.collect import choose_days, make_collection
from curate.app.exit_codes import ExitCode
from curate.app.site import refresh_site
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.issue import tell_site
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.summary import post_of, tell_collection
from curate.cli.terminal.topics import topic_called
from curate.domain.item_codes import MOST_ITEMS
from curate.pipeline.collections import span

DAY = click.DateTime(["%Y-%m-%d"])


@top_level("collect")
@click.command()
@folder_option
@click.option(
    "--topic",
    metavar="栏目",
    help="只收这个栏目，写 id 或名字；不写就是全部栏目。\nThis topic alone, by id or name; all of them otherwise.",
)
@click.option(
    "--from",
    "first",
    type=DAY,
    metavar="日期",
    help="第一天，例如 2026-11-01；两头都不写就是上个月。\nFirst day, for example 2026-11-01; last month if neither is named.",
)
@click.option(
    "--to",
    "last",
    type=DAY,
    metavar="日期",
    help="最后一天，例如 2026-11-30；不写就到今天。\nLast day, for example 2026-11-30; today otherwise.",
)
@click.option(
    "--name",
    default="",
    metavar="标题",
    help="合集的标题；不写就用栏目和日期。\nThe collection's title; topic and dates otherwise.",
)
@click.option(
    "--items",
    type=click.IntRange(1, MOST_ITEMS),
    default=20,
    show_default=True,
    metavar="N",
    help="最多几条。\nAt most this many items.",
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
) -> ExitCode:
    """从往期里编一篇合集（月度回顾）：按得分选，一件事只收一次，每个渠道一份稿，网站上一页。

    Make a collection of past issues (a month in review): the best by score, each story once, a post a channel, a
    page on the site.
    """
    config = read_config(folder)
    today = now.astimezone(config.account.zone).date()
    since, until = choose_days(today, first and first.date(), last and last.date())
    if since > until:
        raise usage_error("told.days")
    asked = span(config, topic and topic_called(topic, config), since, until, name, items)
    with hold_recovered(config, folder) as account:
        made = make_collection(account, asked, now)
        if not made.items:
            complain(say_here("told.nothing", first=str(asked.first), last=str(asked.last)))
            return ExitCode.NOTHING_NEW
        tell_collection(made)
        if made.place is None:
            return ExitCode.NO_OUTPUT
        tell_site(refresh_site(account))
    click.echo(post_of(made.place))
    return ExitCode.OK
