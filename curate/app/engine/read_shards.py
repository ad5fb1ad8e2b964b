"""Sources' documents, fetched and read by an engine in shards of whole domains.

A shard has all documents of its registrable domains, so that the politeness, the robots.txt and the connections of a
host are in one worker. A redirect that leads to another domain comes back, and is followed in a next round by the shard
which has that domain then. Documents stay in the worker; entries come back.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from curate.app.doors import ROBOTS_KEPT, SHARE, user_agent, without_secrets
from curate.app.engine.base import Engine
from curate.app.engine.share_answers import share_answers
from curate.app.secrets import hidden_now
from curate.config.redaction import Redactor
from curate.config.schema import Config, Network, Topic
from curate.domain.model import Rules
from curate.fetch import Answer, Request, fetch
from curate.fetch.limits import MAX_REDIRECTS
from curate.fetch.registrable_domain import registrable_domain
from curate.pipeline.reading.documents import DocumentAnswer, DocumentRequest
from curate.pipeline.reading.read_answer import read_answers
from curate.storage import Archive

# Documents of a shard. With thirty entries of 5 kB each, 30 MB come back.
SHARD = 200


@dataclass(frozen=True, slots=True)
class Shard:
    """What one worker reads, with all that it takes."""

    asked: tuple[DocumentRequest, ...]
    domains: frozenset[str]
    rules: Mapping[str, Rules]  # of robots.txt, by origin
    topics: tuple[Topic, ...]
    network: Network
    language: str
    now: datetime
    until: float  # Unix time at which fetching ends
    redactor: Redactor


@dataclass(frozen=True, slots=True)
class ShardRead:
    """What came of a shard."""

    answers: tuple[DocumentAnswer, ...]
    rules: Mapping[str, Rules]  # learnt


class ShardReader:
    """Reads documents by an engine (`ReadDocuments`)."""

    def __init__(self, engine: Engine, config: Config, now: datetime, archive: Archive) -> None:
        self._engine, self._config, self._now, self._archive = engine, config, now, archive
        self._rules: dict[str, dict[str, Rules]] = {}  # of robots.txt: domain -> origin -> rules
        self._remember(archive.rules(now - ROBOTS_KEPT, now))
        self._end = time.time() + config.network.deadline

    def __call__(self, asked: Sequence[DocumentRequest], topics: Sequence[Topic]) -> Iterator[DocumentAnswer]:
        """One answer for each request, as they come."""
        began = {document.request: document for document in asked}  # request on its way -> whose it is
        moved: dict[Request, str] = {}
        for hop in range(MAX_REDIRECTS + 1):
            now = time.time()
            until = now + max(self._end - now, 0.0) * SHARE
            shards = self._share_out(began, tuple(topics), until)
            onward: dict[Request, DocumentRequest] = {}
            for read in self._engine.as_completed(read_shard, shards):
                self._remember(read.rules)
                self._archive.keep_rules(read.rules)
                for each in read.answers:
                    request, answer = each.answer.request, each.answer
                    own = began[request]
                    moved_to = answer.moved if request not in moved or moved[request] else ""
                    following = _follow(request, answer)
                    if answer.elsewhere and hop < MAX_REDIRECTS and following not in onward:
                        onward[following], moved[following] = own, moved_to
                        continue
                    final = replace(answer, request=own.request, moved=moved_to or moved.get(request, ""))
                    yield replace(each, asked=own, answer=final)
            if not (began := onward):
                return

    def _share_out(
        self, began: Mapping[Request, DocumentRequest], topics: tuple[Topic, ...], until: float
    ) -> Iterator[Shard]:
        network, language = self._config.network, self._config.account.language
        redactor = hidden_now()
        for asked in share_out([replace(own, request=request) for request, own in began.items()]):
            domains = frozenset(map(_domain_of, asked))
            rules = {origin: each for name in domains for origin, each in self._rules.get(name, {}).items()}
            yield Shard(asked, domains, rules, topics, network, language, self._now, until, redactor)

    def _remember(self, rules: Mapping[str, Rules]) -> None:
        for origin, each in rules.items():
            self._rules.setdefault(_domain(origin), {})[origin] = each


def share_out(asked: Sequence[DocumentRequest], most: int = SHARD) -> list[tuple[DocumentRequest, ...]]:
    """Whole domains together, about so many documents a shard, in the order in which they are met."""
    domains: dict[str, list[DocumentRequest]] = {}
    for document in asked:
        domains.setdefault(_domain_of(document), []).append(document)
    shards: list[list[DocumentRequest]] = []
    for documents in domains.values():
        if not shards or len(shards[-1]) + len(documents) > most:
            shards.append([])
        shards[-1] += documents
    return [tuple(shard) for shard in shards]


def read_shard(shard: Shard) -> ShardRead:
    """Fetch and read a shard's documents; where the worker is."""
    learnt = {**shard.rules}
    left = max(shard.until - time.time(), 0.0)
    get = partial(
        fetch,
        network=shard.network,
        now=shard.now,
        user_agent=user_agent(shard.network.contact),
        deadline=left,
        robots=learnt,
        domains=shard.domains,
        language=shard.language,
    )

    def without_keys(requests: Iterable[Request]) -> Iterator[Answer]:
        return (without_secrets(answer, shard.redactor) for answer in get(requests))

    answers = tuple(read_answers(share_answers(without_keys), shard.asked, shard.topics))
    new = {origin: rules for origin, rules in learnt.items() if rules is not shard.rules.get(origin)}
    return ShardRead(answers, new)


def _follow(request: Request, answer: Answer) -> Request:
    """The request that goes on where a redirect led; what is secret was for the first host alone."""
    return replace(request, url=answer.elsewhere, headers=())


def _domain_of(document: DocumentRequest) -> str:
    return _domain(document.request.url)


def _domain(address: str) -> str:
    return registrable_domain((urlsplit(address).hostname or "").lower())
