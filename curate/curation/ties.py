"""What ties entries to one another: an address, a text, an event; and how strong each tie is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from curate.curation import events
from curate.curation.codes import length
from curate.curation.duplicates import near_copies
from curate.curation.groups import Pair
from curate.curation.reading import body_of, folded, fuller
from curate.curation.resemblance import alike, shared_words
from curate.curation.sketches import sketches
from curate.curation.terms import is_han
from curate.doors import Map
from curate.model import Entry
from curate.text.words import unified

# Two tellings at this cosine, in Chinese and in other languages, tell one event.
EVENT_HAN = 0.15
EVENT_LATIN = 0.27
# The same between languages, over names and quantities alone.
EVENT_BETWEEN = 0.22
# About so many rare words they share then; fewer than the least, and they share a word, not an event.
EVIDENCE = 4.0
EVIDENCE_LEAST = 2.4
EVIDENCE_MOST = 1.25
# So many names and quantities between languages.
ANCHORS = 3.0
# Two pieces of one source are a series or a follow-up more often than one event told twice.
SAME_SOURCE = 0.75
# Adverts share their trade's words.
ADVERTS = 0.45
# A tie of less than this part of what is needed is not looked for, and counts as none in a group's average.
WEAK = 0.5
# No tie between two tellings counts for more than twice what is needed, so that one copy pulls nobody else in.
CERTAIN = 2.0
# What numbers the parts of a series: digits, and Chinese numerals or 上中下 in brackets or at the end.
_PART = re.compile(
    r"\d+|[(（](?:[上中下]|[一二三四五六七八九十]+)[)）]|(?:[上中下]|[一二三四五六七八九十]+)$"
)
# A title of fewer characters is a heading that many entries carry; without a text it merges with nothing.
HEADING = 6
NEVER = 9.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured between entries, by their numbers: pair -> similarity; and which words some of them share.

    `strength` is a similarity in units of what that pair of entries needs: from 1 on, they belong together.
    """

    addresses: frozenset[Pair]
    copies: Mapping[Pair, float]
    events: Mapping[Pair, float]
    strength: Mapping[Pair, float]
    shared: Callable[[Iterable[Pair]], Mapping[Pair, list[str]]]


def measure(
    pool: Sequence[Entry],
    said: Sequence[tuple[str, str]],
    addresses: Iterable[Sequence[int]],
    barred: AbstractSet[Pair],
    window: timedelta,
    sells: Callable[[Iterable[int]], Iterable[int]],
    spread: Map = map,
) -> Found:
    """Every tie between entries of the pool but those between barred pairs.

    `said` are their summaries and contents, plain and without refrains; `sells` says by their numbers which of some are adverts;
    `spread` is `map`, or an executor's.
    """
    same = frozenset(pair for group in addresses for pair in combinations(sorted(group), 2))
    whole = [fuller(*both) for both in said]
    texts = [
        (entry.title, body_of(*both, events.OPENING_LATIN)) for entry, both in zip(pool, said, strict=True)
    ]
    # an executor begins with both at once, and sketches while events are looked for here; it judges who sells while
    # copies are
    counted, sketched = events.counted(texts, spread), sketches(whole, spread)
    space = events.space(counted)
    ties = _events(pool, texts, space, window)
    needed, decisive = _needed(pool, ties)
    selling = sells(ties.ends(decisive))
    copies = near_copies(pool, whole, sketched, spread)
    needed[decisive & ties.touching(selling)] = ADVERTS
    strength = np.minimum(ties.likeness / needed, CERTAIN)
    certain = dict.fromkeys([*same, *copies], CERTAIN)
    strong = strength >= 1
    found = {pair: value for pair, value in ties.pairs(ties.likeness, strong) if pair not in barred}
    helping = ties.within(_reached(len(pool), [*found, *certain]))
    told = dict(ties.pairs(strength, helping)) | certain
    return Found(
        addresses=same - barred,
        copies={pair: value for pair, value in copies.items() if pair not in barred},
        events=found,
        strength={pair: value for pair, value in told.items() if pair not in barred},
        shared=lambda pairs: _shared(space, [pair for pair in pairs if pair in found]),
    )


def _shared(space: events.Space, pairs: Sequence[Pair]) -> dict[Pair, list[str]]:
    words = shared_words(space.matrix, space.names, *_ends(pairs))
    return dict(zip(pairs, words, strict=True))


def _ends(pairs: Sequence[Pair]) -> NDArray[np.intp]:
    """The first of each pair in one row, the second in another."""
    return np.array(pairs, dtype=np.intp).reshape(-1, 2).T


