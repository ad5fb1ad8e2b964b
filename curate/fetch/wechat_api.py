"""The one address that secrets are sent to: JSON and files by POST, over TLS, without redirects, and no word of what was sent.

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

from curate.config.schema import PLATFORM, Network
from curate.domain.message import message
from curate.fetch.body import ACCEPT_ENCODING, read
from curate.fetch.errors import Problem
from curate.fetch.limits import BODY_LIMIT
from curate.fetch.outgoing.http import as_error, translate_failures
from curate.fetch.wechat_errors import UnansweredError

RELAY_HEADER = "X-Relay-Key"  # proves to a relay of the account's own who asks; the platform never sees it
IDLE = 2.0  # seconds after which no connection is used again: one that was closed meanwhile looks like a lost answer
SLOWEST = 100_000  # bytes a second of a line that files are still sent over
_GONE = b'{"errcode": 40066}'  # what the platform answers for an interface that is gone


class Official:
    """A session with the platform's interfaces. A context manager; its event loop runs in a thread of its own.

    `relay_key` goes to a relay of the account's own alone.
    """

    def __init__(self, network: Network, user_agent: str, relay_key: str = "") -> None:
        self._network = network
        self._base = network.wechat.rstrip("/")
        self._host = urlsplit(self._base).hostname or ""
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING}
        self._is_relay = self._base != PLATFORM
        if relay_key and self._is_relay:
            self._headers[RELAY_HEADER] = relay_key
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

    def get(self, path: str, query: Mapping[str, str]) -> Any:
        """The answer as JSON to a request without a body. Errors as of `post`."""
        return self._answer("GET", path, query, None, {}, 0)

    def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        """The answer as JSON. FetchError where none came, or where it is none; UnansweredError where the request may
        have been carried out all the same."""
        # As UTF-8 and not in ASCII: the platform shows \\u escapes to readers as they stand.
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return self._answer("POST", path, query, data, {"Content-Type": "application/json; charset=utf-8"}, 0)

    def upload(self, path: str, query: Mapping[str, str], name: str, data: bytes) -> Any:
        """The same for a file called `name`, in the form field `media`."""
        form = aiohttp.FormData(quote_fields=False)
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        form.add_field("media", data, filename=name, content_type=kind)
        return self._answer("POST", path, query, form, {}, len(data))

    def _answer(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        data: Any,
        headers: Mapping[str, str],
        size: int,
    ) -> Any:
        seconds = self._network.timeout + size / SLOWEST
        try:
            return json.loads(self._run(self._ask(method, path, query, data, headers, seconds)))
        except Problem as problem:
            raise as_error(problem) from None
        except ValueError:
            raise UnansweredError(
                message=message("fetch.not json", host=self._host), advice=message("fetch.not json.hint")
            ) from None

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        data: Any,
        headers: Mapping[str, str],
        seconds: float,
    ) -> bytes:
        with translate_failures(self._host, seconds):
            async with (
                asyncio.timeout(seconds),
                self._open().request(
                    method,
                    self._base + path,
                    params=query,
                    data=data,
                    headers=headers,
                    proxy=self._network.proxy or None,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=seconds / 2),
                ) as response,
            ):
                if response.status == 404:
                    return _GONE
                if response.status != 200:
                    raise self._refusal(response.status)
                return await read(response, self._host, BODY_LIMIT, False)

    def _refusal(self, status: int) -> Problem:
        if self._is_relay and status in (401, 403):
            return Problem("relay refused", status, host=self._host)
        return Problem("status 5xx" if status >= 500 else "status 4xx", status, later="")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                connector=aiohttp.TCPConnector(keepalive_timeout=IDLE),
            )
        return self._session

    async def _close(self) -> None:
        if self._session is not None:
            await self._session.close()
