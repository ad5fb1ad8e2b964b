"""Which documents are worth labeling most: those that the classifier is unsure of, and that differ from one another.

Uncertainty sampling by margin (Lewis and Gale 1994; Scheffer, Decomain and Wrobel 2001) picks ten tellings of one
riddle; so each pick makes what resembles it worth less, as in maximal marginal relevance (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from curate.topics.classifier import TopicClassifier
from curate.topics.vectorize import Documents, scale_grams

# How many topics are named where the classifier is asked what it thinks.
NAMED = 2
# The pool that diversity chooses from: so many times what is asked for, the least sure.
WIDTH = 20


def worth_labeling(shares: NDArray[np.float64], X: Documents, count: int) -> list[int]:
    """Rows whose labels would teach most, the most useful first; `shares` are the documents' probabilities."""
    if not len(X) or shares.shape[1] < 2:
        return list(range(min(count, len(X))))
    ranked = np.sort(shares, axis=1)
    doubt = 1 - (ranked[:, -1] - ranked[:, -2])
    pool = np.argsort(-doubt, kind="stable")[: count * WIDTH]
    alike = _alike(X.take(pool))
    worth, likeness = doubt[pool], np.zeros(len(pool))
    picked: list[int] = []
    while len(picked) < min(count, len(pool)):
        value = worth * (1 - likeness)
        value[picked] = -1.0
        best = int(value.argmax())
        picked.append(best)
        likeness = np.maximum(likeness, alike[best])
    return [int(pool[i]) for i in picked]


def _alike(X: Documents) -> NDArray[np.float64]:
    """How alike each two documents are, 0..1: by their vectors, or without an encoder by their grams."""
    if X.vectors.shape[1]:
        return np.clip((X.vectors @ X.vectors.T).astype(np.float64), 0.0, 1.0)
    if len(X) < 2:
        return np.ones((len(X), len(X)))
    grams = scale_grams(X.grams).weigh(X.grams)
    return np.asarray((grams @ grams.T).toarray(), np.float64)


def likeliest(shares: NDArray[np.float64], classifier: TopicClassifier) -> list[list[tuple[str, float]]]:
    """For each document the likeliest topics and how likely they are, the first first."""
    best = np.argsort(-shares, axis=1, kind="stable")[:, :NAMED]
    return [
        [(str(classifier.classes_[i]), float(row[i])) for i in places]
        for row, places in zip(shares, best, strict=True)
    ]
