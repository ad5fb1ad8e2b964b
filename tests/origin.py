"""A tiny web server on loopback for tests: any answer, well-formed or not, and counters of what was asked.

with Origin({"/a": page(b"text")}) as origin:
    ...origin.url("/a")...
assert origin.count("/a") == 1
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True)
class Asked:
    """One request as it came; names of headers in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    number: int  # 1.. of this target
    time: float  # of the server's loop
    gone: Callable[[], bool]  # whether the client has hung up


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
Route = bytes | Handler

_TLS_HANDSHAKE = b"\x16"  # the type of the first record of a client that takes this for https


def page(body: bytes = b"ok", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer. Headers are given as `content_type="text/html"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *(f"{k}: {v}" for k, v in named.items())]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def moved(where: str, status: str = "302 Found") -> bytes:
    return page(b"", status, location=where)


def broken(reply: bytes) -> Handler:
    """Send `reply` and hang up: for answers that promise more than they hold."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()
        writer.close()

    return handle


def bomb(mebibytes: int) -> bytes:
    """So much gzip of nothing; a thousandth of it is sent. It has no end: whoever reads so far has failed."""
    packer = zlib.compressobj(9, wbits=31)
    first, again = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (mebibytes - 1)


async def hang(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Say nothing at all, until the client hangs up."""
    while not asked.gone():
        await asyncio.sleep(0.02)
    writer.close()


async def reset(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a TCP reset."""
    # Not to linger on close is what makes the system send RST in place of FIN.
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def in_turn(*routes: Route) -> Handler:
    """The first request gets the first, and so on; the last stays."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _give(routes[min(asked.number, len(routes)) - 1], asked, writer)

    return handle


def slowly(route: Route, seconds: float) -> Handler:
    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await _give(route, asked, writer)

    return handle


async def _give(route: Route, asked: Asked, writer: asyncio.StreamWriter) -> None:
    if isinstance(route, bytes):
        writer.write(route)
        await writer.drain()
    else:
        await route(asked, writer)


class Origin:
    """Serves `routes` by target on 127.0.0.1 in a thread of its own; anything else is a 404.

    As a proxy it is asked for whole addresses, which are then the targets.
    """

    def __init__(self, routes: Mapping[str, Route] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.routes: dict[str, Route] = {"/robots.txt": page(b"", "404 Not Found"), **(routes or {})}
        self.asked: list[Asked] = []
        self.peak = 0  # requests under way at once, at most
        self.open = 0  # connections open now
        self.port = 0
        self._under_way = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{host}:{self.port}{target}"

    def count(self, target: str | None = None) -> int:
        return sum(1 for asked in self.asked if target in (None, asked.target))

    def __enter__(self) -> Origin:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._connection(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            while not writer.is_closing():
                head = await reader.readexactly(1)
                if head == _TLS_HANDSHAKE:
                    writer.write(page(b"", "400 Bad Request"))
                    break
                head += await reader.readuntil(b"\r\n\r\n")
                await self._request(head.decode("latin-1"), reader, writer)
                if "\r\nconnection: close" in head.decode("latin-1").lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _request(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.rstrip().split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        asked = Asked(method, target, headers, self.count(target) + 1, self._loop.time(), reader.at_eof)
        self.asked.append(asked)
        self._under_way += 1
        self.peak = max(self.peak, self._under_way)
        try:
            await _give(self.routes.get(target, page(b"", "404 Not Found")), asked, writer)
        finally:
            self._under_way -= 1
