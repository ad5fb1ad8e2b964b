"""What readers ask for by number: told where it is evident, and not where it is chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from curate.audience.evidence import Evidence
from curate.audience.requests import fit_requests, total_by_number
from curate.config.schema import Source
from curate.domain.item_codes import code
from curate.domain.model import Item
from curate.i18n.catalogue import say
from curate.ranking.audience_signal import learnt, rules
from tests.site_samples import issue

ISSUES = [issue(number) for number in range(300, 360)]


def requests(wanted: Callable[[Item], float], seed: int = 1) -> dict[str, int]:
    """Requests by number: some forty an issue, the first items more than the others."""
    chance = np.random.default_rng(seed)
    totals: dict[str, int] = {}
    for digest in ISSUES:
        items = [item for section in digest.sections for item in section.items]
        share = np.array([wanted(item) * (3.0 if item.number == 1 else 1.0) for item in items])
        drawn = chance.multinomial(40, share / share.sum())
        totals |= {code(digest.number, item.number): int(n) for item, n in zip(items, drawn, strict=True)}
    return totals


TOPIC = ISSUES[0].sections[-1].id


def test_a_topic_that_is_asked_for_more_gains_and_says_why() -> None:
    fitted = fit_requests(ISSUES, requests(lambda item: 2.5 if item.topic == TOPIC else 1.0))
    evidence = Evidence(names={TOPIC: "人工智能"}, requests=fitted)
    reason = learnt(evidence, TOPIC, "", {})
    assert 0.1 < reason.points < 0.6
    assert "读者发编号来看“人工智能”的频率" in say(reason.message, "zh")
    assert next(rule.points for rule in rules(evidence, {})) == pytest.approx(reason.points)


@pytest.mark.parametrize("seed", range(5))
def test_chance_is_hardly_ever_told(seed: int) -> None:
    fitted = fit_requests(ISSUES, requests(lambda item: 1.0, seed))
    said = rules(Evidence(requests=fitted), {})
    assert len(said) <= 1
    assert all(abs(rule.points) < 0.15 for rule in said)


def test_the_first_place_is_no_merit_of_its_topic() -> None:
    fitted = fit_requests(ISSUES, requests(lambda item: 1.0))
    assert fitted
    places = fitted.of("place")
    assert places["0"].ratio > 1.5
    assert places["0"].evident


def test_too_little_says_nothing() -> None:
    asked = requests(lambda item: 1.0)
    assert fit_requests(ISSUES[:19], asked) is None
    assert fit_requests(ISSUES, {"30001": 50}) is None
    assert learnt(Evidence(), TOPIC, "", dict[str, Source]()).points == 0


def test_only_numbers_are_counted_as_numbers() -> None:
    days = {date(2026, 11, 1): {"30001": 2, "topic:ai": 9}, date(2026, 11, 2): {"30001": 1, "search": 4}}
    assert total_by_number(days) == {"30001": 3}
