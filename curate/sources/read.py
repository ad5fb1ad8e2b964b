"""A document of a source to its entries, by the source's kind; what stands where they should is no entry."""

from __future__ import annotations

from dataclasses import replace

from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.model import OPENING, Entry, Page
from curate.sources import kind_of
from curate.sources.base import Reading
from curate.sources.item import newest
from curate.sources.notices import refusal, without_notices, without_service_messages
from curate.text.clean import cut_opening


def read(page: Page, source: Source) -> Reading:
    """What a document of the source says: at most `source.limit` entries, the newest, in its order.

    Raises UnreadableError where the document is not what the source's reader reads.
    """
    reading = skim(page, source)
    entries, _ = without_notices([_fill_summary(entry) for entry in reading.entries])
    return replace(reading, entries=tuple(entries))


def skim(page: Page, source: Source) -> Reading:
    """`read`, but a summary that is the content's beginning is only marked as such (OPENING).

    Most entries that a night sees are old or known, and nobody will read their summaries.
    """
    address = str(source.url or "")
    try:
        reading = kind_of(source).read(page, source)
    except UnreadableError as e:
        raise refusal(page, address, e) from e
    if source.folder is None:
        reading = without_service_messages(reading, page.url)
    known_as = source.id or source.name
    stamped = tuple(
        entry if entry.source == known_as else replace(entry, source=known_as) for entry in reading.entries
    )
    return replace(reading, entries=newest(stamped, source.limit))


def _fill_summary(entry: Entry) -> Entry:
    return replace(entry, summary=cut_opening(entry.content)) if entry.summary == OPENING else entry
