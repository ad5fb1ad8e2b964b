"""A document of a source to its entries, by the source's kind; what stands where they should is no entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from curate.config.schema import Source, Topic
from curate.domain.errors import UnreadableError
from curate.domain.message import message
from curate.domain.model import OPENING, Entry, Page
from curate.sources import kind_of
from curate.sources.base import Reading
from curate.sources.item import newest
from curate.sources.notices import refusal, without_notices, without_service_messages
from curate.sources.urls import home
from curate.text.clean import cut_opening
from curate.text.entry_text import fold_text


def read(page: Page, source: Source) -> Reading:
    """What a document of the source says: at most `source.limit` entries, the newest, in its order.

    Raises UnreadableError where the document is not what the source's reader reads.
    """
    reading = skim(page, source)
    entries, _ = without_notices([_fill_summary(entry) for entry in reading.entries])
    return replace(reading, entries=tuple(entries))


def read_document(page: Page, source: Source, topics: Sequence[Topic]) -> Reading:
    """`skim` for a night of an account with these `topics`: the site's address is whole.

    Raises UnreadableError where the document is not what its reader reads, or asks for a topic that is not there.
    """
    reading = skim(page, source)
    reading = replace(reading, site=home(reading.site, page.url))
    _check_topic(reading.topic, page, topics)
    return reading


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


def _check_topic(topic: str, page: Page, topics: Sequence[Topic]) -> None:
    """UnreadableError where a document asks for a topic that the account does not have."""
    names = {fold_text(name) for known in topics for name in (known.id, known.name)}
    if topic and fold_text(topic) not in names:
        name = unquote(page.url.rsplit("/", 1)[-1])
        line = next((n for n, said in enumerate(page.body.splitlines(), 1) if said.startswith(b"topic")), 1)
        known_ids = tuple(known.id for known in topics)
        hint = message("read.topic.hint", known=known_ids)
        raise UnreadableError.of("read.topic", hint, name=name, line=line, topic=topic)
