"""The same event in other words: how alike two tellings are, from the words that are rare in all that was read.

Cosine of TF-IDF over words and, beside them, over characters and pairs of characters (a name that is segmented in
two ways still meets itself), grouped by average link: the plain method that topic detection and tracking found hard
to beat (Allan et al. 1998; Yang, Pierce and Carbonell 1998). Names and numbers tell two earthquakes apart better
than the words that all earthquakes share, so they count more (Makkonen, Ahonen-Myka and Salmenkivi 2004). Two
languages share quantities and names in Latin letters and nothing else: `anchors` compares those alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.domain.mapping import Map
from curate.stories.document_frequency import NOTHING_READ, DocumentFrequency, idf, rarity
from curate.stories.minhash import distinct
from curate.stories.quantities import values, without_dates
from curate.text.codepoints import codes
from curate.text.stopwords import is_han, is_name, is_stop
from curate.text.tokenize import segment

# What is said first tells the event; the rest of a long piece is background that other events share. Longer in
# other scripts, whose words take more letters. Chosen on ECB+ topics 1-25 and on written tellings.
OPENING_HAN = 400
OPENING_LATIN = 600
# How far into a text its characters are counted.
PIECES = 200
# A title is the event in one line: its words count as if said twice more.
TITLE = 2
# Names and numbers; chosen on ECB+ topics 1-25 among 1, 1.25, 1.5 and 2.
NAMED = 1.5
# What characters say beside words, as a share of the squared length.
PIECES_SHARE = 0.7
# A night of few entries is a sample of a larger one: as many texts are thought beside it when characters and names
# between languages are weighed, or every one of them would count as a common one.
BACKGROUND = 1000
# Texts that are counted at once, and that travel together to where they are: some tenths of a second of work.
BATCH = 1000

_HAN = (0x3400, 0x9FFF)
# as with \b before them, which would be looked for everywhere
_CAPITAL = re.compile(r"[A-Z](?<!\w[A-Z])[\w-]+")
_LOWER = re.compile(r"[a-z](?<!\w[a-z])[\w-]+")


@dataclass(frozen=True, slots=True)
class Space:
    """Tellings as unit vectors: `matrix` over words and characters, `anchors` over what two languages share.

    `names` are those of the matrix's first columns, which are words; the others are characters and pairs of them.
    `rarity`, of all its columns, is 1 for the rarest words and 0 for common ones.
    """

    matrix: sp.csr_array
    names: list[str]
    rarity: NDArray[np.float64]
    anchors: sp.csr_array


def count_words(texts: Sequence[tuple[str, str]], spread: Map = map) -> Iterable[Counted]:
    """Words and characters of (title, body), some texts at a time; `spread` is `map`, or an executor's."""
    return spread(_count_batch, [texts[k : k + BATCH] for k in range(0, len(texts), BATCH)])


def space(counted: Iterable[Counted], read: DocumentFrequency = NOTHING_READ) -> Space:
    """Unit TF-IDF vectors of what was counted.

    Sublinear term frequency and smoothed inverse document frequency (Salton and Buckley 1988), over the batch
    itself: what is rare tonight is what tells tonight's events apart.
    """
    batches = list(counted)
    counts, names = _table([batch.words for batch in batches])
    pieces = _pieces_table([batch.pieces for batch in batches])
    capital = _capitals(batches)
    kept = np.array([not is_stop(name) for name in names], dtype=bool)
    named = np.array([is_name(name, name in capital) for name in names], dtype=bool)
    counts.data *= np.where(kept, np.where(named, NAMED, 1.0), 0.0)[counts.indices]
    counts.eliminate_zeros()
    latin = np.array([name.isascii() and (name[0] == "=" or name in capital) for name in names], dtype=bool)
    anchors = sp.csr_array(counts[:, np.flatnonzero(latin & named & kept)])
    carriers = np.bincount(counts.indices, minlength=counts.shape[1])
    length = carriers.sum() / max(counts.shape[0], 1)
    weights = idf(names, carriers, counts.shape[0], length, read)
    rare = np.concatenate([rarity(weights), np.zeros(pieces.shape[1])])
    joined = _join_words(_weigh_terms(counts, weights), _weigh_terms(pieces))
    return Space(joined, names, rare, _unit(_weigh_terms(anchors)))


class Table(NamedTuple):
    """How often each row has each name, and the names in the order they came."""

    counts: sp.csr_array
    names: list[str]


class Pieces(NamedTuple):
    """How often each row has each character or pair of characters; those as numbers, in order."""

    counts: sp.csr_array
    keys: NDArray[np.uint32]


class Counted(NamedTuple):
    """Words and characters of some texts; and how many of them have each Latin word with a capital, and without."""

    words: Table
    pieces: Pieces
    high: Counter[str]
    low: Counter[str]


