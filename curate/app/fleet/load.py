"""The accounts of a fleet, their settings read; one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from curate.app.account import read_settings
from curate.app.fleet.home import FleetHome
from curate.app.fleet.read_web import SharedSource, list_shared
from curate.app.secrets import hidden_now, own_secrets
from curate.config.redaction import Redactor
from curate.config.schema import Config
from curate.domain.errors import CurateError, NotFoundError
from curate.domain.message import message


@dataclass(frozen=True, slots=True)
class LoadedAccount:
    """An account whose settings are read. `redactor` hides what is secret in them; `shared` is what it brings to the web."""

    name: str
    folder: Path
    config: Config
    redactor: Redactor
    shared: tuple[SharedSource, ...]


@dataclass(frozen=True, slots=True)
class LoadedFleet:
    """The accounts that could be read, and why the others could not: name -> reason, as printable lines."""

    accounts: tuple[LoadedAccount, ...]
    failures: Mapping[str, str]


def load_accounts(home: FleetHome, environ: Mapping[str, str], names: Collection[str] = ()) -> LoadedFleet:
    """Read the settings of the accounts of these names or folders' names; of all where there are none.

    NotFoundError for a name that no account has.
    """
    every = home.accounts()
    chosen = {name: path for name, path in every.items() if not names or {name, path.name} & set(names)}
    unknown = sorted(set(names) - set(chosen) - {path.name for path in chosen.values()})
    if unknown or not chosen:
        asked = "、".join(unknown or home.fleet.accounts)
        raise NotFoundError(message=message("fleet.no account", name=asked))
    loaded, failures = [], {}
    for name, folder in chosen.items():
        try:
            loaded.append(_load(name, folder, environ))
        except CurateError as e:
            failures[name] = str(e)
    return LoadedFleet(tuple(loaded), failures)


def _load(name: str, folder: Path, environ: Mapping[str, str]) -> LoadedAccount:
    with own_secrets():
        config = read_settings(folder, environ).config
        return LoadedAccount(name, folder, config, hidden_now(), tuple(list_shared(config, name)))
