"""`curate issue undo|redo|restore`: back and forth among an issue's steps."""

from __future__ import annotations

from typing import Any

import click

from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.cli.issue.options import add_deciding_options, decide
from curate.cli.terminal.language import usage_error
from curate.desk.events import Event, Redo, Restore, Undo
from curate.desk.history import history


@click.command()
@add_deciding_options
@click.option(
    "--steps",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="撤销几步。\nHow many steps to undo.",
)
def undo(number: int | None, steps: int, **rest: Any) -> ExitCode:
    """撤销；没有次数的限制，撤销了的还可以 redo。

    Undo steps, as many as there are; redo brings them back.
    """
    return decide(number, rest, lambda opened: [Undo()] * min(steps, history(opened.edited.events).undoable))


@click.command()
@add_deciding_options
@click.option(
    "--steps",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="重做几步。\nHow many steps to redo.",
)
def redo(number: int | None, steps: int, **rest: Any) -> ExitCode:
    """重做刚刚撤销的。

    Do again what was undone last.
    """
    return decide(number, rest, lambda opened: [Redo()] * min(steps, history(opened.edited.events).redoable))


@click.command()
@add_deciding_options
@click.argument("revision", type=click.IntRange(0), metavar="第几步")
def restore(number: int | None, revision: int, **rest: Any) -> ExitCode:
    """回到第几步之后的样子（show --log）；0 是程序做好时的样子。这一步也可以撤销。

    Go back to the issue after a step (show --log); 0 is as the program made it. This can be undone as well.
    """

    def events(opened: OpenIssue) -> list[Event]:
        if revision > opened.edited.revision:
            raise usage_error("issue.steps", n=opened.edited.revision)
        return [Restore(revision)]

    return decide(number, rest, events)