def _count_batch(texts: Sequence[tuple[str, str]]) -> Counted:
    bodies = [
        body[: OPENING_HAN if is_han(f"{title} {body[:40]}") else OPENING_LATIN] for title, body in texts
    ]
    whole = [f"{title}\n{body}" for (title, _), body in zip(texts, bodies, strict=True)]
    high = Counter(chain.from_iterable({word.lower() for word in _CAPITAL.findall(text)} for text in whole))
    low = Counter(chain.from_iterable(set(_LOWER.findall(text)) for text in whole))
    titles = segment([without_dates(title) for title, _ in texts])
    words = [
        [*title * (1 + TITLE), *body, *values(text)]
        for title, body, text in zip(titles, segment(bodies), whole, strict=True)
    ]
    pieces = _pieces([f"{title}\n{body[:PIECES]}" for (title, _), body in zip(texts, bodies, strict=True)])
    return Counted(_make_table(words), pieces, high, low)


def _capitals(batches: Iterable[Counted]) -> frozenset[str]:
    """Latin words that are written with a capital in most of the texts that have them."""
    high: Counter[str] = Counter()
    low: Counter[str] = Counter()
    for batch in batches:
        high.update(batch.high)
        low.update(batch.low)
    return frozenset(word for word, count in high.items() if count >= low[word])


def _pieces(texts: Sequence[str]) -> Pieces:
    """Chinese characters and pairs of them: all texts end to end, as one array of code points."""
    every = codes("".join(texts))
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    han = (every >= _HAN[0]) & (every <= _HAN[1])
    pair = han[:-1] & han[1:] & (rows[:-1] == rows[1:])
    pairs = (every[:-1][pair] << np.uint32(16)) | every[1:][pair]
    keys, columns = np.unique(np.concatenate([every[han], pairs]), return_inverse=True)
    rows = np.concatenate([rows[han], rows[:-1][pair]])
    shape = (len(texts), len(keys))
    return Pieces(sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape), keys)


def _pieces_table(parts: Sequence[Pieces]) -> sp.csr_array:
    """Rows below one another, with the columns that they have in common."""
    keys = distinct(np.concatenate([*(part.keys for part in parts), np.empty(0, dtype=np.uint32)]))
    return _stack_tables(
        [part.counts for part in parts], [np.searchsorted(keys, part.keys) for part in parts], len(keys)
    )


def _make_table(rows: Sequence[Sequence[str]]) -> Table:
    column: defaultdict[str, int] = defaultdict()
    column.default_factory = column.__len__
    pointers = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    indices = np.fromiter(
        map(column.__getitem__, chain.from_iterable(rows)), dtype=np.int32, count=int(pointers[-1])
    )
    data = np.ones(len(indices), dtype=np.float32)
    counts = sp.csr_array((data, indices, pointers), shape=(len(rows), len(column)))
    counts.sum_duplicates()
    return Table(counts, list(column))


def _table(parts: Sequence[Table]) -> Table:
    """Tables below one another, with the columns that their names have in common."""
    column: defaultdict[str, int] = defaultdict()
    column.default_factory = column.__len__
    known = [
        np.fromiter(map(column.__getitem__, names), dtype=np.int32, count=len(names)) for _, names in parts
    ]
    return Table(_stack_tables([part.counts for part in parts], known, len(column)), list(column))


def _stack_tables(
    parts: Sequence[sp.csr_array], numbers: Sequence[NDArray[Any]], columns: int
) -> sp.csr_array:
    """Tables below one another, where each one's columns have these numbers."""
    indices = [number.astype(np.int32)[part.indices] for number, part in zip(numbers, parts, strict=True)]
    lengths = np.concatenate([[0], *(np.diff(part.indptr) for part in parts)])
    pointers = np.cumsum(lengths, dtype=np.int32)  # wider ones would make all indices as wide
    data = np.concatenate([*(part.data for part in parts), np.empty(0, dtype=np.float32)])
    joined = np.concatenate([*indices, np.empty(0, dtype=np.int32)])
    counts = sp.csr_array((data, joined, pointers), shape=(len(pointers) - 1, columns))
    counts.sort_indices()
    return counts


def _weigh_terms(counts: sp.csr_array, idf: NDArray[np.float64] | None = None) -> sp.csr_array:
    """Term frequency times inverse document frequency, of these texts where none is given; in place."""
    if idf is None:
        carriers = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log((1 + counts.shape[0] + BACKGROUND) / (1 + carriers))
    counts.data = (1 + np.log1p(counts.data)) * (idf + 1).astype(np.float32)[counts.indices]
    return counts


def _unit(matrix: sp.csr_array, share: float = 1.0) -> sp.csr_array:
    """Rows scaled to this squared length."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    squares = np.bincount(rows, weights=matrix.data**2, minlength=matrix.shape[0])
    scale = np.sqrt(share / np.where(squares > 0, squares, 1.0)).astype(np.float32)
    matrix.data *= scale[rows]
    return matrix


def _join_words(words: sp.csr_array, pieces: sp.csr_array) -> sp.csr_array:
    """Words beside characters, each with its share; a text without Chinese has its words alone."""
    both = sp.csr_array(
        sp.hstack([_unit(words, 1 - PIECES_SHARE), _unit(pieces, PIECES_SHARE)], format="csr")
    )
    return _unit(both)
