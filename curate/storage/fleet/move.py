"""An archive that was alone enters a fleet's web, and an account leaves it again with all that it had.

What was read goes into the web (rows that the web has already stay as they are), and the keys of what is the account's are
made anew. The web comes first and is the same when repeated, the account's half follows in one transaction: a crash
repeats work and loses none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from curate.sources.identity import fingerprint_of
from curate.storage.database import bulk
from curate.storage.database.engine import translate_errors
from curate.storage.database.rows import hash_key, iso, text_digest
from curate.storage.database.tables import (
    ACCOUNT,
    ADVERT_MARKS,
    APART,
    LABELS,
    PUBLISHED,
    SET_ASIDE,
    SHARED_SOURCES,
    TOGETHER,
)
from curate.storage.database.web_tables import DOCUMENTS, ENTRIES, WEB
from curate.storage.fleet.member import EVERYONE, Member

_BATCH = 500  # rows in memory
_KEYED: Mapping[Table, tuple[str, ...]] = {  # what names entries by their keys
    PUBLISHED: ("key",),
    SET_ASIDE: ("key",),
    LABELS: ("key",),
    ADVERT_MARKS: ("key",),
    APART: ("first", "second"),
    TOGETHER: ("first", "second"),
}
_KNOWN_AGAIN = (PUBLISHED, SET_ASIDE)  # what keeps an entry from coming again

Rename = Callable[[str], str]
Put = Callable[[Connection, Table, Sequence[dict[str, Any]]], None]


def has_entered(engine: Engine) -> bool:
    """Whether an account's half is that of a fleet."""
    query = select(SHARED_SOURCES.c.web).where(SHARED_SOURCES.c.name == EVERYONE)
    with translate_errors(), engine.connect() as connection:
        return connection.execute(query).first() is not None


def enter_web(alone: Engine, half: Engine, web: Engine, member: Member, now: datetime) -> None:
    """Take an archive that was `alone` over into the account's `half`, which may be the same database, and the web."""
    _copy_read(alone, web, member.to_web, bulk.add)
    with translate_errors(), alone.connect() as connection:
        names = {name for table in (ENTRIES, DOCUMENTS) for name in _sources(connection, table)}
        keys = _find_keys(connection, connection, member.to_web)
    rows = [_name_row(name, member.to_web(name), now) for name in {*names, *member.sources, EVERYONE}]
    _move_own(alone, half, keys)
    with translate_errors(), half.begin() as connection:
        if half is alone:
            _rewrite_keys(connection, keys)
            _clear_read(connection)
        bulk.put(connection, SHARED_SOURCES, rows)


def leave_web(half: Engine, web: Engine, alone: Engine) -> None:
    """Give an account its own archive again: what it read of the web, under its own names, and its own half."""
    with translate_errors(), half.connect() as connection:
        own = {row.web: row.name for row in connection.execute(select(SHARED_SOURCES))}
        with web.connect() as shared:
            keys = _find_keys(connection, shared, own.__getitem__)
    _copy_read(web, alone, own.__getitem__, bulk.put, list(own))
    _move_own(half, alone, keys)
    with translate_errors(), half.begin() as connection:
        if half is alone:
            _rewrite_keys(connection, keys)
        connection.execute(SHARED_SOURCES.delete())


def rename_sources(half: Engine, web: Engine, member: Member, now: datetime) -> dict[str, str]:
    """Note what the web calls the account's sources today; the names that are known, by the account's own ids.

    A source whose address or options changed is another one there. What was told of the older one is not told again where
    the newer has it under the same id, as with an account alone.
    """
    with translate_errors(), half.begin() as connection:
        query = select(SHARED_SOURCES).order_by(SHARED_SOURCES.c.since, SHARED_SOURCES.c.web)
        known = {row.name: row.web for row in connection.execute(query)}
        changed = {name: name_ for name, name_ in member.sources.items() if known.get(name) != name_}
        if changed:
            rows = [_name_row(name, name_, now) for name, name_ in changed.items()]
            bulk.put(connection, SHARED_SOURCES, rows)
            older = {known[name]: new for name, new in changed.items() if name in known}
            if older:
                with web.connect() as shared:
                    _carry_over(connection, shared, older)
    return known | changed


