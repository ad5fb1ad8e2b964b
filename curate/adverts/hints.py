"""What hints that a piece sells something: the rules that hold for its title or its text."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from curate.adverts.rules import RULES, AdvertRule
from curate.text.entry_text import fold_text

# A word in the middle of a long article says less than one in the title, and the same sale is announced at
# the beginning and at the end: only these parts of a text are read.
HEAD = 400
TAIL = 300
BODY_SHARE = 0.6
# The rules that hold, each with its weight where it was found, the weightiest first.
Hints = tuple[tuple[float, AdvertRule], ...]
_COMPILED = tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES)
_WORDS = tuple(dict.fromkeys(word for rule in RULES for word in rule.words))
_AUTOMATON = AhoCorasick(_WORDS)  # finds all of them at once (Aho and Corasick 1975)
_IN_TEXTS = tuple(row for row in _COMPILED if not row[0].title_only)


def ends_of(text: str) -> str:
    """Take what is read of a text: its beginning and its end."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


@lru_cache(maxsize=8192)
def find_hints(title: str, body: str) -> Hints:
    """Find the rules that hold for a (plain) title or the ends of a text; each rule's name once."""
    title, body = fold_text(title), fold_text(body)
    found: dict[str, tuple[float, AdvertRule]] = {}
    for text, share in ((title, 1.0), (body, BODY_SHARE)):
        held = {_WORDS[n] for n, _, _ in _AUTOMATON.find_matches_as_indexes(text, overlapping=True)}
        for rule, pattern in _COMPILED if share == 1 else _IN_TEXTS if text else ():
            weight = rule.weight * share
            if abs(weight) <= abs(found.get(rule.name, (0.0, rule))[0]):
                continue
            if rule.words and held.isdisjoint(rule.words):
                continue
            if pattern.search(text):
                found[rule.name] = (weight, rule)
    return tuple(sorted(found.values(), key=lambda item: -item[0]))
