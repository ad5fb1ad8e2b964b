"""A text as words are looked for in it, so that what only looks otherwise is found: widths, scripts, invisible signs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from curate.text.scripts import simplify_text

_JOINTS = frozenset("·•‧・.*_~^|｜+-—–/\\'`\"")  # what people put between characters that are not to be found


class Searchable(NamedTuple):
    """A folded text, and where each of its characters stands in the original."""

    text: str
    offsets: tuple[int, ...]
    original: str

    def quote(self, start: int, end: int, around: int = 0) -> str:
        """The original's words for a span of the folded text, on one line, with `around` characters on either side."""
        if start >= end:
            return ""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return " ".join(self.original[max(0, first - around) : last + around].split())


@lru_cache(maxsize=4096)
def fold_searchable(text: str) -> Searchable:
    """Fold a text: compatible forms, small letters, simplified characters; nothing invisible, no space between Chinese
    characters. Line feeds stay."""
    pairs: list[tuple[str, int]] = []
    for place, character in enumerate(simplify_text(text)):
        if character.isspace() and character != "\n":
            pairs += [] if pairs and pairs[-1][0].isspace() else [(" ", place)]
        elif character.isascii():
            pairs.append((character.lower(), place))
        elif unicodedata.category(character) not in ("Cf", "Mn", "Me", "Cc"):
            folded = unicodedata.normalize("NFKC", character).lower()
            pairs += [(one, place) for one in simplify_text(folded)]
    kept = [pair for number, pair in enumerate(pairs) if not _is_gap(pairs, number)]
    return Searchable("".join(one for one, _ in kept), tuple(place for _, place in kept), text)


def squeeze_searchable(found: Searchable) -> Searchable:
    """The folded text without any space, and without marks between Chinese characters (微·信, 微*信); marks that end
    a clause stay."""
    pairs = list(zip(found.text, found.offsets, strict=True))
    kept = [pair for number, pair in enumerate(pairs) if pair[0] == "\n" or not _is_joint(pairs, number)]
    return Searchable("".join(one for one, _ in kept), tuple(place for _, place in kept), found.original)


def _is_gap(pairs: list[tuple[str, int]], number: int) -> bool:
    if pairs[number][0] != " ":
        return False
    return 0 < number < len(pairs) - 1 and is_han(pairs[number - 1][0]) and is_han(pairs[number + 1][0])


def _is_joint(pairs: list[tuple[str, int]], number: int) -> bool:
    one = pairs[number][0]
    if one.isspace():
        return True
    if one not in _JOINTS:
        return False
    around = pairs[number - 1][0] if number else "", pairs[number + 1][0] if number + 1 < len(pairs) else ""
    return any(map(is_han, around)) or all(mark in _JOINTS for mark in around)


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
