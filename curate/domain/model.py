"""The nouns of the night. Frozen, without behavior; each stage has its own type.

Page -> Entry -> Story -> Pick -> Item (with its Article) -> Section -> Digest -> Issue
All times are aware and in UTC. All addresses are absolute. Text is plain unless a field says HTML.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from curate.domain.message import Message
from curate.domain.reprint_notice import ReprintNotice

Day = date  # a field may be called `date` as well
UNREAD = ("failed", "waiting", "gone")  # outcomes: the last two were not asked, after too many failures
OPENING = "\0"  # a summary that is how the content begins, and was not made yet; no reader ever leaves a NUL


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it came: from the network, or from a file of the editor's own."""

    url: str  # the final address, after redirects
    body: bytes
    fetched: datetime
    content_type: str = ""  # the header as sent; "" where there was none
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """An expected failure as a value. `subject` is a source's id, an address, or a channel's name.

    What is kept has the words beside the messages that they say.
    """

    subject: str
    reason: str = ""
    hint: str = ""
    is_gone: bool = False  # there is nothing any more that a reader could be led to
    message: Message | None = None  # what `reason` says
    advice: Message | None = None  # what `hint` says


@dataclass(frozen=True, slots=True)
class Rules:  # a robots.txt as it was answered
    status: int
    body: bytes  # b"" where the status says that there is none
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a source names it; once it was fetched and kept, also the file that the issue has of it."""

    url: str
    width: int = 0  # pixels as declared, or of `file`; 0 where unknown
    height: int = 0
    alt: str = ""
    file: str = ""  # its path in the issue's folder, "images/07.jpg"; "" where it was not kept
    size: int = 0  # bytes of `file`
    kind: str = ""  # what `url` served: "jpeg", "png", "gif", "webp" …; "" where it was not fetched
    is_generated: bool = False  # what `url` served says that a machine made it


class EntryKey(NamedTuple):
    """What an entry is known by, in every room and in the archive."""

    source: str  # Source.id
    id: str  # Entry.id


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a source published, as its reader understood it."""

    source: str  # Source.id
    id: str  # stable within the source: its guid, else its link, else a hash of what it says
    url: str  # tracking parameters removed; "" where the source gives none
    title: str  # one line
    published: datetime  # what the source says, never later than the fetch; the fetch where it says nothing
    dated: bool = True  # False: `published` is the time of the fetch
    summary: str = ""  # OPENING only between a reader and the archive
    content: str = ""  # HTML as the source sent it, not cleaned
    author: str = ""
    images: tuple[Image, ...] = ()
    categories: tuple[str, ...] = ()
    original: bool = False  # written by the editor

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.source, self.id)


@dataclass(frozen=True, slots=True)
class Article:
    """Main text of a page. Paragraphs of `text` are separated by one line feed."""

    title: str
    text: str
    author: str = ""
    published: datetime | None = None
    images: tuple[Image, ...] = ()
    by: str = ""  # what found the text: an extractor's name, "feed", or the CSS selector learnt for the site
    summary: str = ""  # sentences of it that say what it is about; "" where it has no prose
    url: str = ""  # a better address for it than the entry's; "" where there is none
    notice: ReprintNotice | None = None  # None where the page has none, or was not read


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """Why one entry was put with another."""

    entry: Entry
    method: str  # "address", "copy", "event", or "editor"
    similarity: float  # 0..1
    why: Message


