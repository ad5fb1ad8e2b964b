"""`curate issue …`: look at an issue and put it right, from the terminal. Every decision is kept, and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.cli.issue.approve import approve
from curate.cli.issue.block import block
from curate.cli.issue.image import image
from curate.cli.issue.learned import learned
from curate.cli.issue.listing import Parts, print_issue, read_parts
from curate.cli.issue.options import (
    ORIGIN,
    add_deciding_options,
    decide,
    finish,
    item_argument,
    item_called,
    key_called,
    number_argument,
    place_of,
)
from curate.cli.issue.steps import redo, restore, undo
from curate.cli.issue.wording import note, summary, title, words
from curate.cli.terminal.console import complain_of
from curate.cli.terminal.issue import carry_out, hold_issue
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option
from curate.cli.terminal.topics import topic_called
from curate.desk.events import (
    Drop,
    Edit,
    Lead,
    Move,
    Park,
)
from curate.desk.plain import PlainError, read_plain, write_plain


@top_level("issue")
@click.group(cls=OrderedGroup)
def issue() -> None:
    """看一期、改一期：增删、换序、换头条、改标题和摘要、加按语；每一步都记着，可以撤销。

    期号写数字，最新一期写 last。条目写它在这一期里的序号、回复编号或网址。

    Look at an issue and put it right: items, order, lead, titles, summaries, notes. Every step is kept and can be
    undone.

    An issue is its number, the newest one is last. An item is its place in the issue, its number for replies, or
    its address.
    """


@issue.command()
@number_argument
@click.option(
    "--offers",
    is_flag=True,
    help="列出当晚没有入选的候选，编号可以用来 add。\nList the night's candidates that were not picked; add takes their numbers.",
)
@click.option(
    "--arrivals",
    is_flag=True,
    help="列出这一期做好之后才到的内容。\nList what came after the issue was made.",
)
@click.option(
    "--shelf",
    is_flag=True,
    help="列出搁下的内容，它们下一晚还是候选。\nList what was parked; it is a candidate again next night.",
)
@click.option(
    "--channels",
    is_flag=True,
    help="列出各渠道的字符、字节，和没有印全的。\nList the characters and bytes of each channel, and what was cut in it.",
)
@click.option(
    "--log",
    "log",
    is_flag=True,
    help="列出改过什么，每步一行；编号可以用来 restore。\nList what was changed, a line a step; restore takes their numbers.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    metavar="N",
    help="最多列几条。\nList at most this many.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="全部以 JSON 写到标准输出，给程序用。\nPrint all of it to stdout as JSON, for a program.",
)
@folder_option
def show(
    number: int | None,
    offers: bool,
    arrivals: bool,
    shelf: bool,
    channels: bool,
    log: bool,
    limit: int,
    as_json: bool,
    folder: Path,
) -> ExitCode:
    """看一期现在的样子，和可以放进来的内容。

    Show an issue as it is now, and what could be taken into it.
    """
    parts = read_parts(folder, number, Parts(offers, arrivals, shelf, log, limit, channels))
    print_issue(parts, as_json=as_json)
    return ExitCode.OK


@issue.command()
@add_deciding_options
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="文件",
    help="不开编辑器，照这个文件改；- 是标准输入。\nTake this file instead of opening an editor; - is stdin.",
)
def edit(number: int | None, source: str | None, **rest: Any) -> ExitCode:
    """在编辑器里改一期：删行、换行的次序、改标题、换头条、写按语，存盘退出就照着改。

    Change an issue in your editor: delete lines, move them, change titles, the lead, notes; what you save is done.
    """

    def events(opened: OpenIssue) -> list[Edit]:
        text = write_plain(opened.edited.issue)
        edited = (
            _read_text(source)
            if source
            else click.edit(f"{say_here('issue.how to edit')}\n{text}", extension=".txt")
        )
        try:
            return read_plain(edited, opened.edited.issue, opened.account.config.topics) if edited else []
        except PlainError as e:
            raise usage_error("issue.line", n=e.line, why=e.message) from e

    return decide(number, rest, events)


def _read_text(name: str) -> str:
    with click.open_file(name, encoding="utf-8-sig") as file:
        return str(file.read())


@issue.command()
@add_deciding_options
@click.argument("items", nargs=-1, required=True, metavar="条目…")
def drop(number: int | None, items: tuple[str, ...], **rest: Any) -> ExitCode:
    """去掉几条；它们不会再当候选。

    Drop items; they are no candidates again.
    """
    return decide(number, rest, lambda opened: [Drop(key_called(opened, item)) for item in items])


@issue.command()
@add_deciding_options
@click.argument("items", nargs=-1, required=True, metavar="条目…")
def park(number: int | None, items: tuple[str, ...], **rest: Any) -> ExitCode:
    """先搁下几条：这一期不用，下一晚再当候选。

    Put items aside: not in this issue, but candidates again next night.
    """
    return decide(number, rest, lambda opened: [Park(key_called(opened, item)) for item in items])


@issue.command()
@add_deciding_options
@click.argument("what", metavar="候选")
@click.option(
    "--topic",
    metavar="栏目",
    help="放进这个栏目，写 id 或名字；不写就照程序的判断。\nPut it into this topic, by id or name; the program judges otherwise.",
)
@click.option(
    "--place",
    type=click.IntRange(1),
    metavar="K",
    help="放在栏目里的第几条；不写就按得分。\nIts place within the topic; by its score otherwise.",
)
def add(number: int | None, what: str, topic: str | None, place: int | None, **rest: Any) -> ExitCode:
    """放进一条：候选的编号（show --offers）、存档里任何一条的编号，或任何网址。正文和图片现取。

    存档里没有的网址，就现取那一页；取不到的，说明为什么。

    Take an item in: a candidate's number (show --offers), the number of anything in the archive, or any address.

    An address that the archive does not have is fetched now, and so are text and pictures; if it cannot be had, you
    are told why.
    """
    from curate.cli.issue.add import (
        take,  # with all that judges a night: the other commands are quick without
    )

    with hold_issue(rest["folder"], number, rest["now"]) as opened:
        chosen = topic and topic_called(topic, opened.account.config, other=True)
        taken = take(opened, what, chosen or "", place_of(place))
        for failure in taken.failures:
            complain_of(failure)
        done = carry_out(opened, [taken.event], ORIGIN, taken.files)
        return finish(opened, done, rest["as_json"])


@issue.command()
@add_deciding_options
@item_argument
@click.option(
    "--topic", metavar="栏目", help="移到这个栏目，写 id 或名字。\nMove it to this topic, by id or name."
)
@click.option(
    "--place",
    type=click.IntRange(1),
    metavar="K",
    help="放在栏目里的第几条；不写就按得分。\nIts place within the topic; by its score otherwise.",
)
def move(number: int | None, item: str, topic: str | None, place: int | None, **rest: Any) -> ExitCode:
    """移动一条：换栏目，或换次序。

    Move an item to another topic or place.
    """
    if topic is None and place is None:
        raise usage_error("issue.no move")

    def events(opened: OpenIssue) -> list[Edit]:
        found = item_called(opened, item)
        target = topic_called(topic, opened.account.config, other=True) if topic else found.topic
        return [Move(found.key, target, place_of(place))]

    return decide(number, rest, events)


@issue.command()
@add_deciding_options
@item_argument
def lead(number: int | None, item: str, **rest: Any) -> ExitCode:
    """换头条；封面跟着换。

    Make an item the lead; the cover follows.
    """
    return decide(number, rest, lambda opened: [Lead(key_called(opened, item))])


for command in (title, summary, note, words, undo, redo, restore, learned, block, approve, image):
    issue.add_command(command)
