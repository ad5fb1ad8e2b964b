"""DOOR to the network: one polite client for feeds and pages, and the editor's own folders.

requests -> turn (total, per host, spacing) -> guard -> robots.txt -> exchange -> body under caps -> answers
                         ^------------- redirect, back-off -------------'

An expected failure is a value in the answer; a bug is raised in the caller. The HTTP client is loaded at the
first call, so that naming these types costs nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, MutableMapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from curate.config.schema import Network
from curate.domain.model import Failure, Rules
from curate.fetch.types import Answer, Request, Resolver, Unchanged
from curate.i18n.catalogue import say_failure

if TYPE_CHECKING:  # loaded with the client
    from curate.fetch.rate_limit import Pace

__all__ = ["Answer", "Request", "Resolver", "Unchanged", "fetch"]


def fetch(
    requests: Iterable[Request],
    network: Network,
    *,
    now: datetime,
    user_agent: str,
    resolve: Resolver | None = None,
    deadline: float | None = None,
    robots: MutableMapping[str, Rules] | None = None,
    usable: float | None = None,
    paces: MutableMapping[str, Pace] | None = None,
    domains: Container[str] | None = None,
    language: str = "zh",
) -> Iterator[Answer]:
    """Fetch all `requests` and yield one answer for each, in the order in which they complete.

    `requests` is read lazily, in the caller's thread. Memory is bounded by a window, not by their number.
    `now` becomes `Page.fetched`; `resolve` replaces the system's name look-up; failures have their words
    in `language`. After `deadline` seconds (network.deadline where None) what has no answer gets a Failure;
    after `usable` seconds what came gets it too, so that reading, decoding and extracting lie within a deadline as well.
    `robots` is what is known of robots.txt, by origin; what is learnt is added. `paces` keeps from call to call how often
    each host is asked, by its name. Where `domains` (registrable ones) are given, no other host is asked: a redirect that
    leads to one ends there (`Answer.elsewhere`). Closing the iterator early ends all connections. A bug in the client is raised here.
    """
    from curate.fetch.event_loop import answers  # aiohttp costs 0.2 s; only those who fetch pay it

    found = answers(requests, network, now, user_agent, resolve, deadline, robots, usable, paces, domains)
    with closing(found):  # whoever ends early ends all connections
        for answer in found:
            if isinstance(answer.result, Failure):
                answer = replace(answer, result=say_failure(answer.result, language))
            yield answer
