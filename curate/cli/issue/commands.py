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
from curate.cli.terminal.console import complain_of
from curate.cli.terminal.issue import carry_out, hold_issue
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option
from curate.cli.terminal.topics import topic_called
from curate.desk.draft import items_of
from curate.desk.events import (
    Drop,
    Edit,
    EditNote,
    EditSummary,
    EditTitle,
    EditWords,
    Event,
    Lead,
    Move,
    Park,
    Redo,
    Restore,
    Undo,
)
from curate.desk.headlines import offer_titles
from curate.desk.history import history
from curate.desk.plain import PlainError, read_plain, write_plain

HOW_TO_EDIT = """\
# 删掉一行，就去掉这一条；移到别处，就换次序；移到别的栏目下面，就换栏目；“|”后面是标题，可以改。
# 行首的 * 是头条；下面一行以 > 开头的是按语。存盘退出就照着改，不存就什么都不动。
"""


@top_level("issue")
@click.group(cls=OrderedGroup)
def issue() -> None:
    """看一期、改一期：增删、换序、换头条、改标题和摘要、加按语；每一步都记着，可以撤销。

    期号写数字，最新一期写 last。条目写它在这一期里的序号、回复编号或网址。
    """


@issue.command()
@number_argument
@click.option("--offers", is_flag=True, help="列出当晚没有入选的候选，编号可以用来 add。")
@click.option("--arrivals", is_flag=True, help="列出这一期做好之后才到的内容。")
@click.option("--shelf", is_flag=True, help="列出搁下的内容，它们下一晚还是候选。")
@click.option("--channels", is_flag=True, help="列出各渠道的字符、字节，和没有印全的。")
@click.option("--log", "log", is_flag=True, help="列出改过什么，每步一行；编号可以用来 restore。")
@click.option(
    "--limit", type=click.IntRange(1), default=30, show_default=True, metavar="N", help="最多列几条。"
)
@click.option("--json", "as_json", is_flag=True, help="全部以 JSON 写到标准输出，给程序用。")
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
    """看一期现在的样子，和可以放进来的内容。"""
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
    help="不开编辑器，照这个文件改；- 是标准输入。",
)
def edit(number: int | None, source: str | None, **rest: Any) -> ExitCode:
    """在编辑器里改一期：删行、换行的次序、改标题、换头条、写按语，存盘退出就照着改。"""

    def events(opened: OpenIssue) -> list[Edit]:
        text = write_plain(opened.edited.issue)
        edited = _read_text(source) if source else click.edit(f"{HOW_TO_EDIT}\n{text}", extension=".txt")
        try:
            return read_plain(edited, opened.edited.issue, opened.account.config.topics) if edited else []
        except PlainError as e:
            raise click.UsageError(f"第 {e.line} 行：{e}。什么都没有改。") from e

    return decide(number, rest, events)


def _read_text(name: str) -> str:
    with click.open_file(name, encoding="utf-8-sig") as file:
        return str(file.read())


@issue.command()
@add_deciding_options
@click.argument("items", nargs=-1, required=True, metavar="条目…")
def drop(number: int | None, items: tuple[str, ...], **rest: Any) -> ExitCode:
    """去掉几条；它们不会再当候选。"""
    return decide(number, rest, lambda opened: [Drop(key_called(opened, item)) for item in items])


@issue.command()
@add_deciding_options
@click.argument("items", nargs=-1, required=True, metavar="条目…")
def park(number: int | None, items: tuple[str, ...], **rest: Any) -> ExitCode:
    """先搁下几条：这一期不用，下一晚再当候选。"""
    return decide(number, rest, lambda opened: [Park(key_called(opened, item)) for item in items])


