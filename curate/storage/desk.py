"""What the editor decided about issues: the log of each, what the night had offered, and what was set aside.

The log is appended to and never changed. An append is one transaction with all that follows from it: the issue as it is
now, the entries that it tells, and those that it dropped or parked. So whatever is killed when, the archive has the issue
of its log; only the folder can be behind, and `behind` says which.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from curate.desk.events import Event, Logged, Merge, Standing, Take, read_event, write_event
from curate.desk.offers import Offer, Offers
from curate.desk.visits import DeskVisit
from curate.domain.errors import ArchiveError, StaleError
from curate.domain.model import Digest, Entry
from curate.domain.serialization import from_json, to_json
from curate.storage.database import bulk
from curate.storage.database.rows import entry, iso
from curate.storage.database.source_names import entry_key, order_entries
from curate.storage.database.tables import (
    EDITED_ISSUES,
    ISSUE_EVENTS,
    ISSUE_OFFERS,
    ISSUE_VISITS,
    ISSUES,
    PUBLISHED,
    SET_ASIDE,
)
from curate.storage.database.web_tables import ENTRIES

_MOST = 1_000  # entries of a list that is looked at


@dataclass(frozen=True, slots=True)
class Edited:
    """An issue with all that it is made of."""

    machine: Digest  # as the night made it
    log: tuple[Logged, ...]
    issue: Digest  # as it is now
    folder: str
    rendered: int  # the revision that the folder shows

    @property
    def revision(self) -> int:
        """The revision of the last event; 0 where the editor has not begun."""
        return len(self.log)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(each.event for each in self.log)


class DeskStore:
    """The editor's decisions in an archive. `transaction` is the archive's own."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def read(self, number: int) -> Edited | None:
        """An issue with its log; None where there is no such issue."""
        stored = select(ISSUES.c.digest, ISSUES.c.folder).where(ISSUES.c.number == number)
        begun = select(EDITED_ISSUES).where(EDITED_ISSUES.c.number == number)
        log = select(ISSUE_EVENTS).where(ISSUE_EVENTS.c.number == number).order_by(ISSUE_EVENTS.c.revision)
        with self._transaction() as connection:
            row, edited = connection.execute(stored).first(), connection.execute(begun).first()
            if row is None:
                return None
            events = tuple(
                Logged(
                    each.revision,
                    read_event(each.kind, each.body),
                    datetime.fromisoformat(each.at),
                    each.origin,
                )
                for each in connection.execute(log)
            )
        issue = from_json(Digest, row.digest)
        machine = from_json(Digest, edited.machine) if edited else issue
        return Edited(machine, events, issue, row.folder, edited.rendered if edited else 0)

    def stamp(self, number: int) -> tuple[int, int]:
        """An issue's revision and the one that its folder shows: all that changes while it is put right."""
        query = select(EDITED_ISSUES.c.revision, EDITED_ISSUES.c.rendered)
        with self._transaction() as connection:
            found = connection.execute(query.where(EDITED_ISSUES.c.number == number)).first()
        return (found.revision, found.rendered) if found else (0, 0)

    def newest(self) -> int:
        """The number of the open issue, which is the last one; 0 where there is none."""
        with self._transaction() as connection:
            return connection.execute(select(func.max(ISSUES.c.number))).scalar() or 0

    def append(
        self,
        number: int,
        seen: int,
        events: Sequence[Event],
        issue: Digest,
        standing: Standing,
        now: datetime,
        origin: str,
    ) -> int:
        """Append events that were decided on revision `seen`, with the issue that follows from them; the new revision.

        The same events on the same revision again change nothing. StaleError where other events came meanwhile.
        """
        rows = [
            {"number": number, "revision": n, "kind": kind, "body": body, "at": iso(now), "origin": origin}
            for n, (kind, body) in enumerate(map(write_event, events), seen + 1)
        ]
        with self._transaction() as connection:
            revision = self._begin(connection, number)
            if revision != seen:
                if revision < seen or not _is_there(connection, rows):
                    raise StaleError(revision)
                return revision
            if rows:
                connection.execute(ISSUE_EVENTS.insert(), rows)
            _put(connection, number, issue, seen + len(rows))
            _tell(connection, number, standing)
            _set_aside(connection, number, standing)
        return seen + len(rows)

    def mark_rendered(self, number: int, revision: int, issue: Digest) -> None:
        """Note that the folder shows this revision; `issue` has the covers that were made for it."""
        with self._transaction() as connection:
            is_same = and_(EDITED_ISSUES.c.number == number, EDITED_ISSUES.c.revision == revision)
            if connection.execute(EDITED_ISSUES.update().where(is_same).values(rendered=revision)).rowcount:
                body = to_json(issue).decode()
                connection.execute(ISSUES.update().where(ISSUES.c.number == number).values(digest=body))

    def note_visit(self, number: int, visit: DeskVisit) -> None:
        """Note that an issue was opened, copied or approved; the same again changes nothing."""
        row = {**asdict(visit), "number": number, "at": visit.at.isoformat()}
        is_there = and_(*(ISSUE_VISITS.c[name] == row[name] for name in ("number", "at", "kind")))
        with self._transaction() as connection:
            if connection.execute(select(ISSUE_VISITS.c.number).where(is_there)).first() is None:
                connection.execute(ISSUE_VISITS.insert().values(row))

    def visits(self, number: int) -> tuple[DeskVisit, ...]:
        """When an issue was opened, copied and approved, the oldest first."""
        query = select(ISSUE_VISITS).where(ISSUE_VISITS.c.number == number).order_by(ISSUE_VISITS.c.at)
        with self._transaction() as connection:
            rows = connection.execute(query).all()
        return tuple(
            DeskVisit(each.kind, datetime.fromisoformat(each.at), each.revision, each.name, each.words)
            for each in rows
        )

    def behind(self) -> list[int]:
        """The issues whose folders show less than their logs say."""
        query = select(EDITED_ISSUES.c.number).where(EDITED_ISSUES.c.rendered < EDITED_ISSUES.c.revision)
        with self._transaction() as connection:
            return list(connection.scalars(query.order_by(EDITED_ISSUES.c.number)).all())

    def keep_offers(self, number: int, offers: Sequence[Offer]) -> None:
        """Keep what a night had to offer, in place of what was kept for the issue before."""
        body = zlib.compress(to_json(Offers(tuple(offers))))
        with self._transaction() as connection:
            connection.execute(ISSUE_OFFERS.delete().where(ISSUE_OFFERS.c.number == number))
            connection.execute(ISSUE_OFFERS.insert().values(number=number, body=body))

    def offers(self, number: int) -> tuple[Offer, ...]:
        """What the night of an issue had to offer, in its order; () where that was not kept."""
        query = select(ISSUE_OFFERS.c.body).where(ISSUE_OFFERS.c.number == number)
        with self._transaction() as connection:
            body = connection.execute(query).scalar()
        return from_json(Offers, zlib.decompress(body)).offers if body else ()

    def shelf(self) -> list[Entry]:
        """The entries that were parked and that no issue tells, the newest first."""
        return self._free(SET_ASIDE.c.parked.is_(True))

    def name_parked(self, entries: Iterable[Entry]) -> dict[str, str]:
        """Source -> its name, as the issues out of which these entries were parked call it."""
        if not (wanted := list(entries)):
            return {}
        query = select(SET_ASIDE.c.number).where(SET_ASIDE.c.parked.is_(True)).distinct()
        with self._transaction() as connection:
            keys = [entry_key(connection, *each.key) for each in wanted]
            numbers = connection.scalars(query.where(SET_ASIDE.c.key.in_(keys)).order_by("number")).all()
        issues = [edited for number in numbers if (edited := self.read(number))]
        told = [item for each in issues for section in each.machine.sections for item in section.items]
        told += [event.item for each in issues for event in each.events if isinstance(event, Take | Merge)]
        return {item.source_id: item.source for item in told}

    def arrivals(self, made: datetime, sources: Sequence[str]) -> list[Entry]:
        """The entries of these sources that came after an issue was made, that no issue tells and nobody dropped, the
        newest first."""
        wanted = set(sources)
        found = self._free(and_(ENTRIES.c.seen > iso(made), SET_ASIDE.c.key.is_(None)))
        return [each for each in found if each.source in wanted]

    def _free(self, condition: ColumnElement[bool]) -> list[Entry]:
        query = (
            select(ENTRIES)
            .outerjoin(SET_ASIDE, SET_ASIDE.c.key == ENTRIES.c.key)
            .outerjoin(PUBLISHED, PUBLISHED.c.key == ENTRIES.c.key)
            .where(condition, PUBLISHED.c.key.is_(None), ENTRIES.c.body != "")
            .limit(_MOST)
        )
        with self._transaction() as connection:
            return [entry(row._mapping) for row in order_entries(connection, query, ENTRIES, newest=True)]

    def _begin(self, connection: Connection, number: int) -> int:
        """The issue's revision; its machine's digest is put by before the first event. ArchiveError without the issue."""
        query = select(EDITED_ISSUES.c.revision).where(EDITED_ISSUES.c.number == number).with_for_update()
        revision = connection.execute(query).scalar()
        if revision is not None:
            return int(revision)
        machine = connection.execute(select(ISSUES.c.digest).where(ISSUES.c.number == number)).scalar()
        if machine is None:
            raise ArchiveError(f"issue {number} is not in the archive")
        connection.execute(
            EDITED_ISSUES.insert().values(number=number, machine=machine, revision=0, rendered=0)
        )
        return 0


