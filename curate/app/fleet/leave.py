"""An account leaves its fleet: what it read and what is its own become an archive of its own again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curate.app.fleet.home import FleetHome
from curate.app.fleet.load import load_accounts
from curate.app.fleet.night import shared_web
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.fleet.move import has_entered, leave_web
from curate.storage.output import Output


def leave_fleet(home: FleetHome, name: str, environ: Mapping[str, str]) -> Path:
    """Give an account its own archive, where its feeds.yaml has it; its folder. NotFoundError where there is no such account,
    OutputError or ArchiveError where a command holds it."""
    account = next(iter(load_accounts(home, environ, [name]).accounts))
    web, alone = shared_web(home.folder), account.config.database
    address = home.place.address_of_account(account.name, alone)
    with (
        Output(account.folder / "output").hold(),
        Archive(address, account.folder, fingerprint) as half,
        half.hold(),
    ):
        if not has_entered(half.engine):
            return account.folder
        if home.place.is_file:
            leave_web(half.engine, web.engine, half.engine)
        else:
            with Archive(alone, account.folder, fingerprint) as target, target.hold():
                leave_web(half.engine, web.engine, target.engine)
    return account.folder
