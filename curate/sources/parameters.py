"""Parameters of addresses that do not change the page: learnt from evidence, for no list of them is ever complete.

within one document   a parameter that says one and the same word in all addresses of a host whose paths all differ
page by page          a parameter that a page's own (canonical) address does not have, again and again, and none has

What a document shows is used for what is printed alone: an entry is known by its address as sent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LEAST_ADDRESSES = 5  # of a host in one document, to tell what they have in common
LEAST_PAGES = 3  # whose own address does without a parameter, to do so everywhere
_MOST = 40  # names that are kept of a site
# Words, not numbers, codes or switches: those may name a part of the site that the path leaves out.
_WORD = re.compile(
    r"(?=.*[a-z]{2})(?!(?:true|false|yes|no|on|off)$)(?![\da-f-]{8,}$)[\w.%+:-]{2,60}", re.IGNORECASE
)
_MEANING = frozenset(
    {"lang", "language", "locale", "hl", "format", "view", "page", "edition", "version", "type", "id"}
)
PROGRAM = re.compile(
    r"\.(?:php|aspx?|jsp|do|cgi|action)$|/$|^$", re.IGNORECASE
)  # paths that name no page by themselves


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is known of the parameters in the addresses of one site (host, with the port where there is one)."""

    site: str
    dropped: dict[str, int] = field(default_factory=dict)  # name -> pages whose own address does without it
    kept: tuple[str, ...] = ()  # names that the own address of some page has


def needless(known: Parameters) -> frozenset[str]:
    """The parameters that a site's pages are the same without."""
    return frozenset(name for name, pages in known.dropped.items() if pages >= LEAST_PAGES) - {*known.kept}


def observe(known: Parameters, asked: str, own: str) -> Parameters:
    """The same with what one more page showed: it was asked for at one address, and names its own."""
    there, here = _names(asked), _names(own)
    dropped = dict(known.dropped)
    for name in there - here:
        if name in dropped or len(dropped) < _MOST:
            dropped[name] = dropped.get(name, 0) + 1
    kept = sorted({*known.kept} | here)[:_MOST]
    return Parameters(known.site, dropped, tuple(kept))


def constant(urls: Sequence[str]) -> dict[str, frozenset[str]]:
    """Host -> the parameters that say the same word in all its addresses, though each path is another page's."""
    by_host: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for url in urls:
        parts = urlsplit(url)
        by_host[parts.netloc].add((parts.path, parts.query))
    return {host: names for host, found in by_host.items() if (names := _in_all(found))}


def _in_all(found: Collection[tuple[str, str]]) -> frozenset[str]:
    paths = {path for path, _ in found}
    if len(paths) < max(LEAST_ADDRESSES, len(found)) or any(map(PROGRAM.search, paths)):
        return frozenset()
    pairs = frozenset.intersection(*(frozenset(query.split("&")) for _, query in found))
    named = (pair.partition("=") for pair in pairs)
    return frozenset(n for n, _, value in named if n.lower() not in _MEANING and _WORD.fullmatch(value))


def without(url: str, names: Collection[str]) -> str:
    """The address without these parameters, every other byte of it as it was."""
    head, mark, tail = url.partition("?")
    if not mark or not names:
        return url
    query, hash_, fragment = tail.partition("#")
    kept = "&".join(piece for piece in query.split("&") if piece.partition("=")[0] not in names)
    return head + (f"?{kept}" if kept else "") + hash_ + fragment


def _names(url: str) -> set[str]:
    query = urlsplit(url).query
    return {piece.partition("=")[0] for piece in query.split("&") if piece}
