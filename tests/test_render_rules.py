"""Our tables against the collected rules, where those are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curate.render.wechat import allowed
from curate.render.wechat.rules import RULES, UNCHECKED

COLLECTED = Path(__file__).parents[2] / "shared" / "wechat" / "rules.json"


@pytest.fixture(scope="module")
def collected() -> dict[str, Any]:
    if not COLLECTED.exists():
        pytest.skip("the collected rules are not here")
    made: dict[str, Any] = json.loads(COLLECTED.read_text(encoding="utf-8"))
    return made


def test_every_rule_of_the_editor_is_checked_or_said_not_to_be(collected: dict[str, Any]) -> None:
    assert {rule["id"] for rule in collected["rules"]} <= set(RULES) | set(UNCHECKED)
    assert all(RULES[r["id"]].level == r["level"] for r in collected["rules"] if r["id"] in RULES)


def test_the_lists_agree(collected: dict[str, Any]) -> None:
    assert set(collected["css"]["allow"]) == allowed.CSS_ALLOWED
    assert set(collected["css"]["deny"]) == allowed.CSS_DENIED
    assert set(collected["tags"]["safe"]) == allowed.SAFE_TAGS
    assert set(collected["tags"]["dropped"]) == allowed.DROPPED_TAGS
    assert set(collected["tags"]["unproven"]) == allowed.UNPROVEN_TAGS
    assert {
        tag: {name.lower() for name in names} for tag, names in collected["attributes"].items()
    } == allowed.ATTRIBUTES
    assert collected["guard"] == allowed.GUARD
