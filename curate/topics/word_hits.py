"""Words of a list that stand in a title, as words: 创业 is not in 创业板, nor AI in "said", but 公司 is in 上市公司."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curate.text.entry_text import fold_text
from curate.text.tokenize import segment

BETWEEN = "\0"


def find_hits(titles: Sequence[str], words: Sequence[str]) -> list[list[str]]:
    """For each title the words that stand in it, in its order, each once."""
    spelt = {
        BETWEEN.join(cut): word
        for word, cut in zip(words, segment([fold_text(w) for w in words]), strict=True)
    }
    spelt.pop("", None)
    longest = max((name.count(BETWEEN) + 1 for name in spelt), default=0)
    return [_find_words(cut, spelt, longest) for cut in segment([fold_text(title) for title in titles])]


def count_hits(titles: Sequence[str], lists: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """How many words of each list (column) each title (row) has."""
    owners: dict[str, list[int]] = {}
    for column, words in enumerate(lists):
        for word in dict.fromkeys(fold_text(word) for word in words):
            owners.setdefault(word, []).append(column)
    counts = np.zeros((len(titles), len(lists)))
    for row, found in enumerate(find_hits(titles, list(owners))):
        for word in found:
            counts[row, owners[word]] += 1
    return counts


def _find_words(cut: Sequence[str], spelt: dict[str, str], longest: int) -> list[str]:
    found: dict[str, None] = {}
    for start in range(len(cut)):
        for stop in range(start + 1, min(start + longest, len(cut)) + 1):
            if word := spelt.get(BETWEEN.join(cut[start:stop])):
                found[word] = None
        token = cut[start]
        if not token.isascii():  # the head of a Chinese compound is its end
            found.update((spelt[token[i:]], None) for i in range(1, len(token)) if token[i:] in spelt)
    return list(found)
