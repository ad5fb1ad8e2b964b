"""Where an article's text comes from: the feed's body, the selector learnt for its site, the page in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from curate.config.schema import Source
from curate.domain.model import Article, Failure, Page
from curate.extraction.site_layout import selector_of
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say_failure
from curate.pipeline.full_text import articles, is_whole, site_of
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.nouns import NOW, entry
from tests.test_text_layouts import page, paragraphs, url

SOURCES = {"a": Source(name="甲报", id="a", url="https://a.example/feed")}
LONG = "图书馆今天开放，读者很多。" * 60


class Web:
    def __init__(self, pages: dict[str, str | Failure]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        for request in requests:
            self.asked.append(request.url)
            found = self.pages[request.url]
            body = found if isinstance(found, Failure) else Page(request.url, found.encode(), NOW)
            yield Answer(request, body, 0.0)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive("sqlite:///archive.db", tmp_path, fingerprint) as archive:
        yield archive


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (LONG, True),
        (LONG[:300], False),
        (LONG + "他们说……", False),
        (LONG + " and then he said...", False),
        (LONG + " and then [...]", False),
        (LONG + " and then […]", False),
        (LONG + "\n阅读全文 »", False),
        (LONG + "\nRead more →", False),
        (LONG + "\nContinue Reading", False),
        (
            LONG
            + "\n他答道：“再等等……”之后便不再说话，众人各自散去，各回各家，一夜无话，直到天明，大家才又聚在一起。",
            True,
        ),
    ],
)
def test_a_feeds_body_is_whole_where_it_is_long_and_ends(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_a_whole_body_is_taken_and_its_page_not_asked_for(archive: Archive) -> None:
    web = Web({})
    ((_, article, _),) = articles([entry(1, content=f"<p>{LONG}</p>")], SOURCES, web.fetch, archive)
    assert isinstance(article, Article)
    assert (article.text, article.by, web.asked) == (LONG, "feed", [])


def test_three_pages_of_a_site_teach_the_night_where_its_text_stands(archive: Archive) -> None:
    def night(*numbers: int) -> list[Article]:
        entries = [
            entry(n, url=url(n), title=f"新馆第 {n} 号消息", author="陈树", content="") for n in numbers
        ]
        web = Web({url(n): page(n) for n in numbers})
        return [
            found
            for _, found, _ in articles(entries, SOURCES, web.fetch, archive)
            if isinstance(found, Article)
        ]

    assert {article.by for article in night(1, 2)} <= {"readability", "precise", "balanced"}
    assert selector_of(archive.layouts.of(["a.example"])["a.example"]) == ""
    night(3)
    assert selector_of(archive.layouts.of(["a.example", "b.example"])["a.example"]) == "div.text"
    (article,) = night(4)
    assert (article.by, article.text.split("\n")) == ("div.text", paragraphs(4))


def test_a_page_that_says_less_than_the_feed_leaves_the_feeds_text(archive: Archive) -> None:
    login = "<html><body><article><p>这篇文章要登录以后才能读，登录只要一分钟，不用付钱，请登录。</p></article></body></html>"
    body = "".join(f"<p>{line}</p>" for line in paragraphs(1))
    ((_, article, _),) = articles(
        [entry(1, url=url(1), content=body)], SOURCES, Web({url(1): login}).fetch, archive
    )
    assert isinstance(article, Article)
    assert (article.by, article.text.split("\n")) == ("feed", paragraphs(1))


def test_a_page_that_cannot_be_had_is_told_only_where_the_feed_says_nothing(archive: Archive) -> None:
    gone = Failure(url(1), "没有了")
    web = Web({url(1): gone})
    (found,) = articles([entry(1, url=url(1), content="", summary="")], SOURCES, web.fetch, archive)
    assert (found.article, found.failure) == (None, gone)
    ((_, article, _),) = articles(
        [entry(1, url=url(1), content="<p>一句话。</p>")], SOURCES, web.fetch, archive
    )
    assert isinstance(article, Article)
    assert article.text == "一句话。"


def test_a_site_is_its_host_and_port() -> None:
    assert site_of("https://User:pw@A.example:8080/x?y#z") == "a.example:8080"
    assert site_of("https://a.example/x") == site_of("http://A.EXAMPLE/y")


GATE = "<html><body><h2>{}</h2><p>{}</p></body></html>"


def test_a_gate_leaves_the_feeds_own_text_and_else_the_title_alone(archive: Archive) -> None:
    gate = GATE.format("环境异常", "当前环境异常，完成验证后即可继续访问。")
    web = Web({url(1): gate, url(2): gate})
    entries = [
        entry(1, url=url(1), title="旧货市场搬家", content="", summary=""),
        entry(2, url=url(2), title="樟树挂牌", content="<p>公园补种了四十株樟树。</p>"),
    ]
    alone, told = articles(entries, SOURCES, web.fetch, archive)
    assert alone.article is not None
    assert told.article is not None
    assert (alone.article.text, told.article.text) == ("", "公园补种了四十株樟树。")
    assert all(
        found.failure and "拦截程序" in say_failure(found.failure, "zh").reason for found in (alone, told)
    )


def test_what_was_deleted_drops_out_though_the_feed_has_some_text(archive: Archive) -> None:
    web = Web({url(1): GATE.format("", "该内容已被发布者删除")})
    (found,) = articles([entry(1, url=url(1), content="<p>一句话。</p>")], SOURCES, web.fetch, archive)
    assert found.article is None
    assert found.failure is not None
    assert found.failure.is_gone


def test_one_text_at_the_addresses_of_unlike_entries_is_a_notice(archive: Archive) -> None:
    text = "城东新闻社的内容只在合作媒体刊出，欢迎各界来稿，地址是长江路一号，邮编二三零零零零。来稿编号 {}。"
    web = Web({url(n): GATE.format("城东新闻社", text.format(4000 + n)) for n in (1, 2, 3)})
    web.pages[url(3)] = page(3)
    entries = [
        entry(n, url=url(n), title=title, content="", summary="")
        for n, title in ((1, "旧货市场搬家"), (2, "樟树挂牌"), (3, "新馆第 3 号消息"))
    ]
    found = articles(entries, SOURCES, web.fetch, archive)
    assert [bool(each.failure) for each in found] == [True, True, False]
    assert [each.article.text for each in found[:2] if each.article] == ["", ""]


def test_one_article_at_two_addresses_is_no_notice(archive: Archive) -> None:
    web = Web({url(1): page(1), url(2): page(1)})
    entries = [entry(n, url=url(n), title="新馆第 1 号消息", content="", summary="") for n in (1, 2)]
    assert not any(found.failure for found in articles(entries, SOURCES, web.fetch, archive))


def test_no_page_is_read_after_the_nights_deadline(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, read_in_full = [0], []
    late = Failure("", "抓取总时限已到")

    def fetch(requests: Iterable[Request]) -> Iterator[Answer]:
        for request in list(requests):  # all have come long before the deadline of ten seconds
            result = Page(request.url, page(1).encode(), NOW) if clock[0] < 10 else late
            yield Answer(request, result, 0.0, late=result is late)

    def slow(body: bytes, address: str, *_: object) -> tuple[Article, None]:
        clock[0] += 6
        read_in_full.append(address)
        return Article("", f"{address} 的正文，读了六秒。", by="readability"), None

    monkeypatch.setattr("curate.pipeline.full_text.read", slow)
    entries = [
        entry(1, url=url(1), title="旧货市场搬家", content=""),
        entry(2, url=url(2), title="樟树挂牌", content=""),
        entry(3, url=url(3), title="新馆开放", content="<p>馆里有三层。</p>"),
        entry(4, url=url(4), title="书架上墙", content="", summary=""),
    ]
    found = articles(entries, SOURCES, fetch, archive)
    assert read_in_full == [url(1), url(2)]
    assert [each.entry.id for each in found] == [each.id for each in entries]
    assert found[2].article is not None
    assert found[2].article.text == "馆里有三层。"
    assert (found[3].article, found[3].failure) == (None, late)
