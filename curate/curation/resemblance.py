"""Which tellings are alike: pairs of sparse vectors that share rare and weighty features, within a window of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

# A feature that more than this many entries share proposes no pair (its weight still counts in the cosine), and
# only so many of an entry's weightiest features propose. Both keep the number of pairs linear in the entries.
CROWD = 200
PROPOSERS = 48
# Of what is needed, the part that the proposing features alone must reach.
PROPOSED = 0.25
# Rows that are multiplied at once, and pairs that are compared at once: they bound the memory.
ROWS, PAIRS = 2000, 50_000


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
    threshold: float,
) -> Alike:
    """Pairs at least `threshold` alike that were published within `window` of one another, in no order."""
    stamps = np.array([time.timestamp() for time in times])
    number, value = np.empty(0, dtype=np.intp), np.empty(0)
    found = [Alike(number, number, value, value)]
    for rows, columns in _proposed(matrix, threshold * PROPOSED, stamps, window.total_seconds()):
        for start in range(0, len(rows), PAIRS):
            i, j = rows[start : start + PAIRS], columns[start : start + PAIRS]
            cosine, evidence = compared(matrix, rarity, i, j)
            enough = cosine >= threshold
            found.append(Alike(i[enough], j[enough], cosine[enough], evidence[enough]))
    first, second, cosines, evidences = zip(*found, strict=True)
    return Alike(*map(np.concatenate, (first, second)), *map(np.concatenate, (cosines, evidences)))


def compared(
    matrix: sp.csr_array, rarity: NDArray[np.float64], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cosine of these pairs, and the rarity of what they share."""
    product = sp.csr_array(matrix[rows].multiply(matrix[columns]))
    cosine = np.minimum(np.asarray(product.sum(axis=1), dtype=np.float64).ravel(), 1.0)
    product.data = rarity[product.indices]
    return cosine, np.asarray(product.sum(axis=1), dtype=np.float64).ravel()


def _proposed(
    matrix: sp.csr_array, least: float, stamps: NDArray[np.float64], window: float
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Pairs (i < j) whose rare and weighty features alone reach `least`, some rows at a time.

    In the order of time, so that each row meets only those that come after it within the window."""
    order = np.argsort(stamps, kind="stable")
    stamps = stamps[order]
    chosen = _proposers(matrix)[order]
    for start in range(0, matrix.shape[0], ROWS):
        some = stamps[start : start + ROWS]
        stop = int(np.searchsorted(stamps, some[-1] + window, side="right"))
        product = sp.coo_array(chosen[start : start + ROWS] @ sp.csr_array(chosen[start:stop].T))
        i, j = product.coords
        near = (i < j) & (product.data >= least) & (stamps[start + j] - stamps[start + i] <= window)
        first, second = order[start + i[near]], order[start + j[near]]
        yield np.minimum(first, second), np.maximum(first, second)


def _proposers(matrix: sp.csr_array) -> sp.csr_array:
    """Of each row the features that may propose."""
    carriers = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = (carriers > 1) & (carriers <= CROWD)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    kept = rare[matrix.indices]
    rows, columns, data = rows[kept], matrix.indices[kept], matrix.data[kept]
    order = np.lexsort((columns, -data, rows))
    rows, columns, data = rows[order], columns[order], data[order]
    starts = np.searchsorted(rows, np.arange(matrix.shape[0]))
    first = np.arange(len(rows)) - starts[rows] < PROPOSERS
    return sp.csr_array((data[first], (rows[first], columns[first])), shape=matrix.shape)


def shared_words(
    matrix: sp.csr_array, names: Sequence[str], pairs: Sequence[tuple[int, int]], most: int = 3
) -> dict[tuple[int, int], list[str]]:
    """The words that made the two tellings of each pair alike, the weightiest first."""
    found: dict[tuple[int, int], list[str]] = {}
    for start in range(0, len(pairs), PAIRS):
        some = pairs[start : start + PAIRS]
        part = np.array(some, dtype=np.intp)
        product = sp.csr_array(matrix[part[:, 0]].multiply(matrix[part[:, 1]]))
        for pair, low, high in zip(some, product.indptr[:-1], product.indptr[1:], strict=True):
            ranked = sorted(
                zip((-product.data[low:high]).tolist(), product.indices[low:high].tolist(), strict=True)
            )
            words = [names[column].removeprefix("=") for _, column in ranked if names[column][0] != "#"]
            found[pair] = list(dict.fromkeys(word for word in words if len(word) > 1))[:most]
    return found
