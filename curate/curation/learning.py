"""Learning topics from almost nothing: their names and keywords, an archive without labels, and what labels the
editor has given so far.

    keywords -> weak labels -> naive Bayes with EM over the archive -> its sure answers as labels
             -> a linear classifier on those and on the editor's labels -> calibrated probabilities

Trained anew from text each night, in seconds, always to the same result; nothing is pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

from curate.curation import features
from curate.curation.features import Vocabulary
from curate.curation.reading import contains, folded
from curate.settings import Topic

Matrix = NDArray[np.float64]

# Laplace smoothing of naive Bayes; small, since grams are many and titles short. This and the constants below
# were chosen on the labels of THUCNews train_partial, and are reported on dev.
SMOOTHING = 0.1
# Rounds of expectation maximisation (Nigam et al. 2000); more change nothing.
ROUNDS = 4
# The grams of a title overlap, so each says about a sixth of what naive Bayes takes it to say.
OVERLAP = 6.0
# How far topics are taken to be of like size (0 not at all, 1 wholly), so that a topic with loud keywords does
# not swallow its neighbours (the balancing of Asano, Rupprecht and Vedaldi 2020, by half).
BALANCE = 0.5
# The share of each topic's pseudo-labels, the surest first, that the classifier learns from.
SURE = 0.85
# With fewer texts than this there is no co-occurrence to learn from: only those that have keywords teach.
ARCHIVE = 300
# Penalty of the linear classifier on guessed labels, which are partly wrong; on labels alone, the one of
# PENALTIES under which held-out labels are likeliest: the weak one where labels are noisy.
PENALTY_GUESSED = 0.3
PENALTIES = (0.2, 1.0)
# Where the solver stops: ten times sooner costs less than .1 points.
TOLERANCE = 0.02
# From so many labels a topic on, the labels alone teach better than keywords do.
ENOUGH = 500
# What one label of the editor (or a keyword) counts for against one guessed label: of 5, 30 and 100 the more
# the better with a hundred labels a topic, and no difference with ten.
LABEL_WEIGHT = 50.0
# Decision values of a linear support vector machine on unit vectors lie around -1..1; this many times that
# makes probabilities of them whose average is the share of right answers (measured without labels).
SHARPNESS = 3.5
# With at least so many labels the sharpness is fitted instead (temperature scaling, Guo et al. 2017), on a
# tenth that a classifier on the others, at most CALIBRATED of them, has not seen.
CALIBRATE = 200
CALIBRATED = 30_000


@dataclass(frozen=True, slots=True)
class Sorter:
    """A trained model: linear weights over character grams. Frozen, plain arrays, never stored."""

    topics: tuple[str, ...]  # Topic.id, in the order of the probabilities' columns
    vocabulary: Vocabulary
    weights: NDArray[np.float32]  # grams x topics
    bias: NDArray[np.float32]
    sharpness: float

    def probabilities(self, texts: Sequence[str]) -> Matrix:
        """One row a text, one column a topic; rows sum to 1. Whole batches are much cheaper than single texts.

        What is written in unknown characters is unknown: the answer is drawn towards an even one by their share.
        """
        decision = features.vectors(self.vocabulary, texts) @ self.weights + self.bias
        shares: Matrix = np.asarray(softmax(self.sharpness * decision.astype(np.float64), axis=1))
        known = features.familiar(self.vocabulary, texts)[:, None]
        return known * shares + (1 - known) / max(len(self.topics), 1)


def train(
    topics: Sequence[Topic], unlabelled: Sequence[str], labelled: Sequence[tuple[str, str]] = ()
) -> Sorter:
    """A sorter for the topics, from their keywords, texts without labels, and (text, topic id) labels."""
    place = {topic.id: i for i, topic in enumerate(topics)}
    known = [(text, place[topic]) for text, topic in labelled if topic in place]
    known += [(word, i) for i, topic in enumerate(topics) for word in (topic.name, *topic.keywords)]
    labels = np.array([i for _, i in known], dtype=np.int64)
    texts = [text for text, _ in known]
    enough = len(labelled) >= ENOUGH * len(topics)
    pool = [] if enough else sorted(set(unlabelled))
    vocabulary, matrix = features.fitted(texts + pool)
    sample, penalty, sharpness = np.ones(len(texts)), PENALTY_GUESSED, SHARPNESS
    if not pool:
        penalty, sharpness = _fitted(matrix, labels, len(topics))
    else:
        guessed, kept = _pseudo_labels(matrix, labels, _weak(pool, topics), len(topics))
        matrix = _taken(matrix, np.concatenate([np.arange(len(texts)), len(texts) + kept]))
        labels = np.concatenate([labels, guessed[kept]])
        sample = np.concatenate([sample * LABEL_WEIGHT, np.ones(len(kept))])
    weights, bias = _linear(matrix, labels, sample, len(topics), penalty)
    return Sorter(tuple(place), vocabulary, weights, bias, sharpness)


def _weak(texts: Sequence[str], topics: Sequence[Topic]) -> Matrix:
    """For each text the share of each topic among the keywords it has; rows of 0 where it has none."""
    hits = np.zeros((len(texts), len(topics)))
    joined = [folded(text) for text in texts]
    for i, topic in enumerate(topics):
        for word in dict.fromkeys((topic.name, *topic.keywords)):
            hits[:, i] += [contains(text, word) for text in joined]
    shares: Matrix = hits / np.maximum(hits.sum(axis=1, keepdims=True), 1)
    return shares


def _pseudo_labels(
    matrix: sp.csr_array, labels: NDArray[np.int64], weak: Matrix, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A topic for every unlabelled row, and which of the rows are sure enough to learn from."""
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    given = np.eye(count)[labels] * LABEL_WEIGHT
    belief = weak
    odds = np.zeros_like(weak)
    for _ in range(ROUNDS):
        odds = _balanced(_bayes(present, np.concatenate([given, belief]))[len(labels) :] / OVERLAP)
        belief = softmax(odds, axis=1)
    guessed = odds.argmax(axis=1)
    ranked = np.sort(odds, axis=1)
    margin = ranked[:, -1] - ranked[:, -2] if count > 1 else np.ones(len(odds))
    if len(weak) < ARCHIVE:
        return guessed, np.flatnonzero(weak.max(axis=1) > 0)
    kept = []
    for i in range(count):
        mine = np.flatnonzero(guessed == i)
        kept.append(mine[np.argsort(-margin[mine], kind="stable")[: int(np.ceil(SURE * len(mine)))]])
    return guessed, np.sort(np.concatenate(kept))


