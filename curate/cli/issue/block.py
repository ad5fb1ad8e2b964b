"""`curate issue block`: what is never wanted again."""

from __future__ import annotations

from typing import Any

import click

from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.app.issue import block_settings
from curate.cli.issue.options import add_deciding_options, decide
from curate.cli.terminal.language import usage_error
from curate.desk.events import Block, Blocked, Edit


@click.command()
@add_deciding_options
@click.option(
    "--source", metavar="来源", help="停用这个来源，写 id 或名字。\nDisable this source, by id or name."
)
@click.option("--author", metavar="作者", help="这个作者写的一律不收。\nNever take what this author wrote.")
@click.option(
    "--word", metavar="词", help="标题里有这个词的一律不收。\nNever take what has this word in its title."
)
@click.option(
    "--here",
    is_flag=True,
    help="只从这一期去掉，不写进 feeds.yaml。\nOnly out of this issue; feeds.yaml stays as it is.",
)
def block(
    number: int | None, source: str | None, author: str | None, word: str | None, here: bool, **rest: Any
) -> ExitCode:
    """不再要一个来源、作者，或标题里的词：从这一期去掉，也写进 feeds.yaml；undo 在那里也一并取消。

    Never take a source, an author, or a word in titles again: out of this issue, and into feeds.yaml; undo takes
    that back too.
    """
    said: dict[Blocked, str | None] = {"source": source, "author": author, "word": word}
    wanted = {kind: value.strip() for kind, value in said.items() if value and value.strip()}
    if not wanted:
        raise usage_error("issue.no block")

    def events(opened: OpenIssue) -> list[Edit]:
        config = opened.account.config
        names = {source.name: source.id for source in config.sources}
        if "source" in wanted:
            wanted["source"] = names.get(wanted["source"], wanted["source"])
            if wanted["source"] not in names.values():
                raise usage_error("issue.no source", name=wanted["source"])
        folder = opened.account.folder
        return [Block(k, v) if here else block_settings.block(k, v, folder) for k, v in wanted.items()]

    return decide(number, rest, events)
