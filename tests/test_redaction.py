"""What came from the environment leaves the program as its name, and no feed commands the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from curate.cli.main import run
from curate.cli.terminal.streams import printable
from curate.config.redaction import redactor
from curate.domain.errors import ArchiveError
from curate.storage.database.engine import connect
from tests.origin import Origin, page

SECRET = "S3cr/To\"k&n+'中"


@pytest.mark.parametrize(
    "text",
    [
        "robots.txt 不允许读取 /feed?token=S3cr/To\"k&n+'中",
        "地址：/feed?token=S3cr%2FTo%22k%26n%2B%27%E4%B8%AD",
        "地址：/feed?token=S3cr%2fTo%22k%26n%2b%27%e4%b8%ad",
        "地址：/feed?token=S3cr/To%22k%26n%2B%27%E4%B8%AD",
        json.dumps({"url": f"/feed?token={SECRET}"}),
        json.dumps({"url": f"/feed?token={SECRET}"}, ensure_ascii=False),
        '<a href="/feed?token=S3cr/To&quot;k&amp;n+&#x27;中">',
        '<a href="/feed?token=S3cr/To&#34;k&amp;n+&#39;中">',
    ],
)
def test_a_secret_is_hidden_in_every_spelling(text: str) -> None:
    hidden = redactor("url: 'https://h.example/feed?token=${TOKEN}'", {"TOKEN": SECRET})(text)
    assert "${TOKEN}" in hidden
    assert "s3cr" not in hidden.lower()


def test_a_short_value_is_hidden_only_behind_what_stands_before_it() -> None:
    hide = redactor("url: https://h.example/?a=1&k=${K}\ntimeout: ${SECONDS}", {"K": "ab", "SECONDS": "20"})
    assert hide("?a=1&k=ab about 20") == "?a=1&k=${K} about 20"


def test_a_password_is_hidden_wherever_its_address_came_from() -> None:
    hide = redactor("database: ${DATABASE}", {"DATABASE": "postgresql://u:hunter2@db/x"})
    assert hide("no login for u with hunter2") == "no login for u with ${DATABASE}"
    assert hide("at postgresql://v:a@b:x@other/x") == "at postgresql://…@other/x"
    assert redactor("http://u:${P}@h/", {"P": "hunter2"})("http://u:hunter2@h/") == "http://u:${P}@h/"


@pytest.mark.parametrize(
    "text", ["https://a.example/@someone", "https://a.example?to=a@b.example", "a:b@c", "18:30 @ a"]
)
def test_ordinary_text_stays(text: str) -> None:
    assert redactor("", {})(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:hunter2@h:port/x",
        "postgresql://u:a@b:hunter2@[::1/x",
        "sqlite:///x.db?timeout=hunter2",
        "hunter2 :// x",
    ],
)
def test_an_address_that_cannot_be_parsed_is_told_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        connect(address, tmp_path)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None or "hunter2" not in str(caught.value.__cause__)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("link", "published"),
    [
        ("https://h.example/1?token=hunter2hunter2", "https://h.example/1"),
        ("https://h.example/1?token=hunter2hunter2&amp;p=2", "https://h.example/1?p=2"),
        ("https://h.example/1?p=2&amp;token=hunter2hunter2", "https://h.example/1?p=2"),
        ("https://h.example/1?a=hunter2hunter2x", "https://h.example/1?a=${FEED_TOKEN}x"),
    ],
)
def test_a_key_that_a_feed_repeats_in_its_links_is_not_published(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    link: str,
    published: str,
) -> None:
    from datetime import UTC, datetime

    monkeypatch.setenv("FEED_TOKEN", "hunter2hunter2")
    day = f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    feed = (
        f"<rss><channel><title>T</title><link>{link}</link><item><title>新桥通车了</title><link>{link}</link>"
        f"<description>一座新桥在今天早晨通车，第一辆公交车从桥上开过去。</description><pubDate>{day}</pubDate></item></channel></rss>"
    ).encode()
    with Origin({"/feed?token=hunter2hunter2": page(feed)}) as origin:
        (tmp_path / "feeds.yaml").write_text(
            "account: {name: 早读}\ntopics:\n  - {id: x, name: x}\nsources:\n"
            f'  - {{name: 甲, url: "{origin.url("/feed")}?token=${{FEED_TOKEN}}"}}\n'
            'network: {allow_private: ["127.0.0.1"], timeout: 3}\n',
            encoding="utf-8",
        )
        assert run(["run", "-C", str(tmp_path)]) == 0
    posts = list((tmp_path / "output" / "issues").rglob("*.*"))
    text = "".join(path.read_text("utf-8", "replace") for path in posts)
    assert "新桥通车了" in text
    assert "hunter2" not in text
    if "$" not in published:
        assert published in text


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FEED_TOKEN", "hunter2hunter2")
    (tmp_path / "feeds.yaml").write_text(
        "account: {name: 早读}\ntopics:\n  - {id: x, name: x}\nsources:\n"
        '  - {name: 甲, url: "http://127.0.0.1:1/gone?token=${FEED_TOKEN}&a=<b>"}\n'
        '  - {name: 乙, url: "http://${FEED_TOKEN}.invalid/feed"}\n'
        'network: {allow_private: ["127.0.0.1"], timeout: 3}\n',
        encoding="utf-8",
    )
    return tmp_path


def at(home: Path, origin: Origin) -> None:
    text = (home / "feeds.yaml").read_text("utf-8")
    (home / "feeds.yaml").write_text(text.replace("http://127.0.0.1:1/", origin.url("/")), encoding="utf-8")


def test_no_command_and_no_report_shows_a_secret(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = ("sources list", "sources status", "run", "run --json", "fetch --json", "sources test 甲")
    with Origin({}) as origin:
        at(home, origin)
        for command in (
            *commands,
            "sources test 乙",
            "sources status",
            "export",
            f"export {home / 'a.opml'}",
        ):
            run([*command.split(), "-C", str(home)])
    told = "".join(capsys.readouterr())
    reports = [path for path in home.rglob("*") if path.suffix in (".json", ".html", ".opml")]
    assert len(reports) >= 3
    told += "".join(path.read_text("utf-8") for path in reports)
    assert "hunter2" not in told
    assert "${FEED_TOKEN}" in told
    etree.parse(home / "a.opml")


def test_what_a_failure_says_is_kept_without_the_secret(home: Path) -> None:
    import sqlite3

    with Origin({}) as origin:  # one that answers: where nobody does, nobody's health is noted
        at(home, origin)
        run(["fetch", "-C", str(home)])
    with sqlite3.connect(home / "output" / "archive.db") as archive:
        said = str(archive.execute("select reason, hint from health").fetchall())
    assert "FEED_TOKEN" in said
    assert "hunter2" not in said


def test_the_bugs_own_traceback_shows_no_secret(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("at https://h.example/?token=hunter2hunter2")

    monkeypatch.setattr("curate.cli.fetch.addresses", broken)
    assert run(["sources", "status", "-C", str(home)]) == 70
    told = capsys.readouterr().err
    assert "token=${FEED_TOKEN}" in told
    assert "hunter2" not in told


def test_commands_for_a_terminal_are_written_out_and_json_stays_json() -> None:
    assert printable("a\x1b]0;x\x07\x9b2Jb\u202ec\n\t中👨\u200d👩") == (
        "a\\u001b]0;x\\u0007\\u009b2Jb\\u202ec\n\t中👨\u200d👩"
    )
    value = {"title": "a\x9bb\u202ec\x7f"}
    assert json.loads(printable(json.dumps(value, ensure_ascii=False))) == value


def test_a_feeds_own_title_and_addresses_command_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T\x1b]0;owned\x07\x1b[2J\x9b1m",
        "items": [
            {"id": "1", "url": "https://a.example/\x9b31mx", "title": "A\x1b[31m", "content_text": "x"}
        ],
    }
    (tmp_path / "feeds.yaml").write_text(
        "account: {name: x}\ntopics:\n  - {id: x, name: x}\nsources: []\n"
        'network: {allow_private: ["127.0.0.1"], timeout: 3, fresh: 0m}\n',
        encoding="utf-8",
    )
    with Origin({"/feed": page(json.dumps(feed).encode(), content_type="application/feed+json")}) as origin:
        assert run(["sources", "add", origin.url("/feed"), "-C", str(tmp_path)]) == 0
        commands = (
            "sources test feed",
            "sources list",
            "run",
            "sources status",
            "topics label --list",
            "search A",
        )
        for command in commands:
            run([*command.split(), "-C", str(tmp_path)])
    told = "".join(capsys.readouterr())
    assert "https://a.example/" in told
    assert not any(c in told for c in "\x1b\x07\x9b")
    assert "\\u001b" not in (tmp_path / "feeds.yaml").read_text("utf-8")
