"""What makes readers do more of something: the effects of topics, sources and forms, with their uncertainty. Pure.

    k of post i        counts with mean  n_i · p_i  and variance  n p (1 - p) + σ² (n p)²
    log p_i            = α + log Σ_j w_ij exp(Σ_f θ_f[level of item j])     j: the post's items, w sums to 1
    θ_f                levels of one factor, drawn from N(0, τ_f²): what is rarely seen is drawn towards "as usual"

An item does its share of the whole post's work, so a topic's effect is found also where every post holds many
topics. σ² lets posts differ by more than chance (they always do: the news of the day, the hour, luck); without it
intervals are several times too narrow. Fitted by penalised quasi-likelihood (Breslow and Clayton 1993), τ_f² and σ²
by moments in the same rounds (MacKay 1992 for τ²; Pearson's statistic equal to its degrees of freedom for σ²).

Of each level two things are told. `ratio` with its 90 % interval is the level against the mean of the factor's others as
the data alone have it: the prior of this contrast is divided out of its posterior, so an unusual level is not
flattered into being usual. `shrunk` with its own interval is the posterior: what to act on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Vector = NDArray[np.floating[Any]]

ROUNDS = 60
STEP = 1e-4  # change of the largest coefficient at which the rounds end
LONGEST = 1.5  # no coefficient moves by more in one round
# τ is drawn towards this by the weight of PRIOR_LEVELS levels: with four levels the data hardly know it. 0.2 on the
# logarithmic scale says that most topics lie within a factor of 1.5 of the usual.
USUAL_TAU = 0.2
PRIOR_LEVELS = 0.05
LEAST_TAU, MOST_TAU = 0.02, 1.5
MOST_SIGMA2 = 4.0
COVERED = 0.90


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


@dataclass(frozen=True, slots=True)
class Effect:
    """One level against the mean of its factor's others; ratios of rates, 1 is no difference."""

    factor: str
    level: str
    ratio: float
    low: float
    high: float  # 90 % interval of `ratio`
    shrunk: float
    shrunk_low: float
    shrunk_high: float
    posts: int  # in which the level occurs
    chances: float  # readers (or deliveries) of those posts, by the level's share of them

    @property
    def evident(self) -> bool:
        """Whether the posterior is sure of the direction."""
        return self.shrunk_low > 1 or self.shrunk_high < 1


@dataclass(frozen=True, slots=True)
class Fit:
    """What was found: the usual rate, how much posts vary beyond chance, and every level's effect."""

    rate: float  # of a usual post
    spread: float  # σ: the standard deviation of a post's rate beyond chance, relative to the rate
    effects: tuple[Effect, ...]
    posts: int

    def of(self, factor: str) -> Mapping[str, Effect]:
        return {effect.level: effect for effect in self.effects if effect.factor == factor}


def fit(counts: Counts) -> Fit:
    """Fit the model; at least two posts and one event are needed (ValueError)."""
    posts = len(counts.k)
    if posts < 2 or counts.k.sum() <= 0:
        raise ValueError("too little to fit")
    sizes = [len(factor.names) for factor in counts.factors]
    ends = np.cumsum([1, *sizes])
    parts = [slice(start, end) for start, end in itertools.pairwise(ends)]
    theta = np.zeros(int(ends[-1]))
    theta[0] = math.log(counts.k.sum() / counts.n.sum())
    tau2: Vector = np.full(len(sizes), USUAL_TAU**2, dtype=np.float64)
    sigma2 = 0.0
    freedom = float(max(posts - len(sizes), 1))
    for _ in range(ROUNDS):
        eta, jacobian = _linearised(theta, counts, parts)
        mean = counts.n * np.exp(np.minimum(eta, -1e-6))
        sigma2 = _sigma2(counts, mean, freedom)
        weights = _weights(counts, mean, sigma2)
        information = jacobian.T @ (jacobian * weights[:, None])
        penalty = _penalty(tau2, sizes)
        covariance = np.linalg.inv(information + np.diag(penalty))
        freedom = max(posts - float((covariance * information).sum()), 1.0)  # less the coefficients in effect
        slope = jacobian.T @ (weights * (counts.k - mean) / mean) - penalty * theta
        step = np.clip(covariance @ slope, -LONGEST, LONGEST)
        theta = theta + step
        tau2 = _tau2(theta, covariance, tau2, parts)
        if float(np.abs(step).max()) < STEP:
            break
    quantile = float(stdtrit(max(freedom, 2.0), (1 + COVERED) / 2))
    effects = [
        effect
        for factor, part, variance in zip(counts.factors, parts, tau2, strict=True)
        for effect in _effects(factor, part, theta, covariance, float(variance), quantile, counts)
    ]
    return Fit(math.exp(theta[0]), math.sqrt(sigma2), tuple(effects), posts)


