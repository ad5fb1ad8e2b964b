"""What the commands of `curate issue` share: which issue, which item of it, and how a decision is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from curate.app.edit_issue import OpenIssue, Publication
from curate.app.exit_codes import ExitCode
from curate.cli.issue.listing import issue_json
from curate.cli.terminal.issue import carry_out, hold_issue
from curate.cli.terminal.language import bad_value, usage_error
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.summary import post_of
from curate.domain.item_codes import code
from curate.domain.model import EntryKey, Item
from curate.render.context import items

NEWEST = ("last", "最新")
ORIGIN = "terminal"

F = TypeVar("F", bound=Callable[..., Any])


def issue_number(_context: click.Context, _parameter: click.Parameter, value: str) -> int | None:
    """The number of an issue; None stands for the last one. BadParameter where it is none."""
    if value in NEWEST:
        return None
    if not value.isascii() or not value.isdecimal():
        raise bad_value("issue.number")
    return int(value)


number_argument = click.argument("number", callback=issue_number, metavar="期号")
item_argument = click.argument("item", metavar="条目")
json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="改完的这一期以 JSON 写到标准输出，给程序用。\nPrint the changed issue to stdout as JSON, for a program.",
)


def add_deciding_options(function: F) -> F:
    """Give a command the arguments of all that decide something: which issue, whose, when, and in what form it is told."""
    for option in (now_option, folder_option, json_option):
        function = option(function)
    return number_argument(function)


def decide(number: int | None, rest: dict[str, Any], events: Callable[[OpenIssue], Any]) -> ExitCode:
    """Hold an issue, decide what `events` says of it, render; the exit status. `rest`: the options of `add_deciding_options`."""
    folder, now, as_json = rest["folder"], rest["now"], rest["as_json"]
    with hold_issue(folder, number, now) as opened:
        done = carry_out(opened, events(opened), ORIGIN)
        return finish(opened, done, as_json)


def finish(opened: OpenIssue, done: Publication | None, as_json: bool) -> ExitCode:
    """Print the issue where it is asked for, or else where its post is; returns the exit status."""
    if as_json:
        click.echo(issue_json(done.edited if done else opened.edited))
    elif done and done.place:
        click.echo(post_of(done.place))
    return ExitCode.NO_OUTPUT if done and done.place is None else ExitCode.OK


def place_of(place: int | None) -> int | None:
    """Count a place from 0, as events do."""
    return None if place is None else place - 1


def key_called(opened: OpenIssue, name: str) -> EntryKey:
    """Find an item's key by what the editor calls it; UsageError where there is none."""
    found = item_called(opened, name)
    return found.key


def item_called(opened: OpenIssue, name: str) -> Item:
    """Find the item of the issue that has this place, this number for replies, or this address; UsageError where there is
    none."""
    every = items(opened.edited.issue)
    names = {str(item.number): item for item in every}
    names |= {code(opened.number, item.number): item for item in every}
    names |= {item.url: item for item in every if item.url}
    if name not in names:
        raise usage_error("issue.no item", number=opened.number, name=name, n=len(every))
    return names[name]
