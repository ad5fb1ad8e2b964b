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
from scipy.special import softmax
from sklearn.svm import LinearSVC

from curate.curation import features
from curate.curation.features import Vocabulary
from curate.curation.reading import contains, folded
from curate.settings import Topic

Matrix = NDArray[np.float64]

# Laplace smoothing of naive Bayes; small, since grams are many and titles short.
SMOOTHING = 0.1
# Rounds of expectation maximisation (Nigam et al. 2000). The first two bring nearly all; more drift away.
ROUNDS = 2
# The share of each topic's pseudo-labels, the surest first, that the classifier learns from.
SURE = 0.8
# Penalty of the linear classifier.
PENALTY = 0.3
# From so many labels a topic on, the labels alone teach better than keywords do.
ENOUGH = 1000
# What one label of the editor counts for against one guessed label.
LABEL_WEIGHT = 5.0
# Decision values of a linear support vector machine on unit vectors lie around -1..1; this many times that
# makes probabilities of them whose average is the share of right answers.
SHARPNESS = 3.0


@dataclass(frozen=True, slots=True)
class Sorter:
    """A trained model: linear weights over character grams. Frozen, plain arrays, never stored."""

    topics: tuple[str, ...]  # Topic.id, in the order of the probabilities' columns
    vocabulary: Vocabulary
    weights: NDArray[np.float32]  # grams x topics
    bias: NDArray[np.float32]
    sharpness: float

    def probabilities(self, texts: Sequence[str]) -> Matrix:
        """One row a text, one column a topic; rows sum to 1. Whole batches are much cheaper than single texts."""
        decision = features.vectors(self.vocabulary, texts) @ self.weights + self.bias
        shares: Matrix = np.asarray(softmax(self.sharpness * decision.astype(np.float64), axis=1))
        return shares


def train(
    topics: Sequence[Topic], unlabelled: Sequence[str], labelled: Sequence[tuple[str, str]] = ()
) -> Sorter:
    """A sorter for the topics, from their keywords, texts without labels, and (text, topic id) labels."""
    place = {topic.id: i for i, topic in enumerate(topics)}
    known = [(text, place[topic]) for text, topic in labelled if topic in place]
    known += [(word, i) for i, topic in enumerate(topics) for word in (topic.name, *topic.keywords)]
    labels = np.array([i for _, i in known], dtype=np.int64)
    texts = [text for text, _ in known]
    pool = [] if len(labels) >= ENOUGH * len(topics) else sorted(set(unlabelled))
    vocabulary = features.learn(texts + pool)
    matrix = features.vectors(vocabulary, texts + pool)
    sample = np.full(len(texts), LABEL_WEIGHT if pool else 1.0)
    if pool:
        guessed, kept = _pseudo_labels(matrix, labels, _weak(pool, topics), len(topics))
        matrix = sp.csr_array(matrix[np.concatenate([np.arange(len(texts)), len(texts) + kept])])
        labels = np.concatenate([labels, guessed[kept]])
        sample = np.concatenate([sample, np.ones(len(kept))])
    weights, bias = _linear(matrix, labels, sample, len(topics))
    return Sorter(tuple(place), vocabulary, weights, bias, SHARPNESS)


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
    for _ in range(ROUNDS + 1):
        odds = _bayes(present, np.concatenate([given, belief]))[len(labels) :]
        belief = softmax(odds, axis=1)
    guessed = odds.argmax(axis=1)
    ranked = np.sort(odds, axis=1)
    margin = ranked[:, -1] - ranked[:, -2] if count > 1 else np.ones(len(odds))
    kept = []
    for i in range(count):
        mine = np.flatnonzero(guessed == i)
        kept.append(mine[np.argsort(-margin[mine], kind="stable")[: int(np.ceil(SURE * len(mine)))]])
    return guessed, np.sort(np.concatenate(kept))


def _bayes(present: sp.csr_array, belief: Matrix) -> Matrix:
    """Log-odds of each topic for each row: multinomial naive Bayes with even priors."""
    counts = np.asarray(present.T @ belief) + SMOOTHING
    return np.asarray(present @ np.log(counts / counts.sum(axis=0)))


def _linear(
    matrix: sp.csr_array, labels: NDArray[np.int64], sample: Matrix, count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of one-against-rest linear support vector machines (Fan et al. 2008)."""
    weights = np.zeros((matrix.shape[1], count), np.float32)
    bias = np.full(count, -1.0, np.float32)
    present = np.unique(labels)
    if len(present) < 2:
        bias[present] = 1.0
        return weights, bias
    model = LinearSVC(C=PENALTY, random_state=0).fit(matrix, labels, sample_weight=sample)
    if len(present) == 2:  # one decision: the second class against the first
        weights[:, present[1]], bias[present[1]] = model.coef_[0], model.intercept_[0]
        weights[:, present[0]], bias[present[0]] = -model.coef_[0], -model.intercept_[0]
    else:
        weights[:, present], bias[present] = model.coef_.T, model.intercept_
    return weights, bias
