"""What topics are judged by, and how a classifier reads it.

Documents -> vectors: what the encoder made of each text
          -> grams: pieces of one to three characters, counted once; a classifier weighs them as TF-IDF
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.text.codepoints import codes
from curate.text.encoder import Encode, Vectors

LONGEST_GRAM = 3
# Grams have no names, only the number of a column (Weinberger et al. 2009): of the fifty thousand of a night one in forty
# shares its column. With a quarter of the columns one in ten did, and what nobody has twice seemed to be had twice.
COLUMN_BITS = 20
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SPACE, _END = ord(" "), ord("\n")


@dataclass(frozen=True, slots=True)
class Documents:
    """The X of every estimator of topics, a row a document."""

    texts: Sequence[str]  # the title, and on further lines the beginning of what follows
    vectors: Vectors  # what the encoder made of the texts; without one, no columns
    sources: Sequence[str]  # the source's name; "" where unknown
    grams: sp.csr_array  # how often each text has each gram

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> Documents:
        """Some of the rows, in the order that they are named in."""
        texts, sources = [self.texts[i] for i in rows], [self.sources[i] for i in rows]
        rows = np.asarray(rows, np.intp)
        return Documents(texts, self.vectors[rows], sources, sp.csr_array(self.grams[rows]))


def read_documents(
    texts: Sequence[str], sources: Sequence[str] = (), encode: Encode | None = None
) -> Documents:
    """Texts and their sources' names as documents."""
    vectors = encode(texts) if encode and texts else np.zeros((len(texts), 0), np.float32)
    return Documents(texts, vectors, sources or [""] * len(texts), count_grams(texts))


def join(first: Documents, second: Documents) -> Documents:
    """The rows of the first and then those of the second."""
    if not len(first) or not len(second):
        return first if len(first) else second
    return Documents(
        [*first.texts, *second.texts],
        np.concatenate([first.vectors, second.vectors]),
        [*first.sources, *second.sources],
        sp.csr_array(sp.vstack([first.grams, second.grams], format="csr")),
    )


def count_grams(texts: Sequence[str]) -> sp.csr_array:
    """Count grams within words, the space before and behind a word included: all texts end to end, as one array of
    code points."""
    spaced = [f" {' '.join(text.lower().split())} \n" for text in texts]
    every = codes("".join(spaced)).astype(np.uint64)
    row_of = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in spaced])
    is_space, is_end = every == _SPACE, every == _END
    columns, rows = [], []
    for size in range(1, LONGEST_GRAM + 1):
        count = max(len(every) - size + 1, 0)
        kept, gram = np.ones(count, bool), np.zeros(count, np.uint64)
        for place in range(size):
            part = slice(place, place + count)
            gram = gram << np.uint64(21) | every[part]
            is_inside = 0 < place < size - 1 or size == 1
            kept &= ~(is_end[part] | is_space[part]) if is_inside else ~is_end[part]
        columns.append(((gram[kept] * _MIX) >> np.uint64(64 - COLUMN_BITS)).astype(np.int32))
        rows.append(row_of[:count][kept])
    places = np.concatenate(rows), np.concatenate(columns)
    counts = (np.ones(len(places[0]), np.float32), places)
    return sp.csr_array(counts, shape=(len(texts), 1 << COLUMN_BITS))


class GramScale(NamedTuple):
    """Which grams count, by their columns, and what each of them counts for: its inverse document frequency."""

    columns: NDArray[np.int32]
    idf: NDArray[np.float32]

    def weigh(self, counts: sp.csr_array) -> sp.csr_array:
        """TF-IDF with sublinear term frequency, in rows of length 1."""
        rows = sp.csr_array(counts[:, self.columns])
        rows.data = (1 + np.log(rows.data)) * self.idf[rows.indices]
        place = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        length = np.sqrt(np.bincount(place, weights=rows.data**2, minlength=rows.shape[0]))
        rows.data = (rows.data / length[place]).astype(np.float32)
        return rows


def scale_grams(counts: sp.csr_array, fewest: int = 2) -> GramScale:
    """Learn from documents which grams count: one of fewer documents than `fewest` teaches nothing about others."""
    carriers = np.bincount(counts.indices, minlength=counts.shape[1])
    columns = np.flatnonzero(carriers >= fewest).astype(np.int32)
    idf = np.log((1 + counts.shape[0]) / (1 + carriers[columns])) + 1
    return GramScale(columns, idf.astype(np.float32))
