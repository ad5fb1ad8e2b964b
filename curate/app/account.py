"""An account: its settings read, its archive opened, its output folder held by one command at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from curate.app.fleet.home import find_home, fleet_text
from curate.app.fleet.member import open_member
from curate.app.qrcode import with_qrcode
from curate.app.secrets import every_secret, hide
from curate.app.upkeep.notices import notice
from curate.config.cross_checks import no_folders, open_secrets, read_twice
from curate.config.load import NAME, KnownNames, Settings, parse, parse_settings, read_text
from curate.config.redaction import redactor
from curate.config.schema import Config
from curate.i18n.catalogue import say
from curate.sources import addresses, readers
from curate.sources.identity import fingerprint
from curate.sources.subscriptions import subscription_key
from curate.storage import Archive
from curate.storage.account import templates
from curate.storage.output import Output, folder_of


def read_settings(folder: Path, environ: Mapping[str, str], *, bare: bool = False) -> Settings:
    """The account's feeds.yaml; its secrets are hidden from then on. `bare`: it may be without sources yet.

    Raises ConfigError with all its mistakes.
    """
    text = read_text(folder / NAME)
    hide(redactor(text + fleet_text(folder), environ))
    settings = parse_settings(text, NAME, environ, _name_known(folder)._replace(bare=bare))
    hide(redactor(text + fleet_text(folder), environ, every_secret(settings.config, environ)))
    return replace(settings, config=with_qrcode(settings.config, folder))


def load_config(folder: Path, environ: Mapping[str, str], *, bare: bool = False) -> Config:
    """The settings alone."""
    return read_settings(folder, environ, bare=bare).config


def list_doubts(settings: Settings, folder: Path, *, bare: bool = False) -> tuple[str, ...]:
    """What is doubtful in the account's feeds.yaml, a printable line each. `bare`: a folder that is not there as well,
    of which a night tells itself."""
    config = settings.config
    doubts = [
        *read_twice(config, lambda source: map(subscription_key, addresses(source, config.network))),
        *open_secrets(config, settings.text),
        *(no_folders(config, lambda name: (folder / name).is_dir()) if bare else ()),
    ]
    return settings.tell_doubts(doubts)


def check_config(text: str, folder: Path, environ: Mapping[str, str], *, bare: bool = False) -> Config:
    """The same for a text that is about to be written into the folder."""
    return parse(text, NAME, environ, _name_known(folder)._replace(bare=bare))


def open_archive(config: Config, folder: Path, web: Archive | None = None) -> Archive:
    """The account's memory; creates or upgrades the database. An upgrade is told (`notices`).

    That of an account in a fleet is over the fleet's shared web; `web`: where a fleet's night has opened that already.
    """
    if found := find_home(folder, os.environ):
        archive = open_member(*found, config, folder, web)
    else:
        archive = Archive(config.database, folder, fingerprint)
    if archive.upgrade:
        notice(say(archive.upgrade.tell(), config.account.language))
    return archive


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An account with all that a command works on: its settings, its folder, what it publishes, what it remembers."""

    config: Config
    folder: Path
    output: Output
    archive: Archive

    @property
    def templates(self) -> Mapping[str, str]:
        """Template name -> text, the account's own before the packaged ones; read anew each time."""
        return templates(self.folder)


@contextmanager
def hold_account(config: Config, folder: Path, web: Archive | None = None) -> Iterator[OpenAccount]:
    """Hold an account's output folder and its archive; OutputError or ArchiveError where another command does.

    `web`: as in `open_archive`.
    """
    output = Output(folder / "output")
    with output.hold(), open_archive(config, folder, web) as archive, archive.hold():
        yield OpenAccount(config, folder, output, archive)


class StrangeFolder(NamedTuple):
    """A folder under output/issues/ that is not where its issue belongs; it was left alone."""

    name: str
    own: str  # the folder that the archive has for the issue
    number: int
    is_copy: bool  # the issue's own folder is there as well


def recover(account: OpenAccount) -> list[StrangeFolder]:
    """After a crash: clear what is half-way, remember what was put in place but not remembered.

    The archive decides which issue has which number and folder: a folder that was copied or renamed is returned, and
    left alone. An issue whose number the archive does not have is remembered under its own folder's name.
    """
    output, archive = account.output, account.archive
    output.tidy()
    strange = []
    folders = archive.folders()
    numbers = {number: name for name, number in folders.items()}
    for digest, name in output.list_unremembered(folders):
        own = numbers.get(digest.number) or folder_of(digest)
        if digest.number not in numbers and own not in folders:
            archive.record(digest, own)
            numbers[digest.number], folders[own] = own, digest.number
        if name != own:
            strange.append(StrangeFolder(name, own, digest.number, output.has_issue(own)))
    return strange


class _Names(Collection[str]):
    """The names of a table that is loaded only if somebody asks: some bring heavy libraries with them."""

    def __init__(self, load: Callable[[], Iterable[str]]) -> None:
        self._load = load

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._load())

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _name_known(folder: Path) -> KnownNames:
    def channels() -> Iterable[str]:
        from curate.render import channels

        return channels()

    def signals() -> Iterable[str]:
        from curate.ranking.signals import signals

        return signals()

    def themes() -> Iterable[str]:
        from curate.render import themes

        return themes(templates(folder))

    return KnownNames(readers(), _Names(channels), _Names(signals), _Names(themes))
