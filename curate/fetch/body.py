"""Bodies under caps: what is sent and what it unpacks to are both bounded while they stream."""

from __future__ import annotations

import importlib
import zlib
from typing import Any, Protocol

import aiohttp

from curate.fetch.limits import MEBIBYTE
from curate.fetch.problem import Problem

_GZIP_MAGIC = b"\x1f\x8b"
_PLAIN = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "8bit"})  # as seen; nothing is packed


def _brotli() -> Any:
    """The brotli module if it can bound what one call unpacks (1.2 and later), else None."""
    try:
        module = importlib.import_module("brotli")
    except ImportError:
        return None
    return module if hasattr(getattr(module, "Decompressor", None), "can_accept_more_data") else None


BROTLI = _brotli()
ACCEPT_ENCODING = "gzip, deflate, br" if BROTLI else "gzip, deflate"


class _Unpacker(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """Unpack `data` into at most `room` + 1 bytes. More than `room` means: too large."""

    def whole(self) -> bool:
        """Whether the packed stream has come to its end."""


class _Inflate:
    """gzip (of any number of members) and deflate (with zlib's header or, as some servers do, without)."""

    def __init__(self, coding: str) -> None:
        self._gzip = coding != "deflate"
        self._head = b""
        self._stream: Any = None
        self._plain = False

    def feed(self, data: bytes, room: int) -> bytes:
        if self._plain:
            return data
        if self._stream is None:
            data = self._head = self._head + data
            if len(data) < len(_GZIP_MAGIC):
                return b""
            self._stream = self._open(data)
            if self._stream is None:
                self._plain = True
                return data
        out: bytes = self._stream.decompress(data, room + 1)
        while self._gzip and self._stream.eof and self._stream.unused_data.startswith(_GZIP_MAGIC):
            rest = self._stream.unused_data
            self._stream = zlib.decompressobj(wbits=31)
            out += self._stream.decompress(rest, max(room - len(out), 0) + 1)
        return out

    def whole(self) -> bool:
        return self._plain or self._stream is None or self._stream.eof

    def _open(self, head: bytes) -> Any:
        if self._gzip:  # a server that says gzip and sends plain text is taken at what it sends
            return zlib.decompressobj(wbits=31) if head.startswith(_GZIP_MAGIC) else None
        wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # RFC 1950, 2.2
        return zlib.decompressobj(wbits=15 if wrapped else -15)


class _Brotli:
    def __init__(self) -> None:
        self._stream = BROTLI.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out: bytes = self._stream.process(data, output_buffer_limit=room + 1)
        while len(out) <= room and not self._stream.can_accept_more_data():
            more: bytes = self._stream.process(b"", output_buffer_limit=room + 1 - len(out))
            out += more
        return out

    def whole(self) -> bool:
        return bool(self._stream.is_finished())


async def read(response: aiohttp.ClientResponse, host: str, limit: int, truncate: bool = False) -> bytes:
    """The body of `response`, unpacked, at most `limit` bytes.

    Beyond the limit: Problem, or with `truncate` the first `limit` bytes. Problem "garbled" and "cut short"
    where it does not unpack, or not to its end.
    """
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""), host)
    if unpacker is None and not truncate and (response.content_length or 0) > limit:
        raise Problem("too large", limit=limit // MEBIBYTE)
    parts: list[bytes] = []
    size = packed = 0
    async for data in response.content.iter_any():
        packed += len(data)
        part = data if unpacker is None else _unpack(unpacker, data, limit - size, host)
        size += len(part)
        parts.append(part)
        if size > limit or packed > limit:
            if truncate:
                return b"".join(parts)[:limit]
            raise Problem("too large", limit=limit // MEBIBYTE)
    if unpacker is not None and not unpacker.whole():
        raise Problem("cut short", host=host)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unpacker(header: str, host: str) -> _Unpacker | None:
    coding = header.strip().lower()
    if coding in _PLAIN:
        return None
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Inflate(coding)
    if coding == "br" and BROTLI:
        return _Brotli()
    raise Problem("garbled", host=host, why=coding[:40])


def _unpack(unpacker: _Unpacker, data: bytes, room: int, host: str) -> bytes:
    try:
        return unpacker.feed(data, room)
    except zlib.error as error:
        raise Problem("garbled", host=host, why=str(error)[:80]) from error
    except getattr(BROTLI, "error", ()) as error:
        raise Problem("garbled", host=host, why="brotli") from error
