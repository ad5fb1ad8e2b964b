"""A pasted link: its page becomes an item of the issue, from the terminal and on the desk; what cannot be had is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from curate.app.issue.paste_link import find_link
from curate.cli.main import run
from curate.desk.draft import items_of
from curate.domain.model import Digest, Failure, Item, Page
from curate.domain.serialization import from_json
from curate.fetch import Answer, Request
from tests.desk_account import LATER, entry_of
from tests.desk_client import DeskClient, opened
from tests.nouns import NOW
from tests.nouns import page as document

LINK = "https://www.paper.example/2026/river"
PAGE = """<!doctype html><html lang="zh"><head><title>河边新开了一家书店 - 江城日报</title>
<meta property="og:site_name" content="江城日报"><meta property="article:published_time" content="2026-11-22T09:30:00+08:00">
</head><body><article><h1>河边新开了一家书店</h1>{}</article></body></html>""".format(
    "<p>书店开在旧粮仓里，两层楼，靠河的一面全是窗。店主说，头一个月每天来三百多人，周末要排队。</p>" * 6
)


class Web:
    """Pages by address; the others are not there. `asked` counts the requests."""

    def __init__(self, pages: dict[str, str], content_type: str = "text/html; charset=utf-8") -> None:
        self.pages, self.type = pages, content_type
        self.asked: list[Request] = []
        self.now = NOW

    def __call__(self, requests: Iterable[Request], **_: Any) -> Iterator[Answer]:
        for request in requests:
            self.asked.append(request)
            body = self.pages.get(request.url)
            missing = Failure(request.url, "网页不在了（404）")
            page = Page(request.url, body.encode(), self.now, self.type) if body else missing
            yield Answer(request, page, 0.1, 200 if body else 404)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    found = Web({LINK: PAGE})
    monkeypatch.setattr("curate.app.doors.fetch", found)
    return found


@pytest.fixture
def tab(issue_home: Path) -> Iterator[DeskClient]:
    with opened(issue_home) as found:
        yield found


def pasted(tab: DeskClient) -> Any:
    return next((i for i in items_of(tab.desk.read().issue.sections) if i.url == LINK), None)


def test_a_pasted_link_is_read_once_and_in_the_issue(tab: DeskClient, web: Web) -> None:
    answer = tab.do("paste", url=f"看这个：{LINK}?utm_source=chat，不错")
    assert (answer.status_code, len(web.asked)) == (200, 1)
    assert not web.asked[0].robots, "one page that a person named is no crawl"
    item = pasted(tab)
    assert (item.title, item.source, item.source_id) == ("河边新开了一家书店", "江城日报", "paper.example")
    assert "旧粮仓" in item.summary
    assert f"{item.published:%m-%d %H:%M}" == "11-22 01:30"
    assert "收进了“河边新开了一家书店”" in answer.text
    assert "江城日报" in [credit.name for credit in tab.desk.read().issue.credits]
    tab.do("undo")
    assert pasted(tab) is None


def test_a_link_of_a_source_is_that_sources_and_one_that_was_read_is_not_asked_for(
    tab: DeskClient, web: Web
) -> None:
    web.pages["https://s3.example/new"] = PAGE
    tab.do("paste", url="https://s3.example/new")
    assert (
        next(i for i in items_of(tab.desk.read().issue.sections) if i.url.endswith("/new")).source_id == "s3"
    )
    asked = len(web.asked)
    tab.do("paste", url="https://a.example/11")
    assert "e11" in [item.entry for item in items_of(tab.desk.read().issue.sections)]
    assert [each for each in web.asked[asked:] if "a.example/11" in each.url] == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("不是网址", "这里没有网址"),
        ("javascript:alert(1)", "这里没有网址"),
        ("file:///etc/passwd", "这里没有网址"),
        ("https://www.paper.example/gone", "网页不在了（404）"),
        ("https://a.example/3", "这一期里已经有“第 3 条消息”"),
    ],
)
def test_what_cannot_be_had_is_told_in_words_and_changes_nothing(
    tab: DeskClient, web: Web, url: str, told: str
) -> None:
    answer = tab.do("paste", url=url)
    assert answer.status_code == 422
    assert told in answer.text
    assert tab.desk.read().revision == 0


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://169.254.169.254/latest/meta-data", "http://[::1]/"]
)
def test_no_link_reaches_the_editors_own_network(tab: DeskClient, url: str) -> None:
    answer = tab.do("paste", url=url)
    assert answer.status_code == 422
    assert "没有收进来" in answer.text
    assert tab.desk.read().revision == 0


@pytest.mark.parametrize(
    ("page", "kind", "told"),
    [
        ("%PDF-1.7", "application/pdf", "这不是网页"),
        ("<html><body></body></html>", "text/html", "没有标题"),
        (
            "<html><head><title>提示</title></head><body><p>该内容已被发布者删除</p></body></html>",
            "text/html",
            "",
        ),
    ],
)
def test_what_is_no_article_is_told(tab: DeskClient, web: Web, page: str, kind: str, told: str) -> None:
    web.pages[LINK], web.type = page, kind
    answer = tab.do("paste", url=LINK)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_hostile_title_stays_text(tab: DeskClient, web: Web) -> None:
    web.pages[LINK] = PAGE.replace("河边新开了一家书店", "&lt;img src=x onerror=alert(1)&gt;河边新开了书店")
    answer = tab.do("paste", url=LINK)
    assert "<img src=x" not in answer.text
    assert "河边新开了书店" in pasted(tab).title


def test_what_came_between_does_not_stop_a_link(tab: DeskClient, web: Web) -> None:
    tab.do("drop", 3)
    assert tab.do("paste", url=LINK, seen=0).status_code == 200


def test_a_parked_link_stays_on_the_shelf_and_can_be_taken_again(tab: DeskClient, web: Web) -> None:
    tab.do("paste", url=LINK)
    item = pasted(tab)
    tab.do("park", source=item.source_id, entry=item.entry)
    assert "河边新开了一家书店" in tab.get("/list?tab=shelf").text
    tab.do("take", source=item.source_id, entry=item.entry)
    assert pasted(tab)


def test_a_later_night_knows_what_was_pasted(tab: DeskClient, web: Web) -> None:
    tab.do("paste", url=LINK)
    archive = tab.desk.account.archive
    assert [e.url for e in archive.list_told(NOW.replace(year=2025)) if e.url == LINK] == [LINK]


def play_night(home: Path, web: Web, at: str, ends: int = 0) -> dict[str, Item]:
    """A night in which one source of the account has something new, and how it ends; what is printed, by its address."""
    web.now = datetime.fromisoformat(at)
    told = f"<guid>n</guid><title>码头夜市今晚试营业</title><link>https://s1.example/n</link><pubDate>{at}</pubDate>"
    prose = (
        "<description><![CDATA[<p>"
        + "码头边摆出四十个摊位，卖鱼面的阿婆排在第一。" * 20
        + "</p>]]></description>"
    )
    web.pages["https://s1.example/feed"] = (
        f"<rss version='2.0'><channel><title>甲报</title><item>{told}{prose}</item></channel></rss>"
    )
    assert run(["run", "-C", str(home), "--now", at]) == ends
    last = max((home / "output/issues").iterdir(), key=lambda place: place.name)
    digest = from_json(Digest, (last / "issue.json").read_bytes())
    return {item.url: item for item in items_of(digest.sections)}


@pytest.mark.parametrize("at", ["2026-11-24T00:30:00+00:00", "2026-12-05T00:30:00+00:00"])
def test_a_parked_link_is_the_next_nights_however_old_it_is_by_then(
    issue_home: Path, web: Web, at: str
) -> None:
    with opened(issue_home) as tab:
        tab.do("paste", url=LINK)
        item = pasted(tab)
        tab.do("park", source=item.source_id, entry=item.entry)
        assert "江城日报" in tab.get("/list?tab=shelf").text
    printed = play_night(issue_home, web, at)
    assert (printed[LINK].title, printed[LINK].source) == ("河边新开了一家书店", "江城日报")
    assert "旧粮仓" in printed[LINK].summary
    with opened(issue_home, 8) as tab:
        assert tab.desk.account.archive.desk.shelf() == []


def test_a_page_without_a_date_comes_back_from_the_shelf_too(issue_home: Path, web: Web) -> None:
    web.pages[LINK] = PAGE.replace("2026-11-22T09:30:00+08:00", "")
    with opened(issue_home) as tab:
        tab.do("paste", url=LINK)
        tab.do("park", source="paper.example", entry=LINK)
    assert LINK in play_night(issue_home, web, "2026-12-05T00:30:00+00:00")


def test_what_was_parked_of_a_source_that_is_switched_off_stays_there(issue_home: Path, web: Web) -> None:
    with opened(issue_home) as tab:
        tab.do("park", 3)
        tab.do("block", kind="source", value="s3")
    assert "https://a.example/3" not in play_night(issue_home, web, "2026-11-24T00:30:00+00:00")


def test_the_terminal_adds_any_page(issue_home: Path, web: Web, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["issue", "add", "-C", str(issue_home), "--now", LATER, "7"]
    assert run([*words, LINK, "--topic", "city"]) == 0
    with opened(issue_home) as tab:
        assert pasted(tab).topic == "city"
    assert run([*words, LINK]) == 2
    assert "已经有“河边新开了一家书店”" in capsys.readouterr().err
    assert run([*words, "https://www.paper.example/gone"]) == 2
    assert "404" in capsys.readouterr().err


def test_an_entry_of_a_source_that_went_can_be_taken(issue_home: Path) -> None:
    with opened(issue_home) as tab:
        archive = tab.desk.account.archive
        archive.add("gone", "https://gone.example/feed", document(b"gone"), [entry_of(40, "gone")], NOW)
    assert run(["issue", "add", "-C", str(issue_home), "--now", LATER, "7", "https://a.example/40"]) == 0


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  【标题】https://a.example/x，复制打开", "https://a.example/x"),
        ("HTTPS://A.example/x?utm_medium=1", "https://a.example/x"),
        ("a.example", ""),
        ("ftp://a.example/x", ""),
    ],
)
def test_a_link_is_found_in_what_is_shared(text: str, link: str) -> None:
    assert find_link(text) == link
