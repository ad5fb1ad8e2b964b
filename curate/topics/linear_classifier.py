"""Students: linear classifiers of documents, taught by scikit-learn and kept as arrays.

What a student says needs a product of matrices and no scikit-learn, which takes most of a second to load: a night that
learns nothing anew does without.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.topics.softmax import log_softmax
from curate.topics.vectorize import Documents, GramScale, scale_grams

Matrix = NDArray[np.float64]
Labels = NDArray[np.str_]
Reads = Literal["vectors", "grams"]

UNSEEN = -12.0  # log-probability of a topic that nothing was seen of: unlikely, not impossible
# Margins of a support vector machine on unit rows lie around -1..1; so many times that are log-odds.
SHARPNESS = 3.5
PARTS = 3  # of the archive, each judged by what the others taught


@dataclass(frozen=True, slots=True)
class Student:
    """A linear classifier, a row of `weights` for each of its classes."""

    reads: Reads
    classes: Labels
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    columns: NDArray[np.int32]  # the grams that it knows
    idf: NDArray[np.float32]

    def log_proba(self, X: Documents, classes: Labels) -> Matrix:
        """Log-probabilities with a column for each of `classes`, of which a student may have seen only some."""
        found = np.full((len(X), len(classes)), UNSEEN)
        scores = np.asarray(_features(self.reads, X, GramScale(self.columns, self.idf)) @ self.weights.T)
        likely = log_softmax((scores + self.intercept).astype(np.float64))
        found[:, np.searchsorted(classes, self.classes)] = np.maximum(likely, UNSEEN)
        return found


def _features(reads: Reads, X: Documents, scale: GramScale) -> Any:
    return X.vectors if reads == "vectors" else scale.weigh(X.grams)


def teach(reads: Reads, X: Documents, y: Labels) -> Student:
    """Teach a student what it reads of documents with these labels, of which there are two or more.

    The few directions of vectors take a logistic regression with a weak penalty; the many grams a support vector
    machine, which is learnt from ninety thousand titles in seconds.
    """
    from sklearn import linear_model, svm

    if reads == "vectors":
        scale = GramScale(np.empty(0, np.int32), np.empty(0, np.float32))
        fitted = linear_model.LogisticRegression(C=3.0, max_iter=100).fit(X.vectors, y)
        sharpness = 1.0
    else:
        scale = scale_grams(X.grams, fewest=1)
        rows = sp.csr_matrix(scale.weigh(X.grams))
        fitted, sharpness = svm.LinearSVC(tol=0.05, random_state=0).fit(rows, y), SHARPNESS
    weights, intercept = sharpness * fitted.coef_, sharpness * fitted.intercept_
    if len(fitted.classes_) == 2:  # of two classes it has the odds of the second alone
        weights, intercept = (np.concatenate([np.zeros_like(part), part]) for part in (weights, intercept))
    return Student(reads, fitted.classes_, weights.astype(np.float32), intercept.astype(np.float32), *scale)


def teach_in_parts(reads: Reads, X: Documents, y: Labels) -> tuple[Student, ...]:
    """Several students, each of which has not seen a part of the documents and judges that part alone: what a document
    was guessed to be is no evidence for itself. A document's part hangs on its text alone, so that it is the same in
    every round and every night."""
    part, students = _part(X), []
    for i in range(PARTS):
        seen = np.flatnonzero(part != i)
        seen = seen if len(np.unique(y[seen])) > 1 else np.arange(len(X))
        students.append(teach(reads, X.take(seen), y[seen]))
    return tuple(students)


def ask(students: Sequence[Student], X: Documents, classes: Labels) -> Matrix:
    """Log-probabilities by the student that has not seen the document's part."""
    if len(students) == 1:
        return students[0].log_proba(X, classes)
    found, part = np.full((len(X), len(classes)), UNSEEN), _part(X)
    for i, student in enumerate(students):
        rows = np.flatnonzero(part == i)
        if len(rows):
            found[rows] = student.log_proba(X.take(rows), classes)
    return found


def _part(X: Documents) -> NDArray[np.intp]:
    return np.array([crc32(text.encode(errors="replace")) % PARTS for text in X.texts], dtype=np.intp)


def pack(students: Mapping[str, Sequence[Student]], shares: Matrix) -> bytes:
    """Students by name, and how much labels count, as one file of arrays."""
    arrays: dict[str, Any] = {
        f"{name} {number} {field.name}": np.asarray(getattr(student, field.name))
        for name, some in students.items()
        for number, student in enumerate(some)
        for field in fields(Student)
    }
    file = io.BytesIO()
    np.savez(file, shares=shares, **arrays)
    return file.getvalue()


def unpack(packed: bytes) -> tuple[dict[str, tuple[Student, ...]], Matrix]:
    """What `pack` made a file of."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        parts: dict[str, dict[str, dict[str, Any]]] = {}
        for key in arrays.files:
            if key != "shares":
                name, number, field = key.split()
                parts.setdefault(name, {}).setdefault(number, {})[field] = arrays[key]
        students = {
            name: tuple(Student(**{**some[n], "reads": str(some[n]["reads"])}) for n in sorted(some))
            for name, some in parts.items()
        }
        return students, arrays["shares"]
