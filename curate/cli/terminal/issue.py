"""An issue as the commands decide about it: held, and what comes of the decision told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from curate.app.edit_issue import OpenIssue, Publication, decide, open_issue
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain, complain_of
from curate.cli.terminal.language import language_of_terminal, say_here
from curate.desk.events import Event
from curate.domain.errors import CurateError, NotFoundError
from curate.domain.model import Failure
from curate.i18n.catalogue import failure_of


@contextmanager
def hold_issue(folder: Path, number: int | None, now: datetime) -> Iterator[OpenIssue]:
    """Hold an account with one of its issues, the last one where none is named; NotFoundError where there is no such."""
    with hold_recovered(read_config(folder), folder) as account:
        yield open_issue(account, number, now)


def carry_out(
    opened: OpenIssue, events: Sequence[Event], origin: str, files: Mapping[str, bytes] | None = None
) -> Publication | None:
    """Decide and render, and tell what is to be told; None where there was nothing to decide."""
    if not events:
        complain(say_here("issue.unchanged"))
        return None
    done = decide(opened, events, origin, files)
    tell_publication(done)
    return done


def tell_publication(done: Publication) -> None:
    """Tell what a channel refused, what is to be known of a post, and that the site could not follow."""
    for failure in (*done.refused, *done.notes):
        complain_of(failure)
    if done.refused:
        number = done.edited.machine.number
        complain(say_here("issue.not rendered" if done.edited.events else "issue.not changed", number=number))
    tell_site(done.site)


def tell_site(failure: Failure | None) -> None:
    """Tell that the site could not follow, where it could not."""
    if failure:
        complain(say_here("issue.site", why=failure.reason), hint=failure.hint)


def follow(folder: Path, now: datetime, origin: str, events: Callable[[OpenIssue], Sequence[Event]]) -> None:
    """Have the open issue follow what was said about entries elsewhere. What was said is kept by then: an account that
    another command holds, or one without an issue, is told or passed over."""
    try:
        with hold_issue(folder, None, now) as opened:
            if found := events(opened):
                complain(say_here("issue.followed", number=opened.number, n=len(found)))
                carry_out(opened, found, origin)
    except NotFoundError:  # no issue yet
        return
    except CurateError as e:
        told = failure_of("", e, language_of_terminal())
        complain(say_here("issue.not followed", why=told.reason), hint=say_here("issue.follow later"))
