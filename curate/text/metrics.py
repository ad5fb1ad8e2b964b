"""How good an answer is: the measures that the benchmark and the editor's own evaluation share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

# Equally many answers to a bin, fifteen bins: the usual number (Guo et al. 2017).
BINS = 15


def b_cubed(groups: Sequence[Sequence[int]], truth: Sequence[Hashable]) -> tuple[float, float, float]:
    """B3 F1, precision and recall of a grouping (Bagga and Baldwin 1998), averaged over the documents."""
    sizes = Counter(truth)
    precision = recall = 0.0
    for group in groups:
        for event, count in Counter(truth[i] for i in group).items():
            precision += count * count / len(group)
            recall += count * count / sizes[event]
    precision, recall = precision / len(truth), recall / len(truth)
    return 2 * precision * recall / (precision + recall), precision, recall


def f1_of_pairs(guessed: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """F1 of "these two belong together"; 0 where nothing was found."""
    both = int(np.count_nonzero(guessed & truth))
    return 2 * both / (int(guessed.sum()) + int(truth.sum())) if both else 0.0


def calibration_error(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: how far confidence is from the share of right answers, by bins of like size."""
    order = np.argsort(sure, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(p) * abs(sure[p].mean() - right[p].mean()) for p in parts) / max(len(sure), 1))


def coverage_at(sure: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The largest share of answers, the surest first, of which at least `precision` are right."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return float(enough[-1] + 1) / len(order) if len(enough) else 0.0
