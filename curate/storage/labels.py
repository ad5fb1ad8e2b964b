"""What the editor said that an entry is about: written once, kept when bodies are pruned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from curate.domain.model import Entry, EntryKey
from curate.storage.database.rows import entry, iso
from curate.storage.database.source_names import entry_key, order_entries
from curate.storage.database.tables import LABELS
from curate.storage.database.web_tables import ENTRIES

# So many characters of a key tell entries apart, as with commits.
SHORTEST_KEY = 7


@dataclass(frozen=True, slots=True)
class Label:
    """An entry's topic in the editor's judgement, with the text that it was judged by."""

    source: str
    id: str  # Entry.id: with `source`, what the entry is known by
    title: str
    text: str
    topic: str  # Topic.id, or "other"
    at: datetime

    @property
    def key(self) -> EntryKey:
        """The entry's."""
        return EntryKey(self.source, self.id)


def put(connection: Connection, entry: Entry, text: str, topic: str, now: datetime) -> None:
    """Keep a label; an earlier one of the same entry is replaced."""
    row = {
        "key": entry_key(connection, *entry.key),
        "source": entry.source,
        "id": entry.id,
        "title": entry.title,
        "text": text,
        "topic": topic,
        "at": iso(now),
    }
    connection.execute(LABELS.delete().where(LABELS.c.key == row["key"]))
    connection.execute(LABELS.insert().values(row))


def take_back(connection: Connection, entry: Entry) -> None:
    """Forget an entry's label."""
    connection.execute(LABELS.delete().where(LABELS.c.key == entry_key(connection, *entry.key)))


def every(connection: Connection) -> list[Label]:
    """All labels, oldest first."""
    rows = connection.execute(select(LABELS).order_by(LABELS.c.at, LABELS.c.key))
    return [Label(r.source, r.id, r.title, r.text, r.topic, datetime.fromisoformat(r.at)) for r in rows]


def newest(connection: Connection, limit: int, unlabeled: bool) -> list[Entry]:
    """The newest entries that still have their body; with `unlabeled`, only those without a label."""
    query = select(ENTRIES).where(ENTRIES.c.body != "")
    if unlabeled:
        query = query.outerjoin(LABELS, LABELS.c.key == ENTRIES.c.key).where(LABELS.c.key.is_(None))
    rows = order_entries(connection, query.limit(limit), ENTRIES, newest=True)
    return [entry(row._mapping) for row in rows]


def find_entries(connection: Connection, name: str) -> list[Entry]:
    """The entries of this address (as printed it may lack parameters), or whose key is or begins with `name`; the newest
    first."""
    named: list[Any] = [ENTRIES.c.url == name, ENTRIES.c.url.startswith(f"{name}?", autoescape=True)]
    if len(name) >= SHORTEST_KEY and name.isalnum():
        named.append(func.substr(ENTRIES.c.key, 1, len(name)) == name.lower())
    query = select(ENTRIES).where(or_(*named), ENTRIES.c.body != "").limit(20)
    return [entry(row._mapping) for row in order_entries(connection, query, ENTRIES, newest=True)]


def entry_of(connection: Connection, key: EntryKey) -> Entry | None:
    """The entry of this key; None where it is not there, or was pruned."""
    query = select(ENTRIES).where(ENTRIES.c.key == entry_key(connection, *key), ENTRIES.c.body != "")
    row = connection.execute(query).first()
    return entry(row._mapping) if row else None
