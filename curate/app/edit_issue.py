"""An issue on the desk: what is decided about it is logged, then its folder is rendered anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from curate.app.account import OpenAccount
from curate.app.check.check_issue import check_section
from curate.app.issue.block_settings import follow_blocks
from curate.app.issue.links import has_lost_report, links_of
from curate.app.label_events import label_events
from curate.app.render_issue import pictures_of, render_issue
from curate.app.site import refresh_site
from curate.app.teach_archive import teach_archive
from curate.desk.apply import finish_edits, judge_standing
from curate.desk.events import Event
from curate.desk.history import history
from curate.domain.errors import NotFoundError
from curate.domain.model import Failure
from curate.storage import Archive
from curate.storage.desk import Edited


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """One issue of an account that is held, as it was when it was opened."""

    account: OpenAccount
    edited: Edited
    now: datetime

    @property
    def number(self) -> int:
        return self.edited.machine.number


@dataclass(frozen=True, slots=True)
class Publication:
    """An issue that was put into its folder. Without a place a channel refused, and what was there stays."""

    edited: Edited
    place: Path | None
    refused: tuple[Failure, ...]
    notes: tuple[Failure, ...]
    site: Failure | None = None  # why the site could not follow


def read_issue(archive: Archive, number: int | None) -> Edited:
    """An issue with its log, the last one where none is named; NotFoundError where there is no such issue."""
    last = archive.desk.newest()
    edited = archive.desk.read(last if number is None else number)
    if edited is None:
        if number is None or not last:
            raise NotFoundError.of("issue.none yet")
        raise NotFoundError.of("issue.no issue", number=number, last=last)
    return edited


def open_issue(account: OpenAccount, number: int | None, now: datetime) -> OpenIssue:
    """Open an issue, the last one where none is named; NotFoundError where there is no such issue."""
    return OpenIssue(account, read_issue(account.archive, number), now)


def decide(
    opened: OpenIssue, events: Sequence[Event], origin: str, files: Mapping[str, bytes] | None = None
) -> Publication:
    """Decide about an issue and render it; without events, render it as it is. `files`: pictures that the events name.

    StaleError where somebody else decided since it was opened.
    """
    account = opened.account
    if files:  # before the log names them
        account.output.add_files(opened.edited.folder, files)
    done = publish_edited(account, record_events(opened, events, origin) if events else opened.edited)
    return replace(done, site=refresh_site(account)) if done.place else done


def render_again(opened: OpenIssue) -> Publication:
    """Render an issue with today's templates and channels, and with what was labeled since."""
    account = opened.account
    return decide(
        opened, label_events(opened.edited, account.archive.labels(), account.config.topics), "label"
    )


def record_events(opened: OpenIssue, events: Sequence[Event], origin: str) -> Edited:
    """Append events to an issue's log, with the issue that follows from them; the issue with its longer log.

    What is blocked for good is in feeds.yaml before: where that cannot be changed, nothing is decided.
    """
    archive, edited, topics = opened.account.archive, opened.edited, opened.account.config.topics
    follow_blocks(edited, events, opened.account.folder)
    issue, draft = finish_edits(edited.machine, history((*edited.events, *events)).edits, topics)
    archive.desk.append(
        opened.number, edited.revision, events, issue, judge_standing(issue, draft), opened.now, origin
    )
    found = read_issue(archive, opened.number)
    teach_archive(archive, edited, found, opened.now)
    return found


def publish_edited(
    account: OpenAccount, edited: Edited, lock: AbstractContextManager[Any] | None = None
) -> Publication:
    """Render an issue into its folder and note it; where a channel refuses, what is there stays.

    `lock`: under which whoever decides meanwhile adds pictures; those go into the new folder too.
    """
    kept = account.output.files(edited.folder, pictures_of(edited))
    issue, refused, notes = render_issue(
        edited,
        kept,
        account.config,
        account.templates,
        links_of(account, edited.machine),
        check_section(account, edited),
    )
    if refused:
        return Publication(edited, None, refused, notes)
    number = edited.machine.number

    def find_late() -> Mapping[str, bytes]:
        return account.output.files(edited.folder, pictures_of(read_issue(account.archive, number)))

    place = account.output.publish(issue, edited.folder, lock, find_late if lock else dict)
    account.archive.desk.mark_rendered(number, edited.revision, issue.digest)
    return Publication(edited, place, (), notes)


def publish_behind(account: OpenAccount) -> tuple[Publication, ...]:
    """Render what a crash has left behind: issues that were decided about and not rendered, and the last one where its run
    was killed before it wrote the report that the copy page leads to."""
    desk = account.archive.desk
    numbers = desk.behind()
    if last := desk.newest():
        is_cut_off = has_lost_report(account, read_issue(account.archive, last).folder)
        numbers = sorted({*numbers, last}) if is_cut_off else numbers
    return tuple(publish_edited(account, read_issue(account.archive, number)) for number in numbers)
