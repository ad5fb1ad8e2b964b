"""Naive Bayes on grams of characters, taught by beliefs instead of labels: what expectation maximization needs (Nigam,
McCallum, Thrun and Mitchell 2000)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from curate.topics.vectorize import Documents, scale_grams

Matrix = NDArray[np.float64]

SMOOTHING = 0.1  # of each gram that a class has not, beside its share of all


class GramBayes:
    """Judges documents by grams. What a document was believed to be is no evidence for itself: its own share is taken
    out of the counts that judge it, which is exact and costs no second model."""

    def fit(self, X: Documents, belief: Matrix) -> GramBayes:
        """`belief`: probabilities, a row a document and a column a class."""
        self.scale_ = scale_grams(X.grams)
        self.counts_: Matrix = np.asarray((self.scale_.weigh(X.grams).T @ belief).T)
        total = self.counts_.sum(axis=0)
        self.usual_ = total / total.sum()  # each gram's share of all: what a class is drawn towards
        self.prior_ = SMOOTHING * len(total)  # how many grams' worth it is drawn
        self.own_ = dict(zip(X.texts, belief, strict=True))
        return self

    def predict_log_proba(self, X: Documents) -> Matrix:
        """Log-odds of each class against all documents."""
        rows, nothing = self.scale_.weigh(X.grams), np.zeros(len(self.counts_))
        own = np.array([self.own_.get(text, nothing) for text in X.texts]).reshape(len(X), len(nothing))
        found, row = np.zeros(own.shape), np.repeat(np.arange(len(own)), np.diff(rows.indptr))
        usual, size = self.usual_[rows.indices], np.asarray(rows.sum(axis=1))
        for column, counts in enumerate(self.counts_):
            share = counts[rows.indices] - own[row, column] * rows.data + self.prior_ * usual
            found[:, column] = np.bincount(row, rows.data * np.log(share / usual), minlength=len(own))
            found[:, column] -= size * np.log(counts.sum() - own[:, column] * size + self.prior_)
        return found
