"""The client over real sockets: what comes back for what is asked."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest

from curate.config.schema import Network
from curate.domain.model import Page
from curate.fetch import Request, Unchanged
from tests.asking import NOW, ask, body, one, reason
from tests.origin import Asked, Origin, Route, moved, page

PACKED = gzip.compress(b"text" * 999, mtime=0)  # no time in it: test runners compare parameters


def test_a_page_comes_with_what_the_next_night_needs() -> None:
    reply = page(
        b"<rss/>",
        content_type="text/xml; charset=gbk",
        etag='W/"1"',
        last_modified="Sat, 21 Nov 2026 00:00:00 GMT",
    )
    answer = one({"/feed": reply}, "/feed", subject="news")
    assert answer.result == Page(
        answer.request.url, b"<rss/>", NOW, "text/xml; charset=gbk", 'W/"1"', "Sat, 21 Nov 2026 00:00:00 GMT"
    )
    assert (answer.status, answer.moved) == (200, "")
    assert 0 < answer.seconds < 3


def test_validators_are_sent_and_304_is_unchanged() -> None:
    with Origin({"/feed": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as origin:
        url = origin.url("/feed")
        answer = ask(Request(url, etag='"7"', last_modified="Sat, 21 Nov 2026 00:00:00 GMT"))[0]
    assert answer.result == Unchanged(url, NOW)
    headers = origin.asked[-1].headers
    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == "Sat, 21 Nov 2026 00:00:00 GMT"


def test_304_without_a_question_is_a_failure() -> None:
    answer = one({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"})
    assert "304" in reason(answer)


def test_a_stored_validator_cannot_smuggle_a_header() -> None:
    with Origin({"/": page()}) as origin:
        body(ask(Request(origin.url(), etag='"1"\r\nx-evil: 1'))[0])
    assert "x-evil" not in origin.asked[-1].headers
    assert "if-none-match" not in origin.asked[-1].headers


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", PACKED),
        ("x-gzip", PACKED),
        ("gzip", gzip.compress(b"text" * 9, mtime=0) + gzip.compress(b"text" * 990, mtime=0)),
        ("gzip", PACKED + b"\0\0junk"),
        ("gzip", b"text" * 999),  # it says so, and does not do it
        ("deflate", zlib.compress(b"text" * 999)),
        ("deflate", zlib.compress(b"text" * 999)[2:-4]),  # without zlib's header
        ("UTF-8", b"text" * 999),
    ],
)
def test_what_is_packed_is_unpacked(coding: str, packed: bytes) -> None:
    assert body(one({"/": page(packed, content_encoding=coding)})) == b"text" * 999


def test_gzip_in_single_bytes_is_unpacked() -> None:
    packed = gzip.compress(b"drip")

    async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(page(packed, content_encoding="gzip")[: -len(packed)])
        for byte in packed:
            writer.write(bytes([byte]))
            await writer.drain()

    assert body(one({"/": drip})) == b"drip"


def test_redirects_are_followed_and_only_permanent_ones_told() -> None:
    routes: dict[str, Route] = {
        "/old": moved("/newer", "301 Moved Permanently"),
        "/newer": moved("new?x=1#part", "308 Permanent Redirect"),
        "/new?x=1": page(b"here"),
        "/mixed": moved("/kept", "301 Moved Permanently"),
        "/kept": moved("/new?x=1", "302 Found"),
        "/passing": moved("/newer", "307 Temporary Redirect"),
    }
    with Origin(routes) as origin:
        old, mixed, passing = ask(*(origin.url(target) for target in ("/old", "/mixed", "/passing")))
    assert [body(answer) for answer in (old, mixed, passing)] == [b"here"] * 3
    assert isinstance(old.result, Page)
    assert old.result.url == old.moved == origin.url("/new?x=1")
    assert mixed.moved == origin.url("/kept")
    assert passing.moved == ""


def test_an_address_is_sent_as_it_is_written() -> None:
    target = "/a%2Fb~c/?sig=a+b%2Bc%7e==&u=http://x/"
    with Origin({target: page(), "/%E6%96%87?q=%E7%AB%A0": page(), "/%B2%E2": page()}) as origin:
        origin.routes["/gbk"] = page(
            b"", "302 Found", location=b"/\xb2\xe2".decode("utf-8", "surrogateescape")
        )
        answers = ask(
            origin.url(target), origin.url("/文?q=章"), origin.url("/gbk"), origin.url("").rstrip("/")
        )
    assert [answer.status for answer in answers] == [200, 200, 200, 404]


def test_a_proxy_is_asked_for_whole_addresses_and_looks_up_no_names() -> None:
    def never(host: str) -> list[str]:
        raise AssertionError(host)

    with Origin({"http://news.example/feed": page(b"by proxy")}) as proxy:
        for network, request in (
            (Network(proxy=proxy.url(), timeout=3), Request("http://news.example/feed")),
            (Network(timeout=3), Request("http://news.example/feed", proxy=proxy.url())),
        ):
            assert body(ask(request, network=network, resolve=never)[0]) == b"by proxy"
    assert proxy.count("http://news.example/robots.txt") == 2


def test_behind_a_proxy_literal_private_addresses_stay_closed() -> None:
    with Origin() as proxy:
        answers = ask(
            "http://127.1/", "http://[::1]/", "http://169.254.169.254/", network=Network(proxy=proxy.url())
        )
    assert all("private address" in reason(answer) for answer in answers)
    assert proxy.count() == 0


def test_a_dead_or_unusable_proxy_is_named_without_its_password() -> None:
    with Origin() as gone:
        port = gone.port
    dead = ask(
        Request("http://a.example/", proxy=f"http://me:secret@127.0.0.1:{port}"), network=Network(timeout=3)
    )[0]
    assert reason(dead) == f"the proxy 127.0.0.1:{port} cannot be reached"
    odd = ask(Request("http://a.example/", proxy="socks5://127.0.0.1:1"), network=Network(timeout=3))[0]
    assert reason(odd) == "the proxy's address cannot be used"
