"""The same event in other words: how alike two tellings are, from the words that are rare tonight.

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
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.curation.numerals import values
from curate.curation.terms import is_han, is_name, is_stop
from curate.doors import Map
from curate.text.words import segment, usual

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
# A night of ten entries is a sample of a larger one: so many texts of so many words are thought beside it, in which
# Chinese words stand as often as they usually do, and names and other languages' words do not. Without them every
# word of a small night would count as a common one, and every common word that it has twice as a rare one.
BACKGROUND = 1000
BACKGROUND_WORDS = 150
# Texts that are counted at once, and that travel together to where they are: some tenths of a second of work.
BATCH = 500
# A word that this share of the texts have says nothing when two of them share it.
COMMON = 0.05

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_CAPITAL = re.compile(
    r"[A-Z](?<!\w[A-Z])[\w-]+"
)  # as with \b before it, which would be looked for everywhere
_LOWER = re.compile(r"[a-z](?<!\w[a-z])[\w-]+")


@dataclass(frozen=True, slots=True)
class Space:
    """Tellings as unit vectors: `matrix` over words and characters, `anchors` over what two languages share."""

    matrix: sp.csr_array
    names: list[str]  # of the matrix's columns; characters begin with "#"
    rarity: NDArray[
        np.float64
    ]  # of the matrix's columns: 1 for a word that two texts have, 0 for a common one
    anchors: sp.csr_array


def space(texts: Sequence[tuple[str, str]], spread: Map = map) -> Space:
    """Unit TF-IDF vectors of (title, body).

    Sublinear term frequency and smoothed inverse document frequency (Salton and Buckley 1988), over the batch
    itself: what is rare tonight is what tells tonight's events apart. `spread` is `map`, or an executor's.
    """
    batches = list(spread(_counted, [texts[k : k + BATCH] for k in range(0, len(texts), BATCH)]))
    counts, names = _table([batch.words for batch in batches])
    pieces, pairs = _table([batch.pieces for batch in batches])
    capital = _capitals(batches)
    kept = np.array([not is_stop(name) for name in names], dtype=bool)
    named = np.array([is_name(name, name in capital) for name in names], dtype=bool)
    counts.data *= np.where(kept, np.where(named, NAMED, 1.0), 0.0)[counts.indices]
    counts.eliminate_zeros()
    latin = np.array([name.isascii() and (name[0] == "=" or name in capital) for name in names], dtype=bool)
    anchors = sp.csr_array(counts[:, np.flatnonzero(latin & named & kept)])
    expected = _expected(names)
    rarity = np.concatenate([_rarity(counts, expected), np.zeros(pieces.shape[1])])
    joined = _joined(_weighed(counts, expected), _weighed(pieces))
    return Space(joined, [*names, *(f"#{pair}" for pair in pairs)], rarity, _unit(_weighed(anchors)))


class Table(NamedTuple):
    """How often each row has each name, and the names in the order they came."""

    counts: sp.csr_array
    names: list[str]


class _Counted(NamedTuple):
    """Words and characters of some texts; and how many of them have each Latin word with a capital, and without."""

    words: Table
    pieces: Table
    high: Counter[str]
    low: Counter[str]


def _counted(texts: Sequence[tuple[str, str]]) -> _Counted:
    bodies = [
        body[: OPENING_HAN if is_han(f"{title} {body[:40]}") else OPENING_LATIN] for title, body in texts
    ]
    whole = [f"{title}\n{body}" for (title, _), body in zip(texts, bodies, strict=True)]
    high = Counter(chain.from_iterable({word.lower() for word in _CAPITAL.findall(text)} for text in whole))
    low = Counter(chain.from_iterable(set(_LOWER.findall(text)) for text in whole))
    titles = segment([title for title, _ in texts])
    words = [
        [*title * (1 + TITLE), *body, *values(text)]
        for title, body, text in zip(titles, segment(bodies), whole, strict=True)
    ]
    pieces = [_pieces(f"{title}\n{body[:PIECES]}") for (title, _), body in zip(texts, bodies, strict=True)]
    return _Counted(_tabled(words), _tabled(pieces), high, low)


def _capitals(batches: Iterable[_Counted]) -> frozenset[str]:
    """Latin words that are written with a capital in most of the texts that have them."""
    high: Counter[str] = Counter()
    low: Counter[str] = Counter()
    for batch in batches:
        high.update(batch.high)
        low.update(batch.low)
    return frozenset(word for word, count in high.items() if count >= low[word])


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for run in _HAN_RUN.findall(text):
        found += run
        found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def _tabled(rows: Sequence[Sequence[str]]) -> Table:
    column: defaultdict[str, int] = defaultdict()
    column.default_factory = column.__len__
    pointers = np.cumsum([0, *map(len, rows)])
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
    indices = [numbers[part.counts.indices] for numbers, part in zip(known, parts, strict=True)]
    lengths = [np.diff(part.counts.indptr) for part in parts]
    pointers = np.concatenate([[0], np.cumsum(np.concatenate([*lengths, np.empty(0, dtype=np.int64)]))])
    data = np.concatenate([*(part.counts.data for part in parts), np.empty(0, dtype=np.float32)])
    columns = np.concatenate([*indices, np.empty(0, dtype=np.int32)])
    counts = sp.csr_array((data, columns, pointers), shape=(len(pointers) - 1, len(column)))
    counts.sort_indices()
    return Table(counts, list(column))


def _expected(names: Sequence[str]) -> NDArray[np.float64]:
    """In how many of the texts that are thought beside these each word would stand, from its usual frequency."""
    share = np.array(usual(name if not name.isascii() else "" for name in names), dtype=np.float64)
    return BACKGROUND * -np.expm1(-BACKGROUND_WORDS * share)


def _weighed(counts: sp.csr_array, expected: NDArray[np.float64] | float = 0.0) -> sp.csr_array:
    """Term frequency times rarity; in place."""
    carriers = np.bincount(counts.indices, minlength=counts.shape[1]) + expected
    rarity = np.log((1 + counts.shape[0] + BACKGROUND) / (1 + carriers)) + 1
    counts.data = (1 + np.log1p(counts.data)) * rarity.astype(np.float32)[counts.indices]
    return counts


def _rarity(counts: sp.csr_array, expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much it says that two texts share a column: 1 where they alone have it, 0 from COMMON on."""
    carriers = np.bincount(counts.indices, minlength=counts.shape[1]) + expected
    texts = counts.shape[0] + BACKGROUND
    share: NDArray[np.float64] = np.log(COMMON * texts / (1 + carriers)) / np.log(COMMON * texts / 3)
    return np.clip(share, 0.0, 1.0)


def _unit(matrix: sp.csr_array, share: float = 1.0) -> sp.csr_array:
    """Rows scaled to this squared length."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    squares = np.bincount(rows, weights=matrix.data**2, minlength=matrix.shape[0])
    scale = np.sqrt(share / np.where(squares > 0, squares, 1.0)).astype(np.float32)
    matrix.data *= scale[rows]
    return matrix


def _joined(words: sp.csr_array, pieces: sp.csr_array) -> sp.csr_array:
    """Words beside characters, each with its share; a text without Chinese has its words alone."""
    both = sp.csr_array(
        sp.hstack([_unit(words, 1 - PIECES_SHARE), _unit(pieces, PIECES_SHARE)], format="csr")
    )
    return _unit(both)
