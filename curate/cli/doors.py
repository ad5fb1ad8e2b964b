"""Opening an account's doors. Loaded only by the commands that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from curate import __version__
from curate.account import templates
from curate.archive import Archive
from curate.config import NAME, Known, load, parse
from curate.curation.signals import signals
from curate.doors import Doors
from curate.fetch import Answer, Request, fetch
from curate.fetch.folder import read_folder
from curate.output import Output
from curate.render import channels, themes
from curate.settings import Config
from curate.sources import readers
from curate.sources.identity import fingerprint


def load_config(folder: Path, environ: Mapping[str, str], *, bare: bool = False) -> Config:
    """The account's feeds.yaml; ConfigError with all its mistakes. `bare`: it may be without sources yet."""
    return load(folder / NAME, environ, _known(folder)._replace(bare=bare))


def check_config(text: str, folder: Path, environ: Mapping[str, str]) -> Config:
    """The same for a text that is about to be written into the folder."""
    return parse(text, NAME, environ, _known(folder))


def open_archive(config: Config, folder: Path) -> Archive:
    """The account's memory; creates or upgrades the database."""
    return Archive(config.database, folder, fingerprint)


def open_doors(config: Config, folder: Path, archive: Archive, output: Output, now: datetime) -> Doors:
    """What a night is handed, bound to one account."""
    return Doors(
        fetch=fetcher(config, now),
        folder=lambda name: read_folder(folder / name, now),
        archive=archive,
        templates=templates(folder),
        edition=output.edition,
        map=map,
    )


def fetcher(config: Config, now: datetime) -> Callable[[Iterable[Request]], Iterator[Answer]]:
    """The network door with an account's settings bound."""
    return partial(
        fetch,
        network=config.network,
        now=now,
        user_agent=user_agent(config.network.contact),
        language=config.account.language,
    )


def user_agent(contact: str) -> str:
    """Who asks: program, version, and how to reach the person who runs it."""
    return f"curate/{__version__}" + (f" (+{contact})" if contact else "")


def _known(folder: Path) -> Known:
    return Known(tuple(readers()), tuple(channels()), tuple(signals()), themes(templates(folder)))
