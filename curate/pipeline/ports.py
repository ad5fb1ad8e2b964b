"""What the night is handed: its doors to the world, and someone to tell how far it is.

A step takes the doors that it uses, one by one, and of the archive what its own protocol names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from curate.domain.mapping import Map
from curate.domain.model import Entry

if TYPE_CHECKING:  # types alone: what is not opened is not loaded
    from curate.config.schema import Topic
    from curate.domain.model import Digest, Outcome, Page
    from curate.extraction.site_layout import Layout
    from curate.fetch import Answer, Request
    from curate.pipeline.reading.documents import DocumentAnswer, DocumentRequest
    from curate.render.check_section import CheckSection
    from curate.render.hub import HubLink
    from curate.sources.parameters import Parameters
    from curate.storage import Archive, DocumentState, Health, Seen
    from curate.storage.site_notes import SiteNotes

Fetch: TypeAlias = "Callable[[Iterable[Request]], Iterator[Answer]]"
ReadDocuments: TypeAlias = "Callable[[Sequence[DocumentRequest], Sequence[Topic]], Iterator[DocumentAnswer]]"
ReadFolder: TypeAlias = "Callable[[str], list[Page]]"  # the Markdown files of an originals source
Complete: TypeAlias = Callable[[Entry], None]  # keep what a page says of an entry


class Counter(Protocol):
    def advance(self, count: int = 1) -> None:
        """So many more came out of this stage."""


class Watch(Protocol):
    """Times the stages and shows them; the night itself reads no clock and prints nothing."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Counter]: ...


class DocumentMemory(Protocol):
    """What the archive knows of documents, by source and address: what they said, and how they have been doing."""

    def documents(self, now: datetime) -> Mapping[tuple[str, str], DocumentState]: ...

    def health(self) -> Mapping[tuple[str, str], Health]: ...

    def keep(self, documents: Sequence[Seen], now: datetime) -> list[int]: ...

    def note(self, states: Sequence[Health]) -> None: ...


class SiteMemory(Protocol):
    """What the archive knows of sites: the frames of their articles, and what their addresses can do without."""

    @property
    def layouts(self) -> SiteNotes[Layout]: ...

    @property
    def parameters(self) -> SiteNotes[Parameters]: ...


class PageMemory(SiteMemory, Protocol):
    """The same, and where to keep what a page says of its entry."""

    def complete(self, entry: Entry) -> None: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """All that a night touches of the world."""

    fetch: Fetch
    folder: ReadFolder
    archive: Archive
    templates: Mapping[str, str]
    edition: Callable[[date], int]  # the next free edition of a day
    map: Map
    links: Callable[[Digest], tuple[HubLink, ...]] = lambda digest: ()  # where an issue's copy page leads
    check: Callable[[Digest], CheckSection | None] = lambda digest: None  # before it goes out
    read: ReadDocuments | None = None  # the sources' documents; by `fetch`, one after another, where None
    # What was read for the account before its night, by a fleet: source -> its outcome.
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
