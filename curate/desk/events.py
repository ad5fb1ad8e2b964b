"""What an editor can decide about an issue. TABLE `EVENTS`: kind -> a frozen value, whole in itself.

An event names items by their keys, never by their numbers, which move. It carries all that it brings into the issue, so
that an issue can be put together again from its log at any time, without the network and without other tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from curate.domain.errors import ArchiveError
from curate.domain.model import Credit, EntryKey, Image, Item
from curate.domain.serialization import from_json, to_json

Words = Literal["headline", "opening", "closing", "sharing"]
Blocked = Literal["source", "author", "word"]


@dataclass(frozen=True, slots=True)
class Take:
    """Put an item into its topic's section."""

    item: Item  # its number is given anew
    place: int | None = None  # 0.. within the section; None: where its score puts it
    credits: tuple[Credit, ...] = ()  # the sites of its sources


@dataclass(frozen=True, slots=True)
class Complete:
    """Add what was fetched later to an item that was taken: it fills what is still empty."""

    item: Item


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an item out for good: it is no candidate again."""

    key: EntryKey


@dataclass(frozen=True, slots=True)
class Park:
    """Put an item on the shelf: it is a candidate again on the next night, however old it is by then."""

    key: EntryKey


@dataclass(frozen=True, slots=True)
class Move:
    """Put an item into a topic's section, or to another place in its own."""

    key: EntryKey
    topic: str  # Topic.id, or "other"
    place: int | None = None  # as in Take


@dataclass(frozen=True, slots=True)
class Lead:
    """Lead the issue with an item."""

    key: EntryKey


@dataclass(frozen=True, slots=True)
class EditTitle:
    key: EntryKey
    text: str


@dataclass(frozen=True, slots=True)
class EditSummary:
    key: EntryKey
    text: str


@dataclass(frozen=True, slots=True)
class EditNote:
    """Write the editor's own line under an item; "" takes it away."""

    key: EntryKey
    text: str


@dataclass(frozen=True, slots=True)
class EditWords:
    """Write the post's headline, the issue's opening or closing words, or its sharing line; "" takes them away."""

    part: Words
    text: str


@dataclass(frozen=True, slots=True)
class ChooseImage:
    """Give an item a picture that the issue has a file of, or none."""

    key: EntryKey
    image: Image | None


@dataclass(frozen=True, slots=True)
class ChooseCovers:
    """Use these covers instead of those made of the lead."""

    covers: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Take another source's telling out of an item: it is another story."""

    key: EntryKey
    other: EntryKey
    url: str  # the telling's address, by which the item names it


@dataclass(frozen=True, slots=True)
class Merge:
    """Put another item under this one, as another source's telling of the same story."""

    key: EntryKey
    item: Item  # as it is where the issue does not hold it


@dataclass(frozen=True, slots=True)
class MarkAdvert:
    """Say whether an item is an advert; one that is goes out for good."""

    key: EntryKey
    is_advert: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Take out every item of a source or an author, or with a word in its title."""

    kind: Blocked
    value: str
    # It was written into feeds.yaml with it, and goes from there when this is undone.
    is_lasting: bool = False
    enabled: str = (
        ""  # how feeds.yaml said of the source that it is enabled, where it did: so it does again then
    )


@dataclass(frozen=True, slots=True)
class Overrule:
    """Accept what a check found, with the reason; "" takes that back. It holds as long as the same is found in the same
    place. The issue stays as it is: the log is the record of who accepted what, and when."""

    finding: str  # CheckFinding.key
    rule: str
    found: str  # what the check said then, in words
    text: str  # the reason
    by: str = ""  # who says so


@dataclass(frozen=True, slots=True)
class Undo:
    """Go back to before the last event that holds."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Go back to the version after an event; 0 is what the machine made."""

    revision: int


Edit = (
    Take | Complete | Drop | Park | Move | Lead | EditTitle | EditSummary | EditNote | EditWords
    | ChooseImage | ChooseCovers | Split | Merge | MarkAdvert | Block | Overrule
)  # fmt: skip
Event = Edit | Undo | Redo | Restore
# What changes an issue's items among themselves: it tells the same entries afterwards, and the same are set aside.
WITHIN = (Move, Lead, EditTitle, EditSummary, EditNote, EditWords, ChooseImage, ChooseCovers, Overrule)

EVENTS: dict[str, type[Event]] = {
    "take": Take,
    "complete": Complete,
    "drop": Drop,
    "park": Park,
    "move": Move,
    "lead": Lead,
    "title": EditTitle,
    "summary": EditSummary,
    "note": EditNote,
    "words": EditWords,
    "image": ChooseImage,
    "covers": ChooseCovers,
    "split": Split,
    "merge": Merge,
    "advert": MarkAdvert,
    "block": Block,
    "overrule": Overrule,
    "undo": Undo,
    "redo": Redo,
    "restore": Restore,
}
_KINDS = {shape: kind for kind, shape in EVENTS.items()}


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as the archive keeps it."""

    revision: int  # 1.. within the issue
    event: Event
    at: datetime
    origin: str  # where it was said: "terminal", "desk", "label", "stories", "adverts"


class Standing(NamedTuple):
    """What an issue means for later nights: the entries that it tells, with their items, and those that it does not."""

    told: dict[EntryKey, Item]
    dropped: frozenset[EntryKey]  # no candidates again
    parked: frozenset[EntryKey]  # candidates of the next night, however old


def kind_of(event: Event) -> str:
    """The name that an event is kept under."""
    return _KINDS[type(event)]


def write_event(event: Event) -> tuple[str, str]:
    """An event's kind and its content as JSON."""
    return kind_of(event), to_json(event).decode()


def read_event(kind: str, body: str) -> Event:
    """The event that `write_event` wrote; ArchiveError where it is none that is known here."""
    if kind not in EVENTS:
        raise ArchiveError(f"a stored event of kind {kind!r} is unknown here", "升级 curate。")
    return from_json(EVENTS[kind], body)
