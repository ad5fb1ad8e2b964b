"""How likely two tellings tell one event, from what can be seen of the two: a logistic regression with few weights.

The weights were fitted by `bench/same_event.py` on pairs of titles that two readings agreed on, on English documents
by event (ECB+, topics 1-25) and on pairs of unrelated entries of real feeds; nothing in them knows a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.stories.quantities import numbers_of, without_dates
from curate.stories.series import is_disjoint
from curate.text.tokenize import places

Values = NDArray[np.float64]


class Weights(NamedTuple):
    """What each of the features adds to the log-odds, in the order of `features`."""

    intercept: float
    features: tuple[float, ...]


WITH_MEANING = Weights(-6.54, (3.01, 3.15, 6.49, 1.69, -7.87, -1.53))
BY_WORDS = Weights(-4.91, (7.78, 3.18, 1.99, -7.48, -1.77))
MEANING = 2  # the column of `features` that an installation without an encoder cannot know
# More shared numbers than this say no more.
NUMBERS_MOST = 2

# A heading that many pieces carry, before or behind what a title says: 【早报】…, 观察 | …, … | Daily.
_LABEL = re.compile(r"^\s*(?:【[^】]{1,8}】|\[[^\]]{1,8}\])\s*")
_BAR = re.compile(r"\s*[|｜丨]\s*")
_LABEL_MOST = 10
_TITLE_LEAST = 4


def strip_label(title: str) -> str:
    """Cut a column's name off a title; leave a title that has nothing else."""
    parts = _BAR.split(_LABEL.sub("", title))
    longest = max(parts, key=len)
    if len(longest) < _TITLE_LEAST or any(len(part) > _LABEL_MOST for part in parts if part is not longest):
        longest = " ".join(parts)
    return longest if len(longest) >= _TITLE_LEAST else title


class Facts(NamedTuple):
    """What a title states that another telling of the event would not contradict."""

    numbers: frozenset[str]
    places: frozenset[str]


def facts_of(title: str) -> Facts:
    """Read the numbers, dates apart, and the places that a title names."""
    plain = without_dates(title)
    return Facts(numbers_of(plain), frozenset(places(plain)))


def features(
    cosine: Values,
    evidence: Values,
    meaning: Values,
    facts: Sequence[tuple[Facts, Facts]],
    days: Values,
) -> Values:
    """One row a pair: cosine of words and characters; logarithm of the rare words shared; cosine of the meaning
    vectors, not a number where there are none; numbers shared; whether both name places and none in common; days between."""
    numbers = np.array([min(len(a.numbers & b.numbers), NUMBERS_MOST) for a, b in facts], dtype=np.float64)
    apart = np.array([is_disjoint(a.places, b.places) for a, b in facts], dtype=np.float64)
    return np.column_stack([cosine, np.log1p(evidence), meaning, numbers, apart, days])


def probability(rows: Values) -> Values:
    """The probability of one event for each row of `features`; by words where the cosine of the meaning is not known."""
    odds = np.delete(rows, MEANING, axis=1) @ np.array(BY_WORDS.features) + BY_WORDS.intercept
    known = ~np.isnan(rows[:, MEANING])
    odds[known] = rows[known] @ np.array(WITH_MEANING.features) + WITH_MEANING.intercept
    found: Values = 1 / (1 + np.exp(-odds))
    return found
