"""The interval of an effect: what the data alone say, wherever the search for it begins."""

from __future__ import annotations

import math

import numpy as np
import pytest

from curate.audience.score_interval import Counts, Factor, ScoreTest, score_interval

Z = 1.645
PARTS = (slice(1, 4),)
AGAINST = np.array([1.0, -0.5, -0.5])  # the first of three levels against the mean of the others


def mixed(seed: int = 4, posts: int = 150, ratio: float = 3.0) -> Counts:
    """Posts of eight items of three levels; the first is passed on `ratio` times as often."""
    rng = np.random.default_rng(seed)
    level = rng.integers(0, 3, posts * 8)
    appeal = np.where(level == 0, ratio, 1.0).reshape(posts, 8).mean(1)
    n = np.full(posts, 1500.0)
    k = rng.binomial(1500, 0.02 * appeal).astype(float)
    return Counts(
        k, n, np.repeat(np.arange(posts), 8), np.full(posts * 8, 1 / 8), (Factor("f", tuple("abc"), level),)
    )


def place(counts: Counts, *theta: float, tau2: float = 0.04) -> ScoreTest:
    return ScoreTest(
        np.array([math.log(0.02), *theta]), np.array([1e-8, *[1 / tau2] * 3]), 0.0, PARTS, counts
    )


def test_the_interval_is_the_same_wherever_the_search_begins() -> None:
    """A standard error at the shrunk estimate is another one than at the measured; none of it may be left."""
    found = [
        score_interval(place(mixed(), *start), PARTS[0], AGAINST, Z)
        for start in ((0.0, 0.0, 0.0), (0.5, -0.2, -0.2), (1.1, 0.0, 0.0))
    ]
    for other in found[1:]:
        assert other == pytest.approx(found[0], abs=0.01)
    assert found[0][1] < math.log(3) < found[0][2]


def test_the_contrast_itself_is_not_drawn_towards_the_usual() -> None:
    loose, tight = (
        score_interval(place(mixed(), 0, 0, 0, tau2=t), PARTS[0], AGAINST, Z) for t in (1.0, 0.0004)
    )
    assert loose[0] == pytest.approx(math.log(3), abs=0.15)
    assert tight[0] == pytest.approx(math.log(3), abs=0.15)


def test_posts_of_one_level_each_give_the_interval_of_two_rates() -> None:
    counts = Counts(
        np.array([60.0, 30.0]),
        np.array([100_000.0, 100_000.0]),
        np.arange(2),
        np.ones(2),
        (Factor("f", ("a", "b"), np.arange(2)),),
    )
    parts = (slice(1, 3),)
    start = ScoreTest(np.array([math.log(45e-5), 0.0, 0.0]), np.array([1e-8, 25, 25]), 0.0, parts, counts)
    middle, low, high = score_interval(start, parts[0], np.array([1.0, -1.0]), Z)
    assert middle == pytest.approx(math.log(2), abs=1e-3)
    # the score test of two Poisson rates: the share of the first among 90 events, by Wilson's interval (1927)
    share, ends = 60 / 90, []
    for sign in (-1, 1):
        half = Z * math.sqrt(share * (1 - share) / 90 + Z**2 / (4 * 90**2))
        wilson = (share + Z**2 / 180 + sign * half) / (1 + Z**2 / 90)
        ends.append(math.log(wilson / (1 - wilson)))
    assert (low, high) == pytest.approx(ends, abs=0.01)


def test_what_was_never_passed_on_has_no_lower_end() -> None:
    counts = Counts(
        np.array([0.0, 0.0, 40.0, 35.0]),
        np.full(4, 1000.0),
        np.arange(4),
        np.ones(4),
        (Factor("f", ("a", "b"), np.array([0, 0, 1, 1])),),
    )
    parts = (slice(1, 3),)
    start = ScoreTest(np.array([math.log(0.02), 0.0, 0.0]), np.array([1e-8, 25, 25]), 0.0, parts, counts)
    middle, low, high = score_interval(start, parts[0], np.array([1.0, -1.0]), Z)
    assert low < -4
    assert low <= middle <= high < 0