def _bayes(present: sp.csr_array, belief: Matrix) -> Matrix:
    """Log-odds of each topic for each row: multinomial naive Bayes with even priors."""
    counts = np.asarray(present.T @ belief) + SMOOTHING
    return np.asarray(present @ np.log(counts / counts.sum(axis=0)))


def _balanced(odds: Matrix, rounds: int = 20) -> Matrix:
    """The odds moved by BALANCE of what would make all topics of one size (Sinkhorn and Knopp 1967)."""
    shift = np.zeros(odds.shape[1])
    for _ in range(rounds):
        size = softmax(odds + shift, axis=1).mean(axis=0)
        shift -= np.log(np.maximum(size * len(size), 1e-9))
    moved: Matrix = odds + BALANCE * shift
    return moved


def _fitted(matrix: sp.csr_array, labels: NDArray[np.int64], count: int) -> tuple[float, float]:
    """The penalty and the sharpness under which held-out labels are likeliest."""
    if len(labels) < CALIBRATE or count < 2:
        return PENALTIES[-1], SHARPNESS
    order = np.random.default_rng(0).permutation(len(labels))[: CALIBRATED + CALIBRATED // 10]
    held, seen = order[: len(order) // 10], order[len(order) // 10 :]
    found = []
    for penalty in PENALTIES:
        weights, bias = _linear(_taken(matrix, seen), labels[seen], np.ones(len(seen)), count, penalty)
        decision = (_taken(matrix, held) @ weights + bias).astype(np.float64)
        best = minimize_scalar(_unlikely, bounds=(0.1, 20.0), args=(decision, labels[held]), method="bounded")
        found.append((float(best.fun), penalty, float(best.x)))
    return min(found)[1:]


def _unlikely(sharpness: float, decision: Matrix, labels: NDArray[np.int64]) -> float:
    """Mean negative log-likelihood of the labels."""
    return -float(log_softmax(sharpness * decision, axis=1)[np.arange(len(labels)), labels].mean())


def _taken(matrix: sp.csr_array, rows: NDArray[np.int64]) -> sp.csr_array:
    """Some rows, with the 32-bit indices that scikit-learn's solvers take."""
    taken = sp.csr_array(matrix[rows])
    taken.indices, taken.indptr = taken.indices.astype(np.int32), taken.indptr.astype(np.int32)
    return taken


def _linear(
    matrix: sp.csr_array, labels: NDArray[np.int64], sample: Matrix, count: int, penalty: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of one-against-rest linear support vector machines (Fan et al. 2008)."""
    weights = np.zeros((matrix.shape[1], count), np.float32)
    bias = np.full(count, -1.0, np.float32)
    present = np.unique(labels)
    if len(present) < 2:
        bias[present] = 1.0
        return weights, bias
    model = LinearSVC(C=penalty, tol=TOLERANCE, random_state=0).fit(matrix, labels, sample_weight=sample)
    if len(present) == 2:  # one decision: the second class against the first
        weights[:, present[1]], bias[present[1]] = model.coef_[0], model.intercept_[0]
        weights[:, present[0]], bias[present[0]] = -model.coef_[0], -model.intercept_[0]
    else:
        weights[:, present], bias[present] = model.coef_.T, model.intercept_
    return weights, bias
