"""One request from its address to its answer: redirects, robots.txt, turns, time and second tries."""

from __future__ import annotations

import asyncio
from collections.abc import Container, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from yarl import URL

from curate.config.schema import Network
from curate.domain.model import Page, Rules
from curate.fetch.cookies import Cookies
from curate.fetch.errors import Elsewhere, Problem
from curate.fetch.limits import BODY_LIMIT, MAX_REDIRECTS, ROBOTS_LIMIT
from curate.fetch.rate_limit import Host, Pace, Turn, Turns
from curate.fetch.redirects import parse, target
from curate.fetch.registrable_domain import registrable_domain
from curate.fetch.robots import NO_CONNECTION, ROBOTS_TIMEOUT, Robots
from curate.fetch.ssrf_guard import Guard
from curate.fetch.transport import Reply, Visit, Wire
from curate.fetch.types import Answer, Request, Resolver, Unchanged

MAX_RETRIES = 2  # after 429 and 503
BACK_OFF = 1.0  # seconds, doubled each time, where the host does not say how long
RETRY_WAIT_CAP = 10.0  # seconds; who asks for more is left for another night

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ASKED_TOO_OFTEN = frozenset({429, 503})
_NAMED_STATUS = frozenset({401, 403, 404, 410, 429})


class Client:
    """The state of one call of `fetch`. Lives in one event loop."""

    def __init__(
        self,
        network: Network,
        now: datetime,
        user_agent: str,
        resolve: Resolver | None,
        robots: MutableMapping[str, Rules],
        paces: MutableMapping[str, Pace],
        domains: Container[str] | None = None,
    ) -> None:
        self._network = network
        self._now = now
        self._domains = domains
        self._guard = Guard(network.allow_private)
        self._wire = Wire(self._guard, user_agent, resolve)
        self._robots = Robots(self._get_robots, user_agent.partition("/")[0], robots, now)
        self.turns = Turns(network, paces)
        self.late = False  # the deadline has passed

    async def close(self) -> None:
        await self._robots.close()
        await self._wire.close()

    async def answer(self, request: Request) -> Answer:
        """The one answer to `request`. Cancelled by the deadline it answers; cancelled otherwise it ends."""
        visit = Visit(self._network.timeout)
        moved: list[str] = []
        try:
            result = await self._visit(request, visit, moved)
        except Problem as problem:
            visit.status = problem.status or visit.status
            answer = self._answer_failure(request, visit, problem)
            if not isinstance(problem, Elsewhere):
                return answer
            return replace(answer, elsewhere=problem.url, moved=moved[-1] if moved else "")
        except asyncio.CancelledError:
            if not self.late:
                raise
            return self.too_late(request, visit)
        return Answer(request, result, self._seconds(visit), visit.status, moved=moved[-1] if moved else "")

    def too_late(self, request: Request, visit: Visit | None = None) -> Answer:
        deadline = Problem("deadline", seconds=f"{self._network.deadline:g}")
        return replace(self._answer_failure(request, visit or Visit(0.0), deadline), late=True)

    def _answer_failure(self, request: Request, visit: Visit, problem: Problem) -> Answer:
        failure = problem.failure(request.subject or request.url)
        return Answer(request, failure, self._seconds(visit), visit.status, problem.retry_after)

    def _seconds(self, visit: Visit) -> float:
        return visit.seconds - visit.left

    async def _visit(self, request: Request, visit: Visit, moved: list[str]) -> Page | Unchanged:
        """Follow `request` to its end. `moved` gathers the addresses of a permanent redirect."""
        url, reply = await self._follow(request, visit, moved)
        if reply.status == 304 and (request.etag or request.last_modified):
            return Unchanged(str(url), self._now)
        if not 200 <= reply.status < 300:
            raise self._status(reply)
        if not reply.body:
            raise Problem("empty", host=url.raw_host)
        headers = reply.headers
        return Page(
            url=str(url),
            body=reply.body,
            fetched=self._now,
            content_type=headers.get("Content-Type", ""),
            etag=headers.get("ETag", ""),
            last_modified=headers.get("Last-Modified", ""),
        )

    async def _follow(self, request: Request, visit: Visit, moved: list[str]) -> tuple[URL, Reply]:
        proxy = request.proxy or self._network.proxy
        headers = _conditions(request)
        url = first = parse(request.url)
        cookies = Cookies()
        seen = {(url, "")}
        permanent = True
        for _ in range(MAX_REDIRECTS + 1):
            self._guard.check(url, by_proxy=bool(proxy))
            own = dict(request.headers) if url.origin() == first.origin() else {}
            sent = headers | own | cookies.of(url)
            reply = await self._read(url, sent, proxy, visit, request.robots)
            if reply.status not in _REDIRECTS:
                return url, reply
            permanent = permanent and reply.status in _PERMANENT
            cookies.keep(url, reply.headers.getall("Set-Cookie", ()))
            url = target(url, reply)
            now = (url, cookies.of(url).get("Cookie", ""))
            if now in seen:
                raise Problem("redirect loop", status=reply.status)
            seen.add(now)
            if permanent:
                moved.append(str(url))
            if self._domains is not None and registrable_domain(url.raw_host or "") not in self._domains:
                raise Elsewhere(str(url))
        raise Problem("redirects", limit=MAX_REDIRECTS)

    async def _read(
        self, url: URL, headers: dict[str, str], proxy: str | None, visit: Visit, robots: bool
    ) -> Reply:
        host = self.turns.host((url.raw_host or "").lower())
        host.jobs += 1
        try:
            if robots and (delay := await self._robots.check(url, proxy)):
                host.pace.slow_down(delay)
            return await self._try(url, host, headers, proxy, visit)
        finally:
            host.jobs -= 1

    async def _get_robots(self, url: URL, proxy: str | None) -> tuple[int, bytes]:
        """What Robots asks with: as any other address, but robots.txt itself needs no leave."""
        visit = Visit(min(self._network.timeout, ROBOTS_TIMEOUT))
        seen = {url}
        for hop in range(MAX_REDIRECTS + 1):
            try:
                self._guard.check(url, by_proxy=bool(proxy))
                host = self.turns.host((url.raw_host or "").lower())
                reply = await self._try(url, host, {}, proxy, visit, robots=True)
            except Problem as problem:
                if hop and problem.key in NO_CONNECTION:  # says nothing of the host that sent us there
                    raise Problem("redirect nowhere", status=visit.status) from problem
                raise
            if reply.status not in _REDIRECTS:
                return reply.status, reply.body
            url = target(url, reply)
            if url in seen:
                raise Problem("redirect loop", status=reply.status)
            seen.add(url)
        raise Problem("redirects", limit=MAX_REDIRECTS)

    async def _try(
        self,
        url: URL,
        host: Host,
        headers: dict[str, str],
        proxy: str | None,
        visit: Visit,
        robots: bool = False,
    ) -> Reply:
        """Ask until there is an answer to keep: once more after a broken connection, twice after 429 and 503."""
        broken, asked = False, 0
        while True:
            try:
                reply = await self._once(url, host, headers, proxy, visit, robots)
            except Problem as problem:
                # Where no answer came to a request, aiohttp has sent it again already (RFC 9110, 9.2.2).
                if broken or problem.key != "reset" or visit.phase == "waiting":
                    raise
                broken = True
                continue
            if reply.status not in _ASKED_TOO_OFTEN or asked == MAX_RETRIES:
                return reply
            wait = self._retry_after(reply)
            wait = BACK_OFF * 2**asked if wait is None else wait
            if wait > RETRY_WAIT_CAP or wait >= visit.left:
                return reply
            asked += 1
            visit.left -= wait
            host.pace.pause(asyncio.get_running_loop().time() + wait)

    async def _once(
        self, url: URL, host: Host, headers: dict[str, str], proxy: str | None, visit: Visit, robots: bool
    ) -> Reply:
        """One exchange in its turn and within what is left of the visit's time."""
        loop = asyncio.get_running_loop()
        async with Turn(self.turns, host, counts=not robots):
            start = loop.time()
            if not robots and host.jobs <= 1:
                # Nobody else waits for this host: thousands of idle connections would use up the sockets.
                headers = {**headers, "Connection": "close"}
            limit = ROBOTS_LIMIT if robots else BODY_LIMIT
            try:
                async with asyncio.timeout(visit.left):
                    return await self._wire.get(url, headers, proxy, visit, limit, truncate=robots)
            except TimeoutError as error:
                key, seconds = f"timeout {visit.phase}", f"{visit.seconds:g}"
                raise Problem(key, host=url.raw_host, seconds=seconds) from error
            finally:
                visit.left = max(0.0, visit.left - (loop.time() - start))

    def _retry_after(self, reply: Reply) -> float | None:
        """Seconds that the host asks for (RFC 9110, 10.2.3: a number or a date), or None."""
        text = reply.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        until, today = _date(text), _date(reply.headers.get("Date", "")) or self._now
        return max(0.0, (until - today).total_seconds()) if until else None

    def _status(self, reply: Reply) -> Problem:
        status = reply.status
        wait = self._retry_after(reply) if status in _ASKED_TOO_OFTEN else None
        later: object = Problem("later", seconds=round(wait)) if wait else ""
        if status in _NAMED_STATUS:
            return Problem(f"status {status}", status, wait or 0.0, later=later)
        if status == 304 or not 400 <= status < 600:
            return Problem("status", status)
        return Problem("status 4xx" if status < 500 else "status 5xx", status, wait or 0.0, later=later)


def _conditions(request: Request) -> dict[str, str]:
    headers = {}
    if request.etag and request.etag.isprintable():
        headers["If-None-Match"] = request.etag
    if request.last_modified and request.last_modified.isprintable():
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
