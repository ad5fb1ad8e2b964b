"""`curate fetch` and `curate sources status`, and the door that both nights and fetches go through."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from curate.app.doors import ROBOTS_KEPT, SHARE, Fetcher
from curate.cli.fetch import choose_columns
from curate.cli.main import run
from curate.config.schema import Config
from curate.domain.model import Page
from curate.fetch import Request
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.nouns import NOW
from tests.origin import Origin, Route, hang, moved, page
from tests.test_night import TOPICS, feed

FEED = feed(("1", "新的大模型发布了", 2), ("2", "地铁五号线通车", 3))
ROUTES: dict[str, Route] = {
    "/feed": page(FEED, content_type="application/rss+xml"),
    "/old": moved("/feed", "301 Moved Permanently"),
    "/gone": page(b"", "410 Gone"),
    "/busy": page(b"", "403 Forbidden"),
}


def account(home: Path, origin: Origin, *names: str) -> None:
    text = {
        "account": {"name": "早读"},
        "topics": TOPICS,
        "sources": [{"name": name, "url": origin.url(f"/{name}")} for name in names],
        "channels": ["markdown"],
        "network": {"allow_private": ["127.0.0.1"], "timeout": 5},
    }
    (home / "feeds.yaml").write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")


def curate(home: Path, *arguments: str, hours: float = 0) -> int:
    now = (NOW + timedelta(hours=hours)).isoformat()
    return run([*arguments, "-C", str(home), "--now", now])


@pytest.mark.parametrize(
    ("room", "shown"),
    [(200, [0, 1, 2, 3, 4]), (60, [0, 1, 3, 4]), (50, [0, 1, 4]), (40, [0, 4]), (20, [0, 4])],
)
def test_what_is_wrong_is_the_last_column_to_go(room: int, shown: list[int]) -> None:
    assert choose_columns([12, 10, 8, 12, 60], room) == shown


def test_a_night_without_any_network_stands_in_the_status_until_one_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed", "old")
    assert curate(tmp_path, "fetch") == 4
    told = capsys.readouterr().err
    assert "2 个来源都拒绝连接，像是没有联网" in told
    assert "127.0.0.1" not in told, "one line, not one for each"
    curate(tmp_path, "sources", "status")
    assert "2 个来源都拒绝连接，像是没有联网" in capsys.readouterr().out
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed", "old")
        assert curate(tmp_path, "fetch", hours=1) == 0
    capsys.readouterr()
    curate(tmp_path, "sources", "status", hours=1)
    assert "没有联网" not in capsys.readouterr().out


def test_a_source_that_has_become_empty_stands_in_the_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed")
        curate(tmp_path, "fetch")
        origin.routes["/feed"] = page(feed(), content_type="application/rss+xml")
        curate(tmp_path, "fetch", hours=24)
        capsys.readouterr()
        curate(tmp_path, "sources", "status", "--troubles", hours=25)
    told = capsys.readouterr().out
    assert "2026-11-24 起一条也没有" in told
    assert "→ 在浏览器里看看这个网址" in told


def test_fetching_alone_makes_no_issue_and_the_night_uses_what_is_fresh(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed")
        assert curate(tmp_path, "fetch") == 0
        told = capsys.readouterr()
        assert "读到 1/1 个来源，2 条新内容" in told.err
        assert told.out == ""
        assert not (tmp_path / "output/issues").exists()
        assert curate(tmp_path, "run", hours=0.4) == 0
        assert origin.count("/feed") == 1, "read 24 minutes ago: fresh"
    assert list((tmp_path / "output/issues").iterdir())


def test_after_half_an_hour_the_night_asks_again(tmp_path: Path) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed")
        curate(tmp_path, "fetch")
        curate(tmp_path, "run", hours=0.5)
        assert origin.count("/feed") == 2


def test_json_tells_each_source_and_a_night_without_any_ends_with_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "busy")
        assert curate(tmp_path, "fetch", "--json") == 4
    (outcome,) = json.loads(capsys.readouterr().out)
    assert (outcome["source"], outcome["status"]) == ("busy", "failed")
    assert "浏览器验证" in outcome["reason"]


def test_status_is_a_table_with_what_to_do_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed", "old", "gone", "busy")
        curate(tmp_path, "fetch")
        new = origin.url("/feed")
    capsys.readouterr()
    assert curate(tmp_path, "sources", "status", hours=2) == 0
    out = capsys.readouterr().out
    table, advice = out.splitlines()[:5], "\n".join(out.splitlines()[5:])
    lines = {line.split()[0]: line for line in table}
    assert "2 小时前" in lines["feed"]
    assert "从未" in lines["gone"]
    assert "410" in lines["gone"]
    assert "浏览器验证" in lines["busy"]
    assert new in lines["old"]
    assert "curate fetch --all" in advice
    capsys.readouterr()
    curate(tmp_path, "sources", "status", "--troubles", hours=2)
    assert not any(line.startswith("feed ") for line in capsys.readouterr().out.splitlines())


def test_before_anything_was_fetched_the_table_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin(ROUTES) as origin:
        account(tmp_path, origin, "feed")
    assert curate(tmp_path, "sources", "status") == 0
    assert "–" in capsys.readouterr().out


# --- the door ------------------------------------------------------------------------------------------


def settings(**network: object) -> Config:
    return Config.model_validate(
        {
            "account": {"name": "早读"},
            "topics": TOPICS,
            "sources": [{"name": "a", "url": "https://a.example/"}],
        }
        | {"network": {"allow_private": ["127.0.0.1"], **network}}
    )


def test_robots_txt_is_remembered_for_a_day_and_still_obeyed(tmp_path: Path) -> None:
    forbids = page(b"User-agent: *\nDisallow: /no")
    with (
        Origin({**ROUTES, "/robots.txt": forbids, "/no": page(b"x")}) as origin,
        Archive("sqlite:///a.db", tmp_path, fingerprint) as archive,
    ):
        for hours, asked in ((0, 1), (23, 1), (ROBOTS_KEPT.total_seconds() / 3600, 2)):
            fetch = Fetcher(settings(), NOW + timedelta(hours=hours), archive)
            requests = [Request(origin.url("/feed")), Request(origin.url("/no"))]
            found = {answer.request.url: answer.result for answer in fetch(requests)}
            assert isinstance(found[origin.url("/feed")], Page)
            assert "robots.txt" in getattr(found[origin.url("/no")], "reason", "")
            assert origin.count("/robots.txt") == asked
        assert origin.count("/no") == 0


def test_a_robots_txt_that_could_not_be_had_is_asked_again(tmp_path: Path) -> None:
    routes: dict[str, Route] = {**ROUTES, "/robots.txt": page(b"", "503 Busy", retry_after="999")}
    with Origin(routes) as origin, Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        for n in (1, 2):
            list(Fetcher(settings(), NOW, archive)([Request(origin.url("/feed"))]))
            assert origin.count("/robots.txt") == n


def test_the_deadline_is_the_nights_and_a_later_round_has_some_of_it_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [100.0]
    monkeypatch.setattr("curate.app.doors.monotonic", lambda: clock[0])
    given: list[float] = []

    def fetch(requests: object, *, deadline: float, **rest: object) -> list[object]:
        given.append(deadline)
        return []

    monkeypatch.setattr("curate.app.doors.fetch", fetch)
    door = Fetcher(settings(deadline=100), NOW)
    for passed in (0, 80, 30):
        clock[0] += passed
        list(door([]))
    assert given == [100 * SHARE, 20 * SHARE, 0]


def test_what_hangs_does_not_hold_up_the_next_round() -> None:
    with Origin({"/hang": hang, "/feed": page(FEED)}) as origin:
        door = Fetcher(settings(deadline=1), NOW)
        (late,) = door([Request(origin.url("/hang"))])
        (page_,) = door([Request(origin.url("/feed"), robots=False)])
    assert late.late
    assert isinstance(page_.result, Page)


def test_a_crawl_delay_is_kept_from_one_round_to_the_next() -> None:
    robots = page(b"User-agent: *\nCrawl-delay: 0.4")
    with Origin({"/robots.txt": robots, "/feed": page(FEED), "/a": page(b"x"), "/b": page(b"x")}) as origin:
        door = Fetcher(settings(), NOW)
        list(door([Request(origin.url("/feed"), robots=False)]))
        for target in ("/a", "/b"):
            list(door([Request(origin.url(target))]))
    times = [asked.time for asked in origin.asked if asked.target != "/robots.txt"]
    assert all(later - sooner >= 0.39 for sooner, later in pairwise(times))


def test_the_time_that_a_site_asks_for_is_in_the_answer() -> None:
    with Origin({"/": page(b"", "429 Too Many", retry_after="3600")}) as origin:
        (answer,) = Fetcher(settings(), NOW)([Request(origin.url())])
    assert (answer.status, answer.retry_after) == (429, 3600)
