"""Opening an account's doors. Loaded only by the commands that need them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from curate import __version__
from curate.app.qrcode import with_qrcode
from curate.cli.terminal.console import complain
from curate.cli.terminal.streams import hide, redact, without_keys
from curate.config.cross_checks import no_folders, open_secrets, read_twice
from curate.config.load import NAME, Known, parse, read_text, warnings
from curate.config.redaction import redactor
from curate.config.schema import Config
from curate.domain.model import Failure, Page, Rules
from curate.fetch import Answer, Request, Resolver, fetch
from curate.fetch.folder import read_folder
from curate.pipeline.ports import Doors
from curate.sources import addresses, readers
from curate.sources.identity import fingerprint
from curate.sources.subscriptions import subscription_key
from curate.storage import Archive
from curate.storage.account import templates
from curate.storage.output import Output

if TYPE_CHECKING:  # loaded with the client
    from curate.fetch.rate_limit import Pace

ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
SHARE = 0.8  # of what is left of the night's time, for one round of fetching: the next ones need some too


def load_config(
    folder: Path, environ: Mapping[str, str], *, bare: bool = False, quiet: bool = False
) -> Config:
    """The account's feeds.yaml, what is doubtful in it told; ConfigError with all its mistakes. `bare`: it may be
    without sources yet, and a folder that is not there, of which a night tells itself, is told. `quiet`: doubts were told before."""
    text = read_text(folder / NAME)
    hide(redactor(text, environ))
    config = parse(text, NAME, environ, _known(folder)._replace(bare=bare))
    doubts = [
        *read_twice(config, lambda source: map(subscription_key, addresses(source, config.network))),
        *open_secrets(config, text),
        *(no_folders(config, lambda name: (folder / name).is_dir()) if bare else ()),
    ]
    if not quiet:
        complain(*warnings(text, NAME, doubts))
    return with_qrcode(config, folder)


def check_config(text: str, folder: Path, environ: Mapping[str, str]) -> Config:
    """The same for a text that is about to be written into the folder."""
    return parse(text, NAME, environ, _known(folder))


def open_archive(config: Config, folder: Path) -> Archive:
    """The account's memory; creates or upgrades the database."""
    return Archive(config.database, folder, fingerprint)


def open_doors(
    config: Config,
    folder: Path,
    archive: Archive,
    output: Output,
    now: datetime,
    texts: Mapping[str, str] | None = None,
) -> Doors:
    """What a night is handed, bound to one account. `texts`: templates, where not the account's."""
    return Doors(
        fetch=Fetcher(config, now, archive),
        folder=lambda name: read_folder(folder / name, now),
        archive=archive,
        templates=templates(folder) if texts is None else texts,
        edition=lambda day: output.free_edition(day, archive.next_edition(day)),
        map=map,
    )


class Fetcher:
    """The network door with an account's settings bound, what is known of robots.txt, and the night's one deadline."""

    def __init__(
        self,
        config: Config,
        now: datetime,
        archive: Archive | None = None,
        resolve: Resolver | None = None,
    ) -> None:
        self._network = config.network
        self._archive = archive
        self._robots = archive.rules(now - ROBOTS_KEPT, now) if archive else {}
        self._paces: dict[str, Pace] = {}
        self._end = monotonic() + config.network.deadline
        self._fetch = partial(
            fetch,
            network=config.network,
            now=now,
            user_agent=user_agent(config.network.contact),
            language=config.account.language,
            resolve=resolve,
        )

    def __call__(self, requests: Iterable[Request]) -> Iterator[Answer]:
        learnt = ChainMap[str, Rules]({}, self._robots)
        left = max(self._end - monotonic(), 0.0)
        try:
            found = self._fetch(
                requests, deadline=left * SHARE, usable=left, robots=learnt, paces=self._paces
            )
            yield from map(_without_secrets, found)
        finally:
            self._robots |= learnt.maps[0]
            if self._archive is not None:
                self._archive.keep_rules(learnt.maps[0])


def _without_secrets(answer: Answer) -> Answer:
    """A failure's words are kept in the archive and in reports, when the secret may long be another; a document's
    links are published."""
    result = answer.result
    if isinstance(result, Failure):
        return replace(answer, result=replace(result, reason=redact(result.reason), hint=redact(result.hint)))
    if isinstance(result, Page) and (body := without_keys(result.body)) is not result.body:
        return replace(answer, result=replace(result, body=body))
    return answer


def fetcher(config: Config, now: datetime) -> Fetcher:
    """For a single look at something, which leaves the archive alone."""
    return Fetcher(config, now)


def user_agent(contact: str) -> str:
    """Who asks: program, version, and how to reach the person who runs it."""
    return f"curate/{__version__}" + (f" (+{contact})" if contact else "")


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


def _known(folder: Path) -> Known:
    def channels() -> Iterable[str]:
        from curate.render import channels

        return channels()

    def signals() -> Iterable[str]:
        from curate.ranking.signals import signals

        return signals()

    def themes() -> Iterable[str]:
        from curate.render import themes

        return themes(templates(folder))

    return Known(_Names(readers), _Names(channels), _Names(signals), _Names(themes))
