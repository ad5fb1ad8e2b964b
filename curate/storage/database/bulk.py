"""Many rows at once: what the night does by the thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal, TypeAlias

from sqlalchemy import Column, Connection, Dialect, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite

Known: TypeAlias = Literal["refuse", "keep", "replace"]  # what is done about a row whose key is there

_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_CHUNK = 500  # values in one IN (…); SQLite takes 32,766, some databases fewer


def insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of all the table's columns."""
    _send(connection, table, rows, "refuse")


def add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert those rows whose keys are not there: another machine may have brought them since this one looked."""
    _send(connection, table, rows, "keep")


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in the place of those with their keys; of two with one key the last."""
    names = [column.name for column in table.primary_key]
    _send(connection, table, list({tuple(row[n] for n in names): row for row in rows}.values()), "replace")


def _send(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], known: Known) -> None:
    """Where the driver takes values by place, as SQLite's does, they are handed to it as they are: a third of Core's
    time. Drivers that take them by name (psycopg, psycopg2) have their own way to send many, which Core knows.
    """
    if not rows:
        return
    if connection.dialect.name not in _DIALECTS:  # for these alone Core has a word for what is there already
        _clear(connection, table, rows, known)
        connection.execute(table.insert(), list(rows))
        return
    statement, order = _statement(table, connection.dialect, known)
    if order:
        pick = itemgetter(*order)
        connection.exec_driver_sql(statement, [pick(row) for row in rows])
    else:  # in one order, so that two machines never wait for each other in a circle
        names = [column.name for column in table.primary_key]
        in_order = sorted(rows, key=lambda row: tuple(row[name] for name in names))
        connection.execute(_insert(table, connection.dialect.name, known), in_order)


def _clear(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], known: Known) -> None:
    for row in rows if known != "refuse" else ():
        is_it = and_(*(column == row[column.name] for column in table.primary_key))
        connection.execute(table.delete().where(is_it))


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


def _insert(table: Table, system: str, known: Known) -> Any:
    statement = _DIALECTS[system](table)
    if known == "refuse":
        return statement
    keys = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.columns}
    if known == "keep":
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: value for name, value in rest.items() if name not in keys}
    )


@lru_cache
def _statement(table: Table, dialect: Dialect, known: Known) -> tuple[str, tuple[str, ...]]:
    """The INSERT as this database's driver takes it, and the order of its values; () where they go by name."""
    names = [column.name for column in table.columns]
    compiled = _insert(table, dialect.name, known).compile(dialect=dialect, column_keys=names)
    return str(compiled), tuple(compiled.positiontup or ())
