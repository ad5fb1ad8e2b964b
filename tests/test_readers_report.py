"""The readers' report: one page without the network, light and dark, Chinese and English, careful with little data."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from curate.audience.model import Figure, Post, Record, post_key
from curate.audience.posts import readership
from curate.audience.report import plots
from curate.audience.report.page import readers_page, terminal
from curate.audience.report_data import Summary, summarize
from curate.cli.main import run
from curate.config.schema import Account, Config, Look, Source, Topic
from curate.domain.model import Digest
from curate.i18n.catalogue import labels_of, say_reasons
from curate.ranking.audience_signal import rules
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.simulated import ITEMS, START, WORLDS, Life, candidates, item_of

NAME = "report/readers.html.j2"
TEMPLATES = {NAME: (Path(__file__).parents[1] / "templates" / NAME).read_text("utf-8")}
LINES = ("觉得有用，转给一位同事。", "转发，是对编辑最好的鼓励 $2$ <b>。")


def lived(nights: int, seed: int = 4) -> tuple[Record, list[Digest]]:
    """An account's issues and what its readers did, as the archive would hold them."""
    rng = np.random.default_rng(seed)
    life = Life(WORLDS["planted"](rng), rng, by_topic=True)
    for night in range(nights):
        day = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=night)
        life.push(night, [item_of(one, n, day) for n, one in enumerate(candidates(night, rng, ITEMS), 1)])
    posts: dict[str, Post] = {}
    figures = []
    for one in life.published:
        title = f"栏目{one.topic[1:]}：<i>第{one.number}晚</i> $x$"
        key = post_key(title, one.day)
        posts[key] = Post(title, one.day, 7 if one.number % 2 else 21)
        for measure, value in one.counts.items():
            figures.append(Figure(one.day, key, "", measure, value, "total"))
            figures.append(Figure(one.day, key, "", measure.replace("users", "times"), value * 3, "total"))
        figures.append(Figure(one.day, key, "", "favourite_users", 5.0, "total"))
    for counted, counts in life.followers.items():
        figures += [Figure(counted, "", "", name, value) for name, value in counts.items()]
    lost = Post("与任何一期无关的通知", START + timedelta(days=1000))
    posts[post_key(lost.title, lost.published)] = lost
    digests = [replace(d, sharing=LINES[d.number % 2]) for d in life.digests]
    return Record(posts, tuple(figures)), digests


def config(language: Literal["zh", "en"]) -> Config:
    topics = tuple(Topic(id=f"t{i}", name=f"栏目{i}") for i in range(6))
    sources = tuple(Source(name=f"来源{i} <script>", id=f"s{i}") for i in range(24))
    return Config(
        account=Account(name="早读 & 晚读", language=language),
        topics=topics,
        sources=sources,
        look=Look(sharing=LINES),
    )


@pytest.fixture(scope="module")
def summary() -> Summary:
    record, digests = lived(80)
    return summarize(record, readership(record, digests), START + timedelta(days=80))


