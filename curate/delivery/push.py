"""A message by the library apprise, which knows more services than we do, and believes most of them. Pure.

Its own yes is not to be believed: with HTTP 200 it takes WeCom's, DingTalk's and ServerChan's refusals for success (2.3.0). So
the service's answers are looked at as well, for the codes that services refuse with. Where there is none of these nobody
can be certain, and that is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LIMIT = 2000  # bytes; what a service takes less is told by apprise, and nothing is sent
# What services say yes by; anything else under one of these names is a no.
_YES: dict[str, tuple[Any, ...]] = {
    "errcode": (0,),
    "errno": (0,),
    "code": (0, 200, 1000, "0", "200"),  # 1000: WxPusher
    "StatusCode": (0,),
    "ok": (True,),
    "success": (True, "true", 1),
    "error": (None, False, 0, ""),
}


@dataclass(frozen=True, slots=True)
class PushCall:
    """One message for the addresses that apprise has for services, which carry secrets."""

    urls: tuple[str, ...] = field(repr=False)
    title: str
    text: str


def find_refusal(answer: bytes) -> str:
    """What an answer says no by, "" where it says no such thing. Answers of several requests are a line each."""
    for line in answer.splitlines():
        for name, value in _read_codes(line):
            if not any(value == yes and type(value) is type(yes) for yes in _YES[name]):
                return line.decode("utf-8", "replace")
    return ""


def _read_codes(line: bytes) -> Iterator[tuple[str, Any]]:
    try:
        told = json.loads(line[line.find(b"{") :])
    except ValueError:
        return
    if isinstance(told, dict):
        yield from ((name, told[name]) for name in _YES if name in told)
