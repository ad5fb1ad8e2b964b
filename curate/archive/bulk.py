"""Many rows at once: what the night does by the thousand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, select

_CHUNK = 500  # values in one IN (…); SQLite takes 32,766, some databases fewer


def insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of all the table's columns, handed to the driver as they are: a third of Core's time."""
    if not rows:
        return
    statement, order = _statement(table, connection.dialect)
    pick = itemgetter(*order)
    connection.exec_driver_sql(statement, [pick(row) for row in rows] if order else list(rows))


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in the place of those with their keys."""
    keys = [row["key"] for row in rows]
    for start in range(0, len(keys), _CHUNK):
        connection.execute(table.delete().where(table.c.key.in_(keys[start : start + _CHUNK])))
    insert(connection, table, rows)


def present(connection: Connection, column: Column[str], values: Sequence[str]) -> set[str]:
    """Which of the values the column has."""
    found: set[str] = set()
    for start in range(0, len(values), _CHUNK):
        found.update(connection.scalars(select(column).where(column.in_(values[start : start + _CHUNK]))))
    return found


@lru_cache
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The INSERT as this database's driver takes it, and the order of its values; () where they go by name."""
    compiled = table.insert().compile(dialect=dialect, column_keys=[column.name for column in table.columns])
    return str(compiled), tuple(compiled.positiontup or ())
