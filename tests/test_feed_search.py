"""`curate sources add`: what a person pastes leads to the feed, and feeds.yaml keeps the address that lasts."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from curate.app.account import load_config
from curate.app.discover_feed import follow_link
from curate.app.doors import fetcher
from curate.cli.main import run
from curate.cli.sources import add as add_source
from curate.sources.subscriptions import pasted_address, subscription_key
from tests.origin import Origin, Route, moved, page

FEED = page(
    b'<rss version="2.0"><channel><title>\xe5\x9f\x8e\xe4\xba\x8b</title><link>https://home.example/</link>'
    b"<item><title>A</title><link>https://home.example/1</link></item></channel></rss>",
    content_type="application/rss+xml",
)
SETTINGS = """account: {name: 早读}
topics:
  - {id: city, name: 城市}
sources:
  - {name: 已有, url: "https://have.example/feed"}
network: {allow_private: ["127.0.0.1"], timeout: 3}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def html(head: str, **headers: str) -> bytes:
    return page(
        f"<html><head>{head}</head><body></body></html>".encode(), content_type="text/html", **headers
    )


def add(home: Path, address: str, *options: str) -> int:
    return run(["sources", "add", address, *options, "-C", str(home)])


def added(home: Path) -> list[dict[str, str]]:
    return [dict(row) for row in yaml.safe_load((home / "feeds.yaml").read_text("utf-8"))["sources"][1:]]


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        (" https://a.example/feed \n", "https://a.example/feed"),
        ("\u200bhttps://a.example/feed\ufeff", "https://a.example/feed"),
        ("https://a.exam\nple/feed", "https://a.example/feed"),
        ("feed://a.example/feed", "http://a.example/feed"),
        ("feed:https://a.example/feed", "https://a.example/feed"),
        ("pcast://a.example/feed", "http://a.example/feed"),
        ("《https://a.example/feed》", "https://a.example/feed"),
        ("“https://a.example/feed”。", "https://a.example/feed"),
        ("<https://a.example/feed>", "https://a.example/feed"),
        ("https：／／a.example/feed", "https://a.example/feed"),
        ("订阅地址：https://a.example/feed，很好看", "https://a.example/feed"),
        ("https://a.example/wiki/A_(b)", "https://a.example/wiki/A_(b)"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/f?token=${TOK}", "https://a.example/f?token=${TOK}"),
        ("a.example/feed", "https://a.example/feed"),
        ("例子.中国", "https://例子.中国"),
        ("https://a.example https://b.example", ""),
        ("随便写的", ""),
        ("file:///etc/passwd", ""),
        ("editor@a.example", ""),
    ],
)
def test_the_one_address_in_what_was_pasted_is_found(pasted: str, address: str) -> None:
    assert pasted_address(pasted) == address


def test_spellings_of_one_subscription_have_one_key() -> None:
    spellings = (
        "https://a.example/rss",
        "http://www.a.example/rss/",
        "HTTPS://A.example:443/rss?utm_source=x",
    )
    assert len(set(map(subscription_key, spellings))) == 1
    assert len(set(map(subscription_key, ("https://a.example/?p=1", "https://a.example/?p=2")))) == 2


def test_a_long_address_is_added_whole_itself_and_through_its_page(home: Path) -> None:
    target = "/feeds/videos.xml?channel_id=UC" + "a" * 60
    routes: dict[str, Route] = {
        target: FEED,
        "/": html(f'<link rel=alternate type="application/rss+xml" href="{target}">'),
    }
    with Origin(routes) as origin:
        assert add(home, origin.url("/")) == 0
        assert added(home) == [{"name": "城事", "url": origin.url(target), "site": "https://home.example/"}]
        assert add(home, origin.url(target)) == 0
        assert len(added(home)) == 1


@pytest.mark.parametrize(
    ("status", "kept"),
    [("302 Found", "/go"), ("307 Temporary Redirect", "/go"), ("301 Moved Permanently", "/m7/rss")],
)
def test_only_a_permanent_redirect_changes_the_address_that_is_kept(
    home: Path, status: str, kept: str
) -> None:
    with Origin({"/go": moved("/m7/rss", status), "/m7/rss": FEED}) as origin:
        assert add(home, origin.url("/go")) == 0
        assert added(home)[0]["url"] == origin.url(kept)


def test_a_home_page_that_refuses_is_no_end_of_the_search(home: Path) -> None:
    with Origin({"/": page(b"no", "403 Forbidden"), "/atom.xml": FEED}) as origin:
        assert add(home, origin.url("/")) == 0
        assert added(home)[0]["url"] == origin.url("/atom.xml")


