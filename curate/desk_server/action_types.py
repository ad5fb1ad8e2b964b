"""What an action is given, what it decides, and what a panel is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from curate.desk.draft import items_of
from curate.desk.events import Event
from curate.desk_server.issue_desk import IssueDesk
from curate.domain.errors import CurateError
from curate.domain.model import Digest, Entry, EntryKey, Item
from curate.storage.desk import Edited

Form = Mapping[str, str]
Say = Callable[..., str]


class UnusableError(CurateError):
    """What was asked for makes no sense for the issue as it is; `reason` is a key of the page's messages."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What an action decides, with the pictures that its events name."""

    events: Sequence[Event] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    fetched: tuple[Entry, Item] | None = None  # to be read in full afterwards
    then: Callable[[], object] | None = None  # what later nights are told, when the decision is in the log
    is_free: bool = False  # it hangs on nothing that was seen: whatever came between, it is done
    said: str = ""  # a key of the page's messages
    about: str = ""  # a title


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What an action is given."""

    desk: IssueDesk
    edited: Edited
    form: Form
    upload: bytes = b""

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.form.get("source", ""), self.form.get("entry", ""))

    @property
    def other(self) -> EntryKey:
        """The second entry of a split or a merge."""
        return EntryKey(self.form.get("other_source", ""), self.form.get("other_entry", ""))

    @property
    def issue(self) -> Digest:
        return self.edited.issue

    @property
    def item(self) -> Item:
        """The item of the issue that is meant; UnusableError where it is not there."""
        return self.item_of(self.key)

    def item_of(self, key: EntryKey) -> Item:
        """The item of this key; UnusableError where the issue does not hold it."""
        for item in items_of(self.issue.sections):
            if item.key == key:
                return item
        raise UnusableError("not_here")

    def entry_of(self, key: EntryKey) -> Entry:
        """The archive's entry; UnusableError where it has none."""
        found = self.desk.account.archive.entry_of(key)
        if found is None:
            raise UnusableError("not_here")
        return found


class PanelRequest(NamedTuple):
    """What a panel is made of."""

    desk: IssueDesk
    edited: Edited
    say: Say
