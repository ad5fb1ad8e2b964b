"""Titles of one frame: parts of a series and days of a bulletin, which are not one event; and one title told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from curate.curation.groups import Pair
from curate.curation.quantities import days_of
from curate.text.words import unified

# What numbers the parts of a series: digits, and Chinese numerals or 上中下 in brackets or at the end.
_PART = re.compile(
    r"\d+|[(（](?:[上中下]|[一二三四五六七八九十]+)[)）]|(?:[上中下]|[一二三四五六七八九十]+)$"
)
# The number of a part among others of its kind.
_ORDINAL = re.compile(
    r"第\s?[\d零一二三四五六七八九十百]+\s?[期集讲回章篇季课封辑卷届]|\b(?:part|episode|issue|no\.|vol\.)\s?\d+"
)
_SILENT = re.compile(r"[\W_]+")
# Letters; a shorter title is what many write of many things.
SAME_TITLE = 8


def find_series(
    titles: Sequence[str], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Which pairs of titles differ in their numbers alone, in the number of the part, or in the day they are of."""
    plain = [title.casefold().strip() for title in unified(titles)]
    whole = number_equal(_SILENT.sub("", text) for text in plain)
    bare = number_equal(_SILENT.sub("", _PART.sub("", text)) for text in plain)
    series: NDArray[np.bool_] = (bare[first] == bare[second]) & (whole[first] != whole[second])
    days = {k: days_of(plain[k]) for k in np.union1d(first, second).tolist()}
    parts = {k: frozenset(_ORDINAL.findall(plain[k])) for k in days}
    for n in np.flatnonzero(~series).tolist():
        a, b = int(first[n]), int(second[n])
        series[n] = _disjoint(days[a], days[b]) or _disjoint(parts[a], parts[b])
    return series


def find_same_titles(titles: Sequence[str], among: Iterable[int]) -> list[Pair]:
    """Pairs (i < j) of the titles `among` these whose titles have the same letters, in no order."""
    by_letters: dict[str, list[int]] = defaultdict(list)
    numbers = list(among)
    for i, title in zip(numbers, unified([titles[i] for i in numbers]), strict=True):
        letters = _SILENT.sub("", title.casefold())
        if len(letters) >= SAME_TITLE:
            by_letters[letters].append(i)
    return [pair for same in by_letters.values() for pair in combinations(sorted(same), 2)]


def number_equal(names: Iterable[str]) -> NDArray[np.intp]:
    """Give equal names one number."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)


def _disjoint(one: frozenset[object], other: frozenset[object]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)
