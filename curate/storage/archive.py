"""The questions that the night asks of its archive. Every answer is whole: one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Connection, Engine, and_, bindparam, func, or_, select, update

from curate.domain.model import Entry, EntryKey, IssuePlace, Page, Rules
from curate.sources.parameters import Parameters
from curate.storage import documents as documented
from curate.storage import labels, source_health, vectors
from curate.storage.audience import Figures
from curate.storage.choices import Choices
from curate.storage.classifiers import Sorters
from curate.storage.database import rows
from curate.storage.database.engine import connect, translate_errors
from curate.storage.database.lock import hold
from curate.storage.database.rows import body_digest, entry, iso
from curate.storage.database.source_names import entry_key, order_entries
from curate.storage.database.tables import ISSUES, LAYOUTS, PARAMETERS, PUBLISHED, SET_ASIDE
from curate.storage.database.upgrade import upgrade
from curate.storage.database.web_tables import ENTRIES
from curate.storage.desk import DeskStore
from curate.storage.documents import DocumentState, Seen
from curate.storage.drafts import Drafts
from curate.storage.issues import Issues
from curate.storage.judgements import Judgements
from curate.storage.published import IssueMemory
from curate.storage.site_notes import SiteNotes
from curate.storage.source_health import Health
from curate.storage.vectors import Vectors

if TYPE_CHECKING:
    from curate.extraction.site_layout import Layout

# Said so, SQLite looks the few up by their keys, and does not walk through all that is as new.
_IS_PUBLISHED = ENTRIES.c.key.in_(select(PUBLISHED.c.key))


def layout_type() -> type[Layout]:
    """Loaded when it is needed: its room is that of page extraction."""
    from curate.extraction.site_layout import Layout

    return Layout


class Archive(Figures, IssueMemory, Judgements):
    """One account's memory. Use as a context manager; opening creates or upgrades the database."""

    def __init__(self, address: str, folder: Path, fingerprint: Callable[[Entry], str]) -> None:
        self._engine = connect(address, folder)
        self._fingerprint = fingerprint
        self.layouts = SiteNotes(self._transaction, LAYOUTS, layout_type)  # frames of articles
        self.parameters = SiteNotes(
            self._transaction, PARAMETERS, lambda: Parameters
        )  # what addresses can do without
        self.vectors = Vectors(self._transaction)  # what an encoder made of texts
        self.sorters = Sorters(self._transaction)  # what a classifier of topics learnt
        self.issues = Issues(self._transaction)  # what was published, read again
        self.desk = DeskStore(self._transaction)  # what the editor decided about issues
        self.choices = Choices(self._transaction)  # what follows of it for later nights
        self.drafts = Drafts(
            self._transaction
        )  # what is in the draft box, and which pictures the platform has
        self.upgrade = upgrade(self._engine)  # what became of an older database; None where it was of today

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """The database, for the rest of this room."""
        return self._engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translate_errors(), self._engine.begin() as connection:
            yield connection

    def hold(self) -> AbstractContextManager[None]:
        """Hold the archive for one command that writes; ArchiveError at once where another one does."""
        return hold(self._engine)

    def documents(self, now: datetime) -> dict[tuple[str, str], DocumentState]:
        """(source, address) of each document read before `now` -> its validators."""
        with self._transaction() as connection:
            return documented.read_states(connection, now)

    def sites(self) -> dict[str, str]:
        """Source -> its own site, where a document of it names one."""
        with self._transaction() as connection:
            return documented.sites(connection)

    def health(self) -> dict[tuple[str, str], Health]:
        """(source, address) -> how that document has been doing."""
        with self._transaction() as connection:
            return source_health.every(connection)

    def note(self, states: Sequence[Health]) -> None:
        """Keep how documents are doing."""
        with self._transaction() as connection:
            source_health.put(connection, states)

    def weekly(self, until: datetime, weeks: int) -> dict[str, float]:
        """Source -> new entries a week, of the last weeks."""
        with self._transaction() as connection:
            return source_health.weekly(connection, until, weeks)

    def first_seen(self) -> dict[str, datetime]:
        """Source -> when its first entry was seen."""
        with self._transaction() as connection:
            return source_health.first_seen(connection)

    def contents(self, since: datetime, until: datetime) -> Iterator[tuple[str, str]]:
        """Source and text of each entry that was seen in that time, one at a time."""
        with self._transaction() as connection:
            yield from source_health.contents(connection, since, until)

    def days(self, until: datetime) -> dict[str, list[date]]:
        """Source -> the days on which it had something, in order."""
        with self._transaction() as connection:
            return source_health.days(connection, until)

    def rules(self, since: datetime, now: datetime) -> dict[str, Rules]:
        """Origin -> its robots.txt, of those asked after `since` and not after `now`."""
        with self._transaction() as connection:
            return source_health.rules(connection, since, now)

    def keep_rules(self, found: Mapping[str, Rules]) -> None:
        """Keep what robots.txt of some origins said."""
        if found:
            with self._transaction() as connection:
                source_health.put_rules(connection, found)

    def add(self, source: str, asked: str, page: Page, entries: Sequence[Entry], now: datetime) -> int:
        """Keep what is new of one document; returns how many were new."""
        return self.keep([Seen(source, asked, page, body_digest(page.body), entries)], now)[0]

    def keep(self, documents: Sequence[Seen], now: datetime) -> list[int]:
        """Keep what is new of some documents, with their validators, in one transaction; how many of each.

        The validators go with the entries: a crash can never leave a 304 for entries that were not kept.
        """
        with self._transaction() as connection:
            return documented.keep(connection, documents, self._fingerprint, now)

    def complete(self, entry: Entry) -> None:
        """Replace what is stored of an entry whose title was only found on its page."""
        row = rows.row(entry, "", self._fingerprint(entry), iso(entry.published))
        kept = {name: row[name] for name in ("fingerprint", "title", "published", "dated", "body")}
        with self._transaction() as connection:
            is_it = ENTRIES.c.key == entry_key(connection, *entry.key)
            connection.execute(update(ENTRIES).where(is_it).values(kept))

    def candidates(self, since: datetime, sources: Sequence[str], now: datetime) -> list[Entry]:
        """Entries of these sources published after `since`, seen by `now` and not yet in an issue, oldest first; without
        those that the editor dropped or parked."""
        free = and_(PUBLISHED.c.key.is_(None), SET_ASIDE.c.key.is_(None), ENTRIES.c.seen <= iso(now))
        return self._entries(and_(ENTRIES.c.published >= iso(since), free), sources)

    def list_parked(self, but: Collection[str], now: datetime) -> list[Entry]:
        """What the editor parked and no issue tells, seen by `now`, oldest first, of whatever source: of pasted pages and of
        sources that went too, but not of these."""
        free = and_(SET_ASIDE.c.parked.is_(True), PUBLISHED.c.key.is_(None), ENTRIES.c.seen <= iso(now))
        return [entry for entry in self._entries(free, None) if entry.source not in but]

    def first_read(self, sources: Collection[str]) -> frozenset[EntryKey]:
        """The undated entries that came when their source was read for the first time."""
        asked: BindParameter[str] = bindparam("asked")
        before = ENTRIES.alias()
        first = select(func.min(before.c.seen)).where(before.c.source == asked).scalar_subquery()
        query = select(ENTRIES.c.source, ENTRIES.c.id).where(
            ENTRIES.c.source == asked, ENTRIES.c.seen == first, ENTRIES.c.dated.is_(False)
        )
        with (
            self._transaction() as connection
        ):  # one by one: an index has the first of each, and walks through none
            found = (row for name in sources for row in connection.execute(query, {"asked": name}))
            return frozenset(EntryKey(source, name) for source, name in found)

    def list_told(self, since: datetime) -> list[Entry]:
        """Entries published after `since` that were in an issue, of sources that went and of pasted pages too."""
        return self._entries(and_(_IS_PUBLISHED, ENTRIES.c.published >= iso(since)), None)

    def places(self, since: datetime) -> dict[EntryKey, IssuePlace]:
        """Where each entry published after `since` stood: issue and item."""
        query = (
            select(ENTRIES.c.source, ENTRIES.c.id, PUBLISHED.c.number, PUBLISHED.c.item, ISSUES.c.made)
            .join(PUBLISHED, PUBLISHED.c.key == ENTRIES.c.key)
            .join(ISSUES, ISSUES.c.number == PUBLISHED.c.number)
            .where(_IS_PUBLISHED, ENTRIES.c.published >= iso(since))
        )
        with self._transaction() as connection:
            return {
                EntryKey(source, name): IssuePlace(number, item, datetime.fromisoformat(made))
                for source, name, number, item, made in connection.execute(query)
            }

    def at(self, url: str) -> list[EntryKey]:
        """The entries at an address; as printed it may lack parameters that do not change the page."""
        places = or_(ENTRIES.c.url == url, ENTRIES.c.url.startswith(f"{url}?", autoescape=True))
        query = select(ENTRIES.c.source, ENTRIES.c.id).where(places).order_by(ENTRIES.c.key)
        with self._transaction() as connection:
            return [EntryKey(source, name) for source, name in connection.execute(query)]

    def _entries(self, condition: Any, sources: Sequence[str] | None) -> list[Entry]:
        """`sources`: None for all of them."""
        query = (
            select(ENTRIES)
            .outerjoin(PUBLISHED, PUBLISHED.c.key == ENTRIES.c.key)
            .outerjoin(SET_ASIDE, SET_ASIDE.c.key == ENTRIES.c.key)
            .where(condition, ENTRIES.c.body != "")
        )
        wanted = None if sources is None else set(sources)
        with self._transaction() as connection:
            rows = order_entries(connection, query, ENTRIES, newest=False)
            return [entry(row._mapping) for row in rows if wanted is None or row.source in wanted]

    def headlines(self, limit: int) -> list[tuple[str, str]]:
        """Source and title of the newest entries, published or not: what is common, and what a source repeats."""
        query = select(ENTRIES.c.source, ENTRIES.c.title, ENTRIES.c.id, ENTRIES.c.published).limit(limit)
        with self._transaction() as connection:
            rows = order_entries(connection, query, ENTRIES, newest=True)
            return [(row.source, row.title) for row in rows]

    def newest(self, limit: int, *, unlabeled: bool = False) -> list[Entry]:
        """The newest entries that were not pruned, published or not."""
        with self._transaction() as connection:
            return labels.newest(connection, limit, unlabeled)

    def entry_of(self, key: EntryKey) -> Entry | None:
        """The entry of this key; None where it is not there, or was pruned."""
        with self._transaction() as connection:
            return labels.entry_of(connection, key)

    def code_of(self, key: EntryKey) -> str:
        """What an entry is known by here, whole: `find` takes it, or its beginning."""
        with self._transaction() as connection:
            return entry_key(connection, *key)

    def find(self, name: str) -> list[Entry]:
        """Entries by their address, or by their key or its beginning; the newest first."""
        with self._transaction() as connection:
            return labels.find_entries(connection, name)

    def news(self, since: datetime, sources: Sequence[str], now: datetime) -> int:
        """How many candidates were seen after the last issue was made; 0 means that there is nothing new.

        What was made or seen later than `now`, by a clock that was ahead, is as if it had not been.
        """
        made = select(func.coalesce(func.max(ISSUES.c.made), "")).where(ISSUES.c.made <= iso(now))
        last = made.scalar_subquery()
        query = (
            select(
                ENTRIES.c.source
            )  # not grouped: SQLite would walk through all entries in the order of their sources
            .outerjoin(PUBLISHED, PUBLISHED.c.key == ENTRIES.c.key)
            .outerjoin(SET_ASIDE, SET_ASIDE.c.key == ENTRIES.c.key)
            .where(PUBLISHED.c.key.is_(None), SET_ASIDE.c.key.is_(None), ENTRIES.c.published >= iso(since))
            .where(ENTRIES.c.seen > last, ENTRIES.c.seen <= iso(now))
        )
        wanted = set(sources)
        with self._transaction() as connection:
            return sum(source in wanted for source in connection.scalars(query))

    def prune(self, before: datetime) -> int:
        """Empty the bodies of entries seen before; their keys stay, so that none ever comes back as new."""
        query = update(ENTRIES).where(ENTRIES.c.seen < iso(before), ENTRIES.c.body != "").values(body="")
        with self._transaction() as connection:
            emptied = connection.execute(query).rowcount
            vectors.prune(connection, before)
        if self._engine.dialect.name == "sqlite":
            with translate_errors(), self._engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
        return emptied
