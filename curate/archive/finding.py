"""Full text of what was published: SQLite's FTS5 over words that rjieba cut.

Words are a quarter of what trigrams would be, and find Chinese words of two characters, which trigrams cannot. The
index is made of the issues and can be made again at any time, and its SQL is SQLite's alone: so it is no step of
migrations.py, but made on the first search and brought up to date by each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import OperationalError

from curate.archive.tables import ISSUES
from curate.codec import from_json
from curate.model import Digest, Item

Segment = Callable[[Sequence[str]], list[list[str]]]  # the words of each text
Places = list[tuple[int, int]]  # issue and item

_MADE = "CREATE VIRTUAL TABLE IF NOT EXISTS told USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
_KNOWN = "SELECT DISTINCT rowid / 1000 FROM told"  # a row's id is issue and item: 312005
_PUT = "INSERT INTO told (rowid, words) VALUES (:row, :words)"
_FIND = "SELECT rowid FROM told WHERE told MATCH :asked ORDER BY rowid / 1000 DESC, rowid LIMIT :most"


def find(connection: Connection, asked: str, segment: Segment, most: int) -> Places | None:
    """The items that have all words of `asked` (or words that begin with them), the newest issue first; None where
    this database has no FTS5."""
    if connection.dialect.name != "sqlite":
        return None
    try:
        connection.execute(text(_MADE))
    except OperationalError:  # this SQLite was built without it
        return None
    known = set(connection.scalars(text(_KNOWN)))
    for number in connection.scalars(select(ISSUES.c.number)).all():
        if number not in known:
            _index(connection, number, segment)
    words = segment([asked])[0]
    if not words:
        return []
    match = " AND ".join('"' + word.replace('"', '""') + '"*' for word in words)
    rows = connection.execute(text(_FIND), {"asked": match, "most": most})
    return [divmod(row, 1000) for (row,) in rows]


def _index(connection: Connection, number: int, segment: Segment) -> None:
    stored = connection.scalars(select(ISSUES.c.digest).where(ISSUES.c.number == number)).one()
    found = _items(from_json(Digest, stored))
    cut = segment([text_of(item) for item in found])
    rows = [
        {"row": number * 1000 + item.number, "words": " ".join(words)}
        for item, words in zip(found, cut, strict=True)
    ]
    if rows:
        connection.execute(text(_PUT), rows)


def _items(digest: Digest) -> list[Item]:
    return [item for section in digest.sections for item in section.items]


def text_of(item: Item) -> str:
    """All of an item that can be found."""
    told = (part for telling in item.also for part in (telling.source, telling.title))
    return "\n".join((item.title, item.summary, item.source, *told))


def scan(digests: Iterable[Digest], asked: str, most: int) -> Places:
    """The same for a database without FTS5: every text is read, and each word of `asked` has to be in it."""
    parts = asked.casefold().split()
    found: Places = []
    for digest in digests:
        for item in _items(digest) if parts else ():
            if all(part in text_of(item).casefold() for part in parts):
                found.append((digest.number, item.number))
                if len(found) == most:
                    return found
    return found
