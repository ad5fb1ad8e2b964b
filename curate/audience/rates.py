"""Honest rates: how often readers pass something on, with an interval, and drawn to the account's mean. Pure.

A post's rate is a draw from Beta(a, b), which is fitted to all posts (empirical Bayes; Robbins 1956, Morris 1983);
what a post's own readers did then moves it from there. Few readers move it little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, stdtrit

COVERED = 0.90
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of people (or of times) with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prior:
    """How posts of this account differ: their rates are spread as Beta(a, b)."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)


def prior(k: Sequence[float], n: Sequence[float]) -> Prior | None:
    """The spread of the posts' rates, by maximum marginal likelihood; None for fewer than three posts or no events."""
    events, chances = np.asarray(k, float), np.asarray(n, float)
    if len(events) < 3 or events.sum() <= 0 or chances.sum() <= events.sum():
        return None
    mean = events.sum() / chances.sum()

    def loss(point: Vector) -> float:
        share, size = 1 / (1 + math.exp(-point[0])), math.exp(point[1])
        a, b = share * size, (1 - share) * size
        # a weak prior on the size: one post's worth of doubt keeps few posts from looking all alike
        likelihood = (betaln(events + a, chances - events + b) - betaln(a, b)).sum()
        return float(-likelihood + 0.5 * ((point[1] - math.log(200)) / 2.0) ** 2)

    start = np.array([math.log(mean / (1 - mean)), math.log(200.0)])
    found = minimize(
        loss, start, method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-6, "maxiter": 400}
    ).x
    share, size = 1 / (1 + math.exp(-found[0])), math.exp(min(max(found[1], 0.0), 12.0))
    return Prior(share * size, (1 - share) * size)


def draw_rate(k: float, n: float, spread: Prior) -> Rate:
    """One post's rate after what its readers did: mean and central interval of the posterior."""
    a, b = spread.a + k, spread.b + max(n - k, 0.0)
    tail = (1 - COVERED) / 2
    return Rate(a / (a + b), float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail)))


def alone(k: float, n: float) -> Rate:
    """A rate from its own counts only (Jeffreys' interval; Brown, Cai and DasGupta 2001)."""
    spread = Prior(0.5, 0.5)
    rate = draw_rate(k, n, spread)
    return Rate(k / n if n else 0.0, rate.low if k > 0 else 0.0, rate.high)


def pool_rates(k: Sequence[float], n: Sequence[float]) -> Rate | None:
    """The rate over posts that vary beyond chance: the ratio estimator with the posts' own spread (Cochran 1977, 2.11).

    None without readers. One post gives its own interval.
    """
    events, chances = np.asarray(k, float), np.asarray(n, float)
    if len(events) == 0 or chances.sum() <= 0:
        return None
    if len(events) == 1 or events.sum() == 0:
        return alone(float(events.sum()), float(chances.sum()))
    rate = float(events.sum() / chances.sum())
    posts = len(events)
    between = float(((events - rate * chances) ** 2).sum()) * posts / (posts - 1) / float(chances.sum()) ** 2
    chance = rate * (1 - rate) / float(chances.sum())
    half = float(stdtrit(posts - 1, (1 + COVERED) / 2)) * math.sqrt(max(between, chance)) / rate
    return Rate(rate, rate * math.exp(-half), min(rate * math.exp(half), 1.0))
