"""Numbers that readers send: what they name, and that no two things of one kind share one."""

from __future__ import annotations

import pytest

from curate.numbers import MOST_ITEMS, code, meanings


def test_a_number_is_the_issue_and_two_digits() -> None:
    assert code(312, 5) == "31205"
    assert code(7, MOST_ITEMS) == "799"


def test_no_two_items_of_any_issues_share_a_number() -> None:
    every = [code(issue, item) for issue in range(1, 1_200) for item in range(1, MOST_ITEMS + 1)]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("issue", [1, 9, 10, 99, 100, 312, 1100])
def test_a_number_leads_back_to_its_item(issue: int) -> None:
    for item in (1, 9, 10, MOST_ITEMS):
        assert meanings(code(issue, item))[1] == (issue, item)


def test_a_number_may_name_an_issue_and_an_item() -> None:
    assert meanings("101") == (101, (1, 1))
    assert meanings("12") == (12, None)
    assert meanings("300") == (300, None)


@pytest.mark.parametrize("text", ["", "0", "031205", "３１２０５", "31 205", "-1", "x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        meanings(text)
