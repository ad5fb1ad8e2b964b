"""`curate sources`, `curate import`: what is read, changed and looked at from the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from curate.cli.main import run
from curate.config.load import read_text
from curate.demo import Server, account
from tests.demo_account import NOW

EMPTY = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Quiet</title></channel></rss>'


def curate(home: Path, *arguments: str) -> int:
    return run([*arguments, "-C", str(home)])


def without(home: Path, host: str) -> str:
    """feeds.yaml without a source, so that it can be added."""
    text = (home / "feeds.yaml").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if host not in line) + "\n"


def test_line_ends_and_a_byte_order_mark_stay_when_a_source_is_added(home: Path) -> None:
    before = b"\xef\xbb\xbf" + without(home, "chenbao.example").replace("\n", "\r\n").encode()
    (home / "feeds.yaml").write_bytes(before)
    assert curate(home, "sources", "add", "http://chenbao.example/", "--name", "晨报重来") == 0
    after = (home / "feeds.yaml").read_bytes()
    added = next(line for line in after.splitlines(keepends=True) if "晨报重来".encode() in line)
    assert added.endswith(b"\r\n")
    assert after.replace(added, b"") == before


def test_a_command_reads_the_settings_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (home / "feeds.yaml").read_text("utf-8")
    again = next(line for line in text.splitlines() if "chenbao.example" in line)
    other = again.replace("name: ", "name: 再来").replace("id: chenbao", "id: again")
    twice = text.replace(again, f"{again}\n{other}")
    (home / "feeds.yaml").write_text(twice, encoding="utf-8")
    read: list[Path] = []

    def note(path: Path) -> str:
        read.append(path)
        return read_text(path)

    monkeypatch.setattr("curate.app.account.read_text", note)
    assert curate(home, "export") == 0
    assert "同一个地址" in capsys.readouterr().err
    assert read == [home / "feeds.yaml"]


def test_what_a_source_gives_can_be_had_as_json(
    home: Path, demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert curate(home, "sources", "test", "chenbao", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["source", "parser", "site", "entries", "failure"]
    assert (found["failure"], found["parser"]) == (None, "fast")
    assert found["site"].startswith("http://chenbao.example")
    keys = ["title", "url", "id", "published", "summary", "content", "html", "author", "images", "categories"]
    assert found["entries"]
    assert all(list(entry) == keys for entry in found["entries"])
    assert all(datetime.fromisoformat(e["published"]).tzinfo for e in found["entries"] if e["published"])
    assert not any("<" in entry["content"] + entry["summary"] for entry in found["entries"])


def test_a_source_that_cannot_be_read_says_why_in_json(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (home / "feeds.yaml").read_text("utf-8")
    lost = "sources:\n  - {name: 不见了, url: 'http://chenbao.example/no-such-feed'}\n"
    (home / "feeds.yaml").write_text(text.replace("sources:\n", lost, 1), encoding="utf-8")
    assert curate(home, "sources", "test", "不见了", "--json") == 4
    found = json.loads(capsys.readouterr().out)
    assert (found["source"], found["entries"]) == ("不见了", [])
    assert found["failure"]["reason"]
    assert found["failure"]["hint"]


def test_a_source_can_be_added_where_there_is_none(home: Path, demo_web: Server) -> None:
    from curate.app.account import load_config

    head = (home / "feeds.yaml").read_text("utf-8").split("sources:\n", 1)[0]
    text = f'{head}sources: []\nnetwork: {{proxy: "{demo_web.proxy}"}}\n'
    (home / "feeds.yaml").write_text(text, encoding="utf-8")
    assert curate(home, "run") == 1
    assert curate(home, "sources", "add", "http://chenbao.example/") == 0
    assert len(load_config(home, {}).sources) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--topic", "人工智能们"], "没有叫“人工智能们”的栏目"),
        (["--name", "{taken}"], "已经有"),
        (["--name", "长" * 61], "最多 60 个字"),
    ],
)
def test_wrong_options_are_told_before_anything_is_fetched_or_written(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    from curate.app.account import load_config

    taken = load_config(home, {}).sources[0].name
    before = (home / "feeds.yaml").read_bytes()
    given = [option.format(taken=taken) for option in options]
    assert curate(home, "sources", "add", "http://nowhere.example/", *given) == 2
    err = capsys.readouterr().err
    assert told in err
    assert "feeds.yaml:" not in err
    assert (home / "feeds.yaml").read_bytes() == before


def test_a_topic_is_taken_by_its_name_and_a_slip_is_answered_with_what_was_meant(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.app.account import load_config

    topic = load_config(home, {}).topics[0]
    (home / "feeds.yaml").write_text(without(home, "chenbao.example"), encoding="utf-8")
    assert curate(home, "sources", "add", "http://nowhere.example/", "--topic", topic.id + "x") == 2
    assert topic.id in capsys.readouterr().err
    assert curate(home, "sources", "add", "http://chenbao.example/", "--topic", topic.name) == 0
    assert load_config(home, {}).sources[-1].topic == topic.id


@contextmanager
def quiet_feed() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/feed.xml"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(EMPTY if found else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_feed_without_entries_is_added_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.yaml").write_text(
        "account: {name: x}\ntopics:\n  - {id: x, name: x}\nsources: []\n"
        'network: {allow_private: ["127.0.0.1"]}\n',
        encoding="utf-8",
    )
    with quiet_feed() as url:
        assert curate(tmp_path, "sources", "add", url) == 0, capsys.readouterr().err
        assert "现在一条也没有" in capsys.readouterr().err
        assert url in (tmp_path / "feeds.yaml").read_text("utf-8")


def test_a_source_is_tested_by_a_part_of_its_name_and_doubts_are_asked_about(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert curate(home, "sources", "test", "chenbao") == 0
    assert "chenbao.example" in capsys.readouterr().out
    assert curate(home, "sources", "test", "example") == 2
    assert "不止一个" in capsys.readouterr().err


def test_the_list_names_every_source_with_its_reader_topic_and_address(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.app.account import load_config

    text = (
        (home / "feeds.yaml")
        .read_text("utf-8")
        .replace("sources:\n", "sources:\n  - {name: 停, url: http://off.example/f, enabled: false}\n", 1)
    )
    (home / "feeds.yaml").write_text(text, encoding="utf-8")
    assert curate(home, "sources", "list") == 0
    out = capsys.readouterr().out
    for source in load_config(home, {}).sources:
        (line,) = [line for line in out.splitlines() if line.startswith(source.id + " ")]
        assert source.name in line
        assert source.reader in line
        assert (source.topic or "") in line
        assert (source.url or source.route or source.folder or "") in line
        assert ("停用" in line) is (not source.enabled)


def test_an_import_says_that_new_topics_want_keywords_and_makes_tidy_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.app.account import load_config

    (tmp_path / "feeds.yaml").write_text(
        "account: {name: x}\ntopics:\n  - {id: x, name: x}\nsources: []\n", encoding="utf-8"
    )
    (tmp_path / "a.opml").write_text(
        '<opml version="2.0"><body><outline text="Tech &amp; / Life">'
        '<outline type="rss" text="A" xmlUrl="http://a.example/feed"/></outline></body></opml>',
        encoding="utf-8",
    )
    assert curate(tmp_path, "import", str(tmp_path / "a.opml")) == 0
    err = capsys.readouterr().err
    assert "keywords" in err
    assert "Tech & / Life" in err
    assert load_config(tmp_path, {}).topics[1].id == "Tech-Life"
    assert curate(tmp_path, "import", str(tmp_path / "a.opml")) == 0
    assert "keywords" not in capsys.readouterr().err


BARE = "account: {name: x}\ntopics:\n  - {id: city, name: 城市}\nsources:\n  - {name: 已有, url: https://have.example/feed}\n"


def imported(home: Path, outlines: str) -> int:
    (home / "feeds.yaml").write_text(BARE, encoding="utf-8")
    (home / "a.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    return curate(home, "import", str(home / "a.opml"))


def test_an_import_names_what_it_leaves_out_and_counts_what_stood_there_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.app.account import load_config

    feeds = (
        '<outline text="微博" xmlUrl="rsshub://weibo/user/1"/><outline text="无址" type="rss"/>'
        '<outline text="甲" xmlUrl="https://a.example/"/><outline text="甲" xmlUrl="http://a.example"/>'
        '<outline text="又" xmlUrl="http://have.example/feed/"/><outline xmlUrl="https://www.b.example/rss"/>'
    )
    assert imported(tmp_path, feeds) == 0
    told = capsys.readouterr().err
    assert "导入 3 个来源" in told
    assert "跳过 1 个已有的，列表里重复的 1 个只取一次" in told
    assert "没有导入：无址" in told
    sources = load_config(tmp_path, {}).sources[1:]
    assert [(s.name, s.reader, s.route) for s in sources] == [
        ("微博", "rsshub", "/weibo/user/1"),
        ("甲", "feed", None),
        ("b.example", "feed", None),
    ]


def test_an_empty_list_is_told_and_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path, '<outline text="空"/>') == 4
    assert "没有可以读的 feed" in capsys.readouterr().err


def test_folders_become_topics_of_one_name_each_and_those_for_nothing_in_particular_none(
    tmp_path: Path,
) -> None:
    from curate.app.account import load_config

    long = "很长的文件夹名" * 8
    folders = [
        long + "甲",
        long + "乙",
        "City",
        " 城市 ",
        "🏙️ 城市",
        "其他",
        "Uncategorized",
        "other",
        "Tech",
        "TECH",
    ]
    feeds = "".join(
        f'<outline text="{name}"><outline text="{n}" xmlUrl="https://{n}.example/"/></outline>'
        for n, name in enumerate(folders)
    )
    assert imported(tmp_path, feeds) == 0
    config = load_config(tmp_path, {})
    names = [topic.name for topic in config.topics]
    assert len(set(names)) == len(names) == 4
    tech = config.topics[3].id
    assert [source.topic for source in config.sources[3:]] == ["city"] * 3 + [None] * 3 + [tech] * 2


def test_the_demos_account_run_by_hand_says_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in account("http://127.0.0.1:9", NOW).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in (["run"], ["fetch"], ["sources", "test", "chenbao"]):
        assert curate(tmp_path, *command) == 4
        told = capsys.readouterr().err
        assert "curate demo" in told
        assert "代理" not in told


def test_an_address_of_the_rsshub_scheme_is_added_as_its_route(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with quiet_feed() as url:
        base = url.removesuffix("/feed.xml")
        feeds = (
            "account: {name: x}\ntopics:\n  - {id: x, name: x}\nsources: []\n"
            f'network: {{rsshub: "{base}", allow_private: ["127.0.0.1"]}}\n'
        )
        (tmp_path / "feeds.yaml").write_text(feeds, encoding="utf-8")
        assert curate(tmp_path, "sources", "add", "rsshub://feed.xml", "--name", "甲") == 0
        added = (tmp_path / "feeds.yaml").read_text("utf-8")
        assert '{name: "甲", reader: "rsshub", route: "/feed.xml"}' in added
        assert curate(tmp_path, "sources", "add", "rsshub://feed.xml") == 0
        assert "已经在 feeds.yaml 里了" in capsys.readouterr().err
        assert curate(tmp_path, "sources", "add", "https://space.bilibili.com/946974") == 4
        err = capsys.readouterr().err
        assert "/bilibili/user/video/946974" in err
        assert "network.rsshub" in err
        assert (tmp_path / "feeds.yaml").read_text("utf-8") == added


def test_what_can_only_be_refused_is_refused_without_asking_anybody(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, told in (
        ("https://mp.weixin.qq.com/s/AbCd", "公众号没有 feed"),
        ("t.me/+abcdef", "私密邀请"),
        ("https://weibo.com/rmrb", "数字"),
    ):
        assert curate(home, "sources", "add", address) == 4
        assert told in capsys.readouterr().err