@issue.command()
@add_deciding_options
@click.argument("what", metavar="候选")
@click.option("--topic", metavar="栏目", help="放进这个栏目，写 id 或名字；不写就照程序的判断。")
@click.option("--place", type=click.IntRange(1), metavar="K", help="放在栏目里的第几条；不写就按得分。")
def add(number: int | None, what: str, topic: str | None, place: int | None, **rest: Any) -> ExitCode:
    """放进一条：候选的编号（show --offers）、存档里任何一条的编号，或任何网址。正文和图片现取。

    存档里没有的网址，就现取那一页；取不到的，说明为什么。
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
@click.option("--topic", metavar="栏目", help="移到这个栏目，写 id 或名字。")
@click.option("--place", type=click.IntRange(1), metavar="K", help="放在栏目里的第几条；不写就按得分。")
def move(number: int | None, item: str, topic: str | None, place: int | None, **rest: Any) -> ExitCode:
    """移动一条：换栏目，或换次序。"""
    if topic is None and place is None:
        raise click.UsageError("要写 --topic 或 --place。")

    def events(opened: OpenIssue) -> list[Edit]:
        found = item_called(opened, item)
        target = topic_called(topic, opened.account.config, other=True) if topic else found.topic
        return [Move(found.key, target, place_of(place))]

    return decide(number, rest, events)


@issue.command()
@add_deciding_options
@item_argument
def lead(number: int | None, item: str, **rest: Any) -> ExitCode:
    """换头条；封面跟着换。"""
    return decide(number, rest, lambda opened: [Lead(key_called(opened, item))])


@issue.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="标题", required=False)
def title(number: int | None, item: str, text: str | None, **rest: Any) -> ExitCode:
    """改标题；不写标题，就列出几个可选的。"""
    if text is None:
        with hold_issue(rest["folder"], number, rest["now"]) as opened:
            found = item_called(opened, item)
            originals = {each.key: each for each in items_of(opened.edited.machine.sections)}
            for offered in offer_titles(found, originals.get(found.key, found)):
                click.echo(offered)
        return ExitCode.OK
    if not text.strip():
        raise click.UsageError("标题不能是空的。")
    return decide(number, rest, lambda opened: [EditTitle(key_called(opened, item), text)])


@issue.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="摘要")
def summary(number: int | None, item: str, text: str, **rest: Any) -> ExitCode:
    """改摘要；写成空的 "" 就不印摘要。"""
    return decide(number, rest, lambda opened: [EditSummary(key_called(opened, item), text)])


@issue.command()
@add_deciding_options
@item_argument
@click.argument("text", metavar="按语")
def note(number: int | None, item: str, text: str, **rest: Any) -> ExitCode:
    """在一条下面写一句按语；写成空的 "" 就去掉。"""
    return decide(number, rest, lambda opened: [EditNote(key_called(opened, item), text)])


@issue.command()
@add_deciding_options
@click.option("--headline", metavar="文字", help="整篇推送的标题；写成空的就用程序拟的第一个。")
@click.option("--opening", metavar="文字", help="只用在这一期的开场白，接在账号的开场白后面。")
@click.option("--closing", metavar="文字", help="只用在这一期的结束语，放在账号的结束语前面。")
@click.option("--sharing", metavar="文字", help="请读者转发的话。")
def words(
    number: int | None,
    headline: str | None,
    opening: str | None,
    closing: str | None,
    sharing: str | None,
    **rest: Any,
) -> ExitCode:
    """写整篇推送的标题、这一期的开场白、结束语、请读者转发的话；写成空的 "" 就去掉。"""
    said = {"headline": headline, "opening": opening, "closing": closing, "sharing": sharing}
    events: list[Edit] = [EditWords(part, text) for part, text in said.items() if text is not None]  # type: ignore[arg-type]
    if not events:
        raise click.UsageError("--headline、--opening、--closing、--sharing 至少写一个。")
    return decide(number, rest, lambda _: events)


@issue.command()
@add_deciding_options
@click.option("--steps", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="撤销几步。")
def undo(number: int | None, steps: int, **rest: Any) -> ExitCode:
    """撤销；没有次数的限制，撤销了的还可以 redo。"""
    return decide(number, rest, lambda opened: [Undo()] * min(steps, history(opened.edited.events).undoable))


@issue.command()
@add_deciding_options
@click.option("--steps", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="重做几步。")
def redo(number: int | None, steps: int, **rest: Any) -> ExitCode:
    """重做刚刚撤销的。"""
    return decide(number, rest, lambda opened: [Redo()] * min(steps, history(opened.edited.events).redoable))


@issue.command()
@add_deciding_options
@click.argument("revision", type=click.IntRange(0), metavar="第几步")
def restore(number: int | None, revision: int, **rest: Any) -> ExitCode:
    """回到第几步之后的样子（show --log）；0 是程序做好时的样子。这一步也可以撤销。"""

    def events(opened: OpenIssue) -> list[Event]:
        if revision > opened.edited.revision:
            raise click.UsageError(f"这一期只改过 {opened.edited.revision} 步。")
        return [Restore(revision)]

    return decide(number, rest, events)


for command in (learned, block, approve, image):
    issue.add_command(command)
