"""How long a web keeps texts. Their entries stay, so that nothing ever comes back as new.

By small steps and no partitions: a step holds its rows for some milliseconds whatever the web has, nights go on beside
it, and the primary key of an entry is its own, which PostgreSQL's partitions by time would forbid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Engine, select, update

from curate.storage.database.engine import translate_errors
from curate.storage.database.rows import iso
from curate.storage.database.web_tables import ENTRIES, VECTORS

STEP = 500  # entries that are emptied in one transaction


def empty_bodies(web: Engine, before: datetime) -> Iterator[int]:
    """Empty the bodies of entries published before and the vectors made before, step by step; how many entries in each."""
    last, end = "", iso(before)
    while True:
        window = (
            select(ENTRIES.c.key, ENTRIES.c.published)
            .where(ENTRIES.c.published >= last, ENTRIES.c.published < end, ENTRIES.c.body != "")
            .order_by(ENTRIES.c.published)
            .limit(STEP)
        )
        with translate_errors(), web.begin() as connection:
            rows = connection.execute(window).all()
            keys = [row.key for row in rows]
            if keys:
                connection.execute(update(ENTRIES).where(ENTRIES.c.key.in_(keys)).values(body=""))
        if not rows:
            break
        last = rows[-1].published
        yield len(rows)
    while _drop_vectors(web, end):
        pass


def _drop_vectors(web: Engine, end: str) -> int:
    old = select(VECTORS.c.key).where(VECTORS.c.made < end).limit(STEP)
    with translate_errors(), web.begin() as connection:
        return connection.execute(VECTORS.delete().where(VECTORS.c.key.in_(old))).rowcount
