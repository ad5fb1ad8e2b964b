"""What ties entries to one another: an address, a text, an event; and how strong each tie is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, starmap

import numpy as np
from numpy.typing import NDArray

from curate.domain.mapping import Map
from curate.domain.model import Entry
from curate.stories import event_vectors as events
from curate.stories.bulletins import tells_several
from curate.stories.clustering import Pair
from curate.stories.document_frequency import NOTHING_READ, DocumentFrequency
from curate.stories.minhash import sketches
from curate.stories.near_duplicates import near_copies
from curate.stories.pairwise_similarity import Alike, alike, shared_words
from curate.stories.same_event import facts_of, features, probability, strip_label
from curate.stories.series import find_held_titles, find_same_titles, find_series, number_equal
from curate.text.codepoints import length
from curate.text.entry_text import EntryText, body_of, fold_text, fuller, without_addresses
from curate.text.stopwords import is_han

# Two tellings with fewer rare words in common are not looked at.
EVIDENCE_LEAST = 0.4
COSINE_LEAST = 0.05
# From this probability on two tellings tell one event: in Chinese, where titles often stand alone, and else.
LIKELY_HAN, LIKELY = 0.55, 0.45
# From this probability on two sources speak of one affair, if not of one event: its background, what followed.
AFFAIR = 0.3
# How likely two tellings of one title, and no more, tell one event.
SAME_TITLE = 0.9
# Between languages, which share names and quantities alone: their cosine, and how many they share then.
EVENT_BETWEEN = 0.22
ANCHORS = 3.0
ANCHORS_LEAST = 2.4
ANCHORS_MOST = 1.25
# Two pieces of one source are a series or a follow-up more often than one event told twice: so much of their cosine.
SAME_SOURCE = 0.75
# Adverts share their trade's words: so much of their cosine is needed.
ADVERTS = 0.45
# A tie of less than this part of what is needed is not looked for, and counts as none in a group's average.
WEAK = 0.5
# No tie between two tellings counts for more than twice what is needed, so that one copy pulls nobody else in.
CERTAIN = 2.0
# Characters; in a text no longer than this an address is a large part of what it shares with another.
NOTE = 300
# Pairs whose vectors are compared at once: they stay in the processor's cache, which is seven times as fast.
CACHED = 1000
# A title of fewer characters is a heading that many entries carry; without a text it merges with nothing.
HEADING = 6


@dataclass(frozen=True, slots=True)
class SimilarityGraph:
    """What was measured between entries, by their numbers: pair -> similarity; and which words some of them share.

    `strength` is a similarity in units of what that pair of entries needs: from 1 on, they belong together. `affairs`
    are pairs that speak of one affair, whether or not they tell one event.
    """

    addresses: frozenset[Pair]
    copies: Mapping[Pair, float]
    events: Mapping[Pair, float]
    strength: Mapping[Pair, float]
    affairs: frozenset[Pair]
    shared: Callable[[Iterable[Pair]], Mapping[Pair, list[str]]]
    merged: frozenset[Pair] = frozenset()  # by the editor


def measure(
    pool: Sequence[EntryText],
    said: Sequence[tuple[str, str]],
    addresses: Iterable[Sequence[int]],
    barred: AbstractSet[Pair],
    window: timedelta,
    sells: Callable[[Iterable[int]], Iterable[int]],
    spread: Map = map,
    read: DocumentFrequency = NOTHING_READ,
    meaning: NDArray[np.float32] | None = None,
) -> SimilarityGraph:
    """Every tie between entries of the pool but those between barred pairs.

    `said` are their summaries and contents, plain and without refrains; `sells` says by their numbers which of some are adverts;
    `spread` is `map`, or an executor's; `read` tells which words are common, `meaning` has a unit vector for each entry, zeros where none was asked for.
    """
    same = frozenset(pair for group in addresses for pair in combinations(sorted(group), 2))
    whole = [text if len(text) > NOTE else without_addresses(text) for text in starmap(fuller, said)]
    entries, titles = [text.entry for text in pool], [text.title for text in pool]
    texts = [
        (strip_label(entry.title), body_of(*both, events.OPENING_LATIN))
        for entry, both in zip(entries, said, strict=True)
    ]
    # an executor begins with both at once, and sketches while events are looked for here; it judges who sells while
    # copies are
    counted, sketched = events.count_words(texts, spread), sketches(whole, spread)
    space = events.space(counted, read)
    ties = _events(entries, titles, texts, space, window, meaning)
    strength, if_advert = _strength(entries, titles, ties)
    selling = sells(ties.ends((strength >= 1) & (if_advert < 1)))
    copies = near_copies(pool, whole, sketched, spread)
    strength = np.where(ties.touch(selling), if_advert, strength)
    certain = dict.fromkeys([*same, *copies], CERTAIN)
    strong = strength >= 1
    found = {pair: value for pair, value in ties.pairs(ties.probability, strong) if pair not in barred}
    helping = ties.within(_find_components(len(pool), [*found, *certain]))
    told = dict(ties.pairs(strength, helping)) | certain
    return SimilarityGraph(
        addresses=same - barred,
        copies={pair: value for pair, value in copies.items() if pair not in barred},
        events=found,
        strength={pair: value for pair, value in told.items() if pair not in barred},
        affairs=_affairs(entries, ties, strength) - barred,
        shared=lambda pairs: _find_shared(space, [pair for pair in pairs if pair in found]),
    )


def _affairs(pool: Sequence[Entry], ties: _Ties, strength: NDArray[np.float64]) -> frozenset[Pair]:
    """Pairs that speak of one affair. In one source only what is as likely as one event does, for its pieces share a
    manner; parts of a series, which have no strength, and bulletins, which speak of many, never do."""
    several = np.array([tells_several(entry.title) for entry in pool], dtype=bool)
    source = number_equal(entry.source for entry in pool)
    needed = np.where(source[ties.first] == source[ties.second], LIKELY_HAN, AFFAIR)
    kept = (ties.probability >= needed) & (strength > 0) & ~several[ties.first] & ~several[ties.second]
    return frozenset(pair for pair, _ in ties.pairs(ties.probability, kept))


def _find_shared(space: events.Space, pairs: Sequence[Pair]) -> dict[Pair, list[str]]:
    words = shared_words(space.matrix, space.names, *_ends(pairs))
    return dict(zip(pairs, words, strict=True))


def _ends(pairs: Sequence[Pair]) -> NDArray[np.intp]:
    """The first of each pair in one row, the second in another."""
    return np.array(pairs, dtype=np.intp).reshape(-1, 2).T


def _find_components(count: int, pairs: Sequence[Pair]) -> NDArray[np.intp]:
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
    """Pairs (i < j) that may tell one event: how alike their words are, and how likely it is."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    cosine: NDArray[np.float64]
    probability: NDArray[np.float64]

    def pairs(self, values: NDArray[np.float64], kept: NDArray[np.bool_]) -> Iterator[tuple[Pair, float]]:
        """Each pair that is kept, with its value."""
        pairs = zip(self.first[kept].tolist(), self.second[kept].tolist(), strict=True)
        return zip(pairs, values[kept].tolist(), strict=True)

    def ends(self, kept: NDArray[np.bool_]) -> list[int]:
        """The entries of the pairs that are kept."""
        both: list[int] = np.union1d(self.first[kept], self.second[kept]).tolist()
        return both

    def touch(self, entries: Iterable[int]) -> NDArray[np.bool_]:
        """Which pairs have one of these entries."""
        these = np.array(sorted(entries), dtype=np.intp)
        return np.isin(self.first, these) | np.isin(self.second, these)

    def within(self, parts: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which pairs are in one part."""
        inside: NDArray[np.bool_] = parts[self.first] == parts[self.second]
        return inside


def _events(
    pool: Sequence[Entry],
    titles: Sequence[str],
    texts: Sequence[tuple[str, str]],
    space: events.Space,
    window: timedelta,
    meaning: NDArray[np.float32] | None,
) -> _Ties:
    """Pairs that may tell one event, within and between languages; by their numbers."""
    times = [entry.published for entry in pool]
    han = np.array([is_han(title) for title, _ in texts], dtype=bool)
    mute = np.array([not body and length(fold_text(title)) < HEADING for title, body in texts], dtype=bool)
    found = alike(space.matrix, space.rarity, times, window, EVIDENCE_LEAST, COSINE_LEAST)
    i, j = found.first, found.second
    kept = (han[i] == han[j]) & ~mute[i] & ~mute[j]
    some = Alike(*(part[kept] for part in found))
    parts = [(some.first, some.second, some.cosine, _probability(pool, texts, some, meaning))]
    if han.any() and not han.all():
        rarity = np.ones(space.anchors.shape[1])
        found = alike(space.anchors, rarity, times, window, ANCHORS_LEAST, WEAK * EVENT_BETWEEN)
        i, j = found.first, found.second
        kept = han[i] != han[j]
        sure = _compare_languages(found.cosine, found.evidence)
        parts.append((i[kept], j[kept], found.cosine[kept], sure[kept]))
    parts.append(_same_titles(pool, titles, texts, window))
    first, second, cosine, sure = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((-sure, second, first))
    again = np.diff(first[order], prepend=-1) | np.diff(second[order], prepend=-1)
    order = order[again != 0]
    return _Ties(first[order], second[order], cosine[order], sure[order])


def _same_titles(
    pool: Sequence[Entry], titles: Sequence[str], texts: Sequence[tuple[str, str]], window: timedelta
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Pairs of one title where neither has a text that could tell them apart, however common its words are; and of
    two sources where one title has the whole of the other, and one of the two has no text. What the title says is no text."""
    bare = [i for i, (_, body) in enumerate(texts) if body.strip() in pool[i].title]
    held = [(i, j) for i, j in find_held_titles(titles, bare) if pool[i].source != pool[j].source]
    pairs = {*find_same_titles(titles, bare), *held}
    near = [(i, j) for i, j in pairs if abs(pool[i].published - pool[j].published) <= window]
    first, second = _ends(near)
    return first, second, np.ones(len(near)), np.full(len(near), SAME_TITLE)


def _probability(
    pool: Sequence[Entry],
    texts: Sequence[tuple[str, str]],
    pairs: Alike,
    meaning: NDArray[np.float32] | None,
) -> NDArray[np.float64]:
    """How likely the two of each pair tell one event."""
    i, j = pairs.first, pairs.second
    facts = {k: facts_of(texts[k][0]) for k in np.union1d(i, j).tolist()}
    days = np.array([entry.published.timestamp() for entry in pool]) / 86_400
    alike = np.full(len(i), np.nan)
    if meaning is not None:
        asked = np.asarray(meaning.any(axis=1))
        known = np.flatnonzero(asked[i] & asked[j])
        for some in np.array_split(known, 1 + len(known) // CACHED):
            alike[some] = np.einsum("ij,ij->i", meaning[i[some]], meaning[j[some]])
    both = [(facts[a], facts[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)]
    return probability(features(pairs.cosine, pairs.evidence, alike, both, np.abs(days[i] - days[j])))


def _compare_languages(cosine: NDArray[np.float64], evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for two languages: half where names and quantities are as alike as they must be."""
    likeness = cosine * np.minimum(evidence / ANCHORS, ANCHORS_MOST)
    return np.minimum(likeness / EVENT_BETWEEN * LIKELY, 1.0)


def _strength(
    pool: Sequence[Entry], titles: Sequence[str], ties: _Ties
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How strong each tie is, in units of what it needs, and how strong it is if one of the two is an advert: it takes
    time to ask who sells, so only where it decides."""
    source = number_equal(entry.source for entry in pool)
    i, j = ties.first, ties.second
    han = np.array([is_han(entry.title) for entry in pool], dtype=bool)
    needed = np.where(han[i] & han[j], LIKELY_HAN, LIKELY)
    strength = np.minimum(ties.probability / needed, CERTAIN)
    strength = np.where(source[i] == source[j], np.minimum(strength, ties.cosine / SAME_SOURCE), strength)
    strength[find_series(titles, i, j)] = 0.0
    return strength, np.minimum(strength, ties.cosine / ADVERTS)
