"""Texts in fewer dimensions: grams that keep the same company share one, so that a hundred labels say something of
words that none of the labelled texts has.

Near one another in them lie the texts that are one aspect of a topic.

Latent semantic analysis (Deerwester, Dumais, Furnas, Landauer and Harshman 1990), by a randomised singular value
decomposition (Halko, Martinsson and Tropp 2011) of a part of the archive: a second for 25,000 titles.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

# Each counts by the root of its singular value. More gained up to 200, but cost more than they gained.
DIMENSIONS = 150
# Rows that dimensions are learned from, and texts that a gram needs to take part.
LEARNED, CARRIERS = 15_000, 8
# A topic has one aspect for so many of its texts, at most MOST_ASPECTS (of 3, 4, 8 and 20 eight were best by a little
# and cost twice what four do); they are learned from some ASPECTS_FROM of the texts, in STEPS.
ASPECT, MOST_ASPECTS, ASPECTS_FROM, STEPS = 2_000, 4, 4_000, 10


def dense(matrix: sp.csr_array) -> NDArray[np.float32]:
    """Unit rows of DIMENSIONS (fewer where the matrix is small; none where it is too small for one)."""
    carriers = np.bincount(matrix.indices, minlength=matrix.shape[1])
    common = sp.csr_array(matrix[:, np.flatnonzero(carriers >= CARRIERS)])
    step = max(matrix.shape[0] // LEARNED, 1)
    part = sp.csr_array(common[::step])
    size = min(DIMENSIONS, *(side - 1 for side in part.shape))
    if size < 1:
        return np.zeros((matrix.shape[0], 0), np.float32)
    from sklearn.utils.extmath import randomized_svd

    _, strength, axes = randomized_svd(part, size, n_iter=1, random_state=0)
    found = common @ (axes.T / np.sqrt(np.maximum(strength, 1e-9)))
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (found / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def aspects(rows: NDArray[np.float32], belief: Matrix) -> tuple[Matrix, NDArray[np.int64]]:
    """`belief` (rows x topics) with several columns for a large topic, and the topic of each column.

    A topic is many things (football, chess, transfers), and one centre describes none of them well. Each topic's
    texts are parted by spherical k-means (Dhillon and Modha 2001), and what a row believes of a topic goes to the
    nearest of the topic's aspects.
    """
    topic = np.where(belief.any(axis=1), belief.argmax(axis=1), -1)
    wide, owner = [], []
    for i in range(belief.shape[1]):
        mine = np.flatnonzero(topic == i)
        size = int(np.clip(len(mine) // ASPECT, 1, MOST_ASPECTS))
        some = rows[mine[:: max(len(mine) // ASPECTS_FROM, 1)]]
        near = (rows @ _centres(some, size).T).argmax(axis=1) if size > 1 else np.zeros(len(rows), np.int64)
        wide.append(np.where(near[:, None] == np.arange(size), belief[:, i : i + 1], 0.0))
        owner += [i] * size
    return np.hstack(wide), np.array(owner)


def _centres(rows: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Unit centres of `size` groups of unit rows; to begin with, rows evenly spaced in their order.

    scikit-learn's k-means does as well on held-out titles and takes a second more.
    """
    centres = rows[:: len(rows) // size][:size]
    for _ in range(STEPS):
        near = (rows @ centres.T).argmax(axis=1)
        sums = np.eye(size, dtype=np.float32)[near].T @ rows
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return centres