@pytest.fixture(scope="module")
def pages(summary: Summary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Drawn once: what the tests look at is the same."""
    os.environ.setdefault("MPLCONFIGDIR", str(tmp_path_factory.getbasetemp()))  # its list of fonts
    return {"zh": page(summary, "zh"), "en": page(summary, "en")}


def page(summary: Summary, language: Literal["zh", "en"]) -> str:
    settings = config(language)
    said = say_reasons(rules(summary.evidence, {s.id: s for s in settings.sources}), language)
    return readers_page(summary, said, LINES[0], settings, TEMPLATES, "2026-03-22").decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_tells_everything_and_asks_nothing_of_the_network(
    pages: dict[str, str], language: str
) -> None:
    text = pages[language]
    words = labels_of("report", language)
    for name in (
        "rate_users",
        "rate_times",
        "effects",
        "unfollows",
        "best",
        "worst",
        "next",
        "cautions",
        "lines",
        "unmatched",
        "followers",
    ):
        assert words[name] in text, name
    for factor in ("topic", "source", "hour", "line"):
        assert words[f"factor_{factor}"] in text
    assert text.count("<svg") >= 6
    assert "default-src 'none'" in text
    outside = set(re.findall(r"(?:https?:)?//[\w.-]+", text)) - {"http://www.w3.org"}
    assert not outside, "names of XML alone"
    assert "<script" not in text
    assert "url(http" not in text


def test_drawings_take_every_color_from_the_page(pages: dict[str, str]) -> None:
    drawings = re.findall(r"<svg.*?</svg>", pages["zh"], re.DOTALL)
    assert len(drawings) >= 6
    for svg in drawings:
        assert not re.search(
            r"#[0-9a-fA-F]{3,6}\b(?!\")", re.sub(r'(?:xlink:href|id)="[^"]*"|url\(#\w+\)', "", svg)
        )
        assert "var(--" in svg
        assert "DejaVu" not in svg
        assert "aria-label=" in svg


def test_what_feeds_and_editors_write_stays_text(pages: dict[str, str]) -> None:
    text = pages["zh"]
    assert "<i>第" not in text
    assert "<b>。" not in text
    assert "$x$" in text, "a dollar sign is no formula"


def test_people_and_times_stand_apart(summary: Summary, pages: dict[str, str]) -> None:
    text = pages["zh"]
    assert "转发率（人数）" in text
    assert "转发率（次数）" in text
    assert "分享次数是分享人数的 3.0 倍" in text
    assert set(summary.overall) == {"users", "times"}


def test_the_terminal_says_the_same_in_short(summary: Summary) -> None:
    settings = config("zh")
    said = say_reasons(rules(summary.evidence, {s.id: s for s in settings.sources}), "zh")
    lines = terminal(summary, said, LINES[0], settings)
    text = "\n".join(lines)
    assert "转发率（人数）" in text
    assert "90% 区间" in text
    assert "栏目0" in text, "the planted topic"
    assert f"下一期结尾用：{LINES[0]}" in text
    assert "最高：第" in text


def test_few_pushes_are_called_few_and_nothing_is_concluded() -> None:
    record, digests = lived(6)
    few = summarize(record, readership(record, digests), START + timedelta(days=6))
    text = page(few, "zh")
    assert "只有 6 次推送有数据，不到 20 次" in text
    assert labels_of("report", "zh")["effects"] not in text
    assert labels_of("report", "zh")["next_none"] in text
    assert not few.fits


@pytest.mark.parametrize(
    ("days", "named"),
    [([1], ["01-01"]), ([1, 2], ["01-01", "01-02"]), ([1, 29], ["01-01", "01-29"]), ([1, 2, 31], [])],
)
def test_the_days_of_few_pushes_are_named_and_nothing_finer(days: list[int], named: list[str]) -> None:
    when = [date(2026, 1, day) for day in days]
    for svg in (
        plots.bars(when, [3.0] * len(when), [], "阅读"),
        plots.timeline([(day, 0.05, 0.04, 0.06) for day in when], "转发率", 0.05, "5% 线"),
    ):
        told = re.findall(r">(\d\d[-:]\d\d)<", svg)
        assert not [text for text in told if ":" in text]
        assert told == (named or told)
        assert told


@pytest.mark.parametrize(
    ("days", "most"), [([1], 0.1), ([1, 2], 0.1), ([1, 31], 0.1), ([*range(1, 29)], 0.03)]
)
def test_no_bar_is_wider_than_a_twelfth_of_its_axis(days: list[int], most: float) -> None:
    svg = plots.bars([date(2026, 1, day) for day in days], [3.0] * len(days), [], "阅读")
    paths = re.findall(
        r'<path d="M ([\d.]+) [\d.]+ +L ([\d.]+) [\d.]+ +L [\d. ]+L [\d. ]+z *" clip-path', svg
    )
    assert len(paths) == len(days)
    axis = (8.0 - 0.6 - 0.75) * 72
    for left, right in paths:
        assert 0.01 < (float(right) - float(left)) / axis < most
        assert 0.6 * 72 <= float(left) < float(right) <= 0.6 * 72 + axis, "whole"


def test_the_words_of_the_mark_stand_where_no_point_can_be() -> None:
    points = [(date(2026, 1, day), 0.05, 0.04, 0.06) for day in range(1, 9)]
    svg = plots.timeline(points, "转发率", 0.05, "5% 线")
    found = re.search(r'translate\(([\d.]+) [\d.]+\)">5% 线|x="([\d.]+)"[^>]*>5% 线', svg)
    assert found
    assert float(found[1] or found[2]) > (8.0 - 0.75) * 72


def test_few_posts_stand_in_one_table_and_tables_have_like_columns() -> None:
    record, digests = lived(1)
    text = page(summarize(record, readership(record, digests), START + timedelta(days=2)), "zh")
    assert labels_of("report", "zh")["best"] not in text
    assert text.count('<col class="rate">') == 1
    assert "table-layout: fixed" in text


def test_an_account_without_figures_gets_a_page_that_says_where_they_come_from() -> None:
    nothing = summarize(Record(), readership(Record(), []), date(2026, 1, 1))
    text = page(nothing, "zh")
    assert "curate stats import" in text
    assert "<svg" not in text


FEEDS = """\
account: {name: 早读}
topics: [{id: t0, name: 栏目0}, {id: t1, name: 栏目1}]
sources: [{name: 甲, url: "https://a.example/feed"}]
look: {sharing: [转给同事, 转给朋友]}
"""


def test_the_command_writes_one_file_and_prints_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    asked = ["report", "-C", str(tmp_path), "--now", "2026-03-01T08:00+08:00"]
    assert run(asked) == 0
    assert "还没有读者的数据" in capsys.readouterr().err
    record, digests = lived(30)
    with Archive("sqlite:///output/archive.db", tmp_path, fingerprint) as archive:
        for digest in digests[1:]:
            archive.record(digest, f"{digest.date}-1")
        archive.keep_figures(record.posts, record.figures, datetime(2026, 3, 1, tzinfo=UTC))
        assert {*archive.readership().figures} == {*record.figures}
        assert archive.list_issued(date(2026, 1, 10))[0].sharing in LINES
    assert run(asked) == 0
    told = capsys.readouterr()
    path = Path(told.out.strip())
    assert path == tmp_path / "output" / "report.html"
    assert "<svg" in path.read_text("utf-8")
    assert "读这份报告要当心" in told.err
