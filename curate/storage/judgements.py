"""What the editor said about entries, for later nights: their topics, what is one story and what is not, what sells."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, Table, and_, select

from curate.domain.model import Entry, EntryKey
from curate.storage import labels
from curate.storage.database import bulk
from curate.storage.database.rows import iso
from curate.storage.database.source_names import entry_key
from curate.storage.database.tables import ADVERT_MARKS, APART, TOGETHER
from curate.storage.database.web_tables import ENTRIES
from curate.storage.labels import Label


class Judgements:
    """The part of the archive that holds the editor's judgements; `Archive` is one. The last word counts."""

    def _transaction(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def label(self, entry: Entry, text: str, topic: str, now: datetime) -> None:
        """Keep the editor's word that an entry, judged by `text`, is about a topic (an id, or "other")."""
        with self._transaction() as connection:
            labels.put(connection, entry, text, topic, now)

    def unlabel(self, entry: Entry) -> None:
        """Take the editor's word about an entry back."""
        with self._transaction() as connection:
            labels.take_back(connection, entry)

    def labels(self) -> list[Label]:
        """What the editor has labeled so far, oldest first."""
        with self._transaction() as connection:
            return labels.every(connection)

    def keep_apart(self, one: EntryKey, other: EntryKey, now: datetime) -> bool:
        """Never merge these two entries again; False where that was known."""
        with self._transaction() as connection:
            return _say(connection, APART, TOGETHER, (one, other), now)

    def keep_together(self, one: EntryKey, other: EntryKey, now: datetime) -> bool:
        """Always merge these two entries; False where that was known."""
        with self._transaction() as connection:
            return _say(connection, TOGETHER, APART, (one, other), now)

    def forget_pair(self, one: EntryKey, other: EntryKey) -> None:
        """Take back what was said about two entries."""
        with self._transaction() as connection:
            first, second = sorted(entry_key(connection, *each) for each in (one, other))
            for table in (APART, TOGETHER):
                connection.execute(
                    table.delete().where(and_(table.c.first == first, table.c.second == second))
                )

    def apart(self) -> frozenset[frozenset[EntryKey]]:
        """Pairs of entries that the editor keeps apart."""
        with self._transaction() as connection:
            return _pairs(connection, APART)

    def together(self) -> frozenset[frozenset[EntryKey]]:
        """Pairs of entries that the editor has merged."""
        with self._transaction() as connection:
            return _pairs(connection, TOGETHER)

    def mark_advert(self, entry: Entry, text: str, is_advert: bool, now: datetime) -> None:
        """Keep the editor's word whether an entry, judged by `text`, is an advert."""
        row = {
            "source": entry.source,
            "id": entry.id,
            "title": entry.title,
            "text": text,
            "advert": is_advert,
            "at": iso(now),
        }
        with self._transaction() as connection:
            name = entry_key(connection, *entry.key)
            connection.execute(ADVERT_MARKS.delete().where(ADVERT_MARKS.c.key == name))
            connection.execute(ADVERT_MARKS.insert().values(key=name, **row))

    def unmark_advert(self, name: EntryKey) -> None:
        """Take back what was said about an entry as an advert."""
        with self._transaction() as connection:
            connection.execute(
                ADVERT_MARKS.delete().where(ADVERT_MARKS.c.key == entry_key(connection, *name))
            )

    def advert_marks(self) -> dict[EntryKey, bool]:
        """Of each entry that the editor marked, whether it is an advert."""
        query = select(ADVERT_MARKS.c.source, ADVERT_MARKS.c.id, ADVERT_MARKS.c.advert)
        with self._transaction() as connection:
            return {EntryKey(source, name): advert for source, name, advert in connection.execute(query)}


def _say(
    connection: Connection, table: Table, opposite: Table, pair: tuple[EntryKey, EntryKey], now: datetime
) -> bool:
    """Note a pair in one table and not in its opposite; False where it was noted."""
    first, second = sorted(entry_key(connection, *each) for each in pair)
    for each in (opposite, table):
        is_pair = and_(each.c.first == first, each.c.second == second)
        if each is opposite:
            connection.execute(each.delete().where(is_pair))
        elif connection.execute(select(each.c.made).where(is_pair)).first():
            return False
    connection.execute(table.insert().values(first=first, second=second, made=iso(now)))
    return True


def _pairs(connection: Connection, table: Table) -> frozenset[frozenset[EntryKey]]:
    pairs = [(row.first, row.second) for row in connection.execute(select(table))]
    columns = (ENTRIES.c.key, ENTRIES.c.source, ENTRIES.c.id)
    rows = bulk.rows_of(connection, columns, ENTRIES.c.key, sorted({name for pair in pairs for name in pair}))
    keys = {row.key: EntryKey(row.source, row.id) for row in rows}
    return frozenset(frozenset({keys[a], keys[b]}) for a, b in pairs if a in keys and b in keys)
