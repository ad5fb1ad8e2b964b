"""What makes readers do more of something: the effects of topics, sources and forms, with their uncertainty. Pure.

    k of post i        counts with mean  n_i · p_i  and variance  n p (1 - p) + σ² (n p)²
    log p_i            = α + log Σ_j w_ij exp(Σ_f θ_f[level of item j])     j: the post's items, w sums to 1
    θ_f                levels of one factor, drawn from N(0, τ_f²): what is rarely seen is drawn towards "as usual"

An item does its share of the whole post's work, so a topic's effect is found also where every post holds many
topics. σ² lets posts differ by more than chance (they always do: the news of the day, the hour, luck); without it
intervals are several times too narrow. Fitted by penalised quasi-likelihood (Breslow and Clayton 1993), τ_f² and σ²
by moments in the same rounds (MacKay 1992 for τ²; Pearson's statistic equal to its degrees of freedom for σ²).

Of each level two things are told. `ratio` with its 90 % interval is the level against the mean of the factor's others as
the data alone have it (`score_interval.py`): this contrast has no prior, so an unusual level is not flattered into being
usual. `shrunk` with its own interval is the posterior: what to act on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from curate.audience.score_interval import (
    LONGEST,
    Counts,
    Factor,
    ScoreTest,
    Vector,
    linearize,
    score_interval,
    weights_of,
)
from curate.audience.shrinkage import USUAL_TAU, level_variances, penalty_of

ROUNDS = 60
STEP = 1e-4  # change of the largest coefficient at which the rounds end
MOST_SIGMA2 = 4.0
NO_PRIOR = (1e-8,)  # of the usual rate: so little that nothing is divided by zero
COVERED = 0.90


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
        mean, jacobian, left = linearize(theta, counts, parts)
        sigma2 = _sigma2(counts, mean, left, freedom)
        weights = weights_of(mean, left, sigma2)
        information = jacobian.T @ (jacobian * weights[:, None])
        penalty = penalty_of(tau2, sizes, NO_PRIOR)
        covariance = np.linalg.inv(information + np.diag(penalty))
        freedom = max(posts - float((covariance * information).sum()), 1.0)  # less the coefficients in effect
        slope = jacobian.T @ (weights * (counts.k - mean) / mean) - penalty * theta
        step = np.clip(covariance @ slope, -LONGEST, LONGEST)
        theta = theta + step
        tau2 = level_variances(theta, covariance, tau2, parts)
        if float(np.abs(step).max()) < STEP:
            break
    quantile = float(stdtrit(max(freedom, 2.0), (1 + COVERED) / 2))
    place = ScoreTest(theta, penalty_of(tau2, sizes, NO_PRIOR), sigma2, parts, counts)
    effects = [
        effect
        for factor, part in zip(counts.factors, parts, strict=True)
        for effect in _effects(factor, part, place, covariance, quantile)
    ]
    return Fit(math.exp(theta[0]), math.sqrt(sigma2), tuple(effects), posts)


def _sigma2(counts: Counts, mean: Vector, left: Vector, freedom: float) -> float:
    """σ² at which Pearson's statistic equals its degrees of freedom; 0 where chance alone explains the spread."""
    squares, chance = (counts.k - mean) ** 2, mean * left

    def pearson(value: float) -> float:
        return float((squares / (chance + value * mean**2)).sum())

    if pearson(0.0) <= freedom:
        return 0.0
    low, high = 0.0, MOST_SIGMA2
    for _ in range(18):
        middle = (low + high) / 2
        low, high = (middle, high) if pearson(middle) > freedom else (low, middle)
    return (low + high) / 2


def _effects(
    factor: Factor, part: slice, place: ScoreTest, covariance: Vector, quantile: float
) -> list[Effect]:
    counts = place.counts
    levels = len(factor.names)
    chances = np.bincount(factor.level, counts.weight * counts.n[counts.post], levels)
    pairs = np.unique(counts.post * levels + factor.level)
    posts = np.bincount(pairs % levels, minlength=levels)
    found = []
    for i, name in enumerate(factor.names):
        rest = chances.sum() - chances[i]
        contrast = -chances / rest if rest > 0 else np.zeros(levels)
        contrast[i] = 1.0
        mean = float(contrast @ place.theta[part])
        half = quantile * math.sqrt(float(contrast @ covariance[part, part] @ contrast))
        found.append(
            Effect(
                factor.name,
                name,
                *_ratios(score_interval(place, part, contrast, quantile)),
                *_ratios((mean, mean - half, mean + half)),
                posts=int(posts[i]),
                chances=float(chances[i]),
            )
        )
    return found


def _ratios(logarithms: tuple[float, float, float]) -> tuple[float, float, float]:
    """exp of a middle and the ends of its interval, within what a float holds."""
    return tuple(math.exp(min(max(x, -50.0), 50.0)) for x in logarithms)  # type: ignore[return-value]
