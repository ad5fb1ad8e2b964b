"""What became of the accounts' nights, kept in the web: which is done, what each cost, what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select

from curate.domain.serialization import from_json, to_json
from curate.storage.archive import Archive
from curate.storage.database import bulk
from curate.storage.database.engine import translate_errors
from curate.storage.database.rows import iso
from curate.storage.database.web_tables import FLEET_NIGHTS

RUNNING = -1


@dataclass(frozen=True, slots=True)
class SourceTrouble:
    """A source that could not be read that night, by the account's own id."""

    source: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class NightTroubles:
    """Why a night came to nothing ("" where it did not), and its sources that could not be read."""

    reason: str = ""
    sources: tuple[SourceTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountNight:
    """A night of an account. `due`: the time of its schedule that it was for; `ended` is None where it runs, or was killed.

    `cpu` and `wall` in seconds; `status` as of `curate run`, RUNNING before the end.
    """

    account: str
    due: datetime
    started: datetime
    ended: datetime | None = None
    status: int = RUNNING
    issue: str = ""  # its folder
    cpu: float = 0.0
    wall: float = 0.0
    troubles: NightTroubles = field(default_factory=NightTroubles)


class FleetNights:
    """The nights in a fleet's web."""

    def __init__(self, web: Archive) -> None:
        self._engine = web.engine

    def keep(self, night: AccountNight) -> None:
        """Keep a night in the place of what was kept of it."""
        row = {
            "account": night.account,
            "due": iso(night.due),
            "started": iso(night.started),
            "ended": iso(night.ended) if night.ended else "",
            "status": night.status,
            "issue": night.issue,
            "cpu": night.cpu,
            "wall": night.wall,
            "body": to_json(night.troubles).decode(),
        }
        with translate_errors(), self._engine.begin() as connection:
            bulk.put(connection, FLEET_NIGHTS, [row])

    def find(self, account: str, due: datetime) -> AccountNight | None:
        """The night of an account for a time of its schedule."""
        is_it = and_(FLEET_NIGHTS.c.account == account, FLEET_NIGHTS.c.due == iso(due))
        with translate_errors(), self._engine.begin() as connection:
            row = connection.execute(select(FLEET_NIGHTS).where(is_it)).first()
        return _night(row) if row else None

    def newest(self) -> dict[str, AccountNight]:
        """The last night of each account."""
        table = FLEET_NIGHTS.alias()
        last = (
            select(func.max(table.c.due)).where(table.c.account == FLEET_NIGHTS.c.account).scalar_subquery()
        )
        query = select(FLEET_NIGHTS).where(FLEET_NIGHTS.c.due == last).order_by(FLEET_NIGHTS.c.account)
        with translate_errors(), self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return {row.account: _night(row) for row in rows}

    def forget(self, before: datetime) -> None:
        """Forget the nights that were due before."""
        with translate_errors(), self._engine.begin() as connection:
            connection.execute(FLEET_NIGHTS.delete().where(FLEET_NIGHTS.c.due < iso(before)))


def _night(row: Row[Any]) -> AccountNight:
    return AccountNight(
        row.account,
        datetime.fromisoformat(row.due),
        datetime.fromisoformat(row.started),
        datetime.fromisoformat(row.ended) if row.ended else None,
        row.status,
        row.issue,
        row.cpu,
        row.wall,
        from_json(NightTroubles, row.body),
    )
