"""The one address that secrets are sent to: JSON by POST, over TLS, without redirects, and no word of what was sent.

A failure names the host and nothing else: an access token stands in the query of every address here, so neither the
address nor the library's own message is ever told.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp

from curate.config.schema import Network
from curate.domain.errors import FetchError
from curate.domain.message import message
from curate.fetch.body import ACCEPT_ENCODING, read
from curate.fetch.errors import Problem, translate
from curate.fetch.limits import BODY_LIMIT


class Official:
    """A session with the platform's interfaces. A context manager; its event loop runs in a thread of its own."""

    def __init__(self, network: Network, user_agent: str) -> None:
        self._network = network
        self._base = network.wechat.rstrip("/")
        self._host = urlsplit(self._base).hostname or ""
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="official", daemon=True)
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        """The answer as JSON. FetchError where none came, or where it is none."""
        try:
            data = self._run(self._ask(path, query, body))
        except Problem as problem:
            told = problem.message(), problem.advice()
            raise FetchError(status=problem.status, message=told[0], advice=told[1]) from None
        try:
            return json.loads(data)
        except ValueError:
            raise FetchError(
                message=message("fetch.not json", host=self._host), advice=message("fetch.not json.hint")
            ) from None

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _ask(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        try:
            async with (
                asyncio.timeout(self._network.timeout),
                self._session.post(
                    self._base + path,
                    params=query,
                    json=body,
                    proxy=self._network.proxy or None,
                    allow_redirects=False,
                ) as response,
            ):
                if response.status == 404:
                    return b'{"errcode": 40066}'  # what the platform answers for an interface that is gone
                if response.status != 200:
                    raise Problem(
                        "status 5xx" if response.status >= 500 else "status 4xx", response.status, later=""
                    )
                return await read(response, self._host, BODY_LIMIT, False)
        except TimeoutError:
            seconds = f"{self._network.timeout:g}"
            raise Problem("timeout waiting", host=self._host, seconds=seconds) from None
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise translate(error, self._host, "") from None

    async def _close(self) -> None:
        if self._session is not None:
            await self._session.close()
