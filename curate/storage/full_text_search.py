"""Full text of what was published: SQLite's FTS5, or PostgreSQL's tsvector, over words that rjieba cut.

Words are a quarter of what trigrams would be, and find Chinese words of two characters, which trigrams cannot. The
index is made of the issues and can be made again at any time, and its SQL is SQLite's alone: so it is no step of
migrations.py, but made on the first search and brought up to date by each. Texts and questions are folded first
(text/folding.py), as on the site, so that either script, any case and no accent finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, Select, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from curate.domain.item_codes import code
from curate.domain.model import Digest, Item
from curate.domain.serialization import from_json
from curate.storage.database.lock import lock_schemas
from curate.storage.database.tables import EDITED_ISSUES, ISSUES
from curate.text.folding import fold

Segment = Callable[[Sequence[str]], list[list[str]]]  # the words of each text
Places = list[tuple[int, int]]  # issue and item

_MADE = "CREATE VIRTUAL TABLE IF NOT EXISTS folded USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
_OUTGROWN = "DROP TABLE IF EXISTS told"  # of texts as they were written
# A row's id is revision, issue and item: 7 * _REVISION + 312005. Rows of a revision that is no more stay, and are passed over.
_REVISION = 1000 * 2**22
_KNOWN = "SELECT DISTINCT rowid / 1000 FROM folded"
_PUT = "INSERT INTO folded (rowid, words) VALUES (:row, :words)"
_FIND = f"""SELECT place FROM (SELECT rowid / {_REVISION} AS folded_revision, rowid % {_REVISION} AS place
    FROM folded WHERE folded MATCH :asked)
    LEFT JOIN edited_issues ON number = place / 1000
    WHERE folded_revision = COALESCE(edited_issues.revision, 0)
    ORDER BY place / 1000 DESC, place LIMIT :most"""


def find(connection: Connection, asked: str, segment: Segment, most: int) -> Places | None:
    """The items that have all words of `asked` (or words that begin with them), the newest issue first; None where
    this database has no such index."""
    if connection.dialect.name == "postgresql":
        return _find_in_postgres(connection, asked, segment, most)
    if connection.dialect.name != "sqlite":
        return None
    try:
        connection.execute(text(_MADE))
        connection.execute(text(_OUTGROWN))
    except OperationalError:  # this SQLite was built without it
        return None
    known = {divmod(row, _REVISION // 1000) for row in connection.scalars(text(_KNOWN))}
    for number, revision in connection.execute(_revisions()).all():
        if (revision, number) not in known:
            _index(connection, number, revision, segment)
    words = segment([fold(asked)])[0]
    if not words:
        return []
    match = " AND ".join('"' + word.replace('"', '""') + '"*' for word in words)
    rows = connection.execute(text(_FIND), {"asked": match, "most": most})
    return [divmod(row, 1000) for (row,) in rows]


# PostgreSQL: the same words as the lexemes of a tsvector, as they are; its own parsers know no Chinese.
_PG_MADE = (
    "CREATE TABLE IF NOT EXISTS folded (number INTEGER, revision INTEGER, item INTEGER, words TSVECTOR,"
    " PRIMARY KEY (number, revision, item))",
    "CREATE INDEX IF NOT EXISTS folded_words ON folded USING gin (words)",
)
_PG_PUT = """INSERT INTO folded VALUES (:number, :revision, :item, array_to_tsvector(CAST(:words AS text[])))
    ON CONFLICT DO NOTHING"""
_PG_FIND = """SELECT folded.number, item FROM folded LEFT JOIN edited_issues ON edited_issues.number = folded.number
    WHERE words @@ CAST(:asked AS tsquery) AND folded.revision = COALESCE(edited_issues.revision, 0)
    ORDER BY folded.number DESC, item LIMIT :most"""
_LEXEME = 500  # characters; PostgreSQL refuses one of more than 2,046 bytes


def _find_in_postgres(connection: Connection, asked: str, segment: Segment, most: int) -> Places:
    if not inspect(connection).has_table("folded"):
        lock_schemas(connection)
        for statement in _PG_MADE:
            connection.execute(text(statement))
    known = {tuple(row) for row in connection.execute(text("SELECT DISTINCT revision, number FROM folded"))}
    for number, revision in connection.execute(_revisions()).all():
        if (revision, number) in known:
            continue
        found, cut = _cut_issue(connection, number, segment)
        rows = [
            {"number": number, "revision": revision, "item": item.number, "words": _lexemes(words)}
            for item, words in zip(found, cut, strict=True)
        ]
        if rows:
            connection.execute(text(_PG_PUT), rows)
    words = _lexemes(segment([fold(asked)])[0])
    if not words:
        return []
    match = " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in words)
    rows_found = connection.execute(text(_PG_FIND), {"asked": match, "most": most})
    return [(number, item) for number, item in rows_found]


def _lexemes(words: Sequence[str]) -> list[str]:
    """Words that say something, each once."""
    return sorted({word[:_LEXEME] for word in words if any(map(str.isalnum, word))})


def _revisions() -> Select[int, int]:
    revision = func.coalesce(EDITED_ISSUES.c.revision, 0)
    edited = ISSUES.outerjoin(EDITED_ISSUES, EDITED_ISSUES.c.number == ISSUES.c.number)
    return select(ISSUES.c.number, revision).select_from(edited)


def _index(connection: Connection, number: int, revision: int, segment: Segment) -> None:
    found, cut = _cut_issue(connection, number, segment)
    rows = [
        {"row": revision * _REVISION + number * 1000 + item.number, "words": " ".join(words)}
        for item, words in zip(found, cut, strict=True)
    ]
    if rows:
        connection.execute(text(_PUT), rows)


def _cut_issue(connection: Connection, number: int, segment: Segment) -> tuple[list[Item], list[list[str]]]:
    """An issue's items, and the words of each."""
    stored = connection.scalars(select(ISSUES.c.digest).where(ISSUES.c.number == number)).one()
    digest = from_json(Digest, stored)
    found = _items(digest)
    return found, segment([_text_of(item, digest) for item in found])


def _items(digest: Digest) -> list[Item]:
    return [item for section in digest.sections for item in section.items]


def _text_of(item: Item, digest: Digest) -> str:
    """All of an item that can be found, folded; its number as readers send it."""
    told = (part for telling in item.also for part in (telling.source, telling.title))
    number = item.code or code(digest.number, item.number)
    return fold("\n".join((number, item.title, item.summary, item.note, item.source, *told)))


def scan(digests: Iterable[Digest], asked: str, most: int) -> Places:
    """The same for a database without FTS5: every text is read, and each word of `asked` has to be in it."""
    parts = fold(asked).split()
    found: Places = []
    for digest in digests:
        for item in _items(digest) if parts else ():
            told = _text_of(item, digest)
            if all(part in told for part in parts):
                found.append((digest.number, item.number))
                if len(found) == most:
                    return found
    return found
