"""A fleet's web and accounts in any database, for tests of their archives."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from curate.app.fleet.web_identity import private_name
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.fleet import FleetArchive, FleetPlace, open_web
from curate.storage.fleet.member import Member
from tests.nouns import NOW


@contextmanager
def fleet_place(database: str, folder: Path) -> Iterator[FleetPlace]:
    """A fleet's database of its own. `database` is what the fixture of that name gives."""
    if database.startswith("sqlite"):
        yield FleetPlace("sqlite:///web.db", folder)
        return
    place = FleetPlace(database.partition("options=")[0].rstrip("?&"), folder, f"t{uuid.uuid4().hex[:12]}")
    try:
        yield place
    finally:
        engine = create_engine(place.url)
        with engine.begin() as connection:
            for name in inspect(connection).get_schema_names():
                if name.startswith(place.prefix):
                    connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def member(name: str, place: FleetPlace, **sources: str) -> Member:
    """An account with these sources: its own id -> the web's name."""
    folder = place.folder / name
    folder.mkdir(exist_ok=True)
    return Member(name, folder, "sqlite:///archive.db", sources, lambda source: private_name(name, source))


@contextmanager
def archives(place: FleetPlace, accounts: Mapping[str, Mapping[str, str]]) -> Iterator[list[FleetArchive]]:
    """The archives of some accounts over one web."""
    with open_web(place, fingerprint) as web:
        opened = [open_account(place, web, name, sources) for name, sources in accounts.items()]
        try:
            yield opened
        finally:
            for each in opened:
                each.__exit__()


def open_account(place: FleetPlace, web: Archive, name: str, sources: Mapping[str, str]) -> FleetArchive:
    return FleetArchive(member(name, place, **sources), place, web, fingerprint, NOW)
