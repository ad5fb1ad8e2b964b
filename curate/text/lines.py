"""The lines of a main text, whichever way it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curate.text.clean import fold

_BULLET = re.compile(r"^(?:[-•·*]\s+)+")
_NOT_LETTER = re.compile(r"[\W_]+")
_NO_ASCII_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_ON_TOP = 4  # lines among which the title is looked for


def letters_of(text: str) -> str:
    """What two readings of one paragraph have in common: the letters and digits."""
    return text.translate(_NO_ASCII_LETTERS) if text.isascii() else _NOT_LETTER.sub("", text)


def letter_pairs(letters: str) -> frozenset[str]:
    """Each letter with the one behind it: what two wordings are compared by."""
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))


def lines_of(reading: str) -> list[str]:
    """The lines that say something, without bullets."""
    lines = (_BULLET.sub("", line).strip(" |") for line in fold(reading).split("\n"))
    return [line for line in lines if any(map(str.isalnum, line))]


def without_title(lines: Sequence[str], title: str) -> list[str]:
    """The text without the title on top of it, nor what stands above that (the way to the page)."""
    wanted = letters_of(title)
    for number, line in enumerate(lines[:_ON_TOP]):
        if wanted and letters_of(line) == wanted:
            return list(lines[number + 1 :])
    return list(lines)
