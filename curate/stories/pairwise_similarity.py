"""Which tellings are alike: pairs of sparse vectors that share rare features, within a window of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

# A feature that more than this many entries share proposes no pair, which keeps the number of pairs linear in the
# entries; its rarity and weight still count where other features propose. Up to a few thousand entries there is none:
# a word in so many of them has no rarity.
CROWD = 200
# Of the evidence that is needed, the part that such features may at most be thought to add.
UNSEEN = 0.5
# Rows that are multiplied at once, and pairs that are compared at once: they bound the memory, and stay in the cache.
ROWS, PAIRS = 2000, 2000
_ROUNDING = 1e-4


class Alike(NamedTuple):
    """Pairs (i < j), their cosine, and the sum of the rarities of what they share (about how many rare words they
    have in common)."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    cosine: NDArray[np.float64]
    evidence: NDArray[np.float64]


def alike(
    matrix: sp.csr_array,
    rarity: NDArray[np.float64],
    times: Sequence[datetime],
    window: timedelta,
    evidence: float,
    threshold: float,
) -> Alike:
    """Pairs that share at least so much `evidence`, are at least `threshold` alike and were published within `window`
    of one another, in no order.

    Evidence comes first, for few pairs have enough of it, and it takes a third of the time: it is of rare features.
    """
    stamps = np.array([time.timestamp() for time in times])
    number, value = np.empty(0, dtype=np.intp), np.empty(0)
    found = [Alike(number, number, value, value)]
    carriers = np.bincount(matrix.indices, minlength=matrix.shape[1])
    carried, crowded = np.where(carriers > 1, rarity, 0.0), np.where(carriers > CROWD, rarity, 0.0)
    rare = _scale_columns(matrix, rarity)
    for rows, columns, seen in _propose_pairs(
        matrix, carried, crowded, stamps, window.total_seconds(), evidence
    ):
        for start in range(0, len(rows), PAIRS):
            stop = start + PAIRS
            i, j, shared = rows[start:stop], columns[start:stop], seen[start:stop]
            if crowded.any():  # else what proposes is all the evidence there is
                shared = _evidence(_product(rare, i, j), rarity)
            enough = shared >= evidence
            i, j, shared = i[enough], j[enough], shared[enough]
            cosine = _cosine(_product(matrix, i, j))
            enough = cosine >= threshold
            found.append(Alike(i[enough], j[enough], cosine[enough], shared[enough]))
    first, second, cosines, evidences = zip(*found, strict=True)
    return Alike(*map(np.concatenate, (first, second)), *map(np.concatenate, (cosines, evidences)))


def compare_pairs(
    matrix: sp.csr_array, rarity: NDArray[np.float64], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cosine of these pairs, and the rarity of what they share."""
    product = _product(matrix, rows, columns)
    return _cosine(product), _evidence(product, rarity)


def _product(matrix: sp.csr_array, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> sp.csr_array:
    """What the two of each pair have in common."""
    return sp.csr_array(matrix[rows].multiply(matrix[columns]))


def _cosine(product: sp.csr_array) -> NDArray[np.float64]:
    return np.minimum(np.asarray(product.sum(axis=1), dtype=np.float64).ravel(), 1.0)


def _evidence(product: sp.csr_array, rarity: NDArray[np.float64]) -> NDArray[np.float64]:
    product.data = rarity[product.indices]
    return np.asarray(product.sum(axis=1), dtype=np.float64).ravel()


def _propose_pairs(
    matrix: sp.csr_array,
    rarity: NDArray[np.float64],
    crowded: NDArray[np.float64],
    stamps: NDArray[np.float64],
    window: float,
    evidence: float,
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]]:
    """Pairs (i < j) that may share so much evidence, and how much they share of features that are not `crowded` (their
    rarity, 0 for others), some rows at a time.

    In the order of time, so that each row meets only those that come after it within the window."""
    order = np.argsort(stamps, kind="stable")
    stamps = stamps[order]
    seen = _scale_columns(matrix, np.sqrt(rarity - crowded))[order]
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    hidden = np.bincount(rows, weights=crowded[matrix.indices], minlength=matrix.shape[0])[order]
    needed = evidence - np.minimum(hidden, UNSEEN * evidence) - _ROUNDING
    for start in range(0, matrix.shape[0], ROWS):
        some = stamps[start : start + ROWS]
        stop = int(np.searchsorted(stamps, some[-1] + window, side="right"))
        product = sp.csr_array(seen[start : start + ROWS] @ sp.csr_array(seen[start:stop].T))
        enough = np.flatnonzero(product.data >= (1 - UNSEEN) * evidence - _ROUNDING)
        i, j = np.searchsorted(product.indptr, enough, side="right") - 1, product.indices[enough]
        needs = np.maximum(needed[start + i], needed[start + j])
        near = (i < j) & (product.data[enough] >= needs) & (stamps[start + j] - stamps[start + i] <= window)
        first, second = order[start + i[near]], order[start + j[near]]
        yield np.minimum(first, second), np.maximum(first, second), product.data[enough][near]


def _scale_columns(matrix: sp.csr_array, weights: NDArray[np.float64]) -> sp.csr_array:
    """Where the matrix has anything, its column's weight; columns without any are empty."""
    kept = weights[matrix.indices] > 0
    pointers = np.cumsum(np.append(False, kept), dtype=np.int32)[matrix.indptr]
    columns = matrix.indices[kept]
    return sp.csr_array((weights[columns], columns, pointers), shape=matrix.shape)


def shared_words(
    matrix: sp.csr_array,
    names: Sequence[str],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    most: int = 3,
) -> Iterator[list[str]]:
    """Of each pair the words that made them alike, the weightiest first; `names` are those of the first columns."""
    for start in range(0, len(rows), PAIRS):
        product = _product(matrix, rows[start : start + PAIRS], columns[start : start + PAIRS])
        pairs = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        ranked = product.indices[np.lexsort((-product.data, pairs))].tolist()
        for first, last in pairwise(product.indptr.tolist()):
            words = (names[i].removeprefix("=") for i in ranked[first:last] if i < len(names))
            # a number may come twice, as it is written and as a quantity
            some = islice((word for word in words if len(word) > 1), 2 * most)
            yield list(dict.fromkeys(some))[:most]
