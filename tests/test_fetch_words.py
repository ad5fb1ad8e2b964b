"""The words of failures: complete in both languages, and every one that the client can raise is there."""

from __future__ import annotations

import ast
import errno
import ssl
from pathlib import Path

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

import curate.fetch
from curate.fetch.errors import Problem, translate
from curate.i18n.catalogue import CATALOGUES, say, say_failure

KEY = ConnectionKey("a.example", 443, True, True, None, None, None)
DETAILS = {
    "url": "u", "host": "h", "port": 1, "address": "a", "path": "/p", "why": "w", "proxy": "p", "seconds": 1,
    "limit": 1, "status": 500, "answer": 407, "later": "", "folder": "f",
}  # fmt: skip


KEYS = sorted(key.removeprefix("fetch.") for key in CATALOGUES["zh"] if key.startswith("fetch."))


def test_every_problem_has_a_hint_and_english_is_plain() -> None:
    reasons = {key for key in KEYS if not key.endswith(".hint")} - {"later"}
    assert {f"{key}.hint" for key in reasons} == {key for key in KEYS if key.endswith(".hint")}
    for key in KEYS:
        assert any("\u4e00" <= char <= "\u9fff" for char in CATALOGUES["zh"][f"fetch.{key}"])
        assert CATALOGUES["en"][f"fetch.{key}"].isascii()


def test_every_key_that_the_client_names_has_words() -> None:
    named = set()
    for path in Path(curate.fetch.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("Problem", "_error")
                and node.args
            ):
                named |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    assert len(named) > 25
    assert {key for key in named if isinstance(key, str) and not key.endswith(" ")} <= set(KEYS)


@pytest.mark.parametrize("key", [key for key in KEYS if not key.endswith(".hint") and key != "later"])
def test_a_problem_becomes_a_failure_with_its_blanks_filled(key: str) -> None:
    for language in ("zh", "en"):
        failure = say_failure(Problem(key, **DETAILS).failure("src"), language)  # type: ignore[arg-type]
        assert failure.subject == "src"
        assert failure.reason
        assert failure.hint
        assert "{" not in failure.reason + failure.hint


def test_a_problem_within_a_problem_is_said_in_the_same_language() -> None:
    why = Problem("robots unreadable", why=Problem("dns", host="a.example"))
    assert say(why.message(), "zh") == "robots.txt 读不到（找不到主机 a.example），照规矩不读这个网站"
    assert say(why.message(), "en").startswith("robots.txt could not be read (no host is known as a.example)")


def _certificate(code: int, message: str) -> aiohttp.ClientConnectorCertificateError:
    error = ssl.SSLCertVerificationError(1, message)
    error.verify_code, error.verify_message = code, message
    return aiohttp.ClientConnectorCertificateError(KEY, error)


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (_certificate(10, "certificate has expired"), "tls expired"),
        (_certificate(9, "certificate is not yet valid"), "tls expired"),
        (_certificate(62, "Hostname mismatch"), "tls wrong host"),
        (_certificate(18, "self-signed certificate"), "tls untrusted"),
        (_certificate(20, "unable to get local issuer certificate"), "tls untrusted"),
        (aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "WRONG_VERSION_NUMBER")), "tls"),
        (aiohttp.ClientConnectorError(KEY, OSError(errno.ENETUNREACH, "no net")), "unreachable"),
        (aiohttp.ClientConnectorError(KEY, TimeoutError(errno.ETIMEDOUT, "late")), "unreachable"),
        (aiohttp.ClientConnectorError(KEY, ConnectionResetError(errno.ECONNRESET, "reset")), "reset"),
        (aiohttp.ClientConnectorError(KEY, OSError(errno.EMFILE, "files")), "too many files"),
        (aiohttp.ServerDisconnectedError(), "reset"),
        (aiohttp.InvalidURL("x"), "bad address"),
        (aiohttp.ClientError(), "malformed"),
    ],
)
def test_what_the_library_raises_is_translated(error: Exception, key: str) -> None:
    assert translate(error, "a.example", "").key == key
