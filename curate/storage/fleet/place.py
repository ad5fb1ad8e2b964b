"""Where a fleet's web and the accounts' halves are.

SQLite: the web is a file of its own, an account's half stays in the account's folder. PostgreSQL: one database, with a
schema for the web and one for each account.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from curate.domain.errors import ArchiveError
from curate.domain.model import Entry
from curate.storage.archive import Archive
from curate.storage.database.engine import translate_errors
from curate.storage.database.lock import lock_schemas
from curate.storage.database.web_tables import ENTRIES

_INDEX = "entries_of_source"
_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,20}")


@dataclass(frozen=True, slots=True)
class FleetPlace:
    """A fleet's database. `address` is fleet.yaml's, relative to `folder`; `prefix` begins the names of its schemas."""

    address: str
    folder: Path
    prefix: str = "curate"

    @property
    def url(self) -> URL:
        """The address, taken apart; ArchiveError where it is none."""
        try:
            return make_url(self.address)
        except ArgumentError as e:
            raise ArchiveError("fleet.yaml 的 database 写得不对（database: not an address）") from e

    @property
    def is_file(self) -> bool:
        """Whether each half is a file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def web_file(self) -> Path:
        """The web's file, where it is one."""
        return (self.folder / str(self.url.database)).resolve()

    @property
    def web_schema(self) -> str:
        """What the web is called within the database: a schema, or an attached file."""
        return "web" if self.is_file else f"{self.prefix}_web"

    def schema_of(self, account: str) -> str:
        """The schema of an account: its folder's name where that is a plain word, with a short digest of the whole."""
        last = account.rpartition("/")[2].lower()
        digest = hashlib.sha1(account.encode(), usedforsecurity=False).hexdigest()
        word = f"{last}_" if _PLAIN.fullmatch(last) else ""
        return f"{self.prefix}_account_{word}{digest[:10]}"

    def address_of_account(self, name: str, alone: str) -> str:
        """Where an account's half is: `alone` is where its own feeds.yaml has it."""
        return alone if self.is_file else self._address_in(self.schema_of(name))

    def address_of_web(self) -> str:
        """Where the web is."""
        return self.address if self.is_file else self._address_in(self.web_schema)

    def make_schema(self, name: str) -> None:
        """Have a schema ready, where the database has any."""
        if self.is_file:
            return
        engine = create_engine(self.url)
        try:
            with translate_errors(), engine.begin() as connection:
                lock_schemas(connection)
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {name}"))
        finally:
            engine.dispose()

    def _address_in(self, schema: str) -> str:
        before = self.url.query.get("options", "")
        options = f"{before} -csearch_path={schema}".strip()
        return self.url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def open_web(place: FleetPlace, fingerprint: Callable[[Entry], str]) -> Archive:
    """The shared web; made where there is none. An account of a few sources finds its newest entries by an index that an
    archive of one account does without."""
    place.make_schema(place.web_schema)
    web = Archive(place.address_of_web(), place.folder, fingerprint)
    with translate_errors(), web.engine.begin() as connection:
        if _INDEX not in {index["name"] for index in inspect(connection).get_indexes(ENTRIES.name)}:
            lock_schemas(connection)
            columns = f"{ENTRIES.name} (source, published)"
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS {_INDEX} ON {columns}"))
    return web