def _is_there(connection: Connection, rows: Sequence[dict[str, object]]) -> bool:
    """Whether the log has these very events at these very revisions: somebody asks for the same thing again."""
    wanted = {(row["revision"], row["kind"], row["body"], row["origin"]) for row in rows}
    of_issue = ISSUE_EVENTS.c.number == rows[0]["number"] if rows else ISSUE_EVENTS.c.number < 0
    query = select(ISSUE_EVENTS.c.revision, ISSUE_EVENTS.c.kind, ISSUE_EVENTS.c.body, ISSUE_EVENTS.c.origin)
    return wanted <= {tuple(row) for row in connection.execute(query.where(of_issue))}


def _put(connection: Connection, number: int, issue: Digest, revision: int) -> None:
    body = to_json(issue).decode()
    connection.execute(ISSUES.update().where(ISSUES.c.number == number).values(digest=body))
    edited = EDITED_ISSUES.update().where(EDITED_ISSUES.c.number == number)
    connection.execute(edited.values(revision=revision))


def _tell(connection: Connection, number: int, standing: Standing) -> None:
    """Have the issue tell these entries and no others; what another issue tells stays there."""
    connection.execute(PUBLISHED.delete().where(PUBLISHED.c.number == number))
    rows = {
        name: {
            "key": name,
            "number": number,
            "item": item.number,
            "score": sum(reason.points for reason in item.why),
        }
        for name, item in ((entry_key(connection, *told), item) for told, item in standing.told.items())
    }
    elsewhere = bulk.present(connection, PUBLISHED.c.key, list(rows))
    bulk.insert(connection, PUBLISHED, [row for name, row in rows.items() if name not in elsewhere])


def _set_aside(connection: Connection, number: int, standing: Standing) -> None:
    connection.execute(SET_ASIDE.delete().where(SET_ASIDE.c.number == number))
    said = (*((each, False) for each in standing.dropped), *((each, True) for each in standing.parked))
    states = {entry_key(connection, *each): parked for each, parked in said}
    bulk.put(
        connection,
        SET_ASIDE,
        [{"key": name, "number": number, "parked": parked} for name, parked in states.items()],
    )
