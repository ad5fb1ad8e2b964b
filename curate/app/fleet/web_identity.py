"""Which sources of several accounts are one: what is asked, and how it is read, decide. Pure.

The name, topic and weight of a source are its account's. What only that account may see is its account's as well: what is
asked with headers, a login, a key or anything else of the environment, and the editor's own folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from curate.config.schema import Config, Network, Source
from curate.sources import addresses

_KEY_NAME = re.compile(
    r"(?:^|[_-])(?:auth|key|apikey|token|secret|sig|signature|password|passwd|pwd|code|session)(?:$|[_-])",
    re.I,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_WORDS_APART = re.compile(r"[-_.~%+]")
_LONG = 20  # letters and digits in one piece that are no word of an address


@dataclass(frozen=True, slots=True)
class WebIdentity:
    """What the shared web calls a source, and whether it is its account's alone."""

    name: str
    is_private: bool


def identify_sources(
    config: Config, account: str, is_secret: Callable[[str], bool]
) -> dict[str, WebIdentity]:
    """An account's own ids of its sources -> what the shared web calls them. `account` is its name in the fleet, unlike any
    other's; `is_secret` knows what came from the environment."""
    seen: Counter[str] = Counter()
    found = {}
    for source in config.sources:
        asked = _describe(source, config.network)
        is_private = bool(source.folder or source.headers) or _holds_secret(asked, is_secret)
        if is_private:
            asked |= {"account": account, "source": source.id}
        name = _digest(asked)
        seen[name] += 1
        if seen[name] > 1:  # an account that reads one thing twice has all of it twice
            name = _digest({**asked, "again": seen[name]})
        found[source.id] = WebIdentity(name, is_private)
    return found


def private_name(account: str, source: str) -> str:
    """What the shared web calls a source of an account that stands in no feeds.yaml (any more)."""
    return _digest({"account": account, "source": source})


def _describe(source: Source, network: Network) -> dict[str, Any]:
    """All that changes what is asked for a source, and what is read in the answer."""
    options = source.model_dump(
        mode="json", include={"reader", "url", "route", "folder", "select", "options"}
    )
    return {
        **options,
        "addresses": addresses(source, network),
        "limit": source.limit,
        "robots": source.robots,
        "proxy": source.proxy or network.proxy,
        "private_hosts": sorted(network.allow_private),
    }


def _holds_secret(asked: dict[str, Any], is_secret: Callable[[str], bool]) -> bool:
    told = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    return is_secret(told) or any(map(_has_key, asked["addresses"])) or "@" in str(asked["proxy"] or "")


def _has_key(url: str) -> bool:
    """Whether an address looks as if it were for one subscriber: a parameter of such a name, or a piece nobody could read."""
    parts = urlsplit(url)
    parameters = parse_qsl(parts.query)
    pieces = [*parts.path.split("/"), *(value for _, value in parameters)]
    return (
        "@" in parts.netloc
        or any(_KEY_NAME.search(name) for name, _ in parameters)
        or any(_is_random(piece) for piece in pieces)
    )


def _is_random(piece: str) -> bool:
    if _UUID.search(piece):
        return True
    longest = max(_WORDS_APART.split(piece), key=len)
    has_both = any(map(str.isdigit, longest)) and any(map(str.isalpha, longest))
    return len(longest) >= _LONG and longest.isascii() and has_both


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