def _reached(count: int, pairs: Sequence[Pair]) -> NDArray[np.intp]:
    """Of each entry the least that can be reached from it over these pairs. No group is larger, for two of its
    parts join only where one tie between them is enough; what is weaker counts within.

    SciPy has the like, and loads all of its linear algebra for it, a tenth of a second.
    """
    ends = _ends(pairs)
    least = np.arange(count)
    while True:
        known, least = least, least.copy()
        lower = known[ends].min(axis=0)
        for end in ends:
            np.minimum.at(least, known[end], lower)  # who pointed there points lower
        least = least[least]
        if np.array_equal(least, known):
            return least


@dataclass(frozen=True, slots=True)
class _Ties:
    """Pairs (i < j) that may tell one event, and how alike they are."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    likeness: NDArray[np.float64]

    def pairs(self, values: NDArray[np.float64], kept: NDArray[np.bool_]) -> Iterator[tuple[Pair, float]]:
        """Each pair that is kept, with its value."""
        pairs = zip(self.first[kept].tolist(), self.second[kept].tolist(), strict=True)
        return zip(pairs, values[kept].tolist(), strict=True)

    def ends(self, kept: NDArray[np.bool_]) -> list[int]:
        """The entries of the pairs that are kept."""
        both: list[int] = np.union1d(self.first[kept], self.second[kept]).tolist()
        return both

    def touching(self, entries: Iterable[int]) -> NDArray[np.bool_]:
        """Which pairs have one of these entries."""
        these = np.array(sorted(entries), dtype=np.intp)
        return np.isin(self.first, these) | np.isin(self.second, these)

    def within(self, parts: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which pairs are in one part."""
        inside: NDArray[np.bool_] = parts[self.first] == parts[self.second]
        return inside


def likeness(
    cosine: NDArray[np.float64], evidence: NDArray[np.float64], expected: float = EVIDENCE
) -> NDArray[np.float64]:
    """How alike two tellings are: their cosine, for less where few rare words say so and for a little more where
    many do. Short titles are alike by one common word, long texts by many."""
    value = np.minimum(cosine * np.minimum(evidence / expected, EVIDENCE_MOST), 1.0)
    return np.where(evidence < EVIDENCE_LEAST, 0.0, value)


def _events(
    pool: Sequence[Entry], texts: Sequence[tuple[str, str]], space: events.Space, window: timedelta
) -> _Ties:
    """Pairs that may tell one event, within and between languages; by their numbers."""
    times = [entry.published for entry in pool]
    han = np.array([is_han(title) for title, _ in texts], dtype=bool)
    mute = np.array([not body and length(folded(title)) < HEADING for title, body in texts], dtype=bool)
    least = WEAK * min(EVENT_HAN, EVENT_LATIN)
    found = alike(space.matrix, space.rarity, times, window, EVIDENCE_LEAST, least)
    i, j = found.first, found.second
    kept = (han[i] == han[j]) & ~mute[i] & ~mute[j]
    parts = [(i[kept], j[kept], likeness(found.cosine, found.evidence)[kept])]
    if han.any() and not han.all():
        rarity = np.ones(space.anchors.shape[1])
        found = alike(space.anchors, rarity, times, window, EVIDENCE_LEAST, WEAK * EVENT_BETWEEN)
        i, j = found.first, found.second
        kept = han[i] != han[j]
        parts.append((i[kept], j[kept], likeness(found.cosine, found.evidence, ANCHORS)[kept]))
    first, second, alikeness = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((second, first))
    return _Ties(first[order], second[order], alikeness[order])


def _needed(pool: Sequence[Entry], ties: _Ties) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How alike the two tellings of each pair must be, and which pairs need more, so much that they are apart, if one is
    an advert: it takes time to ask who sells, so only where it decides."""
    titles = [title.casefold().strip() for title in unified([entry.title for entry in pool])]
    title, bare = _numbered(titles), _numbered(_PART.sub("", title) for title in titles)
    source = _numbered(entry.source for entry in pool)
    han = np.array([is_han(entry.title) for entry in pool], dtype=bool)
    i, j = ties.first, ties.second
    needed = np.where(han[i] != han[j], EVENT_BETWEEN, np.where(han[i], EVENT_HAN, EVENT_LATIN))
    series = (bare[i] == bare[j]) & (title[i] != title[j])
    fixed = series | (source[i] == source[j])
    decisive = ~fixed & (needed <= ties.likeness) & (ties.likeness < ADVERTS)
    needed[fixed] = SAME_SOURCE
    needed[series] = NEVER
    return needed, decisive


def _numbered(names: Iterable[str]) -> NDArray[np.intp]:
    """Equal names get one number."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)
