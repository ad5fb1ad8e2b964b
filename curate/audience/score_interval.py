"""The working model of `effects.py`, and the interval of one contrast in it. Pure.

The rate of a post that holds many topics is no straight line in the logarithm of one topic's effect: a topic that is
passed on more makes more of the post's work, so the data know a large effect better than a small one. A standard error
taken at one place is therefore wrong at another, and most of all one taken at the shrunk estimate. An interval here
is Rao's (1948): all values that a score test does not refuse, each tested with the slope and the doubt that hold
*there*, everything else fitted anew (Newton's step for what is not tested comes with each step of the search).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.floating[Any]]

LONGEST = 1.5  # no coefficient of a fit, and no contrast of a search, moves by more in one round
TURNS = 6  # Newton's steps to each end of an interval, at most
NEAR = 0.01  # last step of the contrast's logarithm; what is left is of the order of its square
FAR = 6.0  # and the logarithm beyond which it does: 1/400 of the usual is as good as nothing
FREE = 1e-6  # precision left to what is to be told by the data alone, so that nothing is divided by zero


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that items differ in; `level` names a level for each item, by its place in `names`."""

    name: str
    names: tuple[str, ...]
    level: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts with their items laid out flat: item j belongs to post `post[j]` and does `weight[j]` of its work."""

    k: Vector  # events of each post
    n: Vector  # chances of each post, never less than k
    post: NDArray[np.intp]
    weight: Vector  # sums to 1 within a post
    factors: tuple[Factor, ...]


def make_factor(name: str, values: Sequence[str]) -> Factor | None:
    """A factor of these levels; None where there is but one."""
    names = sorted(set(values))
    if len(names) < 2:
        return None
    places = {level: i for i, level in enumerate(names)}
    return Factor(name, tuple(names), np.array([places[value] for value in values], dtype=np.intp))


def linearize(theta: Vector, counts: Counts, parts: Sequence[slice]) -> tuple[Vector, Vector, Vector]:
    """What is expected of each post, the derivatives of its logarithm (posts, coefficients), and the share left, 1 - p."""
    posts = len(counts.k)
    appeal = np.zeros(len(counts.post))
    for factor, part in zip(counts.factors, parts, strict=True):
        appeal += theta[part][factor.level]
    work = counts.weight * np.exp(appeal)
    whole = np.bincount(counts.post, work, posts)
    share = work / whole[counts.post]
    columns: list[Vector] = [np.ones((posts, 1))]
    for factor in counts.factors:
        levels = len(factor.names)
        cells = np.bincount(counts.post * levels + factor.level, share, posts * levels).astype(np.float64)
        columns.append(cells.reshape(posts, levels))
    rate = np.exp(np.minimum(theta[0] + np.log(whole), -1e-6))
    return counts.n * rate, np.hstack(columns), np.maximum(1 - rate, 1e-3)


def weights_of(mean: Vector, left: Vector, sigma2: float) -> Vector:
    """Working weights: (dμ/dη)² over the variance."""
    weights: Vector = mean / (left + sigma2 * mean)
    return weights


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """Where a search begins and what it holds fast."""

    theta: Vector
    penalty: Vector  # precision of each coefficient's prior
    sigma2: float
    parts: Sequence[slice]
    counts: Counts


def score_interval(
    place: ScoreTest, part: slice, contrast: Vector, quantile: float
) -> tuple[float, float, float]:
    """Middle, low and high end of a contrast of one factor's coefficients (natural logarithms), by the data alone.

    The contrast has no prior; what is at right angles to it keeps its own, which is independent of it.
    """
    tested = np.zeros(len(place.theta))
    tested[part] = contrast
    length = float(contrast @ contrast)
    own = float(place.penalty[part.start])
    prior = np.diag(place.penalty) - np.outer(tested, tested) * (own - FREE) / length
    middle = _search_root(place, tested, prior, place.theta, 0.0)
    low, high = (_search_root(place, tested, prior, middle, z) for z in (quantile, -quantile))
    found = float(tested @ middle)
    return found, min(float(tested @ low), found), max(float(tested @ high), found)


def _search_root(place: ScoreTest, tested: Vector, prior: Vector, start: Vector, z: float) -> Vector:
    """The coefficients at which the tested contrast's score, in standard errors, is `z` and all others' are nothing."""
    theta, counts = start, place.counts
    for _ in range(TURNS):
        mean, jacobian, left = linearize(theta, counts, place.parts)
        weights = weights_of(mean, left, place.sigma2)
        slope = jacobian.T @ (weights * (counts.k - mean) / mean) - prior @ theta
        sides = np.linalg.solve(
            jacobian.T @ (jacobian * weights[:, None]) + prior, np.column_stack([slope, tested])
        )
        variance = max(float(tested @ sides[:, 1]), 1e-12)
        step = sides[:, 0] - sides[:, 1] * (z / math.sqrt(variance))
        moved = abs(float(tested @ step))
        theta = theta + step * min(1.0, LONGEST / max(moved, LONGEST))
        if moved < NEAR or abs(float(tested @ theta)) > FAR:
            break
    return theta
