"""The shared web as one account sees it: its own sources alone, under its own names.

Temporary views of each connection stand before the account's own tables of the same names, in SQLite as in PostgreSQL, so
that no query can see another account's sources, and none has to be written twice.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Table, event

from curate.storage.database.source_names import OPTION, SourceNames
from curate.storage.database.web_tables import DOCUMENTS, ENTRIES, HEALTH, ROBOTS, VECTORS
from curate.storage.fleet.place import FleetPlace

_OF_SOURCES = (ENTRIES, DOCUMENTS, HEALTH)
_OF_ALL = (ROBOTS, VECTORS)  # what hosts say of themselves, and what texts mean


def attach_web(engine: Engine, place: FleetPlace, names: SourceNames) -> None:
    """Have an account's connections see the shared web: in a file (SQLite), or in a schema of the same database."""

    def begin(raw: Any, _record: object) -> None:
        cursor = raw.cursor()
        if place.is_file:
            cursor.execute(f"ATTACH DATABASE ? AS {place.web_schema}", (str(place.web_file),))
        for statement in _statements(place.web_schema):
            cursor.execute(statement)
        cursor.close()
        raw.commit()

    engine.dispose()  # connections that were made before see none of it
    event.listen(engine, "connect", begin)
    engine.update_execution_options(**{OPTION: names})


def _statements(web: str) -> list[str]:
    own = [
        f"CREATE TEMPORARY VIEW {table.name} AS SELECT {_columns(table)} FROM {web}.{table.name} AS w"
        " JOIN shared_sources AS s ON s.web = w.source"
        # Said twice, so that SQLite looks entries up by their few sources and does not walk through all of a time.
        " WHERE w.source IN (SELECT web FROM shared_sources)"
        for table in _OF_SOURCES
    ]
    whole = [f"CREATE TEMPORARY VIEW {table.name} AS SELECT * FROM {web}.{table.name}" for table in _OF_ALL]
    return [*own, *whole]


def _columns(table: Table) -> str:
    return ", ".join("s.name AS source" if c.name == "source" else f"w.{c.name}" for c in table.columns)
