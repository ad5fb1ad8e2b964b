"""Titles to choose from for an item, made of what is known of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.adverts.clickbait import hype
from curate.domain.model import Item

OFFERED = 3
_SHORTEST, _LONGEST = 4, 64  # characters
_SENTENCE = re.compile(r"(?<=[。！？!?；;])\s*|(?<=[a-z0-9)][.])\s+")
_CLAUSE = re.compile(r"[：:｜|]|\s[-–—]\s|——|[，,](?=.{8})")


def offer_titles(item: Item, original: Item) -> tuple[str, ...]:
    """At most three titles beside the present one: the original, what other sources call it, what its summary says first,
    and the parts of a long title. Those that shout or tease stand behind those that do not."""
    fit = [
        title
        for title in dict.fromkeys(map(_trim, _make(item, original)))
        if _SHORTEST <= len(title) <= _LONGEST
    ]
    others = [title for title in fit if title != _trim(item.title)]
    calm = sorted(others, key=lambda title: hype(title)[0] > 0)  # stable: else as they come
    return tuple(calm[:OFFERED])


def _make(item: Item, original: Item) -> Iterator[str]:
    yield original.title
    yield from (telling.title for telling in item.also)
    sentences = [each for each in _SENTENCE.split(item.summary) if each.strip()]
    yield from sentences[:2]
    for text in (original.title, *sentences[:2]):
        parts = [part for part in _CLAUSE.split(text) if part.strip()]
        if len(parts) > 1:
            yield from sorted(parts, key=len, reverse=True)[:1]


def _trim(title: str) -> str:
    return " ".join(title.split()).rstrip(" 。.；;，,")
