"""What readers ask for by number: of an issue's requests, the share that a topic's and a source's items get. Pure.

The model is that of shares and followers (effects.py). A request is one event, all requests for the issue are the
chances, so that a busy day says no more about a topic than a quiet one. Where an item stands is a factor of its own:
the first is asked for more often whatever it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import numpy as np

from curate.audience.effects import Effect, Fit, fit
from curate.audience.evidence import ENOUGH, SEEN
from curate.audience.score_interval import Counts, make_factor
from curate.domain.item_codes import code
from curate.domain.model import Digest, Item

LEAST = 100  # requests in all before anything is concluded
_PLACES = (1, 3, 6)  # the first, two more, three more, the rest


@dataclass(frozen=True, slots=True)
class Requests:
    """What was learnt; it says nothing where there is too little."""

    issues: int = 0  # of which an item was asked for
    total: int = 0
    fit: Fit | None = None
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # Topic.id -> name

    def speaks(self, factor: str, level: str) -> Effect | None:
        """A level's effect where it is evident, None where nothing may be concluded."""
        effect = self.fit.of(factor).get(level) if self.fit else None
        return effect if effect and effect.posts >= SEEN and effect.evident else None


def total_by_number(days: Mapping[date, Mapping[str, int]]) -> dict[str, int]:
    """Number -> how often it was asked for, over all days; topics, searches and the rest are no numbers."""
    totals: dict[str, int] = {}
    for counts in days.values():
        for asked, count in counts.items():
            if asked.isascii() and asked.isdecimal():
                totals[asked] = totals.get(asked, 0) + count
    return totals


def learn_requests(digests: Sequence[Digest], totals: Mapping[str, int]) -> Requests:
    """Fit what is known. `totals`: how often each number was asked for, whenever that was."""
    rows: list[tuple[int, int, int, Item]] = []  # requests, those of the issue, place, item
    issues = 0
    for digest in digests:
        items = [item for section in digest.sections for item in section.items]
        asked = [totals.get(code(digest.number, item.number), 0) for item in items]
        if not sum(asked):
            continue
        issues += 1
        rows += [(k, sum(asked), item.number, item) for k, item in zip(asked, items, strict=True)]
    total = sum(k for k, *_ in rows)
    names = {section.id: section.name for digest in digests for section in digest.sections}
    if issues < ENOUGH or total < LEAST:
        return Requests(issues, total, None, names)
    factors = [
        factor
        for name, values in (
            ("topic", [item.topic for *_, item in rows]),
            ("source", [item.source_id for *_, item in rows]),
            ("place", [str(sum(place > end for end in _PLACES)) for _, _, place, _ in rows]),
        )
        if (factor := make_factor(name, values))
    ]
    counts = Counts(
        np.array([float(k) for k, *_ in rows]),
        np.array([float(n) for _, n, *_ in rows]),
        np.arange(len(rows)),
        np.ones(len(rows)),
        tuple(factors),
    )
    return Requests(issues, total, fit(counts), names)
