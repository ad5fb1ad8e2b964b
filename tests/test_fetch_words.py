"""The words of failures: complete in both languages, and every one that the client can raise is there."""

from __future__ import annotations

import ast
import errno
import ssl
from pathlib import Path
from string import Formatter

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

import curate.fetch
from curate.fetch.errors import Problem, translate
from curate.fetch.messages import WORDS

KEY = ConnectionKey("a.example", 443, True, True, None, None, None)
DETAILS = {
    "url": "u", "host": "h", "port": 1, "address": "a", "path": "/p", "why": "w", "proxy": "p", "seconds": 1,
    "limit": 1, "status": 500, "answer": 407, "later": "", "folder": "f",
}  # fmt: skip


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_with_the_same_blanks(key: str) -> None:
    chinese, english = WORDS[key]
    assert _blanks(chinese.reason) == _blanks(english.reason)
    assert _blanks(chinese.hint) == _blanks(english.hint)
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese.reason + chinese.hint)
    assert english.reason.isascii()
    assert english.hint.isascii()
    assert key == "later" or (chinese.hint and english.hint)


def test_every_key_that_the_client_names_has_words() -> None:
    named = set()
    for path in Path(curate.fetch.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("Problem", "_error", "say")
                and node.args
            ):
                named |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    assert len(named) > 25
    assert {key for key in named if isinstance(key, str) and not key.endswith(" ")} <= set(WORDS)


@pytest.mark.parametrize("key", WORDS)
def test_a_problem_becomes_a_failure_with_its_blanks_filled(key: str) -> None:
    for language in ("zh", "en"):
        failure = Problem(key, **DETAILS).failure("src", language)  # type: ignore[arg-type]
        assert failure.subject == "src"
        assert "{" not in failure.reason + failure.hint


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


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
