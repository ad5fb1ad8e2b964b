"""Every check of words finds what breaks its rule and leaves alone what only speaks of it. The sentences of
check_sentences.tsv were written for the rules, none for a pattern."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from curate.checks.base import CheckFinding
from curate.checks.table import CHECKS, check_issue
from curate.checks.view import IssueView
from tests.nouns import digest, item

WORDS = "内部代号\n/加.{1,3}群聊/ => 导流\n竞品 => 法务说不能写\n"
LINES = (Path(__file__).parent / "check_sentences.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
RULES = sorted({rule for rule, _, _ in ROWS})


def find(rule: str, text: str) -> list[CheckFinding]:
    """What a rule finds in an account's closing words."""
    view = IssueView(digest(items=(item(1),), closing=text), words=WORDS)
    return [one for one in check_issue(view, table={rule: CHECKS[rule]}).findings if one.place == "closing"]


@pytest.mark.parametrize("rule", RULES)
def test_what_breaks_a_rule_is_found(rule: str) -> None:
    assert [text for name, how, text in ROWS if (name, how) == (rule, "found") and not find(rule, text)] == []


@pytest.mark.parametrize("rule", RULES)
def test_what_only_speaks_of_it_is_left_alone(rule: str) -> None:
    assert [text for name, how, text in ROWS if (name, how) == (rule, "alone") and find(rule, text)] == []


def test_every_rule_of_words_has_its_sentences() -> None:
    counts = Counter((rule, how) for rule, how, _ in ROWS)
    assert min(counts[rule, how] for rule in RULES for how in ("found", "alone")) >= 5
