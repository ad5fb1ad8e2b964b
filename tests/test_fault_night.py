"""A night of 200 sources over real sockets, most of which fail in every way that the web knows."""

from __future__ import annotations

import asyncio
import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from curate.app.doors import Fetcher
from curate.config.schema import Config
from curate.fetch.body import BROTLI
from curate.pipeline.nightly import Night, night
from curate.pipeline.ports import Doors
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.account import templates
from curate.text.encoder import find_encoder
from tests.nouns import NOW
from tests.origin import Asked, Origin, Route, bomb, broken, hang, moved, page, reset
from tests.test_fetch_caps import endless
from tests.test_night import TITLES, Silent, feed, settings

SOURCES, SECONDS, DEADLINE = 200, 2, 60
GROWTH = 160 * 2**20  # bytes of memory: a window of answers and the libraries, however much is sent
JUDGING = "curate.topics.assign"  # with scikit-learn, which takes its memory once


async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A byte a second, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n")
    while not asked.gone() and not writer.transport.is_closing():
        writer.write(b"<")
        await asyncio.sleep(1)


def hang_after(beginning: bytes) -> Route:
    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        await hang(asked, writer)

    return handle


def feed_of(asked: Asked) -> bytes:
    """A feed that says something of its own for each host."""
    number = int("".join(filter(str.isdigit, asked.headers["host"].partition(".")[0])))
    title = f"{TITLES[number % len(TITLES)]}之{number}"
    return feed((str(number), title, 2), host=f"h{number}.test")


async def good(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(page(feed_of(asked), content_type="application/rss+xml"))
    await writer.drain()


async def wrong_charset(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(page(feed_of(asked), content_type="text/xml; charset=iso-8859-1"))
    await writer.drain()


async def robots(asked: Asked, writer: asyncio.StreamWriter) -> None:
    forbids = asked.headers["host"].startswith("forbid")
    writer.write(
        page(b"User-agent: *\nDisallow: /" if forbids else b"", "200 OK" if forbids else "404 Not Found")
    )
    await writer.drain()


PACKED = zlib.compress(bytes(9000), wbits=31)
FAULTS: dict[str, Route] = {
    "/500": page(b"", "500 Oops"),
    "/404": page(b"", "404 Not Found"),
    "/410": page(b"", "410 Gone"),
    "/chain": moved("/chain2", "301 Moved Permanently"),
    "/loop": moved("/loop2", "308 Permanent Redirect"),
    "/long1": moved("/long2"),
    "/hang": hang,
    "/hang-in-headers": hang_after(b"HTTP/1.1 200 OK\r\ncontent-type: te"),
    "/hang-after-headers": hang_after(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n<rss>"),
    "/reset": reset,
    "/truncated": broken(page(PACKED[:-9], content_encoding="gzip")),
    "/bomb": page(bomb(64), content_encoding="gzip"),
    "/gigabyte": endless,
    "/drip": drip,
    "/short": broken(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n<rss>"),
    "/chunk": broken(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n<rss>"),
    "/headers": page(b"", **{f"x_{n}": "y" * 4000 for n in range(40)}),
    "/429": page(b"", "429 Too Many Requests"),
    "/429-later": page(b"", "429 Too Many Requests", retry_after="100000"),
    "/entities": page(b'<!DOCTYPE rss [<!ENTITY a "' + b"x" * 99 + b'">' + b"".join(
        b'<!ENTITY %s "%s">' % (b"abcdefghij"[n + 1 : n + 2], b"&%s;" % b"abcdefghij"[n : n + 1] * 10) for n in range(9)
    ) + b"]><rss><channel><title>&j;</title></channel></rss>"),
    "/metadata": moved("http://169.254.169.254/latest/meta-data/"),
    "/decimal": moved("http://2130706433/"),
    "/hex": moved("http://0x7f.1/"),
    "/octal": moved("http://0177.0.0.1/"),
    "/mapped": moved("http://[::ffff:127.0.0.1]/"),
    "/inside": moved("http://rebound.test/"),
    "/file": moved("file:///etc/passwd"),
}  # fmt: skip
if BROTLI:
    import brotli

    FAULTS["/brotli"] = page(brotli.compress(bytes(64 << 20), quality=1), content_encoding="br")
ROUTES: dict[str, Route] = {
    **FAULTS, "/good": good, "/charset": wrong_charset, "/robots.txt": robots,
    "/chain2": moved("/good", "308 Permanent Redirect"), "/loop2": moved("/loop"),
    **{f"/long{n}": moved(f"/long{n + 1}") for n in range(2, 9)},
}  # fmt: skip
READABLE = ("/good", "/charset", "/chain")


def sources(origin: Origin) -> list[dict[str, object]]:
    """Every fault in turn, with a good one after each; and hosts whose robots.txt forbids, which no feed asks."""
    targets = [target for fault in FAULTS for target in (fault, "/good")] + ["/charset"]
    rows = [(f"h{n}", targets[n % len(targets)]) for n in range(SOURCES - 5)] + [
        (f"forbid{n}", "/good") for n in range(5)
    ]
    return [{"name": name, "id": name, "url": origin.url(target, f"{name}.test")} for name, target in rows]


def look_up(host: str) -> list[str]:
    """All is on loopback. The allowed names are opened by name; `rebound.test` is not, whatever it said before."""
    return ["127.0.0.1"]


@contextmanager
def memory() -> Iterator[list[int]]:
    """The greatest growth of this process's resident memory, in bytes."""
    over, start = threading.Event(), _resident()
    growth = [0]

    def watch() -> None:
        while not over.wait(0.05):
            growth[0] = max(growth[0], _resident() - start)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield growth
    finally:
        over.set()
        watcher.join()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def played(rows: list[dict[str, object]], archive: Archive, hours: int) -> Night:
    names = [f"{row['name']}.test" for row in rows]
    network = {"allow_private": names, "timeout": SECONDS, "deadline": DEADLINE, "concurrency": 64}
    config: Config = settings(*rows, network=network, channels=["markdown"])
    now = NOW + timedelta(hours=hours)
    fetch = Fetcher(config, now, archive, look_up)
    return night(config, Doors(fetch, lambda _: [], archive, templates(), lambda _: 1, map), Silent(), now)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")
def test_a_night_of_every_fault_still_makes_its_issue_in_time_with_memory_flat(tmp_path: Path) -> None:
    with Origin(ROUTES) as origin, Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        import_module(JUDGING)
        if encoder := find_encoder():
            encoder.encode(["as large as it is, whatever is read"])
        start = time.monotonic()
        with memory() as growth:
            done = played(sources(origin), archive, 0)
        took = time.monotonic() - start
        few = [row for row in sources(origin) if str(row["url"]).endswith(("/410", "/429-later"))]
        asked = origin.count()
        again = played(few, archive, 1)
        assert origin.count() == asked, "they are not asked again"
    assert done.issue, "what could be read is enough"
    assert took < DEADLINE
    assert growth[0] < GROWTH
    by_target = {row["id"]: str(row["url"]) for row in sources(origin)}
    for outcome in done.outcomes:
        readable = by_target[outcome.source].endswith(READABLE)
        assert (outcome.status == "new") == readable, outcome
        if by_target[outcome.source].endswith("/entities"):
            assert outcome.status == "empty", "read, without what it would unfold to"
        else:
            assert readable or (outcome.reason and outcome.hint), outcome
    assert (
        len({o.reason.replace(f"{o.source}.test", "HOST") for o in done.outcomes if o.status == "failed"})
        >= 20
    )
    assert {o.status for o in again.outcomes} == {"gone", "waiting"}
