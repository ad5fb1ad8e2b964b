"""The run report: the verdicts in their own words, each figure once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from curate.config.schema import Account, Config
from curate.domain.message import message
from curate.domain.model import Entry, Reason, Verdict
from curate.domain.run_report import MOST_REASONS, MOST_VERDICTS, Report, tell_verdicts
from curate.domain.serialization import to_json
from curate.i18n.catalogue import say
from curate.render.run_report import SHOWN, report_page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAME = "report/report.html.j2"
TEMPLATES = {NAME: (Path(__file__).parents[1] / "templates" / NAME).read_text("utf-8")}


def page(language: Literal["zh", "en"]) -> str:
    when = Entry("a", "1", "https://a.example/1", "标题", NOW)
    told = [
        ("pick.lead", {}, True, 3.25),
        ("pick", {"rank": 2}, True, 2.5),
        ("drop.items", {"n": 20}, False, 1.75),
        ("drop.source", {"n": 2}, False, 1.5),
    ]
    why = (Reason("source", 0.5, ""),)
    verdicts = tuple(
        Verdict(when, picked, message(name, score=score, **values), score, why=why)
        for name, values, picked, score in told
    )
    report = Report(
        "r", NOW, "1", (), (), tell_verdicts(verdicts, partial(say, language=language)).verdicts, ()
    )
    config = Config(account=Account(name="x", language=language), topics=(), sources=())
    return report_page(report, config, TEMPLATES).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_verdict_does_not_repeat_the_score(language: Literal["zh", "en"]) -> None:
    text = page(language)
    for score in ("3.25", "2.50", "1.75", "1.50"):
        assert text.count(score) == 1
    assert ("入选（第 2 名）" if language == "zh" else "picked (rank 2)") in text


def test_the_report_names_what_opens_the_rest() -> None:
    assert "<summary>展开 2 条</summary>" in page("zh")
    assert "<summary>Show 2</summary>" in page("en")


def many(count: int) -> list[Verdict]:
    """Candidates with long texts and addresses, and eight reasons each, the last the best."""
    why = tuple(Reason(f"signal{n}", 0.123, "读者近来常看的一个来源，权重不低") for n in range(8))
    return [
        Verdict(
            Entry(
                "来源", f"https://a.example/{'x' * 90}/{n}", f"https://a.example/{'x' * 90}/{n}",
                f"第 {n} 条：一个有三十来个字那么长的标题，说的是城里新开的公园", NOW,
                summary="摘要" * 200, content="<p>正文</p>" * 3_000,
            ),
            n == count - 1, message("drop.topic", score=round(n / count, 3), name="城市", n=6), n / count, "city", why,
        )
        for n in range(count)
    ]  # fmt: skip


def test_a_report_of_very_many_candidates_stays_small_and_tells_what_became_of_the_best() -> None:
    told = tell_verdicts(many(6_000), partial(say, language="zh"))
    assert (len(told.verdicts), told.untold) == (MOST_VERDICTS, 6_000 - MOST_VERDICTS)
    assert told.verdicts[0].picked
    assert [len(verdict.why) for verdict in told.verdicts[MOST_REASONS - 1 : MOST_REASONS + 1]] == [8, 0]
    report = Report("r", NOW, "1", (), (), told.verdicts, (), untold=told.untold)
    assert len(to_json(report)) < 1_500_000
    assert b"content" not in to_json(report)
    config = Config(account=Account(name="x"), topics=(), sources=())
    shown = report_page(report, config, TEMPLATES)
    assert len(shown) < 1_500_000
    assert f"得分更低的 {6_000 - 1 - SHOWN} 条没有列出" in shown.decode()


def test_a_hostile_title_or_address_is_cut() -> None:
    entry = Entry("a", "i" * 10_000, "https://a.example/" + "x" * 10_000, "长" * 100_000, NOW)
    why = message("merged", title="字" * 10_000, why=message("merge.event", shared=("字" * 10_000, "b")))
    (told,) = tell_verdicts([Verdict(entry, False, why)], partial(say, language="zh")).verdicts
    assert len(to_json(told)) < 6_000
