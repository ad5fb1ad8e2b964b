"""The demo's own door: an HTTP proxy on loopback that answers for the made-up hosts under `.example`."""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from curate.demo import feeds, pages
from curate.demo.content import ZONE, DemoPiece, DemoSite, moment, nights, sites
from curate.demo.scenery import picture

ROBOTS = "User-agent: *\nDisallow: /login\nDisallow: /search\n"


@dataclass(frozen=True, slots=True)
class ServedDocument:
    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@cache
def _picture(seed: str) -> bytes:
    return picture(seed)


def _newest(pieces: tuple[DemoPiece, ...], now: datetime) -> datetime:
    return max((moment(piece.day, piece.clock, now) for piece in pieces), default=nights(now)[0])


def _text(site: DemoSite, path: str, now: datetime, night: int) -> tuple[str, str] | None:
    """A document's text and media type, or None where the site has no such page."""
    shown = site.list_shown(night)
    if path == site.path and site.kind in feeds.RENDERERS:
        render, media = feeds.RENDERERS[site.kind]
        return render(site, shown, now), media
    if path == site.path and site.kind == "page":
        return pages.list_page(site, shown, now, nights(now)[night - 1]), "text/html"
    if path in ("/", "/about"):
        return pages.home(site, shown), "text/html"
    if path == "/live" and "onelink" in site.options:
        return pages.live(site, shown, now), "text/html"
    for piece in shown:
        if path == f"/a/{piece.id}.html" and "onelink" not in site.options:
            return pages.article(site, piece, shown, now), "text/html"
    return None


def find(url: str, now: datetime, night: int) -> ServedDocument | None:
    """What the demo's web has at an address in a night; None where it has nothing."""
    parts = urlsplit(url)
    site = next((site for site in sites() if site.host == parts.hostname), None)
    if site is None:
        return None
    modified = _newest(site.list_shown(night), now)
    if parts.path == "/robots.txt":
        return ServedDocument(ROBOTS.encode(), "text/plain", nights(now)[0])
    if parts.path.startswith("/img/") and parts.path.endswith(".png"):
        return ServedDocument(_picture(parts.path), "image/png", modified)
    text = _text(site, parts.path, now, night)
    if text is None:
        return None
    # The charset is left to the document, as most servers do; only UTF-8 sites name it for their feeds.
    media = text[1] if site.encoding != "utf-8" or site.kind == "rss092" else f"{text[1]}; charset=utf-8"
    return ServedDocument(text[0].encode(site.encoding), media, modified)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    timeout = 30
    server: Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        url = (
            self.path if self.path.startswith("http://") else f"http://{self.headers.get('Host')}{self.path}"
        )
        self.server.requests.append(url)
        host = urlsplit(url).hostname
        if any(site.host == host and site.kind == "dead" for site in sites()):
            self._reset()
            return
        document = find(url, self.server.now, self.server.night)
        if document is None:
            known = any(site.host == host for site in sites())
            self._answer(404 if known else 502, b"<h1>Not Found</h1>", {"Content-Type": "text/html"})
            return
        headers = {
            "ETag": document.etag,
            "Last-Modified": self.date_time_string(int(document.modified.timestamp())),
            "Content-Type": document.content_type,
            "Vary": "Accept-Encoding",
        }
        if self._is_unchanged(document):
            self._answer(304, b"", headers)
            return
        body = document.body
        if "gzip" in self.headers.get("Accept-Encoding", "") and not document.content_type.startswith(
            "image/"
        ):
            body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        self._answer(200, body, headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_unchanged(self, document: ServedDocument) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return document.etag in tags
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return int(document.modified.timestamp()) <= parsedate_to_datetime(since).timestamp()
        except ValueError:
            return False

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _reset(self) -> None:
        """Close with a reset in place of an answer, as a host does whose program has died."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class Server(ThreadingHTTPServer):
    """The running demo web. `night` may be changed while it runs; `requests` lists the addresses asked for."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, now: datetime, night: int, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.now = now.astimezone(ZONE)
        self.night = night
        self.requests: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def proxy(self) -> str:
        """What `network.proxy` has to say."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serve(now: datetime, night: int = 1, port: int = 0) -> Iterator[Server]:
    """The demo's web as it stands in a night (1 or 2) of the week that ends at `now`, while the block runs.

    `port` 0 takes a free one; give the first night's port to the second where its feeds.yaml is kept.
    Raises OSError where the port cannot be had.
    """
    server = Server(now, night, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
