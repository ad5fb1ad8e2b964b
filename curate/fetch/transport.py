"""One exchange on the wire: a guarded connection, one GET, headers and body under caps. No redirects, no cookies."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from curate.fetch.body import ACCEPT_ENCODING, read
from curate.fetch.errors import Problem, translate
from curate.fetch.limits import HEADER_LIMIT, LINE_LIMIT
from curate.fetch.ssrf_guard import Guard, GuardedResolver, look_up
from curate.fetch.types import Resolver

KEEP_ALIVE = 6.0  # seconds that an idle connection is kept: a little more than the longest crawl delay
NAMES_KEPT = 600  # seconds that a name's addresses are kept; they were checked when they came

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.9, */*;q=0.8"
)
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)


class Visit:
    """How far one request has come: for the words of a time-out, and for what is left of its time."""

    __slots__ = ("left", "phase", "seconds", "status")

    def __init__(self, seconds: float) -> None:
        self.seconds = self.left = seconds
        self.phase = "connecting"
        self.status = 0


_VISIT: ContextVar[Visit] = ContextVar("visit")


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes


class _Connector(aiohttp.TCPConnector):
    """Tells the visit when it has its connection."""

    async def connect(self, *args: Any, **kwargs: Any) -> Any:
        visit = _VISIT.get()
        visit.phase = "connecting"
        connection = await super().connect(*args, **kwargs)
        visit.phase = "waiting"
        return connection


class Wire:
    """Two sessions: straight to the hosts, guarded; and by way of the editor's proxies, which are trusted."""

    def __init__(self, guard: Guard, user_agent: str, resolve: Resolver | None) -> None:
        find = resolve or look_up
        self._guard = guard
        self._direct_resolver = GuardedResolver(guard, find)
        self._proxy_resolver = GuardedResolver(None, find)
        self._headers = {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}
        self._direct: aiohttp.ClientSession | None = None
        self._proxied: aiohttp.ClientSession | None = None

    def _session(self, proxied: bool) -> aiohttp.ClientSession:
        session = self._proxied if proxied else self._direct
        if session is None:
            connector = _Connector(
                resolver=self._proxy_resolver if proxied else self._direct_resolver,
                socket_factory=None if proxied else self._guard.socket,
                limit=0,  # rate_limit.py bounds them
                ttl_dns_cache=NAMES_KEPT,
                keepalive_timeout=KEEP_ALIVE,
            )
            session = aiohttp.ClientSession(
                connector=connector,
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_NO_TIMEOUT,
                auto_decompress=False,
                trust_env=False,
                max_line_size=LINE_LIMIT,
                max_field_size=LINE_LIMIT,
            )
            if proxied:
                self._proxied = session
            else:
                self._direct = session
        return session

    async def close(self) -> None:
        for session in (self._direct, self._proxied):
            if session is not None:
                await session.close()

    async def get(
        self, url: URL, headers: dict[str, str], proxy: str | None, visit: Visit, limit: int, truncate: bool
    ) -> Reply:
        """GET `url`. The body is read for 2xx only. Raises Problem; time is the caller's matter."""
        host = url.raw_host or ""
        way = _proxy(proxy)
        _VISIT.set(visit)
        try:
            response = await self._session(way is not None).request(
                "GET", url, headers=headers, proxy=way, allow_redirects=False
            )
            try:
                visit.phase = "reading"
                visit.status = response.status
                _check_head(response, host)
                body = b""
                if 200 <= response.status < 300:
                    body = await read(response, host, limit, truncate)
                return Reply(response.status, response.headers, body)
            finally:
                response.close()  # what was read to its end has gone back to the pool by now
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise translate(error, host, _show_proxy(way)) from error


def _check_head(response: aiohttp.ClientResponse, host: str) -> None:
    if sum(len(name) + len(value) for name, value in response.raw_headers) > HEADER_LIMIT:
        raise Problem("headers too large", host=host)


def _proxy(text: str | None) -> URL | None:
    if not text:
        return None
    try:
        proxy = URL(text)
    except ValueError as error:
        raise Problem("bad proxy") from error
    if proxy.scheme not in ("http", "https") or not proxy.raw_host:
        raise Problem("bad proxy")
    return proxy


def _show_proxy(proxy: URL | None) -> str:
    """Host and port only: a proxy's address may hold a password."""
    return f"{proxy.raw_host}:{proxy.port}" if proxy is not None else ""
