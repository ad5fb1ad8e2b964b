"""What is known of the frames in which sites set their articles: a row a site, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from curate.archive.tables import LAYOUTS
from curate.codec import from_json, to_json

if TYPE_CHECKING:
    from curate.text.layouts import Layout

_CHUNK = 500  # values in one IN (…)


class Layouts:
    """One account's layouts, in the archive's own transactions."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def of(self, sites: Collection[str]) -> dict[str, Layout]:
        """What is known of these sites; those that nothing is known of are left out."""
        from curate.text.layouts import Layout

        wanted = sorted(sites)
        found: dict[str, Layout] = {}
        with self._transaction() as connection:
            for start in range(0, len(wanted), _CHUNK):
                query = select(LAYOUTS).where(LAYOUTS.c.site.in_(wanted[start : start + _CHUNK]))
                found |= {row.site: from_json(Layout, row.body) for row in connection.execute(query)}
        return found

    def keep(self, layouts: Sequence[Layout]) -> None:
        """Put these in place of what was known of their sites."""
        if not layouts:
            return
        rows = [{"site": layout.site, "body": to_json(layout).decode()} for layout in layouts]
        with self._transaction() as connection:
            for row in rows:
                connection.execute(LAYOUTS.delete().where(LAYOUTS.c.site == row["site"]))
            connection.execute(LAYOUTS.insert(), rows)
