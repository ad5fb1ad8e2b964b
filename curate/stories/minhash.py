"""What a text is made of, as numbers: its shingles, a sketch of them, and which sketches look alike.

Min-wise hashing (Broder 1997, "On the resemblance and containment of documents") with one permutation: the hashes
of a text's shingles fall into BINS bins, the smallest of each is kept (Li, Owen and Zhang 2012), an empty bin
borrows from the next (Shrivastava and Li 2014). Two texts agree in about as many bins as the share of shingles that
they have in common. Pairs of bins are looked up together, so that one quoted passage seldom proposes a pair and the
work grows with the number of texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from curate.domain.mapping import Map
from curate.text.codepoints import begins, codes

Hashes = NDArray[np.uint64]
Sketch = NDArray[np.uint32]

# Five characters are rarely shared by chance between Chinese texts; Latin letters carry less each. What a shingle
# begins with decides, not the whole text: code among Chinese must not hide a copy in which there is less of it.
SHINGLE_HAN = 5
SHINGLE_LATIN = 12
HAN_FROM = 0x2E80
# A text of fewer shingles than this (a bare title, a caption) says nothing; the event step decides those.
SHORTEST = 40
# The standard error of a resemblance of .3 from 128 bins is .04.
BINS = 128
_EVERY = np.arange(BINS, dtype=np.uint32)
_BIN = np.uint32(32 - BINS.bit_length() + 1)  # a hash without so many bits is the number of its bin
# So many bins are looked up together: texts .3 alike meet in six of the 64 places, all but 3 of 1,000 in one.
ROWS = 2
# In a place where more texts than this meet (a license, a text that all copy) each is compared with so many others.
CROWD = 64
# Texts that are sketched in one call, and travel together to where they are.
BATCH = 500
# A copy shows in the first pages of the longest text.
LONGEST = 20_000
# Pairs whose sketches are compared at once: they stay in the cache.
PAIRS = 4000
# 64-bit mixing constants of splitmix64 (Steele, Lea, Flood 2014)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_BASE = 0x9E3779B97F4A7C15
_PLANE = 0x10000
_IDEOGRAPHS = (0x20000, 0x40000)  # beyond the first plane these alone are letters of a language


@cache
def _folds() -> NDArray[np.uint32]:
    """Of every character of the first plane what it is folded to, 0 where it is no letter and no digit."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for code in (
        code for code in range(_PLANE) if not 0x4E00 <= code < 0xD800
    ):  # those are letters, and plain
        plain = normalize("NFKC", chr(code)).casefold()
        table[code] = next((ord(c) for c in plain if c.isalnum()), 0)
    return table


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """The powers of _BASE and of its inverse modulo 2**64."""
    inverse = pow(_BASE, -1, 1 << 64)
    ones = np.ones(LONGEST + 1, dtype=np.uint64)
    bases = [np.multiply(ones, np.uint64(base), dtype=np.uint64) for base in (_BASE, inverse)]
    for base in bases:
        base[0] = 1
    return np.multiply.accumulate(bases[0]), np.multiply.accumulate(bases[1])


def _letters(text: str) -> NDArray[np.uint32]:
    """Letters and digits alone, folded, so that punctuation, spaces and mark-up do not hide a copy."""
    found = codes(text)
    letters = _folds().take(found, mode="clip")
    if not text.isascii() and found.max(initial=0) >= _PLANE:
        first, last = _IDEOGRAPHS
        beyond = np.where((found >= first) & (found < last), found, 0)
        letters = np.where(found < _PLANE, letters, beyond)
    return letters[letters > 0]


def _mix_hashes(hashes: Hashes) -> Hashes:
    hashes = hashes ^ (hashes >> np.uint64(30))
    hashes *= _MIX[0]
    hashes ^= hashes >> np.uint64(27)
    hashes *= _MIX[1]
    hashes ^= hashes >> np.uint64(31)
    return hashes


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Sorted, each once; twenty times faster than numpy's own, which hashes first."""
    values = np.sort(values)
    return values[begins(values)]


