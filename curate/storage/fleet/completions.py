"""What pages say of entries, noted while accounts' nights run, and taken over by the next reading of the web.

So every account of one night sees the same entries, whichever night was there first, in one process or in many.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, select, update

from curate.domain.model import Entry
from curate.storage.database import bulk, rows
from curate.storage.database.engine import translate_errors
from curate.storage.database.rows import hash_key, iso
from curate.storage.database.web_tables import COMPLETIONS, ENTRIES

_KEPT = ("fingerprint", "title", "published", "dated", "body")


def note_completion(web: Engine, entry: Entry, fingerprint: Callable[[Entry], str], account: str) -> None:
    """Note an entry as its page has it; `entry` is under the web's name of its source."""
    row = rows.row(entry, hash_key(*entry.key), fingerprint(entry), iso(entry.published))
    noted = {"key": row["key"], "account": account, **{name: row[name] for name in _KEPT}}
    with translate_errors(), web.begin() as connection:
        bulk.put(connection, COMPLETIONS, [noted])


def take_completions(web: Engine) -> int:
    """Put what was noted into the entries; how many there were."""
    query = select(COMPLETIONS).order_by(COMPLETIONS.c.key, COMPLETIONS.c.account)
    with translate_errors(), web.begin() as connection:
        found = connection.execute(query).all()
        for row in found:
            kept = {name: row._mapping[name] for name in _KEPT}
            connection.execute(update(ENTRIES).where(ENTRIES.c.key == row.key).values(kept))
            connection.execute(COMPLETIONS.delete().where(COMPLETIONS.c.key == row.key))
    return len(found)
