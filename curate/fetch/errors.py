"""The client's one expected failure, and the table that translates the library's exceptions into it."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp import http_exceptions

from curate.domain.message import Message, Value, message
from curate.domain.model import Failure
from curate.fetch.limits import MAX_REDIRECTS

# Verification results of OpenSSL (x509_vfy.h): not yet valid, expired; names that do not match.
_OUT_OF_DATE = frozenset({9, 10})
_OTHER_NAME = frozenset({62, 63, 64})
_NO_FILES_LEFT = frozenset({errno.EMFILE, errno.ENFILE})
# The parsers raise LineTooLong with the first and BadHttpMessage with the second.
_TOO_LONG = ("Got more than", "Too many headers")
_BROKEN_OFF = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})


class Problem(Exception):  # noqa: N818 - it never leaves this room: a Failure does
    """`fetch.key` and `fetch.key.hint` are in the catalogues, `details` are their values. `status` is the HTTP status, 0 where none came;
    `retry_after` the seconds for which the site wants to be left alone."""

    def __init__(self, key: str, status: int = 0, retry_after: float = 0.0, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.retry_after = retry_after
        self.details = details

    def message(self) -> Message:
        """What happened."""
        return message(f"fetch.{self.key}", **self._values())

    def advice(self) -> Message:
        """What a person can do."""
        return message(f"fetch.{self.key}.hint", **self._values())

    def failure(self, subject: str) -> Failure:
        """The problem as a value, in no language yet."""
        return Failure(subject, message=self.message(), advice=self.advice())

    def _values(self) -> dict[str, Value]:
        values = {name: _value(detail) for name, detail in self.details.items()}
        return {"status": self.status} | values if self.status else values


class Elsewhere(Problem):
    """A redirect leads to a host that this call may not ask. Who follows no further tells of too many redirects."""

    def __init__(self, url: str) -> None:
        super().__init__("redirects", limit=MAX_REDIRECTS)
        self.url = url


def _value(detail: object) -> Value:
    """A detail may itself be a problem (why robots.txt could not be read)."""
    if isinstance(detail, Problem):
        return detail.message()
    return detail if isinstance(detail, (str, int, float)) else str(detail)


def translate(error: Exception, host: str, proxy: str) -> Problem:
    """What `error`, raised by the HTTP client while `host` was read, means to the editor."""
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning(error, host, proxy)
    return Problem("malformed", host=host, why=type(error).__name__)


def _certificate(error: Exception, host: str) -> Problem:
    code = getattr(error, "verify_code", 0)
    if code in _OUT_OF_DATE:
        return Problem("tls expired", host=host)
    if code in _OTHER_NAME:
        return Problem("tls wrong host", host=host)
    return Problem("tls untrusted", host=host, why=getattr(error, "verify_message", "") or "certificate")


def _payload(error: aiohttp.ClientPayloadError, host: str) -> Problem:
    cause = error.__cause__
    if isinstance(cause, http_exceptions.TransferEncodingError) and "Not enough data" not in str(cause):
        return Problem("malformed", host=host, why="chunk")
    if "ConnectionResetError" in str(error):  # aiohttp keeps the original in its words alone
        return Problem("reset", host=host)
    return Problem("cut short", host=host)


def _head(error: Exception, host: str) -> Problem:
    cause = error.__cause__ or error
    message = str(getattr(cause, "message", "")).strip().splitlines()
    if message and message[0].startswith(_TOO_LONG):
        return Problem("headers too large", host=host)
    return Problem("malformed", host=host, why=(message[0].rstrip(":") if message else "header")[:80])


def _system(error: OSError, host: str) -> Problem:
    inner = getattr(error, "os_error", error)
    number = inner.errno
    if number in _NO_FILES_LEFT:
        return Problem("too many files")
    if isinstance(inner, ConnectionRefusedError):
        return Problem("refused", host=host)
    if number in _BROKEN_OFF or isinstance(inner, ConnectionError):
        return Problem("reset", host=host)
    if isinstance(inner, asyncio.TimeoutError):
        return Problem("unreachable", host=host, why="ETIMEDOUT")
    return Problem("unreachable", host=host, why=errno.errorcode.get(number or 0, inner.strerror or "?"))


# First match wins: the library's tree puts several of these below others.
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], Callable[[Any, str, str], Problem]], ...] = (
    ((aiohttp.ClientProxyConnectionError,), lambda e, host, proxy: Problem("proxy unreachable", proxy=proxy)),
    (
        (aiohttp.ClientHttpProxyError,),
        lambda e, host, proxy: Problem("proxy answered", proxy=proxy, answer=e.status),
    ),
    (
        (aiohttp.ClientConnectorDNSError,),  # behind a proxy only the proxy's own name is looked up here
        lambda e, host, proxy: (
            Problem("proxy unreachable", proxy=proxy) if proxy else Problem("dns", host=host)
        ),
    ),
    (
        (aiohttp.ClientConnectorCertificateError,),
        lambda e, host, proxy: _certificate(e.certificate_error, host),
    ),
    ((ssl.SSLCertVerificationError,), lambda e, host, proxy: _certificate(e, host)),
    (
        (aiohttp.ClientSSLError, ssl.SSLError),
        lambda e, host, proxy: Problem("tls", host=host, why=getattr(e, "reason", None) or type(e).__name__),
    ),
    ((aiohttp.ServerDisconnectedError,), lambda e, host, proxy: Problem("reset", host=host)),
    ((aiohttp.ClientPayloadError,), lambda e, host, proxy: _payload(e, host)),
    ((aiohttp.ClientResponseError,), lambda e, host, proxy: _head(e, host)),
    (
        (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, UnicodeError),
        lambda e, host, proxy: Problem("bad address", url=host),
    ),
    ((OSError,), lambda e, host, proxy: _system(e, host)),
)
