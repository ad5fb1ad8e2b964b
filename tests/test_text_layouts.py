"""Learning where a site keeps its text, reading by what was learnt, and un-learning it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from curate.domain.model import Article
from curate.extraction import by_selector, site_layout
from curate.extraction.site_layout import (
    GOOD,
    KEPT,
    NEEDED,
    Glimpse,
    Layout,
    agreement,
    glimpse,
    learnt,
    selector_of,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KNOWN = Article("新馆第 9 号消息", "", "陈树", NOW)


def paragraphs(number: int) -> list[str]:
    return [
        f"市图书馆第 {number} 分馆今天上午在城东开放，首日接待读者三千余人，不少市民早早来到门前排队。",
        f"新馆藏书 {number} 万册，设有儿童阅览区、夜间自习室和一座可以看到江景的屋顶花园，免费开放。",
        f"馆长表示，夜间自习室将开放到晚上 {number} 点，读者可以通过手机提前三天预约座位，过时作废。",
    ]


def page(number: int, frame: str = "text") -> str:
    body = "".join(f"<p>{line}</p>" for line in paragraphs(number))
    related = "".join(f'<li><a href="/{n}">另一条不相干的新闻标题第{n}号</a></li>' for n in range(12))
    return (
        f"<html><head><title>新馆第 {number} 号消息</title><meta property='og:image' content='/cover/{number}.jpg'>"
        f"</head><body><div class='nav'><a href='/'>首页</a></div><div class='main'><h1>新馆第 {number} 号消息</h1>"
        f"<div class='{frame} c{number}' id='a{number}234'>{body}<p><img src='/{number}.jpg' width='800'></p></div>"
        f"<ul class='related'>{related}</ul></div><script>var x = '{'long ' * 400}';</script></body></html>"
    )


def url(number: int) -> str:
    """An address that is no spot check."""
    return next(
        u for n in range(99) if not site_layout.is_checked(u := f"https://a.example/{number}/{n}.html")
    )


def layout_of(*numbers: int, frame: str = "text") -> Layout:
    layout = Layout("a.example")
    for number in numbers:
        layout = learnt(layout, glimpse(page(number, frame), "\n".join(paragraphs(number)), url(number)))
    return layout


def test_a_selector_is_learnt_from_three_pages_and_no_fewer() -> None:
    assert NEEDED == 3
    assert selector_of(layout_of(1, 2)) == ""
    assert selector_of(layout_of(1, 2, 3)) == "div.text", (
        "neither the class nor the id that each page has alone"
    )


def test_a_page_counts_once_however_often_it_is_read() -> None:
    assert selector_of(layout_of(1, 1, 1)) == ""
    assert len(layout_of(*range(1, 10)).glimpses) == KEPT


def test_a_learnt_selector_reads_a_new_page_without_what_surrounds_the_text() -> None:
    article, seen = by_selector.read(page(9), url(9), "", layout_of(1, 2, 3), KNOWN)
    assert article.text.split("\n") == paragraphs(9)
    assert article.by == "div.text"
    assert seen is None, "nothing is learnt from what was not read in full"
    assert [image.url for image in article.images] == [
        "https://a.example/cover/9.jpg",
        "https://a.example/9.jpg",
    ]
    assert (article.title, article.author, article.published) == (KNOWN.title, KNOWN.author, NOW)


def test_what_the_feed_left_out_is_found_on_the_page() -> None:
    body = page(9).replace(
        "<ul", "<p class='author'>作者：李四</p><time datetime='2026-11-20T08:00:00Z'></time><ul"
    )
    article, _ = by_selector.read(body, url(9), "", layout_of(1, 2, 3), Article("", ""))
    assert (article.title, article.author) == ("新馆第 9 号消息", "李四")
    assert article.published == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_site_that_nothing_is_known_of_is_read_in_full_and_learnt_from() -> None:
    article, seen = by_selector.read(page(9), url(9), "", Layout("a.example"), KNOWN)
    assert article.text.split("\n") == paragraphs(9)
    assert article.by in ("readability", "precise", "balanced")
    assert seen is not None
    assert dict(seen.selectors)["div.text"] >= GOOD


@pytest.mark.parametrize(
    "body", [page(9, "body"), page(9).replace(paragraphs(9)[0], "").replace(paragraphs(9)[1], "请登录")]
)
def test_where_the_selector_finds_nothing_or_too_little_the_page_is_read_in_full(body: str) -> None:
    article, seen = by_selector.read(body, url(9), "", layout_of(1, 2, 3), KNOWN)
    assert article.by != "div.text"
    assert seen is not None


def test_one_page_in_some_is_read_in_full_though_its_site_is_known() -> None:
    addresses = [f"https://a.example/{n}.html" for n in range(2000)]
    share = sum(map(site_layout.is_checked, addresses)) / len(addresses)
    assert 0.1 < share < 0.15
    checked = next(filter(site_layout.is_checked, addresses))
    article, seen = by_selector.read(page(9), checked, "", layout_of(1, 2, 3), KNOWN)
    assert article.by != "div.text"
    assert seen is not None


def test_a_spot_check_that_another_selector_passes_forgets_what_was_learnt() -> None:
    """The old element is still there, with something else in it."""
    layout = layout_of(1, 2, 3)
    teaser = (
        "<div class='text'>订阅本站的通讯，每周一封，不打扰。你可以随时退订，也可以只看周末的那一期。</div>"
    )
    moved = page(9, "story").replace("<h1>", teaser + "<h1>")
    layout = learnt(layout, glimpse(moved, "\n".join(paragraphs(9)), url(9)))
    assert selector_of(layout) == ""
    assert [seen.url for seen in layout.glimpses] == [url(9)]
    for number in (10, 11):
        layout = learnt(layout, glimpse(page(number, "story"), "\n".join(paragraphs(number)), url(number)))
    assert selector_of(layout) == "div.story"


def test_one_odd_page_among_good_ones_unlearns_nothing() -> None:
    layout = learnt(layout_of(1, 2, 3), Glimpse("https://a.example/video", ()))
    assert selector_of(layout) == "div.text"


def test_agreement_is_that_of_the_words_not_of_the_spaces() -> None:
    assert agreement("市图书馆 今天开放", "市图书馆\n今天开放") == 1.0
    assert agreement("市图书馆今天开放", "全然不同的另一句话") == 0.0
    assert agreement("", "市图书馆今天开放") == 0.0


@pytest.mark.parametrize(
    "body", ["", "\0", "<", "<html></html>", "\ud800", "<p>" * 3000, "<a b='" + "x" * 99_999]
)
def test_nothing_a_page_holds_stops_a_look_at_its_frame(body: str) -> None:
    assert glimpse(body, "一段正文，在网页里找不到。", "https://a.example/").selectors == ()
    assert by_selector.extract_by_selector(body, "https://a.example/", "div.text", KNOWN) is None


@pytest.mark.parametrize("tag", ["<b>", "<a>", "<font>", "<table>"])
def test_tags_that_nobody_closes_take_no_time(tag: str) -> None:
    start = time.process_time()
    assert (
        by_selector.extract_by_selector(tag * 20_000 + "text " * 100, "https://a.example/", "body", KNOWN)
        is None
    )
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "byline", ['<span class="post author">陈树</span>', '<a rel="author"><b itemprop="name">陈树</b></a>']
)
def test_a_marked_byline_is_found_without_the_slower_tree(
    byline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unasked(text: str) -> None:
        raise AssertionError("the page was parsed again")

    text = "".join(f"<p>新馆今天上午在城东开放，这一天来了{n}千名读者，不少人排队。</p>" for n in range(9))
    marked = f"<html><body><h1>新馆开放</h1>{byline}<script>var 作者 = 1</script><article>{text}</article></body></html>"
    monkeypatch.setattr("curate.extraction.dom.parse", unasked)
    known = Article("新馆开放", "", "", datetime(2026, 11, 21, tzinfo=UTC))
    found = by_selector.extract_by_selector(marked, "https://a.example/1.html", "article", known)
    assert found is not None
    assert found.author == "陈树"
    bare = by_selector.extract_by_selector(
        marked.replace(byline, ""), "https://a.example/1.html", "article", known
    )
    assert bare is not None
    assert not bare.author
