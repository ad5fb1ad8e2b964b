"""What topics are judged by, and how a classifier reads it.

Documents -> vectors: what the encoder made of each text
          -> grams: TF-IDF of pieces of one to three characters
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from curate.curation.encoder import Encode, Vectors


@dataclass(frozen=True, slots=True)
class Documents:
    """The X of every estimator of topics, a row a document."""

    texts: Sequence[str]  # the title, and on further lines the beginning of what follows
    vectors: Vectors  # what the encoder made of the texts; without one, no columns
    sources: Sequence[str]  # the source's name; "" where unknown

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> Documents:
        """Some of the rows, in the order that they are named in."""
        texts, sources = [self.texts[i] for i in rows], [self.sources[i] for i in rows]
        return Documents(texts, self.vectors[np.asarray(rows, np.intp)], sources)


def read_documents(
    texts: Sequence[str], sources: Sequence[str] = (), encode: Encode | None = None
) -> Documents:
    """Texts and their sources' names as documents."""
    vectors = encode(texts) if encode and texts else np.zeros((len(texts), 0), np.float32)
    return Documents(texts, vectors, sources or [""] * len(texts))


def join(first: Documents, second: Documents) -> Documents:
    """The rows of the first and then those of the second."""
    if not len(first) or not len(second):
        return first if len(first) else second
    return Documents(
        [*first.texts, *second.texts],
        np.concatenate([first.vectors, second.vectors]),
        [*first.sources, *second.sources],
    )


def _vectors(documents: Documents) -> Vectors:
    return documents.vectors


def _texts(documents: Documents) -> Sequence[str]:
    return documents.texts


def vector_step() -> FunctionTransformer:
    """Documents as their vectors."""
    return FunctionTransformer(_vectors)


def gram_step(fewest: int = 2) -> Pipeline:
    """Documents as TF-IDF of character grams. A gram of fewer documents than `fewest` teaches nothing about others."""
    grams = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, 3), min_df=fewest, sublinear_tf=True, dtype=np.float32
    )
    return Pipeline([("texts", FunctionTransformer(_texts)), ("grams", grams)])


def both_steps() -> FeatureUnion:
    """Vectors and grams side by side."""
    return FeatureUnion([("vectors", vector_step()), ("grams", gram_step(fewest=1))])
