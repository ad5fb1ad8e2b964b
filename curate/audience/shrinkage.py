"""How much the levels of a factor differ, by moments, and the precision that draws them together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.floating[Any]]

# τ is drawn towards the usual one by the weight of PRIOR_LEVELS levels: with four levels the data hardly know it. 0.2 on
# the logarithmic scale says that most levels lie within a factor of 1.5 of each other.
USUAL_TAU = 0.2
PRIOR_LEVELS = 0.01
LEAST_TAU, MOST_TAU = 0.02, 1.5


def penalty_of(tau2: Vector, sizes: Sequence[int], fixed: Sequence[float]) -> Vector:
    """The precision of every coefficient's prior: those of the `fixed` ones, then 1/τ² for each level of each factor."""
    return np.concatenate([fixed, *(np.full(size, 1 / t) for size, t in zip(sizes, tau2, strict=True))])


def level_variances(theta: Vector, covariance: Vector, tau2: Vector, parts: Sequence[slice]) -> Vector:
    """The variance of each factor's levels (MacKay 1992): squares over the levels that the data determine, and the
    prior's."""
    found = []
    for old, part in zip(tau2, parts, strict=True):
        determined = float((1 - np.diag(covariance)[part] / old).clip(0, 1).sum())
        squares = float((theta[part] ** 2).sum())
        found.append((squares + PRIOR_LEVELS * USUAL_TAU**2) / (determined + PRIOR_LEVELS))
    clipped: Vector = np.clip(np.array(found, dtype=np.float64), LEAST_TAU**2, MOST_TAU**2)
    return clipped
