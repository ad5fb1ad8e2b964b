"""Many rows at once: what the night does by the thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, select

_CHUNK = 500  # values in one IN (…); SQLite takes 32,766, some databases fewer


def insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of all the table's columns.

    Where the driver takes values by place, as SQLite's does, they are handed to it as they are: a third of Core's
    time. Drivers that take them by name (psycopg, psycopg2) have their own way to send many, which Core knows.
    """
    if not rows:
        return
    statement, order = _statement(table, connection.dialect)
    if order:
        pick = itemgetter(*order)
        connection.exec_driver_sql(statement, [pick(row) for row in rows])
    else:
        connection.execute(table.insert(), list(rows))


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in the place of those with their keys."""
    delete(connection, table.c.key, [row["key"] for row in rows])
    insert(connection, table, rows)


def delete(connection: Connection, column: Column[str], values: Sequence[str]) -> None:
    """Delete the rows whose column has one of the values."""
    for start in range(0, len(values), _CHUNK):
        connection.execute(column.table.delete().where(column.in_(values[start : start + _CHUNK])))


def rows_of(
    connection: Connection, columns: Sequence[Column[Any]], column: Column[str], values: Sequence[str]
) -> Iterator[Any]:
    """These columns of the rows whose `column` has one of the values."""
    for start in range(0, len(values), _CHUNK):
        yield from connection.execute(
            select(*columns).where(column.in_(values[start : start + _CHUNK]))
        ).all()


def present(connection: Connection, column: Column[str], values: Sequence[str]) -> set[str]:
    """Which of the values the column has."""
    return {value for (value,) in rows_of(connection, (column,), column, values)}


@lru_cache
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The INSERT as this database's driver takes it, and the order of its values; () where they go by name."""
    compiled = table.insert().compile(dialect=dialect, column_keys=[column.name for column in table.columns])
    return str(compiled), tuple(compiled.positiontup or ())
