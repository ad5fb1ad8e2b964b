"""What was published, read again: for the site, for replies and for collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from curate.domain.errors import StaleError
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from curate.storage import full_text_search
from curate.storage.database.rows import body_digest, iso
from curate.storage.database.tables import ISSUES

_AT_ONCE = 100  # digests in memory while they are only hashed


class Issues:
    """The issues of an archive. `transaction` is the archive's own."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def list_all(self) -> Iterator[tuple[int, str, str]]:
        """Number, folder, and the hash of the stored digest of every issue, by number."""
        query = select(ISSUES.c.number, ISSUES.c.folder, ISSUES.c.digest).order_by(ISSUES.c.number)
        with self._transaction() as connection:
            for number, folder, text in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
                yield number, folder, body_digest(text.encode())

    def made_since(self, moment: datetime) -> str:
        """The folder of the last issue that was made at this moment or later; "" where there is none."""
        query = select(ISSUES.c.folder).where(ISSUES.c.made >= iso(moment)).order_by(ISSUES.c.number.desc())
        with self._transaction() as connection:
            return connection.scalars(query.limit(1)).first() or ""

    def list_days(self) -> dict[int, date]:
        """The day of every issue, by its number."""
        query = select(ISSUES.c.number, ISSUES.c.date).order_by(ISSUES.c.number)
        with self._transaction() as connection:
            return {number: date.fromisoformat(day) for number, day in connection.execute(query)}

    def read(self, number: int, stamp: str) -> Digest:
        """An issue as `list_all` listed it; StaleError where it was put right since."""
        query = select(ISSUES.c.digest).where(ISSUES.c.number == number)
        with self._transaction() as connection:
            text = connection.execute(query).scalar_one()
        if body_digest(text.encode()) != stamp:
            raise StaleError
        return from_json(Digest, text)

    def between(self, first: date, last: date) -> list[tuple[Digest, str]]:
        """The issues of these days, both included, with their folders, the oldest first."""
        query = (
            select(ISSUES.c.digest, ISSUES.c.folder)
            .where(ISSUES.c.date >= first.isoformat(), ISSUES.c.date <= last.isoformat())
            .order_by(ISSUES.c.number)
        )
        with self._transaction() as connection:
            return [(from_json(Digest, row.digest), row.folder) for row in connection.execute(query)]

    def last_before(self, now: datetime) -> datetime | None:
        """When the last issue before `now` was made; None where there is none."""
        query = select(func.max(ISSUES.c.made)).where(ISSUES.c.made < iso(now))
        with self._transaction() as connection:
            made = connection.execute(query).scalar()
        return datetime.fromisoformat(made) if made else None

    def backwards(self) -> Iterator[Digest]:
        """The issues from the newest on, one at a time."""
        query = select(ISSUES.c.number).order_by(ISSUES.c.number.desc())
        with self._transaction() as connection:
            for number in connection.scalars(query).all():
                text = connection.scalars(select(ISSUES.c.digest).where(ISSUES.c.number == number)).one()
                yield from_json(Digest, text)

    def find(
        self, asked: str, segment: full_text_search.Segment, most: int
    ) -> tuple[list[tuple[int, int]], bool]:
        """The items that have these words, as issue and item, the newest issue first; and whether they were found by
        words (SQLite's FTS5) or by reading every text, as with other databases."""
        with self._transaction() as connection:
            found = full_text_search.find(connection, asked, segment, most)
        return (
            (full_text_search.scan(self.backwards(), asked, most), False) if found is None else (found, True)
        )
