"""What sources send in place of articles: notices as texts, gates as documents, a service's troubles as news."""

from __future__ import annotations

from html import escape

import pytest

from curate.config.schema import Selectors, Source
from curate.domain.errors import NoticeError, UnreadableError
from curate.domain.model import Entry, Page
from curate.i18n.catalogue import failure_of, say, say_failure
from curate.sources.notices import without_notices
from curate.sources.read_document import read
from tests.nouns import NOW, entry

FEED = "https://feeds.example/city.xml"
SOURCE = Source(name="城事", id="city", url=FEED)
GATE = "当前环境异常，完成验证后即可继续访问。去验证"
NEWS = ("旧货市场周六搬完", "https://city.example/a/1", "最后一批摊主搬进了新的室内场馆。")


def feed(*items: tuple[str, str, str], author: str = "") -> Page:
    rows = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><author>{author}</author>"
        f"<description>{escape(text)}</description></item>"
        for title, link, text in items
    )
    xml = f"<rss version='2.0'><channel><title>城事</title><link>https://city.example/</link>{rows}</channel></rss>"
    return Page(FEED, xml.encode(), NOW, "application/rss+xml")


def page(body: str, title: str, url: str = FEED) -> Page:
    return Page(
        url,
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode(),
        NOW,
    )


def test_a_notice_in_place_of_an_entrys_text_leaves_its_title() -> None:
    kept, told = without_notices([entry(1, title="食堂的一天", content=f"<p>{GATE}</p>", summary=GATE)])
    assert [(e.title, e.content, e.summary) for e in kept] == [("食堂的一天", "", "")]
    assert ["拦截程序" in say_failure(failure, "zh").reason for failure in told] == [True]
    (found,) = read(feed(("食堂的一天", NEWS[1], GATE)), SOURCE).entries
    assert (found.title, found.content, found.summary) == ("食堂的一天", "", "")


def test_a_notice_that_was_taken_for_a_title_is_none() -> None:
    kept, _ = without_notices(
        [entry(1, title="当前环境异常，完成验证后即可继续访问", content=f"<p>{GATE}</p>")]
    )
    assert [e.title for e in kept] == [""]


def test_other_entries_are_left_as_they_are() -> None:
    whole: list[Entry] = [
        entry(1, title="登录为什么越来越难", content="<p>上周，一家银行让老人完成三次验证才能登录。</p>"),
        entry(2, title="请先登录", content="编辑自己的话。", original=True),
    ]
    assert without_notices(whole) == (whole, [])


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (page("<p>Checking your browser before accessing the site.</p>", "Just a moment..."), "拦截程序"),
        (page("<form>请先登录</form>", "登录 - 某论坛"), "要求登录"),
        (page("<p>系统维护中，请稍后再试。</p>", "提示"), "维护或出错"),
    ],
)
@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        Source(name="图", id="map", url=FEED, reader="sitemap"),
        Source(name="列表", id="list", url=FEED, reader="page", select=Selectors(item="li.news")),
    ],
)
def test_a_gate_where_a_document_was_due_is_told_as_one(document: Page, reason: str, source: Source) -> None:
    with pytest.raises(NoticeError) as found:
        read(document, source)
    assert reason in failure_of("", found.value, "zh").reason
    assert "sources add" not in failure_of("", found.value, "zh").hint


def test_a_feeds_address_that_now_leads_to_a_web_page_is_told_so() -> None:
    home = page("<h1>新站</h1><p>今天的头条</p>", "新站", "https://feeds.example/")
    with pytest.raises(UnreadableError, match=r"read\.moved.*https://feeds\.example/"):
        read(home, SOURCE)


SERVICE = (
    ("Bridge returned error 404! (20787)", "https://feeds.example/?action=display&bridge=X", "HttpException: https://x.example resulted in 404 Not Found", "RSS-Bridge"),
    ("This feed has moved", "https://city.example/", "Please update your subscription to https://new.example/feed", ""),
    ("本订阅源已停止更新", "https://city.example/", "请更新订阅地址为 https://new.example/feed", ""),
    ("RSSHub 路由出错", "https://feeds.example/city.xml", "Error Message: FetchError: request timed out. Route: /city/news", ""),
    ("Your feed has expired", FEED, "Upgrade your plan to keep this feed active.", "RSS.app"),
    ("Your trial has expired", "https://city.example/", "Upgrade your RSS.app plan to keep this feed active.", ""),
    ("抓取失败", "", "错误信息：TimeoutError: 30000ms", ""),
)  # fmt: skip


@pytest.mark.parametrize(("title", "link", "text", "author"), SERVICE)
def test_a_services_own_trouble_is_the_sources_failure_and_no_news(
    title: str, link: str, text: str, author: str
) -> None:
    with pytest.raises(UnreadableError) as found:
        read(feed((title, link, text), author=author), SOURCE)
    assert title in failure_of("", found.value, "zh").reason
    both = read(feed((title, link, text), NEWS, author=author), SOURCE)
    if both.trouble:  # beside articles the evidence must be stronger
        assert [e.title for e in both.entries] == [NEWS[0]]


@pytest.mark.parametrize(
    ("title", "link", "text", "author"), [SERVICE[0], SERVICE[1], SERVICE[2], SERVICE[3]]
)
def test_a_services_trouble_among_articles_leaves_the_articles(
    title: str, link: str, text: str, author: str
) -> None:
    both = read(feed((title, link, text), NEWS), SOURCE)
    assert [e.title for e in both.entries] == [NEWS[0]]
    assert title in say(both.trouble, "zh")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("RSS 订阅失效了怎么办", "把常见的原因列在这里：地址变更、证书过期、被防火墙拦截。"),
        (
            "Why your RSS feed is broken",
            "Most feeds break for three reasons. We looked at four thousand of them.",
        ),
        ("Error 404: a history", "How the most famous status code came to be."),
        ("城北旧桥停止使用", "桥面封闭，请绕行。"),
        ("The feed industry moved to Asia", "Feed mills closed in three states."),
    ],
)
def test_an_article_about_feeds_and_errors_is_news(title: str, text: str) -> None:
    found = read(feed((title, "https://city.example/a/2", text), NEWS), SOURCE)
    assert [e.title for e in found.entries] == [title, NEWS[0]]
    assert [e.title for e in read(feed((title, "https://city.example/a/2", text)), SOURCE).entries] == [title]
