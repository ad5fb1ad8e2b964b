"""What is known of sites: a row a site, as JSON. The frames in which they set their articles, and their addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection, Table

from curate.domain.serialization import from_json, to_json
from curate.storage.database import bulk


class _OfASite(Protocol):
    @property
    def site(self) -> str: ...


T = TypeVar("T", bound=_OfASite)


class SiteNotes(Generic[T]):
    """One account's notes of one kind about sites, in the archive's own transactions."""

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Connection]],
        table: Table,
        kind: Callable[[], type[T]],
    ) -> None:
        self._transaction = transaction
        self._table = table
        self._kind = kind  # called when it is needed: some bring a library

    def of(self, sites: Collection[str]) -> dict[str, T]:
        """What is known of these sites; those that nothing is known of are left out."""
        kind, columns = self._kind(), (self._table.c.site, self._table.c.body)
        with self._transaction() as connection:
            rows = bulk.rows_of(connection, columns, self._table.c.site, sorted(sites))
            return {row.site: from_json(kind, row.body) for row in rows}

    def keep(self, notes: Sequence[T]) -> None:
        """Put these in place of what was known of their sites."""
        if not notes:
            return
        rows = [{"site": note.site, "body": to_json(note).decode()} for note in notes]
        with self._transaction() as connection:
            bulk.put(connection, self._table, rows)
