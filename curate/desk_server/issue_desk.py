"""One issue on the desk: read, decided about, and its folder brought up to the log in the background.

A decision is in the archive when its request is answered. Rendering all channels and the site takes a second or more,
so it follows when the hand rests; what a crash leaves behind the next command renders (`publish_behind`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from threading import Event as Signal
from threading import Lock, RLock, Thread, current_thread

from curate.app.account import OpenAccount, load_config, recover
from curate.app.doors import open_doors
from curate.app.edit_issue import OpenIssue, publish_behind, publish_edited, read_issue, record_events
from curate.app.issue.paste_link import take_link
from curate.app.issue.take_item import Taken, judge_alone, read_item, with_source
from curate.app.site import refresh_site
from curate.config.schema import OTHER, Look
from curate.desk.events import Block, Complete, Event, Redo, Restore, Undo
from curate.desk.offers import Offer
from curate.desk.visits import DeskVisit, VisitKind
from curate.domain.errors import ArchiveError, ConfigError, CurateError, StaleError
from curate.domain.model import Credit, Entry, Failure, Item, Pick, Story
from curate.i18n.catalogue import failure_of
from curate.pipeline.assemble import credits_of
from curate.pipeline.ports import Watch
from curate.storage.desk import Edited

ORIGIN = "desk"
REST = 1.5  # seconds without a decision, after which the folder follows


class IssueDesk:
    """An issue of an account, shared by the threads of the server. Use as a context manager."""

    def __init__(
        self,
        account: OpenAccount,
        number: int,
        clock: Callable[[], datetime],
        watch: Watch,
        rest: float = REST,
    ) -> None:
        self.account = account
        self.number = number
        self.look: Look = account.config.look
        self.failures: tuple[Failure, ...] = ()  # of the last rendering and of what was fetched
        self.clock = clock
        self.watch = watch
        self._mutex = RLock()  # one decision, or one beginning or end of a rendering, at a time
        self._holding = (
            Lock()
        )  # the account, by the publisher or by what sends the issue: one after the other
        self._publishing = self._is_recovered = False
        self._known: Edited | None = None
        self._behind, self._closed = Signal(), Signal()
        self._rest = rest
        self._fetching: set[Thread] = set()
        self._publisher = Thread(target=self._follow, name="publish")

    def __enter__(self) -> IssueDesk:
        with (
            suppress(CurateError),
            self.hold_account(),
        ):  # while a night holds it: later, before the folder follows
            pass
        self._publisher.start()
        return self

    def __exit__(self, *exc: object) -> None:
        for thread in tuple(self._fetching):
            thread.join()
        self._closed.set()
        self._behind.set()
        self._publisher.join()

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The account's templates, as they were when the desk was opened."""
        return self.account.templates

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What the issue's night had to offer."""
        return self.account.archive.desk.offers(self.number)

    @property
    def is_fetching(self) -> bool:
        """Whether pages of items that were taken are still being read."""
        return bool(self._fetching)

    def read(self) -> Edited:
        """The issue as it is now, with its log; read again only where something happened to it."""
        known = self._known
        if known is None or self.account.archive.desk.stamp(self.number) != (known.revision, known.rendered):
            known = self._known = read_issue(self.account.archive, self.number)
        return known

    def note_visit(self, kind: VisitKind) -> None:
        """Note that the issue was opened or copied; a busy archive is no reason not to do so."""
        with suppress(ArchiveError):
            visit = DeskVisit(kind, self.clock(), self.read().revision)
            self.account.archive.desk.note_visit(self.number, visit)

    def read_settings(self) -> None:
        """Go on with feeds.yaml as it is now, where it changed and can be read."""
        with suppress(ConfigError):
            config = load_config(self.account.folder, os.environ)
            self.account = replace(self.account, config=config)

    def decide(
        self, seen: int | None, events: Sequence[Event], files: Mapping[str, bytes] | None = None
    ) -> Edited:
        """Append decisions made on revision `seen`; None: they hang on nothing that was seen. The issue that follows.

        StaleError where others came between, but for what was fetched for items that were taken: that disturbs nobody.
        """
        with self._mutex:
            edited = self.read()
            if seen is not None and (
                any(not isinstance(each.event, Complete) for each in edited.log[seen:])
                or seen > edited.revision
            ):
                raise StaleError(edited.revision)
            return self._record(edited, events, files or {}) if events else edited

    def judge(self, entry: Entry) -> Item:
        """An entry that the night did not offer, as an item."""
        archive = self.account.archive
        config = with_source(self.account.config, entry, archive)
        return judge_alone(entry, config, archive, self.watch, self.clock())

    def credits(self, entry: Entry) -> tuple[Credit, ...]:
        """The site of an entry's source, as the end of the post names it."""
        config = with_source(self.account.config, entry, self.account.archive)
        pick = Pick(Story(entry), OTHER, 0.0, 0.0, ())
        return credits_of(
            [pick], {source.id: source for source in config.sources}, self.account.archive.sites()
        )

    def take_link(self, text: str, topic: str) -> Taken:
        """What a pasted link leads to, read in full; LinkError where that is nothing."""
        return take_link(text, self.read(), self.account, self.watch, self.clock(), topic)

    def fetch_later(self, entry: Entry, offered: Item) -> None:
        """Read the page and the picture of an item that was taken; it is completed when they are there."""
        thread = Thread(target=self._complete, args=(entry, offered), name="complete")
        self._fetching.add(thread)
        thread.start()

    def publish(self) -> None:
        """Bring the issue's folder and the site up to the log; what went wrong is in `failures`."""
        with self.hold_account():
            done = publish_edited(self.account, self.read(), self._mutex)
            site = refresh_site(self.account) if done.place else None
        self.failures = (*done.refused, *done.notes, *([site] if site else ()))

    def _record(self, edited: Edited, events: Sequence[Event], files: Mapping[str, bytes]) -> Edited:
        """To be called with the mutex. While the folder follows, the account is held already."""
        opened = OpenIssue(self.account, edited, self.clock())
        if self._publishing:
            return self._append(opened, events, files)
        with self.account.output.hold(), self.account.archive.hold():
            return self._append(opened, events, files)

    def _append(self, opened: OpenIssue, events: Sequence[Event], files: Mapping[str, bytes]) -> Edited:
        if files:  # before the log names them
            self.account.output.add_files(opened.edited.folder, files)
        edited = self._known = record_events(opened, events, ORIGIN)
        if any(isinstance(each, Block | Undo | Redo | Restore) for each in events):
            self.read_settings()
        self._behind.set()
        return edited

    @contextmanager
    def hold_account(self) -> Iterator[None]:
        """Hold the account in this thread, after another that does; decisions that come meanwhile need not hold it again."""
        with self._holding:
            with self._mutex:
                output, archive = self.account.output.hold(), self.account.archive.hold()
                output.__enter__()
                try:
                    archive.__enter__()
                except CurateError:
                    output.__exit__(None, None, None)
                    raise
                self._publishing = True
            try:
                if not self._is_recovered:  # of what a killed process has left half-way
                    recover(self.account)
                    self._is_recovered = True
                    publish_behind(self.account)
                yield
            finally:
                with self._mutex:
                    self._publishing = False
                    archive.__exit__(None, None, None)
                    output.__exit__(None, None, None)

    def _follow(self) -> None:
        """The publisher's thread: waits for a decision, then for rest, then publishes."""
        while True:
            self._behind.wait()
            while self._behind.is_set() and not self._closed.is_set():
                self._behind.clear()
                self._closed.wait(self._rest)
            self._behind.clear()
            try:
                if (edited := self.read()).revision != edited.rendered:
                    self.publish()
            except CurateError as e:  # another command holds the account: later
                self.failures = (failure_of("", e, self.account.config.account.language),)
                if not self._closed.is_set():
                    self._behind.set()
            if self._closed.is_set():
                return

    def _complete(self, entry: Entry, offered: Item) -> None:
        try:
            doors = open_doors(self.account, self.clock())
            config = with_source(self.account.config, entry, self.account.archive)
            taken = read_item(entry, offered, self.number, None, config, doors, self.watch)
            self.failures = taken.failures
            with self._mutex:
                edited = self.read()
                if any(item.key == offered.key for s in edited.issue.sections for item in s.items):
                    item = replace(taken.event.item, topic=offered.topic)
                    self._record(edited, [Complete(item)], taken.files)
        except CurateError as e:
            self.failures = (failure_of(entry.title, e, self.account.config.account.language),)
        finally:
            self._fetching.discard(current_thread())