def common(a: Hashes, b: Hashes) -> int:
    """How many hashes two texts share."""
    both = np.sort(np.concatenate([a, b]))
    return int(np.count_nonzero(both[1:] == both[:-1]))


def shingles(text: str) -> Hashes:
    """Hashes of the text's character shingles, sorted, each once; empty for a text too short to compare."""
    return distinct(_hashes(text))


def _hashes(text: str) -> Hashes:
    """Hashes of the text's character shingles, in order."""
    letters = _letters(text[:LONGEST])
    count = len(letters) - SHINGLE_LATIN + 1
    if count < SHORTEST:
        return np.empty(0, dtype=np.uint64)
    powers, inverses = _powers()
    # sums of letter times power: of any window, the difference of two, divided by the power at its start
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    stops = (sums[width : width + count] for width in (SHINGLE_HAN, SHINGLE_LATIN))
    hashes = np.where(letters[:count] >= HAN_FROM, *stops)
    hashes -= sums[:count]
    hashes *= inverses[:count]
    return _mix_hashes(hashes)


def sketch(text: str) -> Sketch:
    """The smallest hash of each bin; of a text too short to compare, an empty sketch."""
    hashes = np.sort((_hashes(text) >> np.uint64(32)).astype(np.uint32))
    if not len(hashes):
        return hashes
    # the first hash that is not below the bin: the bin's own, or the first of the next that has any
    least = hashes[np.searchsorted(hashes, _EVERY << _BIN) % len(hashes)]
    distance = (least >> _BIN) - _EVERY & np.uint32(BINS - 1)
    return least + distance


def sketches(texts: Sequence[str], spread: Map = map) -> Iterator[Sketch]:
    """A sketch of each text; `spread` is `map`, or an executor's."""
    batches = [texts[k : k + BATCH] for k in range(0, len(texts), BATCH)]
    return chain.from_iterable(spread(_sketches, batches))


def _sketches(texts: Sequence[str]) -> list[Sketch]:
    return [sketch(text) for text in texts]


def alike(
    sketches: Sequence[Sketch], least: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Pairs (i < j) that look at least so much alike, and how much."""
    known = np.array([i for i, values in enumerate(sketches) if len(values)], dtype=np.int64)
    none = np.empty(0, dtype=np.intp)
    if len(known) < 2:
        return none, none, np.empty(0)
    table = np.stack([sketches[i] for i in known])
    codes = distinct(np.concatenate([_find_meeting(table[:, k : k + ROWS]) for k in range(0, BINS, ROWS)]))
    rows, columns = np.divmod(codes, len(known))
    share = np.empty(len(codes))
    for start in range(0, len(codes), PAIRS):
        part = slice(start, start + PAIRS)
        share[part] = np.count_nonzero(table[rows[part]] == table[columns[part]], axis=1) / BINS
    enough = share >= least
    return known[rows[enough]], known[columns[enough]], share[enough]


def _find_meeting(place: Sketch) -> NDArray[np.int64]:
    """Pairs of texts that agree in all these bins, each as one number: first times how many there are, plus second."""
    value = np.zeros(len(place), dtype=np.uint64)
    for column in place.T:
        value = _mix_hashes(value + column.astype(np.uint64))
    # each with its text's number in the lowest bits, for sorting numbers is much faster than sorting places
    bits = np.uint64(len(place).bit_length())
    value = np.sort(value << bits | np.arange(len(place), dtype=np.uint64))
    order = (value & ~(~np.uint64(0) << bits)).astype(np.int64)
    value >>= bits
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, CROWD):  # each with the one `step` places on
        same = value[step:] == value[:-step]
        if not same.any():
            break
        found.append(order[:-step][same] * len(place) + order[step:][same])
    return np.concatenate(found)
