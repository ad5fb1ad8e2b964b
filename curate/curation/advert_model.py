"""How likely a piece is an advert: a logistic regression over the rules that hold and the text's meaning vector.

The weights (`advert_weights.py`, numbers alone) were fitted by `bench/advert_model.py` on titles that readers labelled.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curate.curation.advert_hints import RULES, Hints
from curate.curation.advert_weights import HINTS, INTERCEPT, VECTOR
from curate.curation.encoder import Vectors

# Names of the rules, and that the title only reports.
REPORTING = "reporting"
FEATURES = (*sorted({rule.en for rule in RULES}), REPORTING)
# A hint in the body counts for less than one in the title.
_FULL = {rule.en: rule.weight for rule in RULES}
# Without a vector: a title that only reports halves what the rules say.
REPORTING_SHARE = 0.5


def hit_features(hints: Sequence[Hints]) -> NDArray[np.float64]:
    """One row a piece, a column for each of FEATURES: 1 where the rule holds for the title, less for the body."""
    rows = np.zeros((len(hints), len(FEATURES)))
    place = {name: column for column, name in enumerate(FEATURES)}
    for row, found in zip(rows, hints, strict=True):
        for weight, rule in found.found:
            row[place[rule.en]] = min(weight / _FULL[rule.en], 1.0)
        row[place[REPORTING]] = found.reporting
    return rows


def advert_probability(hints: Sequence[Hints], vectors: Vectors | None = None) -> NDArray[np.float64]:
    """The probability that each piece is an advert; by the rules' own weights where there are no vectors."""
    if vectors is None:
        return np.array([_noisy_or(found) for found in hints], dtype=np.float64)
    weights = np.frombuffer(base64.b85decode(VECTOR), dtype="<f2").astype(np.float64)
    odds = hit_features(hints) @ np.array([HINTS[name] for name in FEATURES]) + vectors @ weights + INTERCEPT
    found: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return found


def _noisy_or(hints: Hints) -> float:
    """Independent hints add up, and no single weak one decides (Pearl 1988)."""
    doubt = 1.0
    for weight, _ in hints.found:
        doubt *= 1 - weight
    return (1 - doubt) * (REPORTING_SHARE if hints.reporting else 1.0)
