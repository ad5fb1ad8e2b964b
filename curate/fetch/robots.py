"""robots.txt (RFC 9309): asked once for each origin, through the same client and limits.

What is known from before comes in with the call, and what is learnt goes out the same way. That a robots.txt
could not be had is not remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from protego import Protego
from yarl import URL

from curate.domain.model import Rules
from curate.fetch.errors import Problem

ROBOTS_TIMEOUT = 10.0  # seconds, or network.timeout where that is less

Get: TypeAlias = Callable[[URL, str | None], Awaitable[tuple[int, bytes]]]
"""Address and proxy to status and body; raises Problem."""

# The connection itself fails: the page would fail alike, so it gets the same reason and is not tried again.
NO_CONNECTION = frozenset({
    "dns", "refused", "unreachable", "proxy unreachable", "proxy answered", "bad proxy", "private", "fake ip",
    "tls", "tls expired", "tls wrong host", "tls untrusted", "timeout connecting", "too many files",
})  # fmt: skip
# Redirects that lead nowhere good mean that there is no robots.txt (RFC 9309, 2.3.1.2).
_NOT_THERE = frozenset(
    {"redirects", "redirect loop", "redirect nowhere", "userinfo", "bad port", "bad address"}
)


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: Protego | None = None  # None: all is allowed
    broken: Problem | None = None  # nothing is allowed, and why
    crawl_delay: float = 0.0  # seconds


class Robots:
    """What each origin allows to `product`, the name that the user agent begins with."""

    def __init__(self, get: Get, product: str, kept: MutableMapping[str, Rules], now: datetime) -> None:
        self._get = get
        self._product = product
        self._kept = kept
        self._now = now
        self._known: dict[tuple[str, str | None], asyncio.Task[_Rules] | _Rules] = {}

    async def check(self, url: URL, proxy: str | None) -> float:
        """The crawl delay in seconds (0 where none is asked for); Problem where `url` may not be read."""
        key = (str(url.origin()), proxy)
        found = self._known.get(key)
        if found is None and (kept := self._kept.get(key[0])) is not None:
            found = self._known[key] = self._read(kept.body)
        if found is None:
            found = self._known[key] = asyncio.create_task(self._ask(url, proxy))
        if isinstance(found, asyncio.Task):
            # Shielded: one request that is given up must not take the answer from the others.
            found = found.result() if found.done() else await asyncio.shield(found)
        if found.broken is not None:
            raise found.broken
        if found.rules is not None and not found.rules.can_fetch(str(url), self._product):
            raise Problem("robots forbids", path=url.raw_path_qs[:200])
        return found.crawl_delay

    async def close(self) -> None:
        """End what is still being asked."""
        tasks = [task for task in self._known.values() if isinstance(task, asyncio.Task) and not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, url: URL, proxy: str | None) -> _Rules:
        try:
            status, body = await self._get(url.origin().with_path("/robots.txt"), proxy)
        except Problem as problem:
            if problem.key in NO_CONNECTION:
                return _Rules(broken=problem)
            if problem.key in _NOT_THERE:
                return _Rules()
            return _Rules(broken=Problem("robots unreadable", why=problem))
        if status == 429 or status >= 500:  # RFC 9309, 2.3.1.4: as if all were forbidden
            return _Rules(broken=Problem("robots unreadable", status=status, why=status))
        body = body if 200 <= status < 300 else b""
        self._kept[str(url.origin())] = Rules(status, body, self._now)
        return self._read(body)

    def _read(self, body: bytes) -> _Rules:
        if not body:
            return _Rules()
        rules = Protego.parse(body.decode("utf-8", "replace").removeprefix("\ufeff"))
        return _Rules(rules, crawl_delay=float(rules.crawl_delay(self._product) or 0.0))
