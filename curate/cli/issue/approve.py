"""`curate issue approve`: who found an issue good, and when."""

from __future__ import annotations

from typing import Any

import click

from curate.app.exit_codes import ExitCode
from curate.cli.issue.options import add_deciding_options, finish
from curate.cli.terminal.console import complain
from curate.cli.terminal.issue import hold_issue
from curate.cli.terminal.language import say_here, usage_error
from curate.desk.visits import MOST_NAME, MOST_WORDS, DeskVisit


@click.command()
@add_deciding_options
@click.option("--by", "name", required=True, metavar="谁", help="谁看过。\nWho has looked at it.")
@click.option("--words", default="", metavar="意见", help="看的人说了什么。\nWhat they said.")
def approve(number: int | None, name: str, words: str, **rest: Any) -> ExitCode:
    """记下同事看过、可以发：是谁，什么时候，看的是第几步。这一期本身不变。

    Note that a colleague found the issue good: who, when, and after which step. The issue itself stays as it is.
    """
    if not name.strip():
        raise usage_error("issue.who")
    with hold_issue(rest["folder"], number, rest["now"]) as opened:
        revision = opened.edited.revision
        visit = DeskVisit(
            "approve", rest["now"], revision, name.strip()[:MOST_NAME], words.strip()[:MOST_WORDS]
        )
        opened.account.archive.desk.note_visit(opened.number, visit)
        complain(say_here("issue.approved", number=opened.number, name=visit.name, revision=revision))
        return finish(opened, None, rest["as_json"])
