"""One request to a service of the editor's own, whose address is a secret: no redirects, and no word of what was sent or where.

A failure names the host alone. What may have been carried out all the same is an UnansweredError: it is not sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import aiohttp

from curate.config.schema import Network
from curate.domain.errors import FetchError
from curate.fetch.body import ACCEPT_ENCODING, read
from curate.fetch.errors import Problem, translate
from curate.fetch.wechat_errors import UnansweredError

MOST_ANSWER = 1_000_000  # bytes
# Problems that came before a request was sent, or instead of it. After any other it may have been carried out.
NOT_SENT = frozenset(
    {"dns", "refused", "unreachable", "bad address", "bad proxy", "proxy unreachable", "proxy answered"}
    | {"tls", "tls expired", "tls wrong host", "tls untrusted", "timeout connecting", "too many files"}
    | {"status 4xx", "relay", "relay refused"}
)


def ask_service(
    method: str, url: str, body: bytes, headers: Mapping[str, str], network: Network, user_agent: str
) -> tuple[int, bytes]:
    """Status and body of the answer, whatever it is. FetchError where the request was not sent, UnansweredError where it
    was and no answer came."""
    try:
        return asyncio.run(_ask(method, url, body, headers, network, user_agent))
    except Problem as problem:
        raise as_error(problem) from None


def as_error(problem: Problem) -> FetchError:
    """An UnansweredError where the request may have been carried out all the same, else a FetchError."""
    kind = FetchError if problem.key in NOT_SENT else UnansweredError
    return kind(status=problem.status, message=problem.message(), advice=problem.advice())


@contextmanager
def translate_failures(host: str, seconds: float) -> Iterator[None]:
    """Raise what goes wrong within, while `host` is asked for at most `seconds`, as a Problem: half of them to connect."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError:
        raise Problem("timeout connecting", host=host, seconds=f"{seconds / 2:g}") from None
    except TimeoutError:
        raise Problem("timeout waiting", host=host, seconds=f"{seconds:g}") from None
    except (aiohttp.ClientError, OSError, UnicodeError) as error:
        raise translate(error, host, "") from None


async def _ask(
    method: str, url: str, body: bytes, headers: Mapping[str, str], network: Network, user_agent: str
) -> tuple[int, bytes]:
    host = _host(url)
    sent = {"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING, **headers}
    with translate_failures(host, network.timeout):
        async with (
            asyncio.timeout(network.timeout),
            aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, trust_env=False
            ) as session,
            session.request(
                method,
                url,
                data=body,
                headers=sent,
                proxy=network.proxy or None,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=network.timeout / 2),
            ) as response,
        ):
            return response.status, await read(response, host, MOST_ANSWER, False)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
