"""What the checks look at: an issue as it would go out, cut into passages that know where they stand and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from curate.adverts.detect import ADVERT
from curate.adverts.hints import ends_of, find_hints
from curate.adverts.model import advert_probability
from curate.checks.meaning import judge_meaning
from curate.domain.message import Message
from curate.domain.model import Digest, EntryKey, Item
from curate.text.clean import plain
from curate.text.encoder import Encode
from curate.text.sentences import sentences

Place = Literal["headline", "opening", "closing", "sharing", "note", "title", "summary", "body"]


# Where an account speaks to its readers.
SPOKEN: frozenset[Place] = frozenset({"headline", "opening", "closing", "sharing", "note"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the issue. `item` is None where it belongs to the whole of it."""

    place: Place
    text: str
    is_own: bool  # the editor's words, not a source's
    item: Item | None = None
    is_advert: bool = False  # of an item that was judged to sell something


@dataclass(frozen=True, slots=True)
class OriginalWords:
    """How an item's original calls itself, and what the machine quoted of it."""

    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What came of asking an item's address again."""

    url: str  # where it led in the end
    reason: Message | None = None  # why there is no page
    is_gone: bool = False  # there is nothing any more
    title: str = ""  # what the page calls itself; "" where it was not read
    is_secure: bool = False  # of an http address: the same answers under https


@dataclass(frozen=True)
class IssueView:
    """An issue with all that is known of it. Everything else that a check needs, it is given here."""

    issue: Digest
    own: Mapping[str, str] = field(default_factory=dict)  # the account's lasting words: "opening", "closing"
    originals: Mapping[EntryKey, OriginalWords] = field(default_factory=dict)
    licence: str = ""  # the account's for news: "", "none", "reprint", "publish"
    topics: Mapping[str, str] = field(default_factory=dict)  # Topic.id -> name
    hosts: Mapping[EntryKey, str] = field(default_factory=dict)  # of the items' originals
    permitted: frozenset[str] = frozenset()  # names and hosts of sources whose news may be passed on
    words: str = ""  # the account's own list of words
    quote: float = 0.4  # the share of an original from which a quotation is told
    links: Mapping[EntryKey, LinkAnswer] = field(default_factory=dict)  # {} where nobody asked
    encode: Encode | None = None  # what makes vectors; None: sentences are judged by their words alone

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item once, by number."""
        found = {item.number: item for section in self.issue.sections for item in section.items}
        found.setdefault(self.issue.lead.number, self.issue.lead)
        return tuple(found[number] for number in sorted(found))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that readers will see, those of the whole issue first."""
        return tuple(passage for passage in _passages(self) if passage.text.strip())

    @cached_property
    def meanings(self) -> Mapping[str, frozenset[str]]:
        """The account's own sentences -> the rules that they are likely to break, by what they mean."""
        spoken = [passage.text for passage in self.passages if passage.place in SPOKEN]
        said = [sentence for text in spoken for sentence in sentences(text)]
        return judge_meaning(said, self.encode) if self.encode and said else {}


def _passages(view: IssueView) -> Iterator[Passage]:
    issue = view.issue
    yield Passage("headline", issue.headline, True)
    yield Passage("opening", "\n".join((view.own.get("opening", ""), issue.opening)), True)
    yield Passage("sharing", issue.sharing, True)
    yield Passage("closing", "\n".join((issue.closing, view.own.get("closing", ""))), True)
    for item in view.items:
        original, is_advert = view.originals.get(item.key), _is_advert(item)
        rewritten = original is not None and original.summary != item.summary
        yield Passage("title", item.title, item.original, item, is_advert)
        yield Passage("summary", item.summary, item.original or rewritten, item, is_advert)
        yield Passage("note", item.note, True, item)
        yield Passage("body", plain(item.body) if item.body else "", True, item)


def _is_advert(item: Item) -> bool:
    """By what its words say: what is in an issue was judged with what its source usually sells, and let pass."""
    hints = find_hints(plain(item.title), ends_of(item.summary))
    return not item.original and bool(hints) and advert_probability([hints])[0] >= ADVERT
