"""An account of a fleet, and its archive. What is secret in its settings is known to the redactor that is in force."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from curate.app.fleet.home import FleetHome
from curate.app.fleet.web_identity import WebIdentity, identify_sources, private_name
from curate.app.secrets import redact
from curate.config.schema import Config
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.fleet import FleetArchive
from curate.storage.fleet.completions import take_completions
from curate.storage.fleet.member import Member


def identify(config: Config, name: str) -> dict[str, WebIdentity]:
    """What the shared web calls the account's sources, by their ids."""
    return identify_sources(config, name, lambda text: redact(text) != text)


def make_member(config: Config, name: str, folder: Path) -> Member:
    """The account as its archive has to know it."""
    names = {source: identity.name for source, identity in identify(config, name).items()}
    return Member(name, folder, config.database, names, partial(private_name, name))


def open_member(home: FleetHome, name: str, config: Config, folder: Path, web: Archive | None) -> Archive:
    """The account's archive in the fleet. `web`: the shared one, where a fleet's night has opened it."""
    shared = web or home.open_web()
    if web is None:  # by itself: nobody else's night is waiting for the same entries
        take_completions(shared.engine)
    member, now = make_member(config, name, folder), datetime.now(UTC)
    return FleetArchive(member, home.place, shared, fingerprint, now, closes_web=web is None)
