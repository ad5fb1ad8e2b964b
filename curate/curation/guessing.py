"""What unlabelled texts are about, guessed from keywords and from what keeps company with them.

    keywords -> weak labels -> naive Bayes with expectation maximisation -> a topic for each text, or none

Naive Bayes as in Nigam, McCallum, Thrun and Mitchell (2000), on TF-IDF of unit length instead of counts (Rennie,
Shih, Teevan and Karger 2003), with the archive itself as one more class that stands for "none of the topics".
With some labels in every topic a classifier of these makes the start instead, with the keywords as a witness beside
it: where keywords draw a line otherwise than the editor does, EM that begins with them does not find back. A topic
may there have several aspects, which are components of one class (the same, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.curation.lexicon import places
from curate.curation.reading import contains, folded
from curate.curation.shares import log_softmax, softmax
from curate.settings import Topic

Matrix = NDArray[np.float64]
Single = NDArray[np.float32]

# Constants were chosen on the labels of THUCNews train_partial, and are reported on dev.

# How much of the archive's average is mixed into each topic, in unit vectors' mass (Dirichlet smoothing, Zhai and
# Lafferty 2001): what a small archive says of a topic is little, and then a topic resembles the average.
PRIOR = 135.0
# Rounds of expectation maximisation; thirty give no more. It ends sooner once fewer than SETTLED change.
ROUNDS = 20
SETTLED = 0.001
# The grams of a title overlap, so naive Bayes is far too sure: log-odds of unit vectors count this many times.
FACTOR = 0.67
# From so many rows on, sizes of topics are judged by every second row, third row, and so on.
SAMPLE = 4_000
# What a usual word of a topic counts for beside a keyword of the editor's; of .2, .25, .5 and 1 all alike.
USUAL = 0.5
# What a topic without a keyword in the text counts for beside one whose keyword it has, where labels make the start.
UNNAMED = 0.1
# How far topics are taken to be of like size (0 not at all, 1 wholly), so that a topic with loud keywords does
# not swallow its neighbours (the balancing of Asano, Rupprecht and Vedaldi 2020, by half).
BALANCE = 0.5


@dataclass(frozen=True, slots=True)
class Guesses:
    """What naive Bayes makes of an archive: log-odds of each topic (the last column may be "none") for each of its
    texts, and the weights (grams x columns) and bias that give them for any unit vector."""

    odds: Single
    weights: Single
    bias: Single

    def shares(self, count: int) -> Single:
        """How much each text is of each of the first `count` topics, the whole being 1 with "none"."""
        return softmax(self.odds)[:, :count]


def weak_labels(texts: Sequence[str], topics: Sequence[Topic], usual: Sequence[Sequence[str]]) -> Matrix:
    """For each text the share of each topic among the keywords it has, and the topics' `usual` words (lexicon.py) at
    their worth; rows of 0 where it has none."""
    hits = np.zeros((len(texts), len(topics)))
    joined = [folded(text) for text in texts]
    ends = np.cumsum([len(text) + 1 for text in joined])
    worth: dict[str, dict[int, float]] = {}  # word -> topic -> what it counts for
    for i, (topic, others) in enumerate(zip(topics, usual, strict=True)):
        for word in (topic.name, *topic.keywords, *others):
            worth.setdefault(folded(word).strip(), {}).setdefault(i, USUAL if word in others else 1.0)
    for word, starts in places("\n".join(joined), worth).items():
        rows = np.unique(np.searchsorted(ends, starts, side="right"))
        if word.isascii():  # within another word it is none
            rows = rows[[contains(joined[row], word) for row in rows]]
        for i, much in worth[word].items():
            hits[rows, i] += much
    shares: Matrix = hits / np.maximum(hits.sum(axis=1, keepdims=True), 1)
    return shares


def started(decision: Matrix, weak: Matrix) -> Matrix:
    """First beliefs about the archive from log-odds that labels gave, and keywords, with topics made of one size."""
    found = log_softmax(decision) + np.log(weak + UNNAMED)
    found += BALANCE * _evening(found, weak.shape[1])
    return softmax(found)


def guesses(
    matrix: sp.csr_array,
    given: Matrix,
    first: Matrix,
    none: float | None,
    rounds: int = ROUNDS,
    owner: NDArray[np.int64] | None = None,
) -> Guesses:
    """What the later rows of a matrix are about; the first ones are known.

    `given` is what each known row counts for, for each topic, against one of the others; `first` (0..1) what is
    believed of the others to begin with. Both have one column a topic, or several, its aspects: then `owner` has the
    topic of each column, and a text is about a topic as far as about any of these. With `none` there is one more
    topic in the answer, for texts that the archive as a whole explains better than any; `none` is the log-odds that
    it starts with.
    """
    owner = np.arange(first.shape[1]) if owner is None else owner
    whole = np.eye(int(owner.max()) + 1, dtype=np.float32)[owner]  # columns x topics
    count = whole.shape[1]
    given = given.astype(np.float32)
    across, pool = sp.csr_array(matrix.T), sp.csr_array(matrix[len(given) :])
    average = (np.asarray(pool.sum(axis=0)).ravel() + 0.1)[:, None].astype(np.float32)
    average /= average.sum()
    belief, before = first.astype(np.float32), owner[first.argmax(axis=1)]
    none_of_all = np.array([] if none is None else [none], np.float32)
    bias = np.append(np.zeros(len(owner), np.float32), none_of_all)
    for _ in range(rounds):
        counts = across @ np.concatenate([given, belief])
        found = pool @ _weights(counts, average, none) + bias
        odds = _summed(found, whole)
        shift = (BALANCE * _evening(odds, count)).astype(np.float32)
        odds[:, :count] += shift
        found[:, : len(owner)] += shift[owner]
        belief = softmax(found)[:, : len(owner)]
        now = odds.argmax(axis=1)
        if np.mean(now != before) < SETTLED:
            break
        before = now
    weights = _weights(counts @ whole, average, none)
    weights -= weights.mean(axis=1, keepdims=True)  # what all columns have in common says nothing
    return Guesses(odds, weights, np.append(shift, none_of_all))


def _weights(counts: Single, average: Single, none: float | None) -> Single:
    """Naive Bayes' weights from the mass that each gram has in each column, the average's last."""
    shares = counts + np.float32(PRIOR) * average
    shares /= shares.sum(axis=0)
    weights: Single = np.log(shares if none is None else np.hstack([shares, average]))
    weights *= np.float32(FACTOR)
    return weights


def _summed(odds: Single, whole: Single) -> Single:
    """Log-odds of topics (and of none, where `odds` has one column more) from those of their aspects."""
    columns, count = whole.shape
    if columns == count:
        return odds.copy()
    top = odds.max(axis=1, keepdims=True)
    topics = np.log(np.maximum(np.exp(odds[:, :columns] - top) @ whole, np.float32(1e-30))) + top
    return np.hstack([topics, odds[:, columns:]])


def _evening(odds: Matrix | Single, count: int, rounds: int = 20) -> Matrix:
    """What to add to the first `count` columns to make them of one size (Sinkhorn and Knopp 1967)."""
    shares = softmax(odds[:: max(len(odds) // SAMPLE, 1)].astype(np.float64))
    scale = np.ones(odds.shape[1])
    for _ in range(rounds):
        size = scale[:count] * (1 / (shares @ scale) @ shares[:, :count])
        scale[:count] /= np.maximum(size / max(size.mean(), 1e-12), 1e-9)
    shift = np.log(scale[:count])
    evened: Matrix = shift - shift.mean()
    return evened


def surest(odds: Single, share: float) -> NDArray[np.int64]:
    """Rows that are among this share of their column's, the surest first; in the order of the rows."""
    guessed, ranked = odds.argmax(axis=1), np.sort(odds, axis=1)
    margin = ranked[:, -1] - ranked[:, -2] if odds.shape[1] > 1 else np.ones(len(odds))
    kept = []
    for i in range(odds.shape[1]):
        mine = np.flatnonzero(guessed == i)
        kept.append(mine[np.argsort(-margin[mine], kind="stable")[: int(np.ceil(share * len(mine)))]])
    return np.sort(np.concatenate(kept))
