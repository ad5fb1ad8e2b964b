"""`curate site`, `curate search` and `curate reply`: what was published, as a site and as what readers are answered."""

from __future__ import annotations

from pathlib import Path

import click

from curate.app.account import open_archive
from curate.app.exit_codes import ExitCode
from curate.app.site import build_site, write_replies
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.domain.item_codes import meanings
from curate.render.context import items, number_of
from curate.replies.rules import of_number, of_topic, topic_of
from curate.text.tokenize import segment


@top_level("site")
@click.command()
@folder_option
def site(folder: Path) -> ExitCode:
    """从存档把网站重新做一遍，写到 output/site/（平时 curate run 每出一期就会更新它）。

    Build the site again from the archive into output/site/ (curate run brings it up to date with each issue).
    """
    config = read_config(folder)
    with hold_recovered(config, folder) as account:
        write_replies(account)
        built = build_site(account, whole=True)
    complain(say_here("told.site", n=built.written, removed=built.removed))
    click.echo(built.page)
    return ExitCode.OK


@top_level("reply")
@click.command()
@folder_option
@click.argument("words", nargs=-1, required=True, metavar="编号或栏目词")
def reply(folder: Path, words: tuple[str, ...]) -> ExitCode:
    """读者在公众号里回复一个编号（31205、312）或栏目词（AI、理财）会看到什么。

    Show what a reader gets who sends a number (31205, 312) or a topic's word.
    """
    word = " ".join(words).strip()
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        if topic := topic_of(word, config.topics):
            text = of_topic(topic, archive.issues.backwards())
        else:
            try:
                issue, place = meanings(word)
            except ValueError as e:
                names = tuple(topic.name for topic in config.topics)
                raise usage_error("told.no code", word=word, names=names) from e
            one, other = archive.issue(issue), archive.issue(place[0]) if place else None
            text = of_number(word, one and one[0], other and other[0])
    if not text:
        raise usage_error("told.no answer", word=word)
    click.echo(text)
    return ExitCode.OK


@top_level("search")
@click.command()
@folder_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="N",
    help="最多列出几条。\nList at most this many.",
)
@click.argument("words", nargs=-1, required=True, metavar="词")
def search(folder: Path, limit: int, words: tuple[str, ...]) -> ExitCode:
    """在发过的所有内容里搜词，新的在前。

    Search all that was published, the newest first.
    """
    asked = " ".join(words)
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        found, by_words = archive.issues.find(asked, segment, limit)
        digests = {
            number: stored[0]
            for number in {number for number, _ in found}
            if (stored := archive.issue(number))
        }
    if not by_words:
        complain(say_here("told.no index"))
    for number, place in found:
        digest = digests[number]
        item = next(item for item in items(digest) if item.number == place)
        click.echo(
            f"{number_of(item, digest):>6}  {digest.date}  {item.title}  {item.source}  {item.url}".rstrip()
        )
    complain(say_here("told.found" if len(found) < limit else "told.found more", n=len(found)))
    return ExitCode.OK if found else ExitCode.NOTHING_NEW
