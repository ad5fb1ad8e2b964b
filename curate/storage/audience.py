"""What readers did with what was published: posts and counts, each known by what it counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from curate.audience.model import HOUR_UNKNOWN, Figure, Post, Record
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from curate.storage.database.rows import iso
from curate.storage.database.tables import FIGURES, ISSUES, POSTS, PULLS, REQUESTS

_CHUNK = 500  # values in one IN (…)


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping figures changed."""

    new: int
    changed: int
    same: int


class Figures:
    """The part of the archive that knows what readers did; `Archive` is one."""

    def _transaction(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def keep_figures(
        self,
        posts: Mapping[str, Post],
        figures: Sequence[Figure],
        now: datetime,
        pulled: Iterable[tuple[str, date]] = (),
    ) -> Kept:
        """Keep posts and figures in one transaction, and that these days of these interfaces were `pulled`.

        The same again changes nothing. A total only grows, so the larger stays, in whichever order files come;
        a day's count is what the latest says.
        """
        wanted = {_figure_key(figure): figure for figure in figures}
        with self._transaction() as connection:
            _keep_posts(connection, posts)
            old = _values(connection, FIGURES, wanted)
            fresh = [_row(key, figure, now) for key, figure in wanted.items() if key not in old]
            other = [
                _row(key, figure, now)
                for key, figure in wanted.items()
                if key in old
                and (figure.value > old[key] if figure.span == "total" else figure.value != old[key])
            ]
            for row in other:
                connection.execute(FIGURES.delete().where(FIGURES.c.key == row["key"]))
            if fresh or other:
                connection.execute(FIGURES.insert(), fresh + other)
            _mark(connection, pulled, now)
        return Kept(len(fresh), len(other), len(wanted) - len(fresh) - len(other))

    def readership(self) -> Record:
        """All that is known of what readers did; empty, at the cost of one look, where nothing was ever noted."""
        with self._transaction() as connection:
            if not connection.execute(select(func.count()).select_from(FIGURES)).scalar():
                return Record()
            posts = {
                row.key: Post(row.title, date.fromisoformat(row.published), row.hour, row.msgid)
                for row in connection.execute(select(POSTS).order_by(POSTS.c.published, POSTS.c.key))
            }
            rows = connection.execute(select(FIGURES).order_by(FIGURES.c.day, FIGURES.c.key))
            figures = tuple(
                Figure(date.fromisoformat(r.day), r.post, r.channel, r.measure, r.value, r.span) for r in rows
            )
        return Record(posts, figures)

    def keep_requests(self, days: Mapping[date, Mapping[str, int]]) -> None:
        """Keep how often readers asked for what on some days, in place of what was known of these days, unless more was.

        The same again changes nothing, so that a day may be kept before it is over.
        """
        with self._transaction() as connection:
            for day, counts in days.items():
                where = REQUESTS.c.day == day.isoformat()
                known = connection.execute(select(func.sum(REQUESTS.c.count)).where(where)).scalar() or 0
                if sum(counts.values()) <= known:
                    continue
                rows = [
                    {"day": day.isoformat(), "asked": asked[:80], "count": n} for asked, n in counts.items()
                ]
                connection.execute(REQUESTS.delete().where(where))
                connection.execute(REQUESTS.insert(), rows)

    def requests(self, since: date) -> dict[date, dict[str, int]]:
        """Day -> what readers asked for -> how often, from a day on."""
        query = select(REQUESTS).where(REQUESTS.c.day >= since.isoformat()).order_by(REQUESTS.c.day)
        days: dict[date, dict[str, int]] = {}
        with self._transaction() as connection:
            for row in connection.execute(query):
                days.setdefault(date.fromisoformat(row.day), {})[row.asked] = row[2]
        return days

    def list_issued(self, since: date) -> list[Digest]:
        """The issues from a day on, oldest first."""
        query = select(ISSUES.c.digest).where(ISSUES.c.date >= since.isoformat()).order_by(ISSUES.c.number)
        with self._transaction() as connection:
            return [from_json(Digest, text) for (text,) in connection.execute(query)]

    def read_pulls(self) -> dict[tuple[str, date], datetime]:
        """(interface, day) -> when it was last pulled."""
        with self._transaction() as connection:
            rows = connection.execute(select(PULLS)).all()
        return {(r.interface, date.fromisoformat(r.day)): datetime.fromisoformat(r.noted) for r in rows}


def _keep_posts(connection: Connection, posts: Mapping[str, Post]) -> None:
    """New posts are added; what an old one did not know (its hour, its msgid) is filled in, never taken away."""
    old = {
        row.key: row
        for keys in _chunks(list(posts))
        for row in connection.execute(select(POSTS).where(POSTS.c.key.in_(keys)))
    }
    for key, post in posts.items():
        row = {
            "key": key,
            "title": post.title,
            "published": post.published.isoformat(),
            "hour": post.hour,
            "msgid": post.msgid,
        }
        if known := old.get(key):
            hour = known.hour if post.hour == HOUR_UNKNOWN else post.hour
            row |= {"hour": hour, "msgid": post.msgid or known.msgid}
            if (row["hour"], row["msgid"]) == (known.hour, known.msgid):
                continue
            connection.execute(POSTS.delete().where(POSTS.c.key == key))
        connection.execute(POSTS.insert().values(row))


def _mark(connection: Connection, pulled: Iterable[tuple[str, date]], now: datetime) -> None:
    for interface, day in pulled:
        where = (PULLS.c.interface == interface, PULLS.c.day == day.isoformat())
        connection.execute(PULLS.delete().where(*where))
        connection.execute(PULLS.insert().values(interface=interface, day=day.isoformat(), noted=iso(now)))


def _values(connection: Connection, table: Table, wanted: Iterable[str]) -> dict[str, float]:
    return {
        key: value
        for keys in _chunks(list(wanted))
        for key, value in connection.execute(select(table.c.key, table.c.value).where(table.c.key.in_(keys)))
    }


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _row(key: str, figure: Figure, now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "day": figure.day.isoformat(),
        "post": figure.post,
        "channel": figure.channel,
        "measure": figure.measure,
        "span": figure.span,
        "value": figure.value,
        "noted": iso(now),
    }


def _figure_key(figure: Figure) -> str:
    text = "\0".join((figure.day.isoformat(), figure.post, figure.channel, figure.measure, figure.span))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
