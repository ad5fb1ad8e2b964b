"""How likely a piece is an advert: a logistic regression over the rules that hold and the text's meaning vector, and
how often its source's other pieces look like adverts.

The weights (`weights.py`, numbers alone) were fitted by `bench/advert_model.py` on titles that readers labeled.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curate.adverts.hints import Hints
from curate.adverts.rules import CERTAIN, RULES
from curate.adverts.weights import HINTS, INTERCEPT, SHIFT, SLOPE, SOURCE, USUAL, VECTOR
from curate.text.encoder import Vectors

FEATURES = tuple(sorted({rule.name for rule in RULES if rule.weight < CERTAIN}))
# A hint in the body counts for less than one in the title.
_FULL = {rule.name: rule.weight for rule in RULES}
# A source's share of adverts begins at the usual one, as if so many of its pieces had been read before.
PRIOR = 8


def hit_features(hints: Sequence[Hints]) -> NDArray[np.float64]:
    """One row a piece, a column for each of FEATURES: 1 where the rule holds for the title, less for the body."""
    rows = np.zeros((len(hints), len(FEATURES)))
    place = {name: column for column, name in enumerate(FEATURES)}
    for row, found in zip(rows, hints, strict=True):
        for weight, rule in found:
            if rule.name in place:
                row[place[rule.name]] = min(weight / _FULL[rule.name], 1.0)
    return rows


def log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of how much likelier yes is than no."""
    odds: NDArray[np.float64] = np.log(probability) - np.log1p(-probability)
    return odds


def logistic(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that has these log-odds."""
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return probability


def source_rates(
    likely: NDArray[np.float64], sources: Sequence[str], usual: float = USUAL
) -> NDArray[np.float64]:
    """For each piece the share of adverts among the other pieces of its source, by how likely each is one."""
    _, place = np.unique(np.array(sources, dtype=object).astype(str), return_inverse=True)
    others = np.bincount(place)[place] - 1
    adverts = np.bincount(place, likely)[place] - likely
    rates: NDArray[np.float64] = (adverts + PRIOR * usual) / (others + PRIOR)
    return rates


def advert_probability(
    hints: Sequence[Hints], vectors: Vectors | None = None, sources: Sequence[str] = ()
) -> NDArray[np.float64]:
    """The probability that each piece is an advert; by the rules' own weights where there are no vectors.

    `sources`: whose piece each is; where they are not told, every source sells as often as is usual.
    """
    if vectors is None:
        return np.array([_noisy_or(found) for found in hints], dtype=np.float64)
    weights = np.frombuffer(base64.b85decode(VECTOR), dtype="<f2").astype(np.float64)
    alone = hit_features(hints) @ np.array([HINTS[name] for name in FEATURES]) + vectors @ weights + INTERCEPT
    rates = source_rates(logistic(alone), sources) if len(sources) else np.full(len(alone), USUAL)
    certain = [max((weight for weight, _ in found if weight >= CERTAIN), default=0.0) for found in hints]
    return np.maximum(logistic(SLOPE * alone + SOURCE * log_odds(rates) + SHIFT), certain)


def _noisy_or(hints: Hints) -> float:
    """Independent hints add up, and no single weak one decides (Pearl 1988); what speaks against lessens all of it."""
    doubt, share = 1.0, 1.0
    for weight, _ in hints:
        doubt *= 1 - max(weight, 0.0)
        share *= 1 + min(weight, 0.0)
    return (1 - doubt) * share