def test_a_page_that_sends_on_by_meta_refresh_is_followed(home: Path) -> None:
    routes: dict[str, Route] = {
        "/": html("<meta http-equiv='Refresh' content='0; URL=\"/blog/\"'>"),
        "/blog/": html('<link rel="alternate" type="application/atom+xml" href="news">'),
        "/blog/news": FEED,
    }
    with Origin(routes) as origin:
        assert add(home, origin.url("/")) == 0
        assert added(home)[0]["url"] == origin.url("/blog/news")


def test_the_same_feed_with_a_slash_is_there_already(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(home, "http://have.example/feed/") == 0
    assert "叫“已有”" in capsys.readouterr().err
    assert added(home) == []


def test_without_a_network_nothing_is_said_about_feeds(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, "https://nowhere.invalid/") == 4
    told = capsys.readouterr().err
    assert "找不到主机 nowhere.invalid" in told
    assert "没有找到 feed" not in told


def test_an_address_with_nothing_at_it_is_not_answered_with_the_search_that_was_just_made(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Origin({"/": page(b"no", "404 Not Found")}) as origin:
        assert add(home, origin.url("/")) == 4
    told = capsys.readouterr().err
    assert "没有这个网址（404）；常见的位置上也没有 feed" in told
    assert "curate sources add" not in told


def test_an_official_account_has_no_feed_and_the_way_round_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, "https://mp.weixin.qq.com/s/AbCd") == 4
    told = capsys.readouterr().err
    assert "公众号没有 feed" in told
    assert "we-mp-rss" in told
    assert "RSSHub" in told


def test_what_is_no_address_is_told_in_a_plain_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, "晨报的网站") == 2
    assert "“晨报的网站”不是一个网址" in capsys.readouterr().err


def test_a_name_from_outside_fills_in_no_secret(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", "hunter2hunter2")
    body = b"<rss><channel><title>${SECRET_OF_MINE}</title><item><title>A</title></item></channel></rss>"
    with Origin({"/feed": page(body)}) as origin:
        assert add(home, origin.url("/feed")) == 0
    assert "hunter2" not in str(run(["sources", "list", "-C", str(home)])) + capsys.readouterr().out
    assert "${" not in (home / "feeds.yaml").read_text("utf-8")


def test_a_secret_in_the_address_is_asked_with_and_kept_as_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_TOKEN", "hunter2hunter2")
    with Origin({"/feed?token=hunter2hunter2": FEED}) as origin:
        assert add(home, origin.url("/feed?token=${FEED_TOKEN}")) == 0
        assert added(home)[0]["url"] == origin.url("/feed?token=${FEED_TOKEN}")


@pytest.mark.slow
def test_several_at_once_are_all_written(home: Path) -> None:
    names = [f"/f{n}" for n in range(3)]
    with Origin(dict.fromkeys(names, FEED)) as origin:
        command = [sys.executable, "-m", "curate", "sources", "add"]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        at_once = [
            subprocess.Popen(
                [*command, origin.url(name), "-C", str(home)], env=env, stderr=subprocess.DEVNULL
            )
            for name in names
        ]
        assert [each.wait(timeout=60) for each in at_once] == [0] * 3
        assert {row["url"] for row in added(home)} == set(map(origin.url, names))
    assert len({row["name"] for row in added(home)}) == 3
    assert [path.name for path in home.iterdir() if path.name.endswith(".new")] == []


def test_a_short_address_is_read_as_what_it_leads_to(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_source, "follow_link", lambda address, fetch: "https://space.bilibili.com/946974")
    routes = {"/x1": page(b"", "404 Not Found"), "/bilibili/user/video/946974": FEED}
    with Origin(routes) as origin:
        text = SETTINGS.replace("network: {", f'network: {{rsshub: "{origin.url("")}", ')
        (home / "feeds.yaml").write_text(text, encoding="utf-8")
        assert add(home, origin.url("/x1")) == 0
    (row,) = added(home)
    assert (row["reader"], row["route"]) == ("rsshub", "/bilibili/user/video/946974")
    assert row["site"] == "https://space.bilibili.com/946974"


def test_a_link_is_followed_to_its_last_page(home: Path) -> None:
    with Origin({"/x1": moved("/there", "302 Found"), "/there": html("")}) as origin:
        config = load_config(home, {})
        fetch = fetcher(config, datetime.now(UTC))
        assert follow_link(origin.url("/x1"), fetch) == origin.url("/there")
        assert follow_link(origin.url("/nothing"), fetch) == origin.url("/nothing")
