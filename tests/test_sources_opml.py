from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.domain.errors import UnreadableError
from curate.sources.opml import Outline, Subscriptions, dump_opml, parse_opml

LISTS = Path(__file__).parents[2] / "shared" / "data" / "feeds" / "opml.tar.xz"
NESTED = """<?xml version="1.0" encoding="GBK"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Top" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline text="订阅"><outline title="科技 &amp; 数码" text="x">
  <outline type="rss" text="博客" xmlURL="feed://b.example/rss"/><outline type="rss" text="博客二" XMLURL="https://b.example/rss2"/>
  <outline type="rss" text="again" xmlUrl="https://a.example/feed"/>
</outline><outline text="" type="rss" url="feed:https://c.example/atom.xml"/>
<outline type="link" text="no feed" url="https://d.example/"/><outline text="bad" xmlUrl="javascript:x"/></outline></body></opml>"""


def test_folders_names_and_odd_spellings_are_understood() -> None:
    assert parse_opml(NESTED.encode()).outlines == [
        Outline("Top", "https://a.example/feed", "https://a.example/", ""),
        Outline("博客", "http://b.example/rss", "", "科技 & 数码"),
        Outline("博客二", "https://b.example/rss2", "", "科技 & 数码"),
        Outline("https://c.example/atom.xml", "https://c.example/atom.xml", "", "订阅"),
    ]


def test_a_list_in_another_encoding_with_bare_ampersands_is_read() -> None:
    text = NESTED.replace("Top", "A & B 顶层")
    assert parse_opml(text.encode("gbk")).outlines[0].title.endswith("B 顶层")


def test_bare_ampersands_in_addresses_and_names_survive() -> None:
    body = (
        '<outline text="A&B &amp; C&nbsp;D &#38; E" xmlUrl="https://q.example/feed?a=1&b=2&amp;copy=3&lt=4"/>'
    )
    (outline,) = parse_opml(f"<opml><body>{body}</body></opml>".encode()).outlines
    assert outline.url == "https://q.example/feed?a=1&b=2&copy=3&lt=4"
    assert outline.title == "A&B & C D & E"


def test_outlines_without_an_address_that_can_be_fetched_are_named() -> None:
    assert parse_opml(NESTED.encode()).unusable == ["no feed", "bad"]


def read(body: str) -> Subscriptions:
    return parse_opml(f"<opml><body>{body}</body></opml>".encode())


def test_an_address_of_a_readers_own_rsshub_becomes_its_route() -> None:
    found = read(
        '<outline text="甲" xmlUrl="rsshub://weibo/user/1?limit=5"/><outline text="乙" type="rss" url="RSSHub:///a/b"/>'
        '<outline text="丙" xmlUrl="rsshub://"/><outline text="丁" xmlUrl="rsshub://a b"/>'
    )
    assert [outline.route for outline in found.outlines] == ["/weibo/user/1?limit=5", "/a/b"]
    assert found.unusable == ["丙", "丁"]


def test_spellings_of_one_address_count_once_and_the_first_is_kept() -> None:
    found = read(
        '<outline text="甲" xmlUrl="https://a.example/rss"/><outline text="旧" xmlUrl="http://a.example/rss"/>'
        '<outline text="甲" xmlUrl="https://www.a.example/rss/"/><outline text="乙" xmlUrl="https://a.example/rss?n=2"/>'
    )
    assert [outline.title for outline in found.outlines] == ["甲", "乙"]
    assert found.repeated == 2


@pytest.mark.parametrize(
    ("category", "folder"),
    [("/科技/数码,/生活", "数码"), ("news", "news"), ("/", ""), ("", ""), ("a &amp; b", "a & b")],
)
def test_a_category_stands_for_a_folder(category: str, folder: str) -> None:
    (outline,) = read(f'<outline text="a" category="{category}" xmlUrl="https://a.example/"/>').outlines
    assert outline.folder == folder
    inner = (
        f'<outline text="外"><outline text="a" category="{category}" xmlUrl="https://a.example/"/></outline>'
    )
    assert read(inner).outlines[0].folder == "外"


def test_an_address_that_the_environment_would_fill_in_is_left_out() -> None:
    found = read(
        '<outline text="贼" xmlUrl="https://evil.example/?k=${SECRET}"/><outline text="b" xmlUrl="rsshub://x/${S}"/>'
    )
    assert found == Subscriptions([], 0, ["贼", "b"])


@pytest.mark.parametrize("data", [b"", b"\0\0", b"<rss/>", b"hello", b"{}", "opml".encode("utf-16")])
def test_what_is_no_list_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        parse_opml(data)


def test_files_and_bombs_are_not_obeyed() -> None:
    attack = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>'
    assert all("root:" not in outline.title for outline in parse_opml(attack.encode()).outlines)
    assert parse_opml(("<opml><body>" + "<outline text='a'>" * 5000).encode()).outlines == []


NAMES = st.text("abcZ9科技新闻éü'\"&>-", max_size=12)


@given(
    st.lists(
        st.tuples(NAMES.filter(bool), st.integers(0, 9999), NAMES), max_size=12, unique_by=lambda row: row[1]
    )
)
def test_what_is_written_is_read_again(rows: list[tuple[str, int, str]]) -> None:
    outlines = [
        Outline(title, f"https://a.example/{n}?a=1&b=2", "https://a.example/", folder)
        for title, n, folder in rows
    ]
    assert sorted(parse_opml(dump_opml(outlines, "My <list> & more")).outlines) == sorted(outlines)


def test_a_folder_s_sources_stay_together_in_their_order() -> None:
    rows = [Outline(f"{n}", f"https://a.example/{n}", "", folder) for n, folder in enumerate("abab")]
    assert [row.title for row in parse_opml(dump_opml(rows, "x")).outlines] == ["0", "2", "1", "3"]


@pytest.mark.skipif(not LISTS.is_file(), reason="the shared lists are not here")
def test_all_real_lists_are_read_and_survive_a_round_trip() -> None:
    with tarfile.open(LISTS) as tar:
        files = {m.name: tar.extractfile(m) for m in tar.getmembers() if m.isfile()}
        lists = {name: parse_opml(file.read()).outlines for name, file in files.items() if file}
    assert len(lists) == 144
    for name, outlines in lists.items():
        assert outlines, name
        assert sorted(parse_opml(dump_opml(outlines, name)).outlines) == sorted(outlines), name