def _linearised(theta: Vector, counts: Counts, parts: Sequence[slice]) -> tuple[Vector, Vector]:
    """log p of each post, and its derivatives."""
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
    return theta[0] + np.log(whole), np.hstack(columns)


def _weights(counts: Counts, mean: Vector, sigma2: float) -> Vector:
    """Working weights: (dμ/dη)² over the variance."""
    weights: Vector = mean / (np.maximum(1 - mean / counts.n, 1e-3) + sigma2 * mean)
    return weights


def _penalty(tau2: Vector, sizes: Sequence[int]) -> Vector:
    return np.concatenate([[1e-8], *(np.full(size, 1 / t) for size, t in zip(sizes, tau2, strict=True))])


def _sigma2(counts: Counts, mean: Vector, freedom: float) -> float:
    """σ² at which Pearson's statistic equals its degrees of freedom; 0 where chance alone explains the spread."""
    squares, chance = (counts.k - mean) ** 2, mean * np.maximum(1 - mean / counts.n, 1e-3)

    def pearson(value: float) -> float:
        return float((squares / (chance + value * mean**2)).sum())

    if pearson(0.0) <= freedom:
        return 0.0
    low, high = 0.0, MOST_SIGMA2
    for _ in range(18):
        middle = (low + high) / 2
        low, high = (middle, high) if pearson(middle) > freedom else (low, middle)
    return (low + high) / 2


def _tau2(theta: Vector, covariance: Vector, tau2: Vector, parts: Sequence[slice]) -> Vector:
    """The variance of each factor's levels: squares over the levels that the data determine, and the prior's."""
    found = []
    for old, part in zip(tau2, parts, strict=True):
        determined = float((1 - np.diag(covariance)[part] / old).clip(0, 1).sum())
        squares = float((theta[part] ** 2).sum())
        found.append((squares + PRIOR_LEVELS * USUAL_TAU**2) / (determined + PRIOR_LEVELS))
    clipped: Vector = np.clip(np.array(found, dtype=np.float64), LEAST_TAU**2, MOST_TAU**2)
    return clipped


def _effects(
    factor: Factor,
    part: slice,
    theta: Vector,
    covariance: Vector,
    tau2: float,
    quantile: float,
    counts: Counts,
) -> list[Effect]:
    levels = len(factor.names)
    chances = np.bincount(factor.level, counts.weight * counts.n[counts.post], levels)
    pairs = np.unique(counts.post * levels + factor.level)
    posts = np.bincount(pairs % levels, minlength=levels)
    found = []
    for place, name in enumerate(factor.names):
        rest = chances.sum() - chances[place]
        contrast = -chances / rest if rest > 0 else np.zeros(levels)
        contrast[place] = 1.0
        mean = float(contrast @ theta[part])
        variance = float(contrast @ covariance[part, part] @ contrast)
        measured, doubt = _without_prior(mean, variance, tau2 * float(contrast @ contrast))
        found.append(
            Effect(
                factor.name,
                name,
                *_ratios(measured, quantile * doubt),
                *_ratios(mean, quantile * math.sqrt(variance)),
                posts=int(posts[place]),
                chances=float(chances[place]),
            )
        )
    return found


def _without_prior(mean: float, variance: float, prior: float) -> tuple[float, float]:
    """Mean and standard deviation of what the data alone say: precisions add, so the prior's is taken off."""
    precision = 1 / variance - 1 / prior
    if precision <= 1e-6:
        return 0.0, math.inf
    return mean / variance / precision, math.sqrt(1 / precision)


def _ratios(middle: float, half: float) -> tuple[float, float, float]:
    """exp of a middle and its interval, within what a float holds."""
    return tuple(math.exp(min(max(x, -50.0), 50.0)) for x in (middle, middle - half, middle + half))  # type: ignore[return-value]
