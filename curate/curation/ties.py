"""What ties entries to one another: an address, a text, an event; and how strong each tie is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

import numpy as np

from curate.curation import events
from curate.curation.adverts import ADVERT, advert
from curate.curation.duplicates import near_copies
from curate.curation.groups import Pair
from curate.curation.reading import body_of, folded, fuller, length
from curate.curation.refrains import without_refrains
from curate.curation.terms import is_han
from curate.model import Entry

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
    """What was measured between entries, by their numbers: pair -> similarity, and words that events share.

    `strength` is a similarity in units of what that pair of entries needs: from 1 on, they belong together.
    """

    addresses: frozenset[Pair]
    copies: Mapping[Pair, float]
    events: Mapping[Pair, float]
    strength: Mapping[Pair, float]
    shared: Mapping[Pair, list[str]]


def measure(
    pool: Sequence[Entry], addresses: Iterable[Sequence[int]], barred: AbstractSet[Pair], window: timedelta
) -> Found:
    """Every tie between entries of the pool but those between barred pairs."""
    same = frozenset(pair for group in addresses for pair in combinations(sorted(group), 2))
    said = without_refrains(pool)
    copies = near_copies(pool, [fuller(*both) for both in said])
    texts = [
        (entry.title, body_of(*both, events.OPENING_LATIN)) for entry, both in zip(pool, said, strict=True)
    ]
    space = events.space(texts)
    told = {pair: value for pair, value in _events(pool, texts, space, window).items() if pair not in barred}
    needed = _needs(pool, told)
    strength = {pair: min(value / needed[pair], CERTAIN) for pair, value in told.items()}
    certain = dict.fromkeys([*same, *copies], CERTAIN)
    return Found(
        addresses=same - barred,
        copies={pair: value for pair, value in copies.items() if pair not in barred},
        events={pair: value for pair, value in told.items() if strength[pair] >= 1},
        strength={pair: value for pair, value in (strength | certain).items() if pair not in barred},
        shared=events.shared_words(
            space.matrix, space.names, [pair for pair, value in strength.items() if value >= 1]
        ),
    )


def likeness(cosine: float, evidence: float, expected: float = EVIDENCE) -> float:
    """How alike two tellings are: their cosine, for less where few rare words say so and for a little more where
    many do. Short titles are alike by one common word, long texts by many."""
    if evidence < EVIDENCE_LEAST:
        return 0.0
    return min(cosine * min(evidence / expected, EVIDENCE_MOST), 1.0)


def _events(
    pool: Sequence[Entry], texts: Sequence[tuple[str, str]], space: events.Space, window: timedelta
) -> dict[Pair, float]:
    """Pairs that may tell one event, and how alike they are, within and between languages."""
    times = [entry.published for entry in pool]
    han = [is_han(title) for title, _ in texts]
    mute = [length(folded(title)) < HEADING and not body for title, body in texts]
    least = WEAK * min(EVENT_HAN, EVENT_LATIN)
    found = {
        (i, j): likeness(*tie)
        for (i, j), tie in events.alike(space.matrix, space.rarity, times, window, least).items()
        if han[i] == han[j] and not mute[i] and not mute[j]
    }
    if any(han) and not all(han):
        rarity = np.ones(space.anchors.shape[1])
        between = events.alike(space.anchors, rarity, times, window, WEAK * EVENT_BETWEEN)
        found |= {(i, j): likeness(*tie, ANCHORS) for (i, j), tie in between.items() if han[i] != han[j]}
    return found


def _needs(pool: Sequence[Entry], pairs: Mapping[Pair, float]) -> dict[Pair, float]:
    """How alike the two tellings of each pair must be."""
    titles = [folded(entry.title).strip() for entry in pool]
    bare = [_PART.sub("", title) for title in titles]
    han = [is_han(entry.title) for entry in pool]
    sells: dict[int, bool] = {}

    def need(i: int, j: int, value: float) -> float:
        if bare[i] == bare[j] and titles[i] != titles[j]:
            return NEVER  # two parts of a series
        if pool[i].source == pool[j].source:
            return SAME_SOURCE
        least = EVENT_BETWEEN if han[i] != han[j] else EVENT_HAN if han[i] else EVENT_LATIN
        if least <= value < ADVERTS:  # it takes time to ask, so only where it decides
            for k in (i, j):
                if k not in sells:
                    found = advert(pool[k])
                    sells[k] = found is not None and found.points >= ADVERT
            if sells[i] or sells[j]:
                return ADVERTS
        return least

    return {pair: need(*pair, value) for pair, value in pairs.items()}
