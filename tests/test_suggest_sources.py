"""Suggestions about sources come from evidence: dead, silent, never chosen, and sites that several sources cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from curate.app.account import load_config, open_archive
from curate.app.suggest_sources import suggest_sources
from curate.cli.main import run
from curate.pipeline.suggest_sources import SourceEvidence, Suggestion, count_citations, suggest
from curate.storage import Health
from tests.nouns import NOW as NOUNS_NOW
from tests.nouns import entry, page

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
TODAY = date(2026, 11, 30)
FEEDS = """account: {name: 早读}
topics: [{id: x, name: 城市}]
sources:
  - {name: 甲, url: "https://a.example/feed"}
  - {name: 乙 报, id: b, url: "https://b.example/feed", site: "https://www.own.example/"}
  - {name: 丙, url: "https://c.example/feed"}
  - {name: 停, url: "https://d.example/feed", enabled: false}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    return tmp_path


def days(*ago: int) -> list[date]:
    return sorted(TODAY - timedelta(days=n) for n in ago)


def healthy() -> SourceEvidence:
    """Three sources that have been read for a year, with something each day, all of them chosen."""
    urls = {"甲": "https://a.example/feed", "b": "https://b.example/feed", "丙": "https://c.example/feed"}
    return SourceEvidence(
        {(id_, url): Health(id_, url, asked=NOW, succeeded=NOW) for id_, url in urls.items()},
        {id_: days(*range(90)) for id_ in urls},
        dict.fromkeys(urls, NOW - timedelta(days=365)),
        frozenset(urls),
        TODAY - timedelta(days=70),
        {},
    )


def found(home: Path, evidence: SourceEvidence) -> list[Suggestion]:
    return suggest(load_config(home, {}), evidence, NOW)


def failing(evidence: SourceEvidence, **state: object) -> SourceEvidence:
    place = ("b", "https://b.example/feed")
    changed = replace(evidence.states[place], **state)  # type: ignore[arg-type]
    return replace(evidence, states={**evidence.states, place: changed})


def test_of_sources_that_are_read_and_chosen_nothing_is_suggested(home: Path) -> None:
    assert found(home, healthy()) == []


def test_a_source_that_could_not_be_read_for_two_weeks_is_to_be_disabled(home: Path) -> None:
    since = NOW - timedelta(days=20)
    (told,) = found(home, failing(healthy(), failures=9, failing=since))
    assert (told.key, told.subject, told.values) == ("dead", "乙 报", {"since": "2026-11-10"})
    assert told.command == ("disable", "乙 报")
    assert found(home, failing(healthy(), failures=9, failing=NOW - timedelta(days=13))) == []
    assert [each.key for each in found(home, failing(healthy(), gone=True))] == ["gone"]


def test_silence_counts_when_it_is_longer_than_the_sources_own_rhythm(home: Path) -> None:
    def quiet(*ago: int) -> list[str]:
        evidence = healthy()
        return [each.key for each in found(home, replace(evidence, days={**evidence.days, "b": days(*ago)}))]

    assert quiet(*range(70, 90)) == ["silent"]  # daily, then nothing for 70 days
    assert quiet(*range(50, 90)) == []
    assert quiet(*range(70, 1000, 60)) == []  # every two months, and 70 days are no silence then
    assert quiet(190) == ["silent"]
    assert quiet(100) == []


def test_what_sixty_issues_never_took_is_to_be_disabled(home: Path) -> None:
    evidence = replace(healthy(), chosen=frozenset({"甲", "丙"}))
    (told,) = found(home, evidence)
    assert (told.key, told.subject, told.values) == ("never_chosen", "乙 报", {"nights": 60})
    young = {**evidence.begun, "b": NOW - timedelta(days=30)}
    assert found(home, replace(evidence, begun=young)) == []
    assert found(home, replace(evidence, nights_since=None)) == []
    assert found(home, replace(evidence, nights_since=TODAY, days={**evidence.days, "b": days(5)})) == []


def test_a_site_that_three_sources_cite_and_none_is_can_be_added(home: Path) -> None:
    citations = {
        "good.example": frozenset({"甲", "b", "丙"}),
        "two.example": frozenset({"甲", "b"}),
        "three.example": frozenset({"甲", "b", "停"}),
        "a.example": frozenset({"甲", "b", "丙"}),
        "own.example": frozenset({"甲", "b", "丙"}),
    }
    (told,) = found(home, replace(healthy(), citations=citations))
    assert (told.key, told.subject, told.values["count"]) == ("cited", "good.example", 3)
    assert told.command == ("add", "https://good.example/")


def link(url: str) -> str:
    return f'<p>据<a class="x" href="{url}">报道</a>。</p>'


def test_links_of_texts_are_counted_and_furniture_files_and_platforms_are_not() -> None:
    texts = [
        ("甲", link("https://www.good.example/1") + link("https://m.good.example/2")),
        (
            "乙",
            link("http://good.example/3") + link("https://mp.weixin.qq.com/s/x") + "见 https://bare.example/",
        ),
        ("乙", link("https://img.example/1.jpg?w=2") + link("https://[broken")),
        *[("丙", link("https://footer.example/")) for _ in range(5)],
        ("丙", link("https://good.example/") + link("https://news.gov.cn/1")),
    ]
    assert count_citations(texts) == {"good.example": frozenset({"甲", "乙", "丙"})}


def test_the_command_prints_each_with_what_does_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Health(
        "b", "https://b.example/feed", asked=NOW, failing=NOW - timedelta(days=30), failures=12, reason="404"
    )
    with open_archive(load_config(home, {}), home) as archive:
        archive.note([place])
    at = ["-C", str(home), "--now", NOW.isoformat()]
    assert run(["sources", "suggest", *at]) == 0
    out = capsys.readouterr().out
    assert "乙 报：从 2026-10-31 起一直读不到" in out
    assert "→ curate sources disable '乙 报'" in out
    assert run(["sources", "disable", "乙 报", "-C", str(home)]) == 0
    capsys.readouterr()
    assert run(["sources", "suggest", *at]) == 0
    assert "没有要建议的" in capsys.readouterr().err


def test_sites_that_the_stored_entries_cite_are_counted_from_the_archive(home: Path) -> None:
    config = load_config(home, {})
    with open_archive(config, home) as archive:
        for n, source in enumerate(("甲", "b", "丙")):
            url = f"https://{'abc'[n]}.example/feed"
            new = entry(n, source=source, title=f"第 {n} 条新闻", content=link("https://good.example/x"))
            archive.add(source, url, page(), [new], NOUNS_NOW)
    later = NOUNS_NOW + timedelta(hours=1)
    assert [each.subject for each in suggest_sources(config, home, later)] == ["good.example"]
    assert suggest_sources(config, home, later + timedelta(days=59)) != []
    gone = [each.key for each in suggest_sources(config, home, later + timedelta(days=61))]
    assert "cited" not in gone
