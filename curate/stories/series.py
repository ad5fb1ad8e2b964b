"""Titles of one frame: parts of a series and days of a bulletin, which are not one event; and one title told twice.

All titles here are folded (`EntryText.title`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curate.stories.clustering import Pair
from curate.stories.quantities import days_of
from curate.text.lines import letters_of
from curate.text.stopwords import is_han

# What numbers the parts of a series: digits, and Chinese numerals or 上中下 in brackets or at the end.
_PART = re.compile(
    r"\d+|[(（](?:[上中下]|[一二三四五六七八九十]+)[)）]|(?:[上中下]|[一二三四五六七八九十]+)$"
)
# The number of a part among others of its kind.
_ORDINAL = re.compile(
    r"第\s?[\d零一二三四五六七八九十百]+\s?[期集讲回章篇季课封辑卷届]|\b(?:part|episode|issue|no\.|vol\.)\s?\d+"
)
# Letters; a shorter title is what many write of many things.
SAME_TITLE = 8
# Letters of a title that stands whole within another, in Chinese and in other scripts.
HELD, HELD_LATIN = 12, 30


def find_series(
    titles: Sequence[str], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Which pairs of titles differ in their numbers alone, in the number of the part, or in the day they are of."""
    plain = [title.strip() for title in titles]
    whole = number_equal(letters_of(text) for text in plain)
    bare = number_equal(letters_of(_PART.sub("", text)) for text in plain)
    series: NDArray[np.bool_] = (bare[first] == bare[second]) & (whole[first] != whole[second])
    days = {k: days_of(plain[k]) for k in np.union1d(first, second).tolist()}
    parts = {k: frozenset(_ORDINAL.findall(plain[k])) for k in days}
    for n in np.flatnonzero(~series).tolist():
        a, b = int(first[n]), int(second[n])
        series[n] = is_disjoint(days[a], days[b]) or is_disjoint(parts[a], parts[b])
    return series


def find_same_titles(titles: Sequence[str], among: Iterable[int]) -> list[Pair]:
    """Pairs (i < j) of the titles `among` these whose titles have the same letters, in no order."""
    by_letters: dict[str, list[int]] = defaultdict(list)
    for i in among:
        letters = letters_of(titles[i])
        if len(letters) >= SAME_TITLE:
            by_letters[letters].append(i)
    return [pair for same in by_letters.values() for pair in combinations(sorted(same), 2)]


def find_held_titles(titles: Sequence[str], bare: Iterable[int]) -> list[Pair]:
    """Pairs (i < j), one of them among `bare`, where one title has the whole of the other and more, in no order.

    That is how a listing shows a piece: with a section's name before its title, and a source's or an age behind it.
    """
    known = frozenset(bare)
    if not known:
        return []
    letters = [letters_of(title) for title in titles]
    least = [HELD if is_han(title) else HELD_LATIN for title in titles]
    by_start: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(letters):
        if len(text) >= least[i]:
            by_start[text[:HELD]].append(i)
    found: set[Pair] = set()
    for j, text in enumerate(letters):
        for k in range(len(text) - HELD + 1):
            for i in by_start.get(text[k : k + HELD], ()):
                if (
                    len(letters[i]) < len(text)
                    and (i in known or j in known)
                    and text.startswith(letters[i], k)
                ):
                    found.add((min(i, j), max(i, j)))
    return list(found)


def number_equal(names: Iterable[str]) -> NDArray[np.intp]:
    """Give equal names one number."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)


def is_disjoint(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both name something, and nothing that the other names."""
    return bool(one) and bool(other) and one.isdisjoint(other)
