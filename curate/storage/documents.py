"""Documents as they were read: their entries, and the validators that spare reading them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from curate.domain.model import Entry, Page
from curate.storage import entries
from curate.storage.database import bulk
from curate.storage.database.rows import hash_key, iso
from curate.storage.database.web_tables import DOCUMENTS


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is remembered of a document, to ask for it only if it changed."""

    etag: str
    last_modified: str
    digest: str  # of its body


@dataclass(frozen=True, slots=True)
class Seen:
    """A document with what was read in it."""

    source: str
    asked: str  # the address that the source has for it
    page: Page  # without its body, of which only the digest is kept
    digest: str
    entries: Sequence[Entry]
    site: str = ""  # the source's own, as the document names it


def read_states(connection: Connection, now: datetime) -> dict[tuple[str, str], DocumentState]:
    """(source, address) of each document read before `now` -> its validators."""
    table = DOCUMENTS.c
    columns = (table.source, table.url, table.etag, table.last_modified, table.digest)
    query = select(*columns).where(table.fetched <= iso(now))
    return {(source, url): DocumentState(*rest) for source, url, *rest in connection.execute(query)}


def sites(connection: Connection) -> dict[str, str]:
    """Source -> its own site, as the newest of its documents names it."""
    table = DOCUMENTS.c
    query = select(table.source, table.site).where(table.site != "").order_by(table.fetched, table.key)
    return {row.source: row.site for row in connection.execute(query)}


def keep(
    connection: Connection, documents: Sequence[Seen], fingerprint: Callable[[Entry], str], now: datetime
) -> list[int]:
    """Keep what is new of the documents, with their validators; how many entries were new in each."""
    counts = entries.keep(connection, [seen.entries for seen in documents], fingerprint, now)
    bulk.put(connection, DOCUMENTS, list(map(_document, documents)))
    return counts


def _document(seen: Seen) -> dict[str, Any]:
    page = seen.page
    return {
        "key": hash_key(seen.source, seen.asked),
        "source": seen.source,
        "url": seen.asked,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "digest": seen.digest,
        "fetched": iso(page.fetched),
        "site": seen.site,
    }
