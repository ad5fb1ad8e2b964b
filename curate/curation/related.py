"""How far two texts are of one topic: looser than one event, for short texts and passages.

Cosine of TF-IDF over characters and pairs of them, less what each of the two has in common with texts that have
nothing to do with it: a text of stock phrases is near everything, and its nearness to one text says little. That is
cross-domain similarity local scaling, the correction of hubs that word translation uses (Conneau et al. 2018). It
asks for no answers, only for other texts of the same kind. So does the threshold: how far strangers seem related,
the left text of one pair and the right text of another, tells what relatedness is chance, as the false alarms do in
topic detection and tracking (Fiscus and Doddington 2002).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.curation.events import BACKGROUND, BACKGROUND_WORDS
from curate.curation.terms import is_han, is_stop
from curate.text.words import segment, usual

# The part of the other texts, the nearest, whose likeness to a text is what it has in common with any.
CROWD = 0.1
# Texts that are compared with all others at once; bounds the memory.
ROWS = 1000

# Strangers that seem related among all strangers. What is allowed unless another set chooses was chosen on the Sohu
# pairs (.0012 to .0008 are as good); what may be chosen are steps of five a decade (Renard's series R5, ISO 3). Steps
# this coarse choose alike from any half of a few hundred pairs, where the value of the highest F1 is half chance.
ALARMS = 0.001
GRID = (0.01, 0.0063, 0.004, 0.0025, 0.0016, 0.001, 0.00063, 0.0004, 0.00025, 0.00016, 0.0001)
# So many pairs lend their texts as strangers; bounds the memory.
STRANGERS = 1000

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Related:
    """How far the two texts of each pair are of one topic, from about -1 to 1; about 0 for two that are no nearer
    than each is to the crowd. And the same of strangers."""

    pairs: NDArray[np.float64]
    strangers: NDArray[np.float64]

    def threshold(self, alarms: float = ALARMS) -> float:
        """The relatedness that this share of the strangers reach; 0 where a single pair has none."""
        return float(np.quantile(self.strangers, 1 - alarms)) if len(self.strangers) else 0.0


def related(pairs: Sequence[tuple[str, str]]) -> Related:
    """All texts tell which words are rare, and are one another's crowd."""
    matrix = vectors([pair[side] for side in (0, 1) for pair in pairs])
    left, right = matrix[: len(pairs)], matrix[len(pairs) :]
    cosine = np.asarray(left.multiply(right).sum(axis=1), dtype=np.float64).ravel()
    near, close = _crowd(matrix).reshape(2, -1)
    some = np.unique(np.linspace(0, len(pairs) - 1, min(len(pairs), STRANGERS)).astype(np.intp))
    strange = (left[some] @ right[some].T).toarray() - (near[some, None] + close[None, some]) / 2
    return Related(cosine - (near + close) / 2, strange[~np.eye(len(some), dtype=bool)])


def vectors(texts: Sequence[str]) -> sp.csr_array:
    """Unit vectors: sublinear term frequency times smoothed inverse document frequency (Salton and Buckley 1988)
    over these texts and as many of general Chinese as the night thinks beside its own."""
    words = segment(texts)
    column: defaultdict[str, int] = defaultdict()
    column.default_factory = column.__len__
    rows = [
        [column[name] for name in (_grams(text) if is_han(text) else _telling(said))]
        for text, said in zip(texts, words, strict=True)
    ]
    pointers = np.cumsum([0, *map(len, rows)])
    columns = np.array([number for row in rows for number in row], dtype=np.int32)
    counts = sp.csr_array((np.ones(len(columns)), columns, pointers), shape=(len(rows), len(column)))
    counts.sum_duplicates()
    carriers = np.bincount(counts.indices, minlength=len(column)) + _expected(column, words)
    rarity = np.log((1 + len(rows) + BACKGROUND) / (1 + carriers)) + 1
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    return counts


def _grams(text: str) -> list[str]:
    """Characters and pairs of them; a name that is segmented in two ways still meets itself."""
    plain = _SPACE.sub(" ", unicodedata.normalize("NFKC", text).lower())
    return [gram for gram in [*plain, *map("".join, pairwise(plain))] if any(c.isalnum() for c in gram)]


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if not is_stop(word)]


def _expected(grams: Iterable[str], texts: Iterable[Sequence[str]]) -> NDArray[np.float64]:
    """In how many texts of general Chinese each gram would stand: it is as usual as the words, among those of these
    texts, that hold it. Other names are taken to stand in none."""
    share = dict.fromkeys(grams, 0.0)
    known = sorted({word for text in texts for word in text if not word.isascii()})
    for word, frequency in zip(known, usual(known), strict=True):
        for gram in {*word, *map("".join, pairwise(word))} & share.keys():
            share[gram] += frequency
    return BACKGROUND * -np.expm1(-BACKGROUND_WORDS * np.array(list(share.values()), dtype=np.float64))


def _crowd(matrix: sp.csr_array) -> NDArray[np.float64]:
    """How alike each text is, on average, to the nearest of the others, its partner in the other half apart."""
    size = matrix.shape[0]
    nearest = max(1, int(CROWD * size))
    found = np.zeros(size)
    for start in range(0, size, ROWS):
        rows = np.arange(start, min(start + ROWS, size))
        alike = (matrix[rows] @ matrix.T).toarray()
        alike[rows - start, rows] = alike[rows - start, (rows + size // 2) % size] = 0.0
        found[rows] = np.partition(alike, size - nearest, axis=1)[:, size - nearest :].mean(axis=1)
    return found
