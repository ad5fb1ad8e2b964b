"""Entries that come in: which are new, which are known, and which are known under another address.

known id                     -> not new; a corrected title and a changed address replace the older ones
same entry, other address    -> not new; the newer address replaces the older (sources/identity.py says when)
anything else                -> new
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, update

from curate.domain.model import Entry
from curate.sources.identity import is_same
from curate.sources.urls import bare
from curate.storage.database import bulk, rows
from curate.storage.database.rows import hash_key, iso
from curate.storage.database.tables import PUBLISHED
from curate.storage.database.web_tables import ENTRIES

_VOLATILE = 3  # entries of a document that are known by their titles alone, from which its addresses are taken to change


class _Arrival(NamedTuple):
    document: int
    key: str
    entry: Entry
    row: Mapping[str, Any]


def keep(
    connection: Connection,
    documents: Sequence[Sequence[Entry]],
    fingerprint: Callable[[Entry], str],
    now: datetime,
) -> list[int]:
    """Keep the new entries of some documents; how many were new in each.

    Known ids are dropped before any work on their entries. An entry that was seen later than `now`, by a clock that was
    ahead, is kept anew.
    """
    keyed: dict[str, tuple[int, Entry]] = {}
    for n, entries in enumerate(documents):
        for entry in entries:
            keyed.setdefault(hash_key(*entry.key), (n, entry))
    seen_at = iso(now)
    known = _find_seen(connection, ENTRIES.c.key, list(keyed), seen_at)
    arrivals = [
        _Arrival(n, name, entry, rows.row(entry, name, fingerprint(entry), seen_at))
        for name, (n, entry) in keyed.items()
        if name not in known
    ]
    again = _find_seen(
        connection, ENTRIES.c.fingerprint, [each.row["fingerprint"] for each in arrivals], seen_at
    )
    stable = {n for name, (n, _) in keyed.items() if name in known}
    renamed = _match_renamed(connection, arrivals, again, keyed, stable)
    fresh = list(_first_told(each for each in arrivals if each.key not in renamed))
    bulk.add(connection, ENTRIES, [dict(each.row) for each in fresh])
    _renew(connection, known, {name: keyed[name][1] for name in known}, fingerprint)
    for old, entry in renamed.values():
        if entry.url:
            connection.execute(update(ENTRIES).where(ENTRIES.c.key == old).values(url=entry.url))
    counts = Counter(each.document for each in fresh)
    return [counts[n] for n in range(len(documents))]


def _first_told(arrivals: Iterator[_Arrival]) -> Iterator[_Arrival]:
    """Without those that another document of the source says as well, under the same title and address."""
    first: dict[tuple[str, str], int] = {}
    for each in arrivals:
        if first.setdefault((each.row["fingerprint"], bare(each.entry.url)), each.document) == each.document:
            yield each


def _match_renamed(
    connection: Connection,
    arrivals: Sequence[_Arrival],
    fingerprints: Collection[str],
    present: Collection[str],
    stable: Collection[int],
) -> dict[str, tuple[str, Entry]]:
    """Keys of arrivals that are known under another id -> that entry's key, and the arrival.

    An entry that is still in its document (`present`) is no other one's older form, unless their addresses are one;
    `stable` are the documents of which some id was known.
    """
    stored: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
    columns = tuple(ENTRIES.columns)
    for row in bulk.rows_of(connection, columns, ENTRIES.c.fingerprint, list(fingerprints)):
        stored[row.fingerprint].append((row.key, rows.entry(row._mapping)))
    hinted = Counter(each.document for each in arrivals if each.row["fingerprint"] in stored)
    found: dict[str, tuple[str, Entry]] = {}
    taken: set[str] = set()
    for each in arrivals:
        candidates = stored.get(each.row["fingerprint"], ())
        volatile = each.document not in stable and hinted[each.document] >= _VOLATILE
        for name, old in candidates:
            one_address = bare(old.url) == bare(each.entry.url)
            if (name in present or name in taken) and not one_address:
                continue
            if is_same(each.entry, old, recurring=len(candidates) > 1, volatile=volatile):
                found[each.key] = name, each.entry
                taken.add(name)
                break
    return found


def _renew(
    connection: Connection,
    known: Mapping[str, Any],
    entries: Mapping[str, Entry],
    fingerprint: Callable[[Entry], str],
) -> None:
    """Correct titles and addresses of known entries, whose rows these are; of those in an issue, the address alone."""
    changed = {
        name: row
        for name, row in known.items()
        if _is_corrected(entries[name], row.title) or (entries[name].url or row.url) != row.url
    }
    told = bulk.present(connection, PUBLISHED.c.key, list(changed))
    for name, before in changed.items():
        entry = entries[name]
        values: dict[str, Any] = {"url": entry.url or before.url}
        if name not in told and _is_corrected(entry, before.title):
            row = rows.row(entry, name, fingerprint(entry), before.seen)
            values |= {column: row[column] for column in ("fingerprint", "title", "body")}
        connection.execute(update(ENTRIES).where(ENTRIES.c.key == name).values(values))


def _is_corrected(entry: Entry, title: str) -> bool:
    """A title that was found on the page stays where the source still has none."""
    return bool(entry.title) and entry.title != title


def _find_seen(
    connection: Connection, column: Column[str], values: Sequence[str], now: str
) -> dict[str, Any]:
    """A row of each of these values of a column that was seen by `now`. Entries seen later go, but for those in an issue."""
    columns = (ENTRIES.c.key, ENTRIES.c.title, ENTRIES.c.url, ENTRIES.c.seen, ENTRIES.c.fingerprint)
    ahead: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for row in bulk.rows_of(connection, columns, column, values):
        if row.seen <= now:
            found[getattr(row, column.name)] = row
        else:
            ahead[row.key] = row
    told = bulk.present(connection, PUBLISHED.c.key, list(ahead))
    bulk.delete(connection, ENTRIES.c.key, [name for name in ahead if name not in told])
    return found | {getattr(ahead[name], column.name): ahead[name] for name in told}
