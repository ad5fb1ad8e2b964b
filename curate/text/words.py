"""Words of Chinese and English text, for whatever counts or compares them.

Runs of Chinese characters are cut by rjieba (jieba's dictionary and hidden Markov model); everything else is
found by its form: words lower-cased, numbers and model names (`gpt-4.5`, `5g`, `1,000`, `c++`) kept whole,
punctuation dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # for character classes

_LETTER = rf"[^\W_{HAN}]"
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?%?"
    r"|\d+(?:[.:]\d+)+%?|\d+%"
    r"|\b[^\W\d_](?:\.[^\W\d_]\b)+"  # u.s
    r"|\b[A-Za-z](?:\+\+|#)"
    rf"|{_LETTER}+(?:[-.]\d+(?:\.\d+)*{_LETTER}*|['’](?!s\b){_LETTER}+)*(?:['’]s\b)?"
)
_POSSESSIVE = re.compile(r"['’]s$")
DICTIONARY = 60_101_967  # the sum of the counts in jieba's dictionary
_BATCH = 200_000  # characters cut in one call; keeps memory flat over an archive


def words(text: str) -> list[str]:
    """The words of one text, in order."""
    return segment([text])[0]


def segment(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, in order. Much cheaper than text by text: one call cuts many."""
    found: list[list[str]] = [[] for _ in texts]
    places: list[tuple[int, int]] = []  # where each Chinese run belongs: text, position in its tokens
    runs: list[str] = []
    for number, text in enumerate(texts):
        for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text).lower()):
            if match["han"]:
                places.append((number, len(found[number])))
                runs.append(match["han"])
            found[number].append(_POSSESSIVE.sub("", match[0]))
    cut = iter(_cut(runs))
    pieces: dict[int, dict[int, list[str]]] = {}
    for number, position in places:
        pieces.setdefault(number, {})[position] = next(cut)
    for number, by_position in pieces.items():
        found[number] = [
            word
            for position, token in enumerate(found[number])
            for word in by_position.get(position, (token,))
        ]
    return found


def usual(names: Iterable[str]) -> list[float]:
    """What share of the words of general Chinese each of these is: 0 for what no dictionary has.

    From the counts in jieba's dictionary, which come from about sixty million words of newspapers and books.
    """
    import rjieba

    counts = rjieba.Jieba()
    return [counts.suggest_freq(name) / DICTIONARY if rjieba.has_word(name) else 0.0 for name in names]


def _cut(runs: Sequence[str]) -> Iterator[list[str]]:
    """The words of each run; runs travel together, separated by line feeds, which no run contains."""
    batch: list[str] = []
    size = 0
    for run in runs:
        batch.append(run)
        size += len(run)
        if size >= _BATCH:
            yield from _cut_batch(batch)
            batch, size = [], 0
    yield from _cut_batch(batch)


def _cut_batch(batch: Sequence[str]) -> Iterator[list[str]]:
    if not batch:
        return
    import rjieba  # builds its dictionary on import (0.2 s), so not before a word is cut

    current: list[str] = []
    for word in rjieba.cut("\n".join(batch)):
        if word == "\n":
            yield current
            current = []
        else:
            current.append(word)
    yield current
