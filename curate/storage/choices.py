"""What the editor chose, in short: the decisions of each issue, made of its log and its offers once for each revision, and
what of it was taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select, union_all

from curate.domain.decisions import Decision, Forgotten
from curate.domain.serialization import from_json, to_json
from curate.storage.database.tables import (
    EDITED_ISSUES,
    FORGOTTEN,
    ISSUE_DECISIONS,
    ISSUE_EVENTS,
    ISSUE_VISITS,
)

NEWEST = 90  # issues that are looked at: tastes change, and a quarter of a year of nights is plenty


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of one issue."""

    decisions: tuple[Decision, ...]


class Choices:
    """The editor's choices in an archive. `transaction` is the archive's own."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def behind(self) -> list[int]:
        """Those of the newest issues whose decisions are of an older log, or were not made yet."""
        made = ISSUE_DECISIONS.c.revision
        newest = select(EDITED_ISSUES.c.number).order_by(EDITED_ISSUES.c.number.desc()).limit(NEWEST)
        query = (
            select(EDITED_ISSUES.c.number)
            .outerjoin(ISSUE_DECISIONS, ISSUE_DECISIONS.c.number == EDITED_ISSUES.c.number)
            .where(
                EDITED_ISSUES.c.number.in_(newest.scalar_subquery()),
                or_(made.is_(None), made != EDITED_ISSUES.c.revision),
            )
            .order_by(EDITED_ISSUES.c.number)
        )
        with self._transaction() as connection:
            return list(connection.scalars(query).all())

    def keep(self, number: int, revision: int, decisions: Sequence[Decision]) -> None:
        """Keep the decisions of an issue as they follow from a revision of its log."""
        body = to_json(Decisions(tuple(decisions))).decode()
        with self._transaction() as connection:
            connection.execute(ISSUE_DECISIONS.delete().where(ISSUE_DECISIONS.c.number == number))
            connection.execute(ISSUE_DECISIONS.insert().values(number=number, revision=revision, body=body))

    def newest(self) -> list[Decision]:
        """The decisions of the newest issues, in their order."""
        query = select(ISSUE_DECISIONS.c.body).order_by(ISSUE_DECISIONS.c.number.desc()).limit(NEWEST)
        with self._transaction() as connection:
            bodies = connection.scalars(query).all()
        return [each for body in reversed(bodies) for each in from_json(Decisions, body).decisions]

    def moments(self, origins: Collection[str]) -> dict[int, list[tuple[datetime, str]]]:
        """When each of the newest issues was opened, copied, and decided about there ("decide")."""
        decided = select(ISSUE_EVENTS.c.number, ISSUE_EVENTS.c.at, literal("decide")).where(
            ISSUE_EVENTS.c.origin.in_(sorted(origins))
        )
        visited = select(ISSUE_VISITS.c.number, ISSUE_VISITS.c.at, ISSUE_VISITS.c.kind).where(
            ISSUE_VISITS.c.kind != "approve"
        )
        newest = select(ISSUE_VISITS.c.number).distinct().order_by(ISSUE_VISITS.c.number.desc()).limit(NEWEST)
        found: dict[int, list[tuple[datetime, str]]] = {}
        with self._transaction() as connection:
            wanted = set(connection.scalars(newest))
            for number, at, kind in connection.execute(union_all(decided, visited)):
                if number in wanted:
                    found.setdefault(number, []).append((datetime.fromisoformat(at), kind))
        return found

    def last(self) -> int:
        """The newest issue of which decisions were made; 0 where there are none."""
        with self._transaction() as connection:
            return connection.execute(select(func.max(ISSUE_DECISIONS.c.number))).scalar() or 0

    def forget(self, what: Forgotten) -> None:
        """Have decisions about a level count for nothing up to an issue."""
        with self._transaction() as connection:
            connection.execute(FORGOTTEN.delete().where(_is(what)))
            connection.execute(FORGOTTEN.insert().values(what._asdict()))

    def remember(self, what: Forgotten) -> bool:
        """Have them count again; False where they do."""
        with self._transaction() as connection:
            return bool(connection.execute(FORGOTTEN.delete().where(_is(what))).rowcount)

    def list_forgotten(self) -> tuple[Forgotten, ...]:
        """What was taken back."""
        query = select(FORGOTTEN).order_by(FORGOTTEN.c.factor, FORGOTTEN.c.level)
        with self._transaction() as connection:
            return tuple(Forgotten(*row) for row in connection.execute(query))


def _is(what: Forgotten) -> ColumnElement[bool]:
    return and_(FORGOTTEN.c.factor == what.factor, FORGOTTEN.c.level == what.level)
