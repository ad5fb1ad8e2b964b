"""What a night is handed, bound to one account: the network with its one deadline, folders, archive, templates."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING

from curate import __version__
from curate.app.account import OpenAccount
from curate.app.issue.links import links_of, name_run
from curate.app.secrets import hidden_now
from curate.config.redaction import Redactor
from curate.config.schema import Config
from curate.domain.message import change_texts
from curate.domain.model import Digest, Failure, Outcome, Page, Rules
from curate.fetch import Answer, Request, Resolver, fetch
from curate.fetch.folder import read_folder
from curate.pipeline.ports import Doors
from curate.storage import Archive
from curate.storage.desk import Edited

if TYPE_CHECKING:  # loaded with the client, and with the checks
    from curate.fetch.rate_limit import Pace
    from curate.render.check_section import CheckSection

ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
SHARE = 0.8  # of what is left of the night's time, for one round of fetching: the next ones need some too


def open_doors(
    account: OpenAccount,
    now: datetime,
    texts: Mapping[str, str] | None = None,
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
) -> Doors:
    """What a night is handed, bound to one account. `texts`: templates, where not the account's; `outcomes`: of what
    a fleet has read for it."""
    archive, output = account.archive, account.output
    return Doors(
        fetch=Fetcher(account.config, now, archive),
        folder=lambda name: read_folder(account.folder / name, now),
        archive=archive,
        templates=account.templates if texts is None else texts,
        edition=lambda day: output.free_edition(day, archive.next_edition(day)),
        check=lambda digest: _check_digest(account, digest),
        links=lambda digest: links_of(account, digest, name_run(now, os.getpid())),
        map=map,
        outcomes=outcomes,
    )


def _check_digest(account: OpenAccount, digest: Digest) -> CheckSection:
    """What the checks find in an issue that nobody has edited yet."""
    from curate.app.check.check_issue import check_section  # NumPy, for those alone who make an issue

    return check_section(account, Edited(digest, (), digest, "", 0))


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
            resolve=resolve,
            language=config.account.language,
        )

    def __call__(self, requests: Iterable[Request]) -> Iterator[Answer]:
        learnt = ChainMap[str, Rules]({}, self._robots)
        left = max(self._end - monotonic(), 0.0)
        try:
            found = self._fetch(
                requests, deadline=left * SHARE, usable=left, robots=learnt, paces=self._paces
            )
            yield from (without_secrets(answer, hidden_now()) for answer in found)
        finally:
            self._robots |= learnt.maps[0]
            if self._archive is not None:
                self._archive.keep_rules(learnt.maps[0])


def without_secrets(answer: Answer, redact: Redactor) -> Answer:
    """A failure's words are kept in the archive and in reports, when the secret may long be another; a document's
    links are published."""
    result = answer.result
    if isinstance(result, Failure):
        return replace(answer, result=_redact_failure(result, redact))
    if isinstance(result, Page) and (body := redact.document(result.body)) is not result.body:
        return replace(answer, result=replace(result, body=body))
    return answer


def _redact_failure(failure: Failure, redact: Redactor) -> Failure:
    told, advice = (one and change_texts(one, redact) for one in (failure.message, failure.advice))
    words = redact(failure.reason), redact(failure.hint)
    return replace(failure, reason=words[0], hint=words[1], message=told, advice=advice)


def fetcher(config: Config, now: datetime) -> Fetcher:
    """For a single look at something, which leaves the archive alone."""
    return Fetcher(config, now)


def user_agent(contact: str) -> str:
    """Who asks: program, version, and how to reach the person who runs it."""
    return f"curate/{__version__}" + (f" (+{contact})" if contact else "")
