"""Texts -> sparse unit vectors of character 1- to 3-grams and words, for a whole batch at once.

All texts are laid end to end as one array of code points and every gram is hashed by array arithmetic: some
thirty times faster than cutting strings one by one, and the same on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.text.words import segment, unified

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int32]

# Chinese words have mostly one to three characters; longer grams added nothing on short titles.
LONGEST = 3
# A gram seen once teaches nothing about other texts.
LEAST = 2
# Multiplier of the polynomial hash: the golden ratio in 64 bits (Knuth, TAOCP 3, 6.4).
_BASE = np.uint64(0x9E3779B97F4A7C15)
_EDGE = 1  # a code point that no text has, between texts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The grams that count, as sorted hashes, and how rare each is (inverse document frequency)."""

    hashes: Hashes
    rarity: NDArray[np.float32]


def grams(texts: Sequence[str]) -> tuple[Rows, Hashes]:
    """Row and hash of every gram of every text, in order; the edge of a text counts as a character of a gram.

    Edges are worth .4 points on THUCNews: headlines of a kind begin and end alike.
    """
    codes = _laid_out(texts)
    edges = codes == _EDGE
    row = (np.cumsum(edges) - 1).astype(np.int32)
    # an edge is allowed at either end of a gram and nowhere between
    rows, hashes = [row[~edges]], [codes[~edges] + np.uint64(1)]
    value, between = codes + np.uint64(1), np.zeros(len(codes), dtype=bool)
    for size in range(2, LONGEST + 1):
        stop = max(len(codes) - size + 1, 0)
        value = value[:stop] * _BASE + codes[size - 1 :] + np.uint64(size)
        between = between[:stop] | (edges[size - 2 : size - 2 + stop] if size > 2 else False)
        fits = ~between & ~(edges[:stop] & edges[size - 1 :])
        rows.append(row[:stop][fits])
        hashes.append(value[fits])
    words_of, words = _words(texts)
    return np.concatenate([*rows, words_of]), np.concatenate([*hashes, words])


def familiar(vocabulary: Vocabulary, texts: Sequence[str]) -> NDArray[np.float64]:
    """The share of each text's characters that the vocabulary knows; 0 for an empty text."""
    codes = _laid_out(texts)
    edges = codes == _EDGE
    row = (np.cumsum(edges) - 1)[~edges]
    letters = np.zeros(sys.maxunicode + 1, dtype=bool)
    letters[vocabulary.hashes[: np.searchsorted(vocabulary.hashes, sys.maxunicode + 2)] - 1] = True
    known = letters[codes[~edges]]
    total = np.bincount(row, minlength=len(texts))[: len(texts)]
    share: NDArray[np.float64] = np.bincount(row, known, minlength=len(texts))[: len(texts)] / np.maximum(
        total, 1
    )
    return share


def _laid_out(texts: Sequence[str]) -> Hashes:
    """All texts as code points, one after another, with an edge before and after each."""
    edge = chr(_EDGE)
    plain = (" ".join(text.casefold().replace(edge, " ").split()) for text in unified(texts))
    return np.frombuffer(edge.join(["", *plain, ""]).encode("utf-32-le", "replace"), dtype=np.uint32).astype(
        np.uint64
    )


def _words(texts: Sequence[str]) -> tuple[Rows, Hashes]:
    """Row and hash of every word of two characters or more, in a space of hashes of their own."""
    segmented = [[word for word in words if len(word) > 1] for words in segment(texts)]
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(words) for words in segmented])
    known: dict[str, int] = {}
    for words in segmented:
        for word in words:
            if word not in known:
                known[word] = int.from_bytes(
                    blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little"
                )
    return rows, np.array([known[word] for words in segmented for word in words], dtype=np.uint64)


def fitted(texts: Sequence[str]) -> tuple[Vocabulary, sp.csr_array]:
    """The grams that at least LEAST of the texts have (all, where there is one text), and the texts' vectors."""
    rows, hashes = grams(texts)
    known, columns = np.unique(hashes, return_inverse=True)
    matrix = _present(rows, columns.astype(np.int32), (len(texts), max(len(known), 1)))
    carriers = np.bincount(matrix.indices, minlength=len(known))
    kept = carriers >= min(LEAST, len(texts))
    rarity = np.log((1 + len(texts)) / (1 + carriers[kept])) + 1
    vocabulary = Vocabulary(known[kept], rarity.astype(np.float32))
    place = np.cumsum(kept, dtype=np.int32) - 1
    stays = kept[columns]
    return vocabulary, _weighted(vocabulary, rows[stays], place[columns[stays]], len(texts))


def vectors(vocabulary: Vocabulary, texts: Sequence[str]) -> sp.csr_array:
    """Unit TF-IDF rows, gram presence only: in a title, a gram that stands twice says no more."""
    rows, hashes = grams(texts)
    size = len(vocabulary.hashes)
    columns = np.searchsorted(vocabulary.hashes, hashes).astype(np.int32)
    columns[columns == size] = 0
    known = vocabulary.hashes[columns] == hashes if size else np.zeros(len(hashes), dtype=bool)
    return _weighted(vocabulary, rows[known], columns[known], len(texts))


def _weighted(vocabulary: Vocabulary, rows: Rows, columns: Rows, count: int) -> sp.csr_array:
    matrix = _present(rows, columns, (count, max(len(vocabulary.hashes), 1)))
    matrix.data = vocabulary.rarity[matrix.indices]
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    matrix.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr)).astype(np.float32)
    return matrix


def _present(rows: Rows, columns: Rows, shape: tuple[int, int]) -> sp.csr_array:
    """1 where a row has a column. Indices of 32 bits, which is what scikit-learn's solvers take."""
    matrix = sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix
