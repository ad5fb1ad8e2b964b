"""The run report: the verdicts in their own words, each figure once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate.curation.words import say
from curate.model import Entry, Reason, Report, Verdict
from curate.render.report import report_page
from curate.settings import Account, Config

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAME = "report/report.html.j2"
TEMPLATES = {NAME: (Path(__file__).parents[1] / "templates" / NAME).read_text("utf-8")}


def page(language: str) -> str:
    when = Entry("a", "1", "https://a.example/1", "标题", NOW)
    words = [
        ("pick.lead", {}, True, 3.25),
        ("pick", {"rank": 2}, True, 2.5),
        ("drop.items", {"n": 20}, False, 1.75),
        ("drop.source", {"n": 2}, False, 1.5),
    ]
    why = (Reason("source", 0.5, ""),)
    verdicts = tuple(
        Verdict(when, picked, say(name, language, score=f"{score:.2f}", **values), score, why=why)
        for name, values, picked, score in words
    )
    report = Report("r", NOW, "1", (), (), verdicts, ())
    config = Config(account=Account(name="x", language=language), topics=(), sources=())
    return report_page(report, config, TEMPLATES).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_verdict_does_not_repeat_the_score(language: str) -> None:
    text = page(language)
    for score in ("3.25", "2.50", "1.75", "1.50"):
        assert text.count(score) == 1
    assert ("入选（第 2 名）" if language == "zh" else "picked (rank 2)") in text


def test_the_report_names_what_opens_the_rest() -> None:
    assert "<summary>展开 2 条</summary>" in page("zh")
    assert "<summary>Show 2</summary>" in page("en")