def _carry_over(connection: Connection, shared: Connection, newer: Mapping[str, str]) -> None:
    """Have what is kept of entries of older sources hold for the same ids of the newer ones."""
    for table in _KEYED:
        if table in _KNOWN_AGAIN:
            keys = _find_keys(connection, shared, newer.__getitem__, list(newer), (table,))
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
            bulk.add(
                connection, table, [row | {"key": keys[row["key"]]} for row in rows if row["key"] in keys]
            )
    others = tuple(table for table in _KEYED if table not in _KNOWN_AGAIN)
    _rewrite_keys(connection, _find_keys(connection, shared, newer.__getitem__, list(newer), others), others)


def _find_keys(
    own: Connection,
    read: Connection,
    rename: Rename,
    sources: Sequence[str] | None = None,
    tables: Sequence[Table] = tuple(_KEYED),
) -> dict[str, str]:
    """Key -> new key, of the entries that the account's tables name; `sources`: of these alone."""
    held = {
        value for table in tables for name in _KEYED[table] for value in own.scalars(select(table.c[name]))
    }
    columns = (ENTRIES.c.key, ENTRIES.c.source, ENTRIES.c.id)
    found = bulk.rows_of(read, columns, ENTRIES.c.key, sorted(held))
    return {
        row.key: hash_key(rename(row.source), row.id)
        for row in found
        if sources is None or row.source in sources
    }


def _rewrite_keys(
    connection: Connection, keys: Mapping[str, str], tables: Sequence[Table] = tuple(_KEYED)
) -> None:
    for table in tables:
        rows = [dict(row._mapping) for row in connection.execute(select(table))]
        connection.execute(table.delete())
        bulk.put(connection, table, [_rekey(row, table, keys) for row in rows])


def _rekey(row: dict[str, Any], table: Table, keys: Mapping[str, str]) -> dict[str, Any]:
    names = _KEYED[table]
    return row | dict(zip(names, sorted(keys.get(row[name], row[name]) for name in names), strict=True))


def _move_own(before: Engine, after: Engine, keys: Mapping[str, str]) -> None:
    """Copy the account's half into another database, in place of what is there; nothing where it is the same one."""
    if before is after:
        return
    with translate_errors(), before.connect() as source, after.begin() as target:
        for table in ACCOUNT:
            if table is SHARED_SOURCES:
                continue
            target.execute(table.delete())
            for rows in _batches(source, select(table)):
                keyed = [_rekey(row, table, keys) if table in _KEYED else row for row in rows]
                bulk.put(target, table, keyed)


def _copy_read(
    before: Engine, after: Engine, rename: Rename, put: Put, sources: Sequence[str] | None = None
) -> None:
    """Copy what was read under other names; `sources`: of these alone."""
    with translate_errors(), before.connect() as source:
        for table in WEB:
            query = select(table)
            if sources is not None and "source" in table.c:
                query = query.where(table.c.source.in_(sources))
            for rows in _batches(source, query):
                if "source" in table.c:
                    rows = [_rename_row(row, table, rename) for row in rows]
                with after.begin() as target:
                    put(target, table, rows)


def _rename_row(row: dict[str, Any], table: Table, rename: Rename) -> dict[str, Any]:
    name = rename(row["source"])
    row = row | {"source": name, "key": hash_key(name, row["id" if table is ENTRIES else "url"])}
    if table is ENTRIES:
        row["fingerprint"] = text_digest(fingerprint_of(name, row["title"], row["url"]))
    return row


def _batches(connection: Connection, query: Any) -> Iterator[list[dict[str, Any]]]:
    found = connection.execute(query, execution_options={"yield_per": _BATCH})
    for part in found.partitions(_BATCH):
        yield [dict(row._mapping) for row in part]


def _clear_read(connection: Connection) -> None:
    for table in WEB:
        connection.execute(table.delete())


def _sources(connection: Connection, table: Table) -> Sequence[str]:
    return connection.scalars(select(table.c.source).distinct()).all()


def _name_row(name: str, web: str, now: datetime) -> dict[str, Any]:
    return {"name": name, "web": web, "since": iso(now)}
