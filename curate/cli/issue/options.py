"""What the commands of `curate issue` share: which issue, which item of it, and how a decision is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from curate.cli.issue.listing import issue_json
from curate.cli.issue.session import Desk, open_issue
from curate.cli.terminal.options import folder_option, now_option
from curate.domain.item_codes import code
from curate.domain.model import EntryKey, Item
from curate.render.context import items

NEWEST = ("last", "最新")
ORIGIN = "terminal"

F = TypeVar("F", bound=Callable[..., Any])


def _number(_context: click.Context, _parameter: click.Parameter, value: str) -> int | None:
    """The number of an issue; None stands for the last one."""
    if value in NEWEST:
        return None
    if not value.isascii() or not value.isdecimal():
        raise click.BadParameter("写期号，例如 12；最新一期写 last。")
    return int(value)


number_argument = click.argument("number", callback=_number, metavar="期号")
item_argument = click.argument("item", metavar="条目")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="改完的这一期以 JSON 写到标准输出，给程序用。"
)


def deciding(function: F) -> F:
    """Give a command the arguments of all that decide something: which issue, whose, when, and in what form it is told."""
    for option in (now_option, folder_option, json_option):
        function = option(function)
    return number_argument(function)


def decide(number: int | None, rest: dict[str, Any], events: Callable[[Desk], Any]) -> int:
    """Hold an issue, decide what `events` says of it, render; the exit status. `rest`: the options of `deciding`."""

    folder, now, as_json = rest["folder"], rest["now"], rest["as_json"]
    with open_issue(folder, number, now) as desk:
        return finish(desk, desk.decide(events(desk), ORIGIN, quiet=as_json), as_json)


def finish(desk: Desk, status: int, as_json: bool) -> int:
    """Print the issue where it is asked for, and pass the exit status on."""

    if as_json:
        click.echo(issue_json(desk.edited))
    return status


def place_of(place: int | None) -> int | None:
    """Count a place from 0, as events do."""
    return None if place is None else place - 1


def key_called(desk: Desk, name: str) -> EntryKey:
    """Find an item's key by what the editor calls it; UsageError where there is none."""
    found = item_called(desk, name)
    return found.key


def item_called(desk: Desk, name: str) -> Item:
    """Find the item of the issue that has this place, this number for replies, or this address; UsageError where there is
    none."""

    every = items(desk.edited.issue)
    names = {str(item.number): item for item in every}
    names |= {code(desk.number, item.number): item for item in every}
    names |= {item.url: item for item in every if item.url}
    if name not in names:
        raise click.UsageError(f"第 {desk.number} 期没有 {name} 这一条；现有 1–{len(every)}，也可以写网址。")
    return names[name]
