"""How much markup is read. Parsers take time in the square of a tag's attributes, and memory by the kilobyte for an item."""

from __future__ import annotations

import re

from curate.domain.errors import UnreadableError

MOST_ATTRIBUTES = 1_000  # of one tag; the roots of real feeds have some thirty
MOST_ITEMS = 20_000  # of one document; the fullest real feeds have some thousands
_SHORTEST = 4 * MOST_ATTRIBUTES  # characters that so many attributes take at least: `a=""`
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]")


def check_tags(markup: bytes | str) -> None:
    """UnreadableError where a tag has more attributes than any document needs."""
    if isinstance(markup, str):
        longest = max(map(_attributes_of, markup.split("<")), default=0)
    else:
        longest = max(map(_attributes_in, markup.split(b"<")), default=0)
    if longest > MOST_ATTRIBUTES:
        raise UnreadableError.of("read.attributes", "read.other.hint", n=longest)


def check_items(bones: bytes) -> None:
    """UnreadableError where a feed has more items than can be read in a night; `bones` are those of `checks.py`."""
    items = sum(1 for _ in _ITEM.finditer(bones))
    if items > MOST_ITEMS:
        raise UnreadableError.of("read.items", "read.fewer.hint", n=items, most=MOST_ITEMS)


def _attributes_of(piece: str) -> int:
    return piece.partition(">")[0].count("=") if len(piece) > _SHORTEST else 0


def _attributes_in(piece: bytes) -> int:
    return piece.partition(b">")[0].count(b"=") if len(piece) > _SHORTEST else 0
