"""How each document of each source has been doing, and what each host's robots.txt said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select

from curate.domain.message import Message
from curate.domain.model import Rules
from curate.domain.serialization import from_json, to_json
from curate.storage.database import bulk
from curate.storage.database.rows import body_digest, hash_key, iso
from curate.storage.database.web_tables import ENTRIES, HEALTH, ROBOTS

_TIMES = ("asked", "succeeded", "failing", "due", "empty")
_MESSAGES = ("message", "advice")
_AT_ONCE = 200  # bodies in memory
_WEEK = timedelta(days=7)
_TOO_SHORT = timedelta(days=1)  # to tell what a week brings


@dataclass(frozen=True, slots=True)
class Health:
    """One document of a source; all sources together where both names are "". Times are None where there was none."""

    source: str
    url: str  # as feeds.yaml or the source's reader gives it
    asked: datetime | None = None
    succeeded: datetime | None = None  # it was had and could be read, or had not changed
    failing: datetime | None = None  # since when every try has failed
    failures: int = 0  # in a row
    status: int = 0  # the last HTTP status; 0 where there was none
    seconds: float = 0.0  # of the last exchange
    due: datetime | None = None  # not to be asked before
    gone: bool = False  # not asked any more
    moved: str = ""  # where the site says that it is for good; asked there from then on
    unread: bool = False  # it came, but could not be read: its validators prove nothing
    reason: str = ""  # of the last failure
    hint: str = ""
    message: Message | None = None  # what `reason` says; None where it was kept in words alone
    advice: Message | None = None  # what `hint` says
    empty: datetime | None = None  # since when it has come without entries


def every(connection: Connection) -> dict[tuple[str, str], Health]:
    """(source, address) -> how it is."""
    found = {}
    for row in connection.execute(select(HEALTH)).mappings():
        values: dict[str, Any] = {name: row[name] for name in Health.__slots__}
        values |= {name: _time(row[name]) for name in _TIMES}
        values |= {name: from_json(Message, row[name]) if row[name] else None for name in _MESSAGES}
        found[row["source"], row["url"]] = Health(**values)
    return found


def put(connection: Connection, states: Iterable[Health]) -> None:
    """Keep these; earlier ones of the same documents are replaced."""
    rows = []
    for state in states:
        row = {name: getattr(state, name) for name in Health.__slots__}
        row |= {name: iso(row[name]) if row[name] else "" for name in _TIMES}
        row |= {name: to_json(row[name]).decode() if row[name] else "" for name in _MESSAGES}
        rows.append({"key": hash_key(state.source, state.url), **row})
    bulk.put(connection, HEALTH, rows)


def weekly(connection: Connection, until: datetime, weeks: int) -> dict[str, float]:
    """Source -> new entries a week, of the last weeks. What it brought when it was first read, often months of
    entries, is left out; so are sources that are known for less than a day."""
    since = until - weeks * _WEEK
    begun = first_seen(connection)
    query = (
        select(ENTRIES.c.source, ENTRIES.c.seen, func.count())
        .where(ENTRIES.c.seen > iso(since), ENTRIES.c.seen <= iso(until))
        .group_by(ENTRIES.c.source, ENTRIES.c.seen)
    )
    counts = dict.fromkeys(begun, 0)
    for source, seen, count in connection.execute(query):
        counts[source] += count if datetime.fromisoformat(seen) > begun[source] else 0
    spans = {source: until - max(since, time) for source, time in begun.items()}
    return {source: counts[source] * (_WEEK / span) for source, span in spans.items() if span >= _TOO_SHORT}


def first_seen(connection: Connection) -> dict[str, datetime]:
    """Source -> when its first entry was seen."""
    first = select(ENTRIES.c.source, func.min(ENTRIES.c.seen)).group_by(ENTRIES.c.source)
    return {source: datetime.fromisoformat(time) for source, time in connection.execute(first)}


def contents(connection: Connection, since: datetime, until: datetime) -> Iterator[tuple[str, str]]:
    """Source and text of each entry that was seen in that time and is not pruned, one at a time."""
    query = select(ENTRIES.c.source, ENTRIES.c.body).where(
        ENTRIES.c.seen > iso(since), ENTRIES.c.seen <= iso(until), ENTRIES.c.body != ""
    )
    for source, body in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield source, body.partition("\n")[2]


def days(connection: Connection, until: datetime) -> dict[str, list[date]]:
    """Source -> the days (UTC) of its entries, in order: of publication where that is known, else of the first sight."""
    time = case((ENTRIES.c.dated, ENTRIES.c.published), else_=ENTRIES.c.seen)
    day = func.substr(time, 1, len("2026-11-30")).label("day")
    query = select(ENTRIES.c.source, day).where(ENTRIES.c.seen <= iso(until)).distinct().order_by(day)
    found: dict[str, list[date]] = {}
    for source, written in connection.execute(query):
        found.setdefault(source, []).append(date.fromisoformat(written))
    return found


def rules(connection: Connection, since: datetime, now: datetime) -> dict[str, Rules]:
    """Origin -> its robots.txt, of those asked after `since` and not after `now`."""
    query = select(ROBOTS).where(ROBOTS.c.fetched > iso(since), ROBOTS.c.fetched <= iso(now))
    return {
        row.origin: Rules(row.status, bytes(row.body), datetime.fromisoformat(row.fetched))
        for row in connection.execute(query)
    }


def put_rules(connection: Connection, found: Mapping[str, Rules]) -> None:
    """Keep these; earlier ones of the same origins are replaced."""
    rows = [
        {
            "key": body_digest(origin.encode()),
            "origin": origin,
            "status": r.status,
            "body": r.body,
            "fetched": iso(r.fetched),
        }
        for origin, r in found.items()
    ]
    bulk.put(connection, ROBOTS, rows)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
