"""Floods: whatever is sent, and whatever it unpacks to, memory stays flat."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib

import pytest

from curate.config.schema import Network
from curate.domain.model import Page
from curate.fetch import Request, fetch
from curate.fetch.body import BROTLI
from curate.fetch.limits import BODY_LIMIT
from tests.asking import AGENT, NOW, OPEN, ask, body, reason
from tests.origin import Asked, Origin, Route, bomb, broken, page

MEBIBYTE = 1024 * 1024


async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A gigabyte, unless the client hangs up."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n")
    block = b"x" * MEBIBYTE
    for _ in range(1024):
        if writer.transport.is_closing() or asked.gone():
            return
        writer.write(block)
        await writer.drain()


@pytest.mark.parametrize(
    "route",
    [
        page(bomb(300), content_encoding="gzip"),
        page(gzip.compress(bomb(300), mtime=0), content_encoding="gzip"),
        page(zlib.compress(bytes(BODY_LIMIT + 1)), content_encoding="deflate"),
        page(b"".join(gzip.compress(bytes(MEBIBYTE), mtime=0) for _ in range(30)), content_encoding="gzip"),
        broken(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\nx"),
        endless,
    ],
    ids=["gzip bomb", "gzip in gzip", "deflate bomb", "many members", "announced gigabyte", "sent gigabyte"],
)
def test_a_flood_is_cut_at_the_cap_with_memory_flat(route: Route) -> None:
    with Origin({"/": route}) as origin:
        tracemalloc.start()
        start = time.monotonic()
        answer = ask(Request(origin.url(), robots=False), network=OPEN.model_copy(update={"timeout": 20}))[0]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    if isinstance(answer.result, Page):  # the inner bomb is data: it is never unpacked twice
        assert len(answer.result.body) < MEBIBYTE
    else:
        assert reason(answer) == "more than 10 MB; not read to its end"
    assert peak < 4 * BODY_LIMIT
    assert time.monotonic() - start < 10


def test_a_document_of_just_the_limit_is_read() -> None:
    packed = gzip.compress(bytes(BODY_LIMIT), 1)
    with Origin(
        {"/plain": page(bytes(BODY_LIMIT)), "/packed": page(packed, content_encoding="gzip")}
    ) as origin:
        answers = ask(
            origin.url("/plain"), origin.url("/packed"), network=OPEN.model_copy(update={"timeout": 20})
        )
    assert [len(body(answer)) for answer in answers] == [BODY_LIMIT, BODY_LIMIT]


brotli = pytest.mark.skipif(BROTLI is None, reason="brotli 1.2 or later is not installed")


@brotli
def test_brotli_is_unpacked_under_the_same_caps() -> None:
    text = bytes(range(256)) * 999
    routes: dict[str, Route] = {
        "/whole": page(BROTLI.compress(text), content_encoding="br"),
        "/exact": page(BROTLI.compress(bytes(BODY_LIMIT), quality=1), content_encoding="br"),
        "/bomb": page(BROTLI.compress(bytes(100 * MEBIBYTE), quality=1), content_encoding="br"),
        "/short": page(BROTLI.compress(text)[:-3], content_encoding="br"),
        "/junk": page(b"\xff" * 99, content_encoding="br"),
    }
    with Origin(routes) as origin:
        whole, exact, bomb, short, junk = ask(*(origin.url(target) for target in routes))
    assert "br" in origin.asked[-1].headers["accept-encoding"]
    assert body(whole) == text
    assert len(body(exact)) == BODY_LIMIT
    assert "10 MB" in reason(bomb)
    assert "cut short" in reason(short)
    assert "cannot be unpacked" in reason(junk)


TEXT = b"<?xml version='1.0'?><rss/>" * 50


# no time in them: test runners compare parameters
GZIPPED = gzip.compress(TEXT, mtime=0)
GZIPPED_TWICE = gzip.compress(GZIPPED, mtime=0)


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("gzip, gzip", GZIPPED_TWICE),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT), mtime=0)),
        ("identity, x-gzip", GZIPPED),
        ("GZIP,", GZIPPED),
        ("deflate", GZIPPED),
        ("br", GZIPPED),
        ("br", TEXT),
        ("deflate", TEXT),
        ("gzip, br", TEXT),
        ("br, gzip", GZIPPED),
    ],
)
def test_a_body_is_unpacked_as_it_begins_whatever_it_is_called(coding: str, sent: bytes) -> None:
    with Origin({"/": page(sent, content_encoding=coding)}) as origin:
        assert body(ask(origin.url())[0]) == TEXT


@pytest.mark.parametrize("coding", ["gzip, gzip", "deflate, gzip"])
def test_a_bomb_in_a_bomb_is_cut_at_the_cap(coding: str) -> None:
    with Origin({"/": page(gzip.compress(bomb(300), mtime=0), content_encoding=coding)}) as origin:
        assert reason(ask(origin.url())[0]) == "more than 10 MB; not read to its end"


@pytest.mark.skipif(BROTLI is not None, reason="brotli is installed")
def test_without_brotli_it_is_not_asked_for_and_named_where_it_comes() -> None:
    with Origin({"/": page(b"\x0b\x02\x80packed", content_encoding="br")}) as origin:
        answer = ask(origin.url())[0]
    assert "br" not in origin.asked[-1].headers["accept-encoding"]
    assert "cannot be unpacked (br)" in reason(answer)


def test_a_slow_caller_does_not_pile_up_answers() -> None:
    size = 4 * MEBIBYTE
    with Origin({f"/{n}": page(bytes(size)) for n in range(40)}) as origin:
        names = tuple(f"h{n}.test" for n in range(40))
        network = Network(allow_private=names, concurrency=4)
        requests = [Request(origin.url(f"/{n}", names[n]), robots=False) for n in range(40)]
        answers = fetch(requests, network, now=NOW, user_agent=AGENT, resolve=lambda host: ["127.0.0.1"])
        first = next(answers)
        time.sleep(1)
        asked = origin.count()
        rest = list(answers)
    assert asked <= 1 + 8 + 1 + network.concurrency  # taken, 32 MiB unread, the one beyond, under way
    assert len({len(body(answer)) for answer in [first, *rest]}) == 1
    assert len(rest) == 39
