"""The editor's work in numbers: how much of the machine's choices was kept, by week, topic and source, and how long it took."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from curate.audience.editor_work import Choice, EditorWork, sum_up_work
from curate.audience.report.work import work_lines, work_section
from curate.cli.main import run
from curate.i18n.catalogue import speaker
from tests.desk_account import LATER
from tests.test_cli_issue import call, home

__all__ = ["home"]

MONDAY = date(2026, 11, 16)


def choices() -> list[Choice]:
    """Two weeks: of the first three of four kept, of the second all six."""
    first = [Choice(date(2026, 11, 17 + n), "体育" if n == 3 else "AI", "甲报", n != 3) for n in range(4)]
    return first + [Choice(date(2026, 11, 23), "AI", f"乙{n % 2}", True) for n in range(6)]


def summed() -> EditorWork:
    work = sum_up_work(
        choices(), 2, [(date(2026, 11, 17), 4.0), (date(2026, 11, 19), 8.0), (date(2026, 11, 18), 5.0)]
    )
    assert work is not None
    return work


def test_shares_are_by_week_topic_and_source_with_intervals_that_hold_them() -> None:
    work = summed()
    assert {day: (each.kept, each.offered) for day, each in work.weeks.items()} == {
        MONDAY: (3, 4),
        date(2026, 11, 23): (6, 6),
    }
    assert [(each.name, each.kept, each.offered) for each in work.topics] == [("AI", 9, 9), ("体育", 0, 1)]
    assert work.sources[0].name == "甲报"
    for each in (work.overall, *work.weeks.values(), *work.topics, *work.sources):
        assert 0 <= each.rate.low <= each.rate.value <= each.rate.high <= 1
    assert work.topics[1].rate.high > 0.5, "one choice says next to nothing"


def test_minutes_are_each_weeks_median() -> None:
    assert summed().minutes == {MONDAY: (5.0, 3)}
    assert "3 期" in work_lines(summed(), speaker("report", "zh"))[1]


def test_without_choices_there_is_nothing_to_tell() -> None:
    assert sum_up_work([], 0, []) is None
    assert work_section(None, speaker("report", "zh")) is None
    assert work_lines(None, speaker("report", "zh")) == []


@pytest.mark.parametrize(("language", "said"), [("zh", "你留下了 9 条"), ("en", "you kept 9")])
def test_the_terminal_says_it_in_a_sentence(language: str, said: str) -> None:
    assert said in work_lines(summed(), speaker("report", language))[0]


def test_the_report_shows_what_was_kept_of_an_issue_that_was_changed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "-C", str(home), "--now", LATER]) == 0
    assert "你留下了多少" not in (home / "output/report.html").read_text("utf-8")
    assert call(home, "drop", "7", "1") == 0
    capsys.readouterr()
    assert run(["report", "-C", str(home), "--now", LATER]) == 0
    page = (home / "output/report.html").read_text("utf-8")
    assert "程序选的 6 条里，你留下了 5 条（83%" in page
    assert 'aria-label="每周留下的比例"' in page
    assert "<td>MONEY</td>" in page
    assert "你留下了 5 条" in capsys.readouterr().err
