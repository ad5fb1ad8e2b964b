"""`curate issue title|summary|note|words`: the words of an issue and of its items."""

from __future__ import annotations

from typing import Any

import click

from curate.app.exit_codes import ExitCode
from curate.cli.issue.options import add_deciding_options, decide, item_argument, item_called, key_called
from curate.cli.terminal.issue import hold_issue
from curate.cli.terminal.language import usage_error
from curate.desk.draft import items_of
from curate.desk.events import Edit, EditNote, EditSummary, EditTitle, EditWords
from curate.desk.headlines import offer_titles


@click.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="标题", required=False)
def title(number: int | None, item: str, text: str | None, **rest: Any) -> ExitCode:
    """改标题；不写标题，就列出几个可选的。

    Change a title; without one, list some to choose from.
    """
    if text is None:
        with hold_issue(rest["folder"], number, rest["now"]) as opened:
            found = item_called(opened, item)
            originals = {each.key: each for each in items_of(opened.edited.machine.sections)}
            for offered in offer_titles(found, originals.get(found.key, found)):
                click.echo(offered)
        return ExitCode.OK
    if not text.strip():
        raise usage_error("issue.empty title")
    return decide(number, rest, lambda opened: [EditTitle(key_called(opened, item), text)])


@click.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="摘要")
def summary(number: int | None, item: str, text: str, **rest: Any) -> ExitCode:
    """改摘要；写成空的 "" 就不印摘要。

    Change a summary; an empty "" prints none.
    """
    return decide(number, rest, lambda opened: [EditSummary(key_called(opened, item), text)])


@click.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="按语")
def note(number: int | None, item: str, text: str, **rest: Any) -> ExitCode:
    """在一条下面写一句按语；写成空的 "" 就去掉。

    Write a note under an item; an empty "" takes it away.
    """
    return decide(number, rest, lambda opened: [EditNote(key_called(opened, item), text)])


@click.command()
@add_deciding_options
@click.option(
    "--headline",
    metavar="文字",
    help="整篇推送的标题；写成空的就用程序拟的第一个。\nHeadline of the whole post; the program's first one if empty.",
)
@click.option(
    "--opening",
    metavar="文字",
    help="只用在这一期的开场白，接在账号的开场白后面。\nOpening of this issue alone, behind the account's own.",
)
@click.option(
    "--closing",
    metavar="文字",
    help="只用在这一期的结束语，放在账号的结束语前面。\nClosing of this issue alone, before the account's own.",
)
@click.option("--sharing", metavar="文字", help="转发语。\nWords that ask readers to share.")
def words(
    number: int | None,
    headline: str | None,
    opening: str | None,
    closing: str | None,
    sharing: str | None,
    **rest: Any,
) -> ExitCode:
    """写整篇推送的标题、这一期的开场白、结束语、转发语；写成空的 "" 就去掉。

    Write the post's headline, this issue's opening and closing, and the words that ask readers to share; "" takes
    them away.
    """
    said = {"headline": headline, "opening": opening, "closing": closing, "sharing": sharing}
    events: list[Edit] = [EditWords(part, text) for part, text in said.items() if text is not None]  # type: ignore[arg-type]
    if not events:
        raise usage_error("issue.no words")
    return decide(number, rest, lambda _: events)
