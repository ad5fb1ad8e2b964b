"""Documents as they were read: their entries, and the validators that spare reading them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, select

from curate.archive import bulk
from curate.archive.rows import iso, key, row
from curate.archive.tables import DOCUMENTS, ENTRIES, PUBLISHED
from curate.model import Entry, Page


@dataclass(frozen=True, slots=True)
class Known:
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


def known(connection: Connection, now: datetime) -> dict[tuple[str, str], Known]:
    """(source, address) of each document read before `now` -> its validators."""
    table = DOCUMENTS.c
    columns = (table.source, table.url, table.etag, table.last_modified, table.digest)
    query = select(*columns).where(table.fetched <= iso(now))
    return {(source, url): Known(*rest) for source, url, *rest in connection.execute(query)}


def keep(
    connection: Connection, documents: Sequence[Seen], fingerprint: Callable[[Entry], str], now: datetime
) -> list[int]:
    """Keep what is new of the documents, with their validators; how many entries were new in each.

    Known ids are dropped before any work on their entries. An entry that was seen later than `now`, by a clock that
    was ahead, is kept anew.
    """
    keyed: dict[str, tuple[int, Entry]] = {}
    for n, seen in enumerate(documents):
        for entry in seen.entries:
            keyed.setdefault(key(entry.source, entry.id), (n, entry))
    seen_at = iso(now)
    old = _seen(connection, ENTRIES.c.key, list(keyed), seen_at)
    rows = [
        (n, row(entry, name, fingerprint(entry), seen_at))
        for name, (n, entry) in keyed.items()
        if name not in old
    ]
    again = _seen(connection, ENTRIES.c.fingerprint, [row["fingerprint"] for _, row in rows], seen_at)
    first = {row["fingerprint"]: n for n, row in reversed(rows)}  # the document that says it first
    fresh = [
        (n, row) for n, row in rows if row["fingerprint"] not in again and first[row["fingerprint"]] == n
    ]
    bulk.insert(connection, ENTRIES, [row for _, row in fresh])
    bulk.put(connection, DOCUMENTS, list({row["key"]: row for row in map(_document, documents)}.values()))
    counts = [0] * len(documents)
    for n, _ in fresh:
        counts[n] += 1
    return counts


def _seen(connection: Connection, column: Column[str], values: Sequence[str], now: str) -> set[str]:
    """Which of these values of a column were seen by `now`. Entries seen later go, but for those in an issue."""
    keys: dict[str, str] = {}  # of entries ahead of now, with their values
    found: set[str] = set()
    for name, value, seen in bulk.rows_of(
        connection, (ENTRIES.c.key, column, ENTRIES.c.seen), column, values
    ):
        if seen <= now:
            found.add(value)
        else:
            keys[name] = value
    told = bulk.present(connection, PUBLISHED.c.key, list(keys))
    bulk.delete(connection, ENTRIES.c.key, [name for name in keys if name not in told])
    return found | {keys[name] for name in told}


def _document(seen: Seen) -> dict[str, Any]:
    page = seen.page
    return {
        "key": key(seen.source, seen.asked),
        "source": seen.source,
        "url": seen.asked,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "digest": seen.digest,
        "fetched": iso(page.fetched),
    }
