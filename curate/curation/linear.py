"""Linear classifiers over grams, one against the rest: support vector machines on the editor's labels, least squares on
guessed ones.

On labels each class sees every gram scaled by how much more often the class has it (the log-count ratio of Wang and
Manning 2012, half of it), which is worth .3 to 1 points on titles. Where labels are noisy, the log-odds of a naive Bayes
on TF-IDF (Rennie et al. 2003) are added: its errors are others. All of it is folded into one matrix of weights: using it
costs no more.

Guessed labels deserve neither a margin nor an exact answer. Least squares, which is the first Newton step of the support
vector machine, by a few rounds of conjugate gradients sorts as well, for all classes at once and without scikit-learn,
which takes a second to load.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


class Fit(NamedTuple):
    """How strongly to fit: the penalty of errors (C), how far the log-count ratio scales the grams (0..1, none
    to wholly), and the share of naive Bayes that is added."""

    penalty: float
    ratio: float
    bayes: float


# On guessed labels: the penalty, of .1, .2, .3 and .5, and rounds of conjugate gradients, of 3 to 20.
GUESSED, ROUNDS = 0.3, 12
# On labels, the one that is right about most held-out ones: the weak one where they are noisy. Chosen on held-out parts
# of THUCNews train_partial and of TNEWS; of ratios of .25, .5, .75 and 1 the second.
FITS = (Fit(0.12, 0.5, 0.07), Fit(0.6, 0.5, 0.0))
# Smoothing of the counts in the ratio, and of the mass in naive Bayes.
COUNTED, SMOOTHED = 0.5, 0.05
# Where the solver stops: ten times sooner costs less than .1 points. For a first guess sooner still, for half the time.
TOLERANCE, LOOSE = 0.02, 0.3
TINY = np.float32(1e-20)  # where a class is solved there is nothing to divide by


def trained(
    matrix: sp.csr_array, labels: NDArray[np.int64], sample: Matrix, count: int, fit: Fit
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of one-against-rest linear support vector machines (Fan et al. 2008)."""
    from sklearn.svm import LinearSVC

    matrix = _narrow(matrix)
    weights = np.zeros((matrix.shape[1], count), np.float32)
    bias = np.full(count, -1.0, np.float32)
    present = np.unique(labels)
    if len(present) < 2 or not matrix.shape[1]:
        bias[present] = 1.0
        return weights, bias
    if not fit.ratio and not fit.bayes and len(present) > 2:
        model = LinearSVC(C=fit.penalty, tol=LOOSE, random_state=0).fit(matrix, labels, sample_weight=sample)
        weights[:, present], bias[present] = model.coef_.T, model.intercept_
        return weights, bias
    carriers = _carriers(matrix, labels, count)
    scaled = sp.csr_array((matrix.data.copy(), matrix.indices, matrix.indptr), shape=matrix.shape)
    for i in present:
        ratio = _ratio(carriers, int(i), fit.ratio)
        scaled.data = matrix.data * ratio[matrix.indices]
        model = LinearSVC(C=fit.penalty, tol=TOLERANCE, random_state=0)
        model.fit(scaled, labels == i, sample_weight=sample)
        weights[:, i], bias[i] = model.coef_[0] * ratio, model.intercept_[0]
    if fit.bayes:
        weights[:, present] += fit.bayes * _bayes(matrix, labels, count)[:, present]
    return weights, bias


def regressed(
    matrix: sp.csr_array, labels: NDArray[np.int64], sample: Matrix, count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias that bring each class's own rows near 1 and all others near -1: regularised least squares.

    Conjugate gradients on the normal equations, preconditioned by their diagonal (Hsia, Chiang and Lin 2018), which
    evens out rows that count much and grams that are everywhere; each class is a column with steps of its own.
    """
    with_bias = sp.csr_array(sp.hstack([matrix, np.ones((len(labels), 1), np.float32)]))
    across = sp.csr_array(with_bias.T)
    cost = (2 * GUESSED * sample).astype(np.float32)[:, None]
    diagonal = 1 + across.power(2) @ cost
    aim = 2 * np.eye(count, dtype=np.float32)[labels] - 1
    weights = np.zeros((with_bias.shape[1], count), np.float32)
    left = across @ (cost * aim)
    step = ready = left / diagonal
    size = (left * ready).sum(axis=0)
    for _ in range(ROUNDS):
        bent = step + across @ (cost * (with_bias @ step))
        far = size / np.maximum((step * bent).sum(axis=0), TINY)
        weights += far * step
        left -= far * bent
        ready = left / diagonal
        before, size = size, (left * ready).sum(axis=0)
        step = ready + size / np.maximum(before, TINY) * step
    return weights[:-1], weights[-1]


def _narrow(matrix: sp.csr_array) -> sp.csr_array:
    """The same with indices of 32 bits, which is what scikit-learn's solvers take; rows that were picked have wider ones."""
    indices, ends = (part.astype(np.int32, copy=False) for part in (matrix.indices, matrix.indptr))
    return sp.csr_array((matrix.data, indices, ends), shape=matrix.shape)


def _carriers(matrix: sp.csr_array, labels: NDArray[np.int64], count: int) -> Matrix:
    """How many rows of each class have each gram."""
    carriers = np.zeros((matrix.shape[1], count))
    owner = np.repeat(labels, np.diff(matrix.indptr))
    for i in range(count):
        carriers[:, i] = np.bincount(matrix.indices[owner == i], minlength=matrix.shape[1])
    return carriers


def _ratio(carriers: Matrix, i: int, share: float) -> NDArray[np.float32]:
    """How much each gram says for or against class `i`, without the sign: `share` of it, and of the mean the rest."""
    if not share:
        return np.ones(len(carriers), np.float32)
    inside = carriers[:, i] + COUNTED
    outside = carriers.sum(axis=1) - carriers[:, i] + COUNTED
    ratio = np.abs(np.log((inside / inside.sum()) / (outside / outside.sum())))
    mixed: NDArray[np.float32] = ((1 - share) * ratio.mean() + share * ratio).astype(np.float32)
    return mixed


def _bayes(matrix: sp.csr_array, labels: NDArray[np.int64], count: int) -> Matrix:
    """Centred weights of multinomial naive Bayes on TF-IDF."""
    mass = np.asarray(matrix.T @ np.eye(count, dtype=np.float32)[labels], np.float64) + SMOOTHED
    weights: Matrix = np.log(mass / mass.sum(axis=0))
    centred: Matrix = weights - weights.mean(axis=1, keepdims=True)
    return centred
