"""What a source says under everything it publishes: its slogan, its notes. It tells nothing of a piece.

A text is a refrain where one source carries it word for word under several titles that are unlike one another;
it is then left out of every comparison, in other sources too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from curate.curation.reading import folded, plain
from curate.doors import Map
from curate.model import Entry

# Summary and content of an entry, plain.
Texts = tuple[str, str]
# Title, summary and content of an entry, as they came.
Piece = tuple[str, str, str]

# Unlike titles under which a text is a refrain. A source that gives a long text twice sent one piece again.
TITLES = 3
TITLES_BRIEF = 2
# Characters from which on a text is long.
BRIEF = 345
# Characters; of shorter lines nothing depends.
SHORTEST = 10
# Entries that travel together to where they are read; all of a source, so that what it repeats is seen there.
BATCH = 500
# The share of their letter pairs (Jaccard) from which on two titles are one title edited.
ALIKE = 0.3


def read(pool: Sequence[Entry], spread: Map = map) -> tuple[list[Texts], list[Texts]]:
    """Summary and content of each entry, plain; and for comparing only, without what sources say everywhere.

    The entries of one source are side by side; `spread` is `map`, or an executor's."""
    batches = list(spread(_read, _batches(pool)))
    every = list(chain.from_iterable(batch.texts for batch in batches))
    refrains = {part for batch in batches for part in batch.refrains}
    if brief := {part for batch in batches for part in batch.brief}:
        refrains |= brief.intersection(chain.from_iterable(every))
    if not refrains:
        return every, every
    return every, [(_without(summary, refrains), _without(content, refrains)) for summary, content in every]


def _batches(pool: Iterable[Entry]) -> Iterator[list[list[Piece]]]:
    """Pieces, by source: about so many together."""
    batch: list[list[Piece]] = []
    for _, entries in groupby(pool, key=lambda entry: entry.source):
        batch.append([(entry.title, entry.summary, entry.content) for entry in entries])
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    yield batch


class _Read(NamedTuple):
    """Texts of some sources' entries; what those repeat; and what they repeat so seldom that it is a refrain only if
    it is the whole text of an entry."""

    texts: list[Texts]
    refrains: list[str]
    brief: list[str]


def _read(sources: Iterable[Sequence[Piece]]) -> _Read:
    found = _Read([], [], [])
    for pieces in sources:
        texts = [(plain(summary), plain(content)) for _, summary, content in pieces]
        found.texts.extend(texts)
        for part, titles in _repeated(texts, [title for title, _, _ in pieces]).items():
            unlike = _unlike(frozenset(titles))
            if unlike >= TITLES:
                found.refrains.append(part)
            elif unlike >= TITLES_BRIEF and len(part) < BRIEF:
                found.brief.append(part)
    return found


def _repeated(texts: Sequence[Texts], titles: Sequence[str]) -> dict[str, set[str]]:
    """The texts and lines that one source has under several entries, and under which titles."""
    parts = [{*both, *_lines(both[0]), *_lines(both[1])} for both in texts]
    counts = Counter(chain.from_iterable(parts))
    again = {part for part, count in counts.items() if count > 1 and len(part) >= SHORTEST}
    carried: dict[str, set[str]] = defaultdict(set)
    for title, own in zip(titles, parts, strict=True):
        for part in own & again:
            carried[part].add(title)
    return carried


@lru_cache(maxsize=1024)
def _unlike(titles: frozenset[str]) -> int:
    """How many of the titles, which stand together over many lines, are unlike one another, taking them in order;
    counted up to TITLES."""
    kept: list[frozenset[str]] = []
    for title in sorted(titles):
        pairs = _pairs(title)
        if all(len(pairs & other) < ALIKE * len(pairs | other) for other in kept):
            kept.append(pairs)
            if len(kept) == TITLES:
                break
    return len(kept)


@lru_cache(maxsize=1024)
def _pairs(title: str) -> frozenset[str]:
    """Of a title, which stands over many lines, its pairs of letters."""
    solid = "".join(folded(title).split())
    return frozenset(map("".join, pairwise(solid))) or frozenset({solid})


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _without(text: str, refrains: AbstractSet[str]) -> str:
    if text in refrains:
        return ""
    if refrains.isdisjoint(map(str.strip, text.split("\n"))):
        return text
    return "\n".join(line for line in _lines(text) if line not in refrains)