@dataclass(frozen=True, slots=True)
class IssuePlace:
    """Where an entry was published: the issue, the item in it, and when the issue was made."""

    number: int
    item: int
    made: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One event or piece: its best telling, and the others with the reason they were merged."""

    lead: Entry
    echoes: tuple[MergedEntry, ...] = ()
    continues: tuple[int, int] | None = None  # issue and item that told the beginning
    akin: frozenset[EntryKey] = frozenset()  # what else speaks of its lead's affair


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal's points in a score, and why. What is kept has the words beside the message; a plugin's signal may
    give words alone."""

    signal: str
    points: float
    words: str = ""
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A story with its topic and its score; the score is the sum of the reasons' points."""

    story: Story
    topic: str  # Topic.id, or "other"
    confidence: float  # 0..1
    score: float
    why: tuple[Reason, ...]
    advert: Reason | None = None  # how likely the lead is an advert (points, 0..1); None where it hardly is

    @property
    def key(self) -> EntryKey:
        """Its lead's."""
        return self.story.lead.key


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a candidate that was not picked, or of one that was."""

    entry: Entry
    picked: bool
    message: Message
    score: float = 0.0
    topic: str = ""
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Another source that told the same."""

    source: str  # display name
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered piece of the digest, ready to be rendered."""

    number: int  # 1.. through the whole issue
    title: str
    url: str
    summary: str
    source: str  # display name
    published: datetime
    topic: str
    author: str = ""
    image: Image | None = None
    also: tuple[Coverage, ...] = ()
    original: bool = False
    body: str = ""  # an original without an address: its text, as cleaned HTML; "" for everything else
    part: str = ""  # what a post prints of `body`, where that is longer than digest.original
    page: str = ""  # where the whole of it is then
    entry: str = ""  # Entry.id
    source_id: str = ""
    echo_keys: tuple[EntryKey, ...] = ()  # of the other tellings
    why: tuple[Reason, ...] = ()
    continues: tuple[int, int] | None = None  # issue and item that told the beginning
    code: str = ""  # in a collection: the number it was published under; "" in an issue, which says it
    note: str = ""  # the editor's own line under it
    notice: ReprintNotice | None = None  # what its original says of passing it on
    length: int = 0  # letters of the original's text; 0 where it is not known

    @property
    def key(self) -> EntryKey:
        """The entry that it tells."""
        return EntryKey(self.source_id, self.entry)


@dataclass(frozen=True, slots=True)
class Section:
    id: str  # Topic.id, or "other"
    name: str
    icon: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """A source named at the end: how many items came from it, and its site."""

    name: str
    url: str
    items: int


@dataclass(frozen=True, slots=True)
class Digest:
    """An issue's content, the same for all channels. The lead is also in its section."""

    account: str
    positioning: str
    language: str  # "zh" or "en"
    timezone: str
    number: int  # 1.. through the account's life, never reused
    date: Day  # in the account's time zone
    edition: int  # 1.. within the day
    lead: Item
    sections: tuple[Section, ...]
    credits: tuple[Credit, ...]
    minutes: int  # reading time of the digest
    made: datetime  # the `now` of its run
    covers: tuple[Image, ...] = ()  # 900 × 383, then 1:1
    sharing: str = ""  # the editor's line that gives readers a reason to pass it on
    name: str = ""  # of a collection, which has no number (0); "" of an issue
    replies: bool = False  # whether readers can send an item's number to the account
    opening: str = ""  # the editor's words for this issue alone, after the account's own
    closing: str = ""  # the same at the end, before the account's own
    style: str = "full"  # or "brief": one sentence an item
    must_read: int = 0  # the items up to this number stand on top; 0: the lead alone
    headline: str = ""  # the editor's title for the whole post; "": the first of `headlines`
    headlines: tuple[Message, ...] = ()  # those offered for it


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a run: wall seconds and how many came out."""

    name: str
    seconds: float
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source gave in this run."""

    source: str
    status: str  # "new", "nothing new", "unchanged" (304), "recent" (just read), "empty"; UNREAD: "failed", …
    entries: int = 0
    new: int = 0
    seconds: float = 0.0
    reason: str = ""
    hint: str = ""
    reached: bool = False  # some server answered for it, be it with a refusal
    message: Message | None = None  # what `reason` says
    advice: Message | None = None  # what `hint` says


@dataclass(frozen=True, slots=True)
class Issue:
    """A finished issue: its digest and every file of its folder, by name."""

    digest: Digest
    files: dict[str, bytes] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
