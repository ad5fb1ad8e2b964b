"""Texts in fewer dimensions: grams that keep the same company share one, so that a hundred labels say something of
words that none of the labelled texts has.

Latent semantic analysis (Deerwester, Dumais, Furnas, Landauer and Harshman 1990), by a randomised singular value
decomposition (Halko, Martinsson and Tropp 2011) of a part of the archive: a second for 25,000 titles.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

# 100 dimensions, each counting by the root of its singular value, were as good as 200.
DIMENSIONS = 100
# Rows that dimensions are learned from, and texts that a gram needs to take part.
LEARNED, CARRIERS = 25_000, 8


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
