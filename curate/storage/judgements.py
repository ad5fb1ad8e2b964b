"""What the editor said about entries, for later nights: their topics, what is one story and what is not, what sells."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, Table, and_, select

from curate.domain.model import Entry
from curate.storage import labels
from curate.storage.database.rows import iso, key
from curate.storage.database.tables import ADVERT_MARKS, APART, ENTRIES, TOGETHER
from curate.storage.labels import Label

Key = tuple[str, str]  # source id and entry id


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
        """What the editor has labelled so far, oldest first."""
        with self._transaction() as connection:
            return labels.every(connection)

    def keep_apart(self, one: Key, other: Key, now: datetime) -> bool:
        """Never merge these two entries again; False where that was known."""
        with self._transaction() as connection:
            return _say(connection, APART, TOGETHER, (one, other), now)

    def keep_together(self, one: Key, other: Key, now: datetime) -> bool:
        """Always merge these two entries; False where that was known."""
        with self._transaction() as connection:
            return _say(connection, TOGETHER, APART, (one, other), now)

    def apart(self) -> frozenset[frozenset[Key]]:
        """Pairs of entries that the editor keeps apart."""
        with self._transaction() as connection:
            return _pairs(connection, APART)

    def together(self) -> frozenset[frozenset[Key]]:
        """Pairs of entries that the editor has merged."""
        with self._transaction() as connection:
            return _pairs(connection, TOGETHER)

    def mark_advert(self, entry: Entry, text: str, is_advert: bool, now: datetime) -> None:
        """Keep the editor's word whether an entry, judged by `text`, is an advert."""
        row = {
            "key": key(entry.source, entry.id),
            "source": entry.source,
            "id": entry.id,
            "title": entry.title,
            "text": text,
            "advert": is_advert,
            "at": iso(now),
        }
        with self._transaction() as connection:
            connection.execute(ADVERT_MARKS.delete().where(ADVERT_MARKS.c.key == row["key"]))
            connection.execute(ADVERT_MARKS.insert().values(row))

    def advert_marks(self) -> dict[Key, bool]:
        """(source, id) -> whether the editor says that the entry is an advert."""
        query = select(ADVERT_MARKS.c.source, ADVERT_MARKS.c.id, ADVERT_MARKS.c.advert)
        with self._transaction() as connection:
            return {(source, name): advert for source, name, advert in connection.execute(query)}


def _say(connection: Connection, table: Table, opposite: Table, pair: tuple[Key, Key], now: datetime) -> bool:
    """Note a pair in one table and not in its opposite; False where it was noted."""
    first, second = sorted(key(*each) for each in pair)
    for each in (opposite, table):
        is_pair = and_(each.c.first == first, each.c.second == second)
        if each is opposite:
            connection.execute(each.delete().where(is_pair))
        elif connection.execute(select(each.c.made).where(is_pair)).first():
            return False
    connection.execute(table.insert().values(first=first, second=second, made=iso(now)))
    return True


def _pairs(connection: Connection, table: Table) -> frozenset[frozenset[Key]]:
    one, other = ENTRIES.alias(), ENTRIES.alias()
    query = (
        select(one.c.source, one.c.id, other.c.source, other.c.id)
        .select_from(table)
        .join(one, one.c.key == table.c.first)
        .join(other, other.c.key == table.c.second)
    )
    return frozenset(frozenset({(a, b), (c, d)}) for a, b, c, d in connection.execute(query))
