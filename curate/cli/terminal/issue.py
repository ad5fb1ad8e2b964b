"""An issue as the commands decide about it: held, and what comes of the decision told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from curate.app.edit_issue import OpenIssue, Publication, decide, open_issue
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain, complain_of
from curate.cli.terminal.language import language_of_terminal
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
        complain("没有可改的，这一期还是原样。")
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
        complain(f"第 {number} 期没有重新排版。" if done.edited.events else f"第 {number} 期没有改动。")
    tell_site(done.site)


def tell_site(failure: Failure | None) -> None:
    """Tell that the site could not follow, where it could not."""
    if failure:
        complain("网站没有更新：" + failure.reason, hint=failure.hint)


def follow(folder: Path, now: datetime, origin: str, events: Callable[[OpenIssue], Sequence[Event]]) -> None:
    """Have the open issue follow what was said about entries elsewhere. What was said is kept by then: an account that
    another command holds, or one without an issue, is told or passed over."""
    try:
        with hold_issue(folder, None, now) as opened:
            if found := events(opened):
                complain(f"第 {opened.number} 期照着改了 {len(found)} 处。")
                carry_out(opened, found, origin)
    except NotFoundError:  # no issue yet
        return
    except CurateError as e:
        told = failure_of("", e, language_of_terminal())
        complain(f"最新一期还没有照着改：{told.reason}", hint="稍后运行 curate run --again 期号。")
