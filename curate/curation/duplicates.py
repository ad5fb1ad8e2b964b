"""The same piece twice: one address, or nearly one text.

Near-copies are found with bottom-k sketches of hashed character shingles (Broder 1997, "On the resemblance and
containment of documents"): two texts that share a good part of their sketches are candidates, and only those
are compared. Both steps grow with the number of documents, not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from curate.curation.reading import folded
from curate.model import Entry

Hashes = NDArray[np.uint64]

# Five characters are rarely shared by chance between Chinese texts; Latin letters carry less each.
SHINGLE_HAN = 5
SHINGLE_LATIN = 12
# The standard error of a resemblance of .5 from 128 values is .044.
SKETCH = 128
# A sketch of fewer shingles than this (a bare title, a caption) says nothing; the event step decides those.
SHORTEST = 40
# The smallest values of each sketch that are looked up, and how many of them a pair must share to be compared:
# of two texts with a resemblance of COPY, about 13 of 32 are the same.
INDEXED = 32
SHARED = 5
# A value that more documents than this carry is boilerplate (a licence, a footer) and proposes nobody.
CROWD = 64
# Copies with a changed title, a cut end or edited sentences share this much of their shingles; of short texts one
# quoted passage is as much. A text that another holds most of may share less: something was put around it. Chosen
# on one synthetic site (seed 7), reported on another (bench/copies.py).
COPY = 0.40
COPY_BRIEF = 0.50
BRIEF = 345
COPY_HELD = 0.33
HELD = 0.70
# By its sketch a pair may look less alike than it is.
LOOKED_AT = 0.22
# A copy shows in the first pages of the longest text.
LONGEST = 20_000
_SILENT = re.compile(r"[\W_]+")
# 64-bit mixing constants of splitmix64 (Steele, Lea, Flood 2014)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_BASE = 0x9E3779B97F4A7C15


def address(url: str) -> str:
    """What two spellings of one address have in common; "" where it names a site and not a piece."""
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    if not (path or parts.query or fragment):
        return ""
    return f"{host}{path}?{parts.query}#{fragment}"


def same_address(entries: Sequence[Entry]) -> list[list[int]]:
    """Groups of two or more entries at one address.

    An address under which one source gives several titles is not an address of a piece (some feeds give one
    link for all their items) and groups nothing.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        if place := address(entry.url):
            found[place].append(i)
    return [group for group in found.values() if len(group) > 1 and _is_one_piece(entries, group)]


def _is_one_piece(entries: Sequence[Entry], group: Sequence[int]) -> bool:
    titles: dict[str, str] = {}
    return all(titles.setdefault(entries[i].source, entries[i].title) == entries[i].title for i in group)


def shingles(text: str) -> Hashes:
    """Hashes of the text's character shingles, in its order; empty for a text too short to compare.

    Only letters and digits count, so that punctuation, spaces and mark-up do not hide a copy.
    """
    kept = _SILENT.sub("", folded(text[:LONGEST]))
    codes = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    han = np.count_nonzero(codes >= 0x2E80) * 2 >= len(codes)
    width = SHINGLE_HAN if han else SHINGLE_LATIN
    if len(codes) < SHORTEST + width:
        return np.empty(0, dtype=np.uint64)
    count = len(codes) - width + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(width):
        hashes *= np.uint64(_BASE)
        hashes += codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(30)
    hashes *= _MIX[0]
    hashes ^= hashes >> np.uint64(27)
    hashes *= _MIX[1]
    hashes ^= hashes >> np.uint64(31)
    return hashes


def sketch(text: str) -> Hashes:
    """The smallest hashes of the text's shingles, sorted."""
    hashes = shingles(text)
    if len(hashes) > 4 * SKETCH:  # twice the expected share, then exactly the smallest
        hashes = np.partition(hashes, 2 * SKETCH)[: 2 * SKETCH]
    return np.unique(hashes)[:SKETCH]


def resemblance(a: Hashes, b: Hashes) -> float:
    """Estimated share of shingles that two texts have in common, from their sketches."""
    size = min(len(a), len(b))
    if not size:
        return 0.0
    union = np.union1d(a, b)[:size]
    both = np.intersect1d(a, b, assume_unique=True)
    return float(np.count_nonzero(both <= union[-1])) / len(union)


def candidates(sketches: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs (i < j) that share SHARED of their INDEXED smallest values (a third, where a text is short)."""
    owners = [np.full(min(len(values), INDEXED), i) for i, values in enumerate(sketches)]
    if not owners:
        return
    owner = np.concatenate(owners)
    value = np.concatenate([values[:INDEXED] for values in sketches])
    order = np.lexsort((owner, value))
    owner, value = owner[order], value[order]
    starts = np.flatnonzero(np.r_[True, value[1:] != value[:-1]])
    sizes = np.diff(np.r_[starts, len(value)])
    kept = np.repeat((sizes > 1) & (sizes <= CROWD), sizes)
    owner, value = owner[kept], value[kept]
    found: list[NDArray[np.int64]] = []
    for step in range(1, CROWD):  # each with the one `step` places on that carries the same value
        same = value[step:] == value[:-step]
        if not same.any():
            break
        found.append(owner[:-step][same] * len(sketches) + owner[step:][same])
    if not found:
        return
    pairs, counts = np.unique(np.concatenate(found), return_counts=True)
    sizes = np.array([min(len(values), INDEXED) for values in sketches])
    first, second = np.divmod(pairs, len(sketches))
    enough = counts >= np.minimum(SHARED, np.minimum(sizes[first], sizes[second]) // 3)
    yield from zip(first[enough].tolist(), second[enough].tolist(), strict=True)


def near_copies(sketches: Sequence[Hashes], text: Callable[[int], str]) -> dict[tuple[int, int], float]:
    """Pairs of texts that are nearly one, and how much of them they share (0..1).

    `text` gives the text of a number again: what looks alike by its sketch is compared whole.
    """
    whole: dict[int, Hashes] = {}
    found: dict[tuple[int, int], float] = {}
    for i, j in candidates(sketches):
        if resemblance(sketches[i], sketches[j]) < LOOKED_AT:
            continue
        for k in (i, j):
            if k not in whole:
                whole[k] = np.unique(shingles(text(k)))
        share = _copied(whole[i], whole[j])
        if share:
            found[i, j] = share
    return found


def _copied(a: Hashes, b: Hashes) -> float:
    """The share that two texts have in common, 0 where that makes no copy."""
    shorter = min(len(a), len(b))
    both = len(np.intersect1d(a, b, assume_unique=True))
    share, held = both / max(len(a) + len(b) - both, 1), both / max(shorter, 1)
    if shorter < BRIEF:
        return share if share >= COPY_BRIEF else 0.0
    return share if share >= COPY or (share >= COPY_HELD and held >= HELD) else 0.0
