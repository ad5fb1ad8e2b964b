"""What makes grouping fast changes nothing of what it finds."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import pytest

from curate.adverts.rules import RULES, AdvertRule
from curate.stories import pairwise_similarity
from curate.stories.clustering import Pair, average_link
from curate.stories.event_vectors import count_words, space
from curate.stories.pairwise_similarity import alike, compare_pairs, shared_words
from curate.text.entry_text import fold_text
from curate.text.tokenize import unify_forms
from tests.tellings import TELLINGS

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def _certain(tree: Sequence[Any], words: Collection[str], run: str = "") -> bool:
    """Whether one of the words is in whatever the parsed pattern finds; `run` are the letters just before."""
    for k, (op, value) in enumerate(tree):
        rest = list(tree)[k + 1 :]
        if op is parser.LITERAL:
            run += chr(value).casefold()
            if any(word in run for word in words):
                return True
        elif op is parser.SUBPATTERN:
            return _certain([*value[3], *rest], words, run)
        elif op in (parser.BRANCH, parser.IN):
            branches = value[1] if op is parser.BRANCH else [[part] for part in value]
            return all(_certain([*branch, *rest], words, run) for branch in branches)
        elif op is parser.MAX_REPEAT and value[0] and _certain(value[2], words, run):
            return True
        else:
            run = ""
    return False


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.words], ids=lambda rule: rule.name)
def test_the_words_of_a_rule_miss_nothing_that_its_pattern_finds(rule: AdvertRule) -> None:
    pattern = unicodedata.normalize("NFKC", rule.pattern)  # as the text is that it is looked for in
    assert _certain(parser.parse(pattern), rule.words)
    assert all(word == fold_text(word) for word in rule.words)


def test_a_rule_whose_words_miss_an_alternative_is_found_out() -> None:
    assert not _certain(parser.parse("满减|包邮"), ("满减",))
    assert not _certain(parser.parse("(?:包邮)?\\d+"), ("包邮",))


@pytest.mark.parametrize("crowd", [200, 3])
def test_ties_are_proposed_where_there_is_evidence(monkeypatch: pytest.MonkeyPatch, crowd: int) -> None:
    made = space(count_words([(told.title, told.text) for told in TELLINGS]))
    times = [NOW + timedelta(hours=7 * i % 100) for i in range(len(TELLINGS))]
    rows, columns = np.triu_indices(len(TELLINGS), 1)
    cosine, evidence = compare_pairs(made.matrix, made.rarity, rows, columns)
    near = [abs(times[i] - times[j]) <= timedelta(hours=72) for i, j in zip(rows, columns, strict=True)]
    enough = (cosine >= 0.075) & (evidence >= 0.6) & np.array(near)
    wanted = set(zip(rows[enough].tolist(), columns[enough].tolist(), strict=True))
    monkeypatch.setattr(pairwise_similarity, "CROWD", crowd)
    monkeypatch.setattr(pairwise_similarity, "ROWS", 7)
    found = alike(made.matrix, made.rarity, times, timedelta(hours=72), 0.6, 0.075)
    pairs = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert pairs == wanted if crowd == 200 else pairs <= wanted
    assert len(pairs) > 0.7 * len(wanted) > 10


def test_two_tellings_share_the_words_that_weigh_most() -> None:
    made = space(count_words([(told.title, told.text) for told in TELLINGS]))
    assert made.matrix.indices.dtype == made.anchors.indices.dtype == np.int32, (
        "wider ones take twice the memory"
    )
    rows, columns = np.triu_indices(len(TELLINGS), 1)
    found = list(shared_words(made.matrix, made.names, rows, columns))
    assert len(found) == len(rows)
    assert max(map(len, found)) == 3
    dense = made.matrix.toarray()[:, : len(made.names)]
    for i, j, words in zip(rows.tolist(), columns.tolist(), found, strict=True):
        weights = dense[i] * dense[j]
        both = sorted(np.flatnonzero(weights).tolist(), key=lambda column: -weights[column])
        names = (made.names[column].removeprefix("=") for column in both)
        assert words == list(dict.fromkeys(name for name in names if len(name) > 1))[:3]


def _naive(count: int, similarities: dict[Pair, float], threshold: float) -> list[list[int]]:
    groups = [[i] for i in range(count)]
    while True:
        ranked = [
            (
                -sum(similarities.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b)),
                a[0],
                b[0],
            )
            for a, b in combinations(groups, 2)
        ]
        least, first, second = min(ranked, default=(0.0, 0, 0))
        if -least < threshold:
            return groups
        joined = sorted(i for group in groups if group[0] in (first, second) for i in group)
        groups = sorted([joined, *(group for group in groups if group[0] not in (first, second))])


def test_groups_are_those_of_average_link() -> None:
    for seed in range(30):
        chance = random.Random(seed)
        pairs = {pair: chance.random() for pair in combinations(range(14), 2) if chance.random() < 0.5}
        for threshold in (0.2, 0.4):
            assert average_link(14, pairs, threshold) == _naive(14, pairs, threshold)


def test_text_is_unified_as_unicode_says() -> None:
    every = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    for texts in (
        [every],
        ["Ａ，b！（１２）～　…e\u0301", "\u0301！", "plain", "", "\ud800！"],
        ["\0，", "a"],
        ["plain"],
        [],
    ):
        assert unify_forms(texts) == [unicodedata.normalize("NFKC", text) for text in texts]
