"""What readers ask for by number: of an issue's requests, the share that a topic's and a source's items get. Pure.

The model is that of shares and followers (effects.py). A request is one event, all requests for the issue are the
chances, so that a busy day says no more about a topic than a quiet one. Where an item stands is a factor of its own:
the first is asked for more often whatever it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from curate.audience.effects import Fit, fit
from curate.audience.score_interval import Counts, make_factor
from curate.domain.item_codes import code
from curate.domain.model import Digest, Item

ISSUES = 20  # of which something was asked for, before anything is concluded
REQUESTS = 100  # and so many requests
_PLACES = (1, 3, 6)  # the first, two more, three more, the rest


def total_by_number(days: Mapping[date, Mapping[str, int]]) -> dict[str, int]:
    """Number -> how often it was asked for, over all days; topics, searches and the rest are no numbers."""
    totals: Counter[str] = Counter()
    for counts in days.values():
        totals.update({asked: n for asked, n in counts.items() if asked.isascii() and asked.isdecimal()})
    return dict(totals)


def fit_requests(digests: Sequence[Digest], totals: Mapping[str, int]) -> Fit | None:
    """Fit what was asked for, whenever that was; None where it is too little. `totals`: requests by number."""
    rows: list[tuple[int, int, Item]] = []  # requests, those of the issue, the item
    issues = 0
    for digest in digests:
        items = [item for section in digest.sections for item in section.items]
        asked = [totals.get(code(digest.number, item.number), 0) for item in items]
        if sum(asked):
            issues += 1
            rows += [(k, sum(asked), item) for k, item in zip(asked, items, strict=True)]
    if issues < ISSUES or sum(k for k, *_ in rows) < REQUESTS:
        return None
    factors = (
        make_factor("topic", [item.topic for *_, item in rows]),
        make_factor("source", [item.source_id for *_, item in rows]),
        make_factor("place", [str(sum(item.number > end for end in _PLACES)) for *_, item in rows]),
    )
    return fit(
        Counts(
            np.array([float(k) for k, *_ in rows]),
            np.array([float(n) for _, n, _ in rows]),
            np.arange(len(rows)),
            np.ones(len(rows)),
            tuple(filter(None, factors)),
        )
    )
