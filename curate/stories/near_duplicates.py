"""The same piece twice: one address, or nearly one text.

Texts whose sketches look alike (`minhash.py`) are compared whole. Both steps grow with the number of documents, not
with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.domain.mapping import Map
from curate.domain.model import Entry
from curate.stories.minhash import Sketch, alike, common, shingles
from curate.text.entry_text import EntryText
from curate.text.lines import letters_of

# Of all their shingles, the share that two texts have in common when one is a copy of the other; so much less under
# the same title, because an edited copy keeps its title and two pieces that quote a third do not have the same one.
# Chosen on two synthetic sites (seeds 7 and 11), reported on a third (bench/copies.py).
COPY = 0.65
TITLE_WORTH = 0.35
# By its sketch a pair may look less alike than it is: three standard errors.
DOUBT = 0.12
# Letters; a shorter title is the name of a column.
TITLE_SHORTEST = 4
# Pairs that are compared whole in one call, and travel together to where they are.
BATCH = 500
_NUMBER = re.compile(r"\d+")


def address(url: str) -> str:
    """What two spellings of one address have in common; "" where it names a site and not a piece."""
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    if not (path or parts.query or fragment):
        return ""
    return f"{host}{path}?{parts.query}#{fragment}"


def same_address(entries: Sequence[Entry]) -> list[list[int]]:
    """Groups of two or more entries at one address.

    An address under which one source gives several titles is not an address of a piece (some feeds give one
    link for all their items) and groups nothing.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        if place := address(entry.url):
            found[place].append(i)
    return [group for group in found.values() if len(group) > 1 and _is_one_piece(entries, group)]


def _is_one_piece(entries: Sequence[Entry], group: Sequence[int]) -> bool:
    titles: dict[str, str] = {}
    return all(titles.setdefault(entries[i].source, entries[i].title) == entries[i].title for i in group)


def near_copies(
    pool: Sequence[EntryText], texts: Sequence[str], sketched: Iterable[Sketch], spread: Map = map
) -> dict[tuple[int, int], float]:
    """Pairs of entries whose texts are nearly one, and how much of them they share (0..1).

    `texts` are what is compared of each entry, `sketched` their sketches; `spread` is `map`, or an executor's. Titles are
    evidence between sources only: in one source nearly one title is a column.
    """
    title = cache(lambda i: _title(pool[i].title))
    likely: dict[tuple[int, int], float] = {}
    for i, j, look in zip(
        *(part.tolist() for part in alike(list(sketched), COPY - TITLE_WORTH - DOUBT)), strict=True
    ):
        within = pool[i].entry.source == pool[j].entry.source
        needed = COPY if within else COPY - TITLE_WORTH * _same_title(title(i), title(j))
        if look >= needed - DOUBT:
            likely[i, j] = needed
    pairs = list(likely)
    batches = [[(texts[i], texts[j]) for i, j in pairs[k : k + BATCH]] for k in range(0, len(pairs), BATCH)]
    shares = zip(pairs, chain.from_iterable(spread(_shares, batches)), strict=True)
    return {pair: share for pair, share in shares if share >= likely[pair]}


def _shares(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Of each two texts, how much they have in common."""
    whole = cache(shingles)
    found = []
    for one, other in pairs:
        both = common(whole(one), whole(other))
        found.append(both / (len(whole(one)) + len(whole(other)) - both))
    return found


class _Title(NamedTuple):
    """A title's pairs of letters, of a short one none; and its numbers."""

    pairs: frozenset[str]
    numbers: list[str]


def _title(title: str) -> _Title:
    """Of a folded title."""
    letters = letters_of(title)
    pairs = map("".join, pairwise(letters if len(letters) >= TITLE_SHORTEST else ""))
    return _Title(frozenset(pairs), sorted(_NUMBER.findall(letters)))


def _same_title(one: _Title, other: _Title) -> float:
    """The share of letter pairs that two titles have in common; 0 where their numbers differ, as in parts of a
    series."""
    if one.numbers != other.numbers:
        return 0.0
    both = len(one.pairs & other.pairs)
    return both / max(len(one.pairs) + len(other.pairs) - both, 1)
