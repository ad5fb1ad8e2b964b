"""What a source is called where entries are kept. An account alone calls it by its own id; in a fleet, where accounts share
what they read, the shared web has a name of its own for it, and every key is made of that one.

A connection carries the names of its account, so that no query has to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, Connection, Row, Select

from curate.storage.database.rows import hash_key

OPTION = "source_names"  # of an engine's connections


@dataclass(frozen=True, slots=True)
class SourceNames:
    """An account's own ids of its sources -> what the shared web calls them."""

    web: Mapping[str, str]

    def to_web(self, source: str) -> str:
        """The web's name; the id itself where it has none."""
        return self.web.get(source, source)


def entry_key(connection: Connection, source: str, entry_id: str) -> str:
    """The key of an entry by the account's own id of its source."""
    names: SourceNames | None = connection.get_execution_options().get(OPTION)
    return hash_key(names.to_web(source) if names else source, entry_id)


def order_entries(
    connection: Connection, query: Select[Any], table: Any, *, newest: bool
) -> Iterable[Row[Any]]:
    """Run a query over entries, ordered by time and key. `query` has their source, id and published; its LIMIT holds.

    Keys order what came at the same second, in a fleet as they would for the account alone: then the database orders by
    time, and what is left is ordered here.
    """
    published: Column[str] = table.c.published
    in_time = published.desc() if newest else published
    if OPTION not in connection.get_execution_options():
        return connection.execute(query.order_by(in_time, table.c.key))
    return _order_shared(connection, query, published, newest=newest)


def _order_shared(
    connection: Connection, query: Select[Any], published: Column[str], *, newest: bool
) -> list[Row[Any]]:
    limit: int | None = query._limit
    if limit is not None:
        query = query.limit(None)
        last = _find_last(connection, query, published, limit) if newest else ""
        query = query.where(published >= last)
    rows = {(row.source, row.id): row for row in connection.execute(query)}
    found = sorted(rows.values(), key=lambda row: hash_key(row.source, row.id))
    found.sort(key=_TIME, reverse=newest)  # stable, either way
    return found[:limit]


def _find_last(connection: Connection, query: Select[Any], published: Column[str], limit: int) -> str:
    """The time of the entry of that place, the newest first; "" where there are not so many.

    The times are looked up source by source within a span of days, and a longer one where that has too few: what the
    other accounts' sources have is never walked through.
    """
    times = query.with_only_columns(published)
    newest = connection.scalars(times.order_by(published.desc()).limit(1)).first()
    for days in _SPANS if newest else ():
        since = (datetime.fromisoformat(str(newest)) - timedelta(days=days)).isoformat(timespec="seconds")
        found = connection.scalars(times.where(published >= since)).all()
        if len(found) >= limit:
            return nlargest(limit, found)[-1]
    return ""


_SPANS = (4, 16, 64, 256)  # days
_TIME: Callable[[Row[Any]], str] = attrgetter("published")
