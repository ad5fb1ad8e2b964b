"""What a classifier of topics learnt, kept from night to night: the latest alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from curate.storage.database.rows import iso
from curate.storage.database.tables import SORTERS


@dataclass(frozen=True, slots=True)
class Sorter:
    """What was learnt, when, and from how many documents."""

    made: datetime
    documents: int
    learnt: bytes


class Sorters:
    """The sorter that was learnt last, by the digest of what it was learnt for."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def find(self, digest: str) -> Sorter | None:
        """The sorter, where it was learnt for this."""
        with self._transaction() as connection:
            row = connection.execute(select(SORTERS).where(SORTERS.c.digest == digest)).first()
            return Sorter(datetime.fromisoformat(row.made), row.documents, row.learnt) if row else None

    def keep(self, digest: str, sorter: Sorter) -> None:
        """Keep a sorter in the place of any other."""
        with self._transaction() as connection:
            connection.execute(SORTERS.delete())
            row = {"digest": digest, "made": iso(sorter.made)}
            connection.execute(
                SORTERS.insert().values(**row, documents=sorter.documents, learnt=sorter.learnt)
            )
