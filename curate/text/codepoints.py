"""Texts as arrays of code points, to be counted and hashed. Apart from entry_text.py, which fetching needs and numpy is not
for."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
# A Chinese character says about as much as two Latin letters: lengths are counted in those units (as the
# setting `digest.quote` does), so that English pieces are not taken for fuller ones.
LATIN_PER_HAN = 2


def codes(text: str) -> NDArray[np.uint32]:
    """The code point of each character, halves of surrogate pairs included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def begins(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Where in what is sorted another value begins. (`np.unique` is ten times slower: it makes a table of hashes.)"""
    return np.append(np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1])


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of every character of the first plane: 0 for a space, 1 for others, 2 for a Chinese one."""
    kinds = np.ones(0x10000, dtype=np.uint8)
    kinds[[code for code in range(0x10000) if chr(code).isspace()]] = 0
    for first, last in _HAN:
        kinds[first : last + 1] = 2
    return kinds


def length(text: str) -> int:
    """Length in Chinese characters: two Latin letters count as one, spaces as none."""
    _, others, han = np.bincount(_kinds().take(codes(text), mode="clip"), minlength=3).tolist()
    return int(han + others // LATIN_PER_HAN)
