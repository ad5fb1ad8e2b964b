"""The account's own list of words: one a line, `/…/` for a regular expression, `=> …` for the reason; `#` begins a remark.

Plain words are looked for all at once (Aho and Corasick 1975), in the text without spaces and marks between Chinese
characters, whatever their width and script. A Latin word is found as a whole word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from curate.domain.errors import ConfigError
from curate.text.searchable import Searchable, fold_searchable, is_han, squeeze_searchable

_REASON = re.compile(r"\s*=>\s*")
_LONGEST = 200  # characters of a regular expression


class Listed(NamedTuple):
    """A place where a word of the list stands: its words there, and why it is in the list."""

    text: str
    reason: str


class WordList(NamedTuple):
    """A list that was read: plain words as they are looked for, with their reasons, and expressions with theirs."""

    automaton: AhoCorasick | None
    words: tuple[tuple[str, str], ...]
    expressions: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=4)
def read_list(text: str, name: str = "words.txt") -> WordList:
    """Read a list. ConfigError with every line that cannot be used."""
    words: dict[str, str] = {}
    expressions, problems = [], []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        word, reason = [*_REASON.split(line.strip(), maxsplit=1), ""][:2]
        if not word or word.startswith("#"):
            continue
        if len(word) > 2 and word.startswith("/") and word.endswith("/"):
            try:
                expressions.append((_compile(word[1:-1]), reason))
            except re.error as e:
                problems.append(f"{name} 第 {number} 行：{word} 不是正则表达式（{e}）")
        elif wanted := _squeeze(word).text:
            words.setdefault(wanted, reason)
    if problems:
        raise ConfigError(tuple(problems))
    automaton = AhoCorasick(list(words), implementation=Implementation.NoncontiguousNFA) if words else None
    return WordList(automaton, tuple(words.items()), tuple(expressions))


def find_listed(listed: str, text: str) -> Iterator[Listed]:
    """Every word of a list that stands in a text, each once."""
    known = read_list(listed)
    said: set[str] = set()
    if known.automaton:
        squeezed = _squeeze(text)
        for index, start, end in known.automaton.find_matches_as_indexes(squeezed.text, overlapping=True):
            word, reason = known.words[index]
            if word not in said and _stands_alone(squeezed, start, end):
                said.add(word)
                yield Listed(squeezed.quote(start, end), reason)
    for form, reason in known.expressions:
        if found := form.search(text) or form.search(fold_searchable(text).text):
            yield Listed(found[0], reason)


def _compile(expression: str) -> re.Pattern[str]:
    if len(expression) > _LONGEST:
        raise re.error("too long")
    return re.compile(expression, re.IGNORECASE)


def _squeeze(text: str) -> Searchable:
    return squeeze_searchable(fold_searchable(text))


def _stands_alone(found: Searchable, start: int, end: int) -> bool:
    """Whether letters that are no Chinese characters begin and end where a word does in the original."""
    first, last = found.offsets[start], found.offsets[end - 1]
    before, after = found.original[first - 1 : first] if first else "", found.original[last + 1 : last + 2]
    return not (_joins(before, found.text[start]) or _joins(found.text[end - 1], after))


def _joins(one: str, other: str) -> bool:
    return all(sign.isalnum() and not is_han(sign) for sign in (one or " ", other or " "))
