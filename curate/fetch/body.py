"""Bodies under caps: what is sent and what it unpacks to are both bounded while they stream."""

from __future__ import annotations

import importlib
import re
import zlib
from typing import Any, Protocol

import aiohttp

from curate.fetch.errors import Problem
from curate.fetch.limits import MEBIBYTE

_GZIP_MAGIC = b"\x1f\x8b"
# How texts begin. A stream in zlib's or brotli's form does not begin so, and servers name a form and send the text.
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[!?a-zA-Z]|\{\s*[\"}]|\[\s*[\"{\]])[\x20-\x7e\s]*")
_TOLD = 12  # bytes that tell
_PLAIN = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "8bit"})  # as seen; nothing is packed


def _brotli() -> Any:
    """The brotli module if it can bound what one call unpacks (1.2 and later), else None."""
    try:
        module = importlib.import_module("brotli")
    except ImportError:
        return None
    return module if hasattr(getattr(module, "Decompressor", None), "can_accept_more_data") else None


BROTLI = _brotli()
_MOST_CODINGS = 3
ACCEPT_ENCODING = "gzip, deflate, br" if BROTLI else "gzip, deflate"


class _Unpacker(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """Unpack `data` into at most `room` + 1 bytes. More than `room` means: too large."""

    def whole(self) -> bool:
        """Whether the packed stream has come to its end."""


class _Identity:
    def feed(self, data: bytes, room: int) -> bytes:
        return data

    def whole(self) -> bool:
        return True


class _Inflate:
    """gzip of any number of members (`wbits` 31), and deflate with zlib's header or without (15, -15)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits=wbits)

    def feed(self, data: bytes, room: int) -> bytes:
        out: bytes = self._stream.decompress(data, room + 1)
        while self._wbits == 31 and self._stream.eof and self._stream.unused_data.startswith(_GZIP_MAGIC):
            rest = self._stream.unused_data
            self._stream = zlib.decompressobj(wbits=31)
            out += self._stream.decompress(rest, max(room - len(out), 0) + 1)
        return out

    def whole(self) -> bool:
        return self._stream.eof


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


class _Layer:
    """One coding that the server named, judged by how the stream begins: many name one and send another, or none."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._head = b""
        self._unpacker: _Unpacker | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._unpacker is None:
            data = self._head = self._head + data
            if len(data) < len(_GZIP_MAGIC):
                return b""
            self._unpacker = _choose_unpacker(self._coding, data)
        return self._unpacker.feed(data, room)

    def whole(self) -> bool:
        return self._unpacker is None or self._unpacker.whole()


class _Layers:
    """Codings in the order in which they were applied (RFC 9110, 8.4); each has the same cap."""

    def __init__(self, codings: list[str]) -> None:
        self._layers = [_Layer(coding) for coding in reversed(codings)]

    def feed(self, data: bytes, room: int) -> bytes:
        for layer in self._layers:
            if not data:
                break
            data = layer.feed(data, room)
            if len(data) > room:
                break  # too large already, packed or not
        return data

    def whole(self) -> bool:
        return all(layer.whole() for layer in self._layers)


def _choose_unpacker(coding: str, head: bytes) -> _Unpacker:
    if head.startswith(_GZIP_MAGIC):
        return _Inflate(31)
    if coding == "gzip" or _TEXT.fullmatch(head[:_TOLD]):
        return _Identity()
    if coding == "br":
        if not BROTLI:  # not asked for, and sent all the same
            raise LookupError(coding)
        return _Brotli()
    wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # RFC 1950, 2.2
    return _Inflate(15 if wrapped else -15)


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
    named = [coding.strip().lower() for coding in header.split(",")]
    codings = [coding.removeprefix("x-") for coding in named if coding not in _PLAIN]
    unknown = [coding for coding in codings if coding not in ("gzip", "deflate", "br")]
    if unknown:
        raise Problem("garbled", host=host, why=unknown[0][:40])
    if len(codings) > _MOST_CODINGS:
        raise Problem("garbled", host=host, why=header[:40])
    return _Layers(codings) if codings else None


def _unpack(unpacker: _Unpacker, data: bytes, room: int, host: str) -> bytes:
    try:
        return unpacker.feed(data, room)
    except (zlib.error, LookupError) as error:
        raise Problem("garbled", host=host, why=str(error)[:80]) from error
    except getattr(BROTLI, "error", ()) as error:
        raise Problem("garbled", host=host, why="brotli") from error
