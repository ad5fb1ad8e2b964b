"""Signatures of the platform: SHA-1 over the sorted parts, as its guide has it (接入概述, 消息加解密说明). Pure."""

from __future__ import annotations

import hashlib
from hmac import compare_digest

FRESH = 300  # seconds that a signature's time may lie before or after ours


def sign(*parts: str) -> str:
    """The signature of these parts, in whatever order they are given; 40 hexadecimal digits."""
    joined = "".join(sorted(parts)).encode("utf-8", "replace")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(signature: str, *parts: str) -> bool:
    """Whether the signature is that of the parts; takes the same time whatever is wrong."""
    return compare_digest(signature.encode("utf-8", "replace"), sign(*parts).encode())


def is_fresh(timestamp: str, now: float) -> bool:
    """Whether a signature's time, in seconds since 1970, is near `now`."""
    return timestamp.isascii() and timestamp.isdecimal() and abs(int(timestamp[:15]) - now) <= FRESH
