"""Words of Chinese and English text, for whatever counts or compares them.

Runs of Chinese characters are cut by rjieba (jieba's dictionary and hidden Markov model); everything else is
found by its form: words lower-cased, numbers and model names (`gpt-4.5`, `5g`, `1,000`, `c++`) kept whole,
punctuation dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # for character classes

_LETTER = rf"[^\W_{HAN}]"
_TOKEN = re.compile(
    rf"(?=[\w{HAN}])(?:"  # what a token begins with: for speed alone, it takes half of the time
    r"[a-z]++(?![\w.'’+#-])"  # most words of most texts, and none of what the rest is for: for speed alone
    rf"|[{HAN}]+"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?%?"
    r"|\d+(?:[.:]\d+)+%?|\d+%"
    r"|\b[^\W\d_](?:\.[^\W\d_]\b)+"  # u.s
    r"|\b[A-Za-z](?:\+\+|#)"
    rf"|{_LETTER}+(?:[-.]\d+(?:\.\d+)*{_LETTER}*|['’](?!s\b){_LETTER}+)*(?:['’]s\b)?)"
)
_HAN = re.compile(f"[{HAN}]")
# what nearly every Chinese text has that is not in its plain form
_WIDE = [(wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；！？（）～％＋－／．｜…\u3000\u00a0"]
_BETWEEN = "\0"
_POSSESSIVE = ("'s", "’s")
_BATCH = 200_000  # characters cut in one call; keeps memory flat over an archive


def words(text: str) -> list[str]:
    """The words of one text, in order."""
    return segment([text])[0]


def segment(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, in order. Much cheaper than text by text: one call cuts many."""
    runs: list[str] = []
    rows = [_tokens(text.lower(), runs) for text in unify_forms(texts)]
    cut = _cut_runs(runs)
    return [
        list(chain.from_iterable((token,) if token else next(cut) for token in row)) if "" in row else row
        for row in rows
    ]


def unify_forms(texts: Sequence[str]) -> list[str]:
    """Compatibility forms as plain ones (Unicode's NFKC), several times as fast: full-width punctuation, which all
    Chinese text has, is replaced first, in all texts at once, so that most need no more than a check."""
    joined = _BETWEEN.join(texts)
    if joined.isascii() or joined.count(_BETWEEN) != len(texts) - 1:
        return [unicodedata.normalize("NFKC", text) for text in texts]
    for wide, plain in _WIDE:
        joined = joined.replace(wide, plain)
    return [unicodedata.normalize("NFKC", text) for text in joined.split(_BETWEEN)]


def _tokens(text: str, runs: list[str]) -> list[str]:
    """The tokens of a text; in the place of a Chinese run "", and the run goes to the end of `runs`."""
    found: list[str] = _TOKEN.findall(text)
    if any(mark in text for mark in _POSSESSIVE):
        found = [token[:-2] if token.endswith(_POSSESSIVE) else token for token in found]
    if text.isascii():
        return found
    tokens: list[str] = []
    for token in found:
        if not token.isascii() and _HAN.match(token):
            runs.append(token)
            tokens.append("")
        else:
            tokens.append(token)
    return tokens


def places(text: str) -> list[str]:
    """The names of Chinese places in a text, without what kind of place they are; as jieba's dictionary tags them."""
    import rjieba

    if text.isascii():
        return []
    named = [word for word, tag in rjieba.tag(text) if tag.startswith("ns")]
    return [word[:-1] if len(word) > 2 and word[-1] in "省市县区" else word for word in named]


def _cut_runs(runs: Sequence[str]) -> Iterator[list[str]]:
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

    words, start = [*rjieba.cut("\n".join(batch)), "\n"], 0
    for _ in batch:
        stop = words.index("\n", start)
        yield words[start:stop]
        start = stop + 1
