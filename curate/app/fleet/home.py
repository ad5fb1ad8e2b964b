"""A fleet's folder: its fleet.yaml, and the accounts that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curate.config.fleet.load import FLEET, find_fleet, list_accounts, load_fleet
from curate.config.fleet.schema import Fleet
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.fleet import FleetPlace, open_web


@dataclass(frozen=True, slots=True)
class FleetHome:
    """A fleet and where it is."""

    folder: Path
    fleet: Fleet

    @property
    def place(self) -> FleetPlace:
        """Where its archives are."""
        return FleetPlace(self.fleet.database, self.folder, self.fleet.schemas)

    def accounts(self) -> dict[str, Path]:
        """Name -> folder of every account."""
        return list_accounts(self.fleet, self.folder)

    def open_web(self) -> Archive:
        """The shared web, to be closed by whoever opens it."""
        return open_web(self.place, fingerprint)


def read_home(folder: Path, environ: Mapping[str, str]) -> FleetHome:
    """The fleet of a folder; ConfigError where its fleet.yaml has mistakes, or is not there."""
    return FleetHome(folder.absolute(), load_fleet(folder, environ))


def find_home(account: Path, environ: Mapping[str, str]) -> tuple[FleetHome, str] | None:
    """The fleet that an account's folder belongs to, and its name there; None where it is alone."""
    above = find_fleet(account)
    if above is None:
        return None
    home, here = read_home(above, environ), account.resolve()
    return next(((home, name) for name, path in home.accounts().items() if path.resolve() == here), None)


def fleet_text(account: Path) -> str:
    """The text of the fleet.yaml above an account's folder; "" where there is none."""
    above = find_fleet(account)
    return (above / FLEET).read_text(encoding="utf-8", errors="replace") if above else ""
