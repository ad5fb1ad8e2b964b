"""An account's archive in a fleet: what it says of the web is the shared web's, what it keeps of the web goes there.

All questions are those of an account alone: they see the shared web through views.py. This class does what no view can,
and puts the account's own ids of sources into the web's names on the way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from curate.domain.errors import ArchiveError
from curate.domain.message import message
from curate.domain.model import Entry, Rules
from curate.storage.archive import Archive
from curate.storage.database import bulk
from curate.storage.database.engine import is_there
from curate.storage.database.rows import iso
from curate.storage.database.source_names import OPTION, SourceNames
from curate.storage.database.tables import SHARED_SOURCES
from curate.storage.database.upgrade import copy_database, file_of
from curate.storage.documents import Seen
from curate.storage.fleet.completions import note_completion
from curate.storage.fleet.member import Member
from curate.storage.fleet.move import enter_web, has_entered, rename_sources
from curate.storage.fleet.place import FleetPlace
from curate.storage.fleet.views import attach_web
from curate.storage.source_health import Health


class FleetArchive(Archive):
    """An account's memory in a fleet. Opening it makes the account's half, or takes over an archive that was alone."""

    def __init__(
        self,
        member: Member,
        place: FleetPlace,
        web: Archive,
        fingerprint: Callable[[Entry], str],
        now: datetime,
        *,
        closes_web: bool = False,
    ) -> None:
        place.make_schema(place.schema_of(member.name))
        super().__init__(place.address_of_account(member.name, member.database), member.folder, fingerprint)
        self._web, self._member, self._now, self._closes_web = web, member, now, closes_web
        if not has_entered(self._engine):
            self._enter(place)
        self._names = SourceNames(rename_sources(self._engine, web.engine, member, now))
        attach_web(self._engine, place, self._names)
        self.vectors = web.vectors  # by their texts, whoever asks

    def __exit__(self, *exc: object) -> None:
        super().__exit__(*exc)
        if self._closes_web:
            self._web.__exit__(*exc)

    def keep(self, documents: Sequence[Seen], now: datetime) -> list[int]:
        """Keep what is new of some documents in the shared web."""
        self._learn_names({seen.source for seen in documents}, now)
        return self._web.keep([self._rename_seen(seen) for seen in documents], now)

    def note(self, states: Sequence[Health]) -> None:
        """Keep how documents are doing, for all accounts that read them."""
        self._learn_names({state.source for state in states}, self._now)
        self._web.note([replace(state, source=self._names.to_web(state.source)) for state in states])

    def rules(self, since: datetime, now: datetime) -> dict[str, Rules]:
        """Origin -> its robots.txt, whoever asked."""
        return self._web.rules(since, now)

    def keep_rules(self, found: Mapping[str, Rules]) -> None:
        """Keep what robots.txt of some origins said."""
        self._web.keep_rules(found)

    def complete(self, entry: Entry) -> None:
        """Note what a page says of an entry; the next reading of the web takes it over, so that all accounts of a night see
        the same."""
        note_completion(self._web.engine, self._rename(entry), self._fingerprint, self._member.name)

    def prune(self, before: datetime) -> int:
        """ArchiveError: texts are the web's, and go by the fleet's own prune."""
        raise ArchiveError(message=message("fleet.prune"), advice=message("fleet.prune.hint"))

    def _rename(self, entry: Entry) -> Entry:
        return replace(entry, source=self._names.to_web(entry.source))

    def _rename_seen(self, seen: Seen) -> Seen:
        entries = [self._rename(entry) for entry in seen.entries]
        return replace(seen, source=self._names.to_web(seen.source), entries=entries)

    def _learn_names(self, sources: Iterable[str], now: datetime) -> None:
        """Have names for sources that stand in no feeds.yaml, such as a page that the editor pasted."""
        new = {name: self._member.name_source(name) for name in sources if name not in self._names.web}
        if not new:
            return
        rows = [{"name": name, "web": web, "since": iso(now)} for name, web in new.items()]
        with self._transaction() as connection:
            bulk.put(connection, SHARED_SOURCES, rows)
        self._names = SourceNames({**self._names.web, **new})
        self._engine.update_execution_options(**{OPTION: self._names})

    def _enter(self, place: FleetPlace) -> None:
        """Take over what the account had while it was alone; a copy of it is kept."""
        member = self._member
        half, web, file = self._engine, self._web.engine, file_of(self._engine)
        if place.is_file:
            if file is not None and self.newest(1):
                copy_database(half, file.with_name(f"{file.name}.alone.bak"))
            enter_web(half, half, web, member, self._now)
        elif is_there(member.database, member.folder):  # that archive stays where it is, as its copy
            with Archive(member.database, member.folder, self._fingerprint) as alone:
                enter_web(alone.engine, half, web, member, self._now)
        else:
            enter_web(half, half, web, member, self._now)
