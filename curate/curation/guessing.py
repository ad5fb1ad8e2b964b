"""What unlabelled texts are about, guessed from keywords and from what keeps company with them.

    keywords -> weak labels -> naive Bayes with expectation maximisation -> a topic for each text, or none

Naive Bayes as in Nigam, McCallum, Thrun and Mitchell (2000), on TF-IDF of unit length instead of counts (Rennie,
Shih, Teevan and Karger 2003), with the archive itself as one more class that stands for "none of the topics".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import softmax

from curate.curation.reading import contains, folded
from curate.settings import Topic

Matrix = NDArray[np.float64]

# Constants were chosen on the labels of THUCNews train_partial, and are reported on dev.

# How much of the archive's average is mixed into each topic, in unit vectors' mass (Dirichlet smoothing, Zhai and
# Lafferty 2001): what a small archive says of a topic is little, and then a topic resembles the average.
PRIOR = 135.0
# Rounds of expectation maximisation; thirty give no more. It ends sooner once fewer than SETTLED change.
ROUNDS = 20
SETTLED = 0.001
# The grams of a title overlap, so naive Bayes is far too sure: log-odds of unit vectors count this many times.
FACTOR = 0.67
# How far topics are taken to be of like size (0 not at all, 1 wholly), so that a topic with loud keywords does
# not swallow its neighbours (the balancing of Asano, Rupprecht and Vedaldi 2020, by half).
BALANCE = 0.5


def weak_labels(texts: Sequence[str], topics: Sequence[Topic]) -> Matrix:
    """For each text the share of each topic among the keywords it has; rows of 0 where it has none."""
    hits = np.zeros((len(texts), len(topics)))
    joined = [folded(text) for text in texts]
    for i, topic in enumerate(topics):
        for word in dict.fromkeys((topic.name, *topic.keywords)):
            hits[:, i] += [contains(text, word) for text in joined]
    shares: Matrix = hits / np.maximum(hits.sum(axis=1, keepdims=True), 1)
    return shares


def odds(
    matrix: sp.csr_array, labels: NDArray[np.int64], weight: Matrix, weak: Matrix, none: float | None
) -> Matrix:
    """Log-odds of each topic for each unlabelled row, which come after the labelled ones in the matrix.

    `weight` is what each label counts for against one unlabelled text.
    With `none` there is one more column, for texts that the archive as a whole explains better than any topic;
    `none` is the log-odds that it starts with.
    """
    count = weak.shape[1]
    given = (np.eye(count + 1)[labels, :count] * weight[:, None]).astype(np.float32)
    across, pool = sp.csr_array(matrix.T), sp.csr_array(matrix[len(labels) :])
    average = np.asarray(pool.sum(axis=0)).ravel() + 0.1
    average /= average.sum()
    ground = FACTOR * np.asarray(pool @ np.log(average))
    belief, found, before = weak, weak, weak.argmax(axis=1)
    for _ in range(ROUNDS):
        counts = np.asarray(across @ np.concatenate([given, belief.astype(np.float32)]))
        counts = counts + PRIOR * average[:, None]
        found = FACTOR * np.asarray(pool @ np.log(counts / counts.sum(axis=0)).astype(np.float32), np.float64)
        if none is not None:
            found = np.column_stack([found, ground + none])
        found[:, :count] += BALANCE * _evening(found, count)
        belief = softmax(found, axis=1)[:, :count]
        now = found.argmax(axis=1)
        if np.mean(now != before) < SETTLED:
            break
        before = now
    return found


def _evening(odds: Matrix, count: int, rounds: int = 20) -> Matrix:
    """What to add to the first `count` columns to make them of one size (Sinkhorn and Knopp 1967)."""
    shift = np.zeros(count)
    moved = odds.copy()
    for _ in range(rounds):
        moved[:, :count] = odds[:, :count] + shift
        size = softmax(moved, axis=1)[:, :count].mean(axis=0)
        shift -= np.log(np.maximum(size / max(size.mean(), 1e-12), 1e-9))
    evened: Matrix = shift - shift.mean()
    return evened


def surest(odds: Matrix, share: float) -> NDArray[np.int64]:
    """Rows that are among this share of their column's, the surest first; in the order of the rows."""
    guessed, ranked = odds.argmax(axis=1), np.sort(odds, axis=1)
    margin = ranked[:, -1] - ranked[:, -2] if odds.shape[1] > 1 else np.ones(len(odds))
    kept = []
    for i in range(odds.shape[1]):
        mine = np.flatnonzero(guessed == i)
        kept.append(mine[np.argsort(-margin[mine], kind="stable")[: int(np.ceil(share * len(mine)))]])
    return np.sort(np.concatenate(kept))
