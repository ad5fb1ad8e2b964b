import gzip
import json
import logging
import lzma
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.domain.errors import UnreadableError
from curate.domain.model import Article
from curate.extraction.dom import limit_page, parse, prepare
from curate.extraction.extract import extract
from curate.extraction.reduction import reduce_tree
from tests.examples import examples

SHARED = Path(__file__).parents[2] / "shared" / "data"
URL = "https://news.example.org/2026/11/library.html"

PARAGRAPHS = [
    "市图书馆新馆今天上午在城东开放，首日接待读者三千余人，不少市民早早来到门前排队。",
    "新馆藏书一百二十万册，设有儿童阅览区、夜间自习室和一座可以看到江景的屋顶花园。",
    "馆长表示，夜间自习室将开放到晚上十一点，读者可以通过手机提前三天预约座位。",
]
CHINESE = f"""<html><head><title>市图书馆新馆今天开放_城东新闻网</title>
<meta property="og:image" content="/img/cover.jpg"><meta property="og:site_name" content="城东新闻网"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/local">本地</a> <a href="/sport">体育</a></div>
<h1>市图书馆新馆今天开放</h1>
<div class="info"><span>2026-11-21 08:30</span> <span>来源：城东日报</span> <span>作者：陈树</span></div>
<div class="content" id="article">{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}
<p><img data-src="hall.jpg" src="data:image/gif;base64,xx" width="800" height="600" alt="大厅"></p>
<p><img src="/static/qrcode.png" width="300"><img src="dot.gif" width="1" height="1"><img src="/img/avatar/9.jpg"></p></div>
<div class="related"><ul>{"".join(f'<li><a href="/{n}">另一条不相干的新闻标题第{n}号</a></li>' for n in range(12))}</ul></div>
<div class="footer">版权所有 城东新闻网</div></body></html>"""

ENGLISH_PARAGRAPHS = [
    "The city opened its new library on Monday morning, and some three thousand readers came on the first day.",
    "The building holds 1.2 million books, a reading room for children and a garden on the roof above the river.",
    "Its director said that the reading rooms would stay open until eleven at night, and that seats can be booked.",
]
ENGLISH = f"""<html><head><title>New library opens | Example News</title>
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "New library opens",
"datePublished": "2026-11-21T08:30:00-05:00", "author": [{{"name": "Jane Doe"}}, {{"name": "John Roe"}}],
"image": {{"url": "https://cdn.example.org/a.jpg"}}}}]}}</script></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>New library opens</h1>{"".join(f"<p>{p}</p>" for p in ENGLISH_PARAGRAPHS)}</article>
<footer>All rights reserved</footer></body></html>"""


def test_a_chinese_page_is_read_whole() -> None:
    article = extract(CHINESE, URL)
    assert article.title == "市图书馆新馆今天开放"
    assert article.text.split("\n")[-3:] == PARAGRAPHS
    assert "不相干" not in article.text
    assert "首页" not in article.text
    assert article.author == "陈树"
    assert article.published == datetime(2026, 11, 21, 0, 30, tzinfo=UTC), "a time without zone is China's"
    assert [image.url for image in article.images] == [
        "https://news.example.org/img/cover.jpg",
        "https://news.example.org/2026/11/hall.jpg",
    ]
    assert (article.images[1].width, article.images[1].alt) == (800, "大厅")


def test_an_english_page_is_read_whole() -> None:
    article = extract(ENGLISH, URL)
    assert article.title == "New library opens"
    assert article.text == "\n".join(ENGLISH_PARAGRAPHS)
    assert article.author == "Jane Doe, John Roe"
    assert article.published == datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
    assert [image.url for image in article.images] == ["https://cdn.example.org/a.jpg"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8", "utf-8-sig"])
def test_bytes_are_read_in_their_own_encoding_whatever_the_header_says(encoding: str) -> None:
    article = extract(CHINESE.encode(encoding), URL, "text/html; charset=iso-8859-1")
    assert article.text == extract(CHINESE, URL).text


def test_blocks_that_official_accounts_write_as_sections_are_read() -> None:
    body = "".join(f"<section style='x'><span>{p}</span></section>" for p in PARAGRAPHS)
    page = f"""<html><head><title>x</title></head><body><h1 id="activity-name">市图书馆新馆开放</h1>
    <div class="rich_media_content" id="js_content" style="visibility: hidden;"><section>{body}</section></div></body></html>"""
    assert extract(page).text == "\n".join(PARAGRAPHS)


def test_a_page_drawn_by_script_is_read_from_what_it_states() -> None:
    stated = json.dumps({"@type": "Article", "headline": "新馆", "articleBody": "\n".join(PARAGRAPHS)})
    page = (
        f'<html><body><div id="app"></div><script type="application/ld+json">{stated}</script></body></html>'
    )
    assert extract(page).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("作者：陈树", "陈树"),
        ("文/陈树", "陈树"),
        ("记者 陈树 周平", "陈树 周平"),
        ("来源：城东日报 2026-11-21", "城东日报"),
        ("责任编辑：周平", ""),
        ("来源：转载请注明出处", ""),
        ("来源：商讯", ""),
        ("来源：网络综合", ""),
        ("来源：厂商供稿", ""),
        ("作者：小编", ""),
        ("来源：如有侵权请联系删除", ""),
        ("来源：城东商讯报", "城东商讯报"),
        ("来源：新华社", "新华社"),
    ],
)
def test_chinese_bylines_name_the_author_or_the_origin_but_not_the_editor(line: str, author: str) -> None:
    page = f"<h1>新馆今天开放</h1><div>{line}</div><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</div>"
    assert extract(page).author == author


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2026年11月21日 08:30", datetime(2026, 11, 21, 0, 30, tzinfo=UTC)),
        ("发布时间：2026-11-21", datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
        ("2026/11/21 08:30:15", datetime(2026, 11, 21, 0, 30, 15, tzinfo=UTC)),
        ("<time datetime='2026-11-21T08:30:00Z'>x</time>", datetime(2026, 11, 21, 8, 30, tzinfo=UTC)),
        ("November 21, 2026 at 8:30 pm UTC", datetime(2026, 11, 21, 20, 30, tzinfo=UTC)),
        ("2026-13-41", None),
    ],
)
def test_times_are_found_where_readers_see_them(line: str, published: datetime | None) -> None:
    page = f"<h1>新馆今天开放</h1><div>{line}</div><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</div>"
    assert extract(page).published == published


@pytest.mark.parametrize(
    ("lang", "line", "published"),
    [
        ("de", "Veröffentlicht am 21. November 2026", datetime(2026, 11, 21, tzinfo=UTC)),
        ("fr", "Publié le 5 décembre 2025 à 18h30", datetime(2025, 12, 5, 18, 30, tzinfo=UTC)),
        ("pt-BR", "21 de novembro de 2026", datetime(2026, 11, 21, tzinfo=UTC)),
        ("en-GB", "Published 05/11/2026", datetime(2026, 11, 5, tzinfo=UTC)),
        ("ja", "令和8年11月21日", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("zh-TW", "民國115年11月21日", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("zh", "二〇二六年十一月二十一日", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        (
            "zh",
            "发布时间：<span>26-11-21</span><span>08:30</span>",
            datetime(2026, 11, 21, 0, 30, tzinfo=UTC),
        ),
        ("zh", "发布时间：11-21 08:30", datetime(2026, 11, 21, 0, 30, tzinfo=UTC)),
        ("zh", "发布于 昨天 08:30", datetime(2026, 11, 29, 0, 30, tzinfo=UTC)),
        ("zh", "发布时间：3小时前", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("zh", "2026年11月社会消费品零售", None),
        ("zh", "11月21日的讲座还有座位", None),
        ("zh", "昨天 08:30 有人在楼下等", None),
        ("zh", "版本 2026.11 已经可用", None),
        ("en", "<time datetime='0001-01-01T00:00:00'>x</time>", None),
    ],
)
def test_pages_dates_are_read_in_other_languages_and_forms(
    lang: str, line: str, published: datetime | None
) -> None:
    told = ["The new library opened to three thousand readers this morning, and many came early."] * 3
    text = "".join(f"<p>{p}</p>" for p in (PARAGRAPHS if lang[:2] in ("zh", "ja") else told))
    page = f"<html lang={lang}><body><h1>新馆今天开放</h1><div>{line}</div><div>{text}</div></body></html>"
    assert extract(page, fetched=datetime(2026, 11, 30, 10, tzinfo=UTC)).published == published


@pytest.mark.parametrize(
    "page",
    [
        "",
        "   ",
        "\x00\x00",
        "<html></html>",
        "<p>短</p>",
        "{}",
        "<!DOCTYPE html>",
        b"",
        b"\xff\xfe",
        b"%PDF-1.7 \x00\xff",
        "<!--",
    ],
)
def test_a_page_without_main_text_is_an_expected_failure(page: str | bytes) -> None:
    with pytest.raises(UnreadableError):
        extract(page, URL)


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + PARAGRAPHS[0],
        "<b><i>" * 5_000 + "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]><html><p>&a8;</p></html>',
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>x",
        "<p>" + "字" * 500_000,
        "<table>" * 2_000 + "<p>" + PARAGRAPHS[0],
        "<p title='" + "x" * 100_000,
    ],
    ids=["deep", "unclosed", "entities", "json", "long", "tables", "attribute"],
)
def test_hostile_pages_are_read_or_refused(page: str) -> None:
    try:
        article = extract(page, URL)
    except UnreadableError:
        return
    assert isinstance(article, Article)
    assert len(article.text) <= len(page)


@examples(30)
@given(
    st.lists(
        st.sampled_from(
            [
                *PARAGRAPHS,
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<h1>",
                "<section>",
                "<table><tr><td>",
                "<a href=':'>",
                "&#0;",
                "<img src='//['>",
                "<meta property='og:image' content='http://['>",
                "\x00",
                "\ud800",
                "<base href='http://['>",
                "<time datetime='9999-12-31T23:59:59-23:59'>",
                "<script type='application/ld+json'>{\"author\": [1, null]}</script>",
            ]
        ),
        max_size=20,
    )
)
def test_any_page_is_an_article_or_an_expected_failure(parts: list[str]) -> None:
    try:
        article = extract("".join(parts), "https://example.org/[")
    except UnreadableError:
        return
    assert article.text.encode()


def test_the_same_page_gives_the_same_article_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert extract(CHINESE, URL) == extract(CHINESE, URL)
        with pytest.raises(UnreadableError):
            extract("<p>", URL)
    assert not caplog.records


def f1(pairs: list[tuple[str, str]], *, by_words: bool) -> float:
    precisions, recalls = [], []
    for truth, found in pairs:
        units = [text.split() if by_words else "".join(text.split()) for text in (truth, found)]
        wanted, got = (Counter(tuple(u[i : i + 4]) for i in range(max(1, len(u) - 3))) for u in units)
        common = (wanted & got).total()
        precisions.append(common / got.total())
        recalls.append(common / wanted.total())
    precision, recall = mean(precisions), mean(recalls)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no real pages (../shared/data) here to measure on")
def test_chinese_pages_keep_their_quality() -> None:
    gold = json.loads((SHARED / "pages_zh/gold.json").read_text("utf-8"))
    keys = [
        "guancha/2.html",
        "163/2.html",
        "163/7.html",
        "wechat/1.html",
        "visiable_mydrivers/1.html",
        "thepaper/1.html",
    ]
    pairs = []
    for key in keys:
        body = lzma.decompress((SHARED / "pages_zh/html" / f"{key}.xz").read_bytes())
        pairs.append((gold[key]["text"], extract(body).text))
    assert f1(pairs, by_words=False) >= 0.93


@pytest.mark.skipif(not SHARED.is_dir(), reason="no real pages (../shared/data) here to measure on")
def test_english_pages_keep_their_quality() -> None:
    gold = json.loads((SHARED / "pages_en/ground-truth.json").read_text("utf-8"))
    pairs = []
    for key in sorted(gold)[::15]:
        body = gzip.decompress((SHARED / "pages_en/html" / f"{key}.html.gz").read_bytes())
        pairs.append((gold[key]["articleBody"], extract(body, gold[key]["url"]).text))
    assert f1(pairs, by_words=True) >= 0.90


def test_recursion_is_left_as_it_was() -> None:
    before = sys.getrecursionlimit()
    extract(CHINESE)
    assert sys.getrecursionlimit() == before


def test_no_page_makes_the_extractors_work_without_bound() -> None:
    crowded = f"<div {' '.join(f'a{n}=1' for n in range(3000))} x=''>"
    assert limit_page(f"<p>前</p>{crowded}文</div>") == "<p>前</p><b>文</div>"
    data = f"<img alt='{'a = b ' * 3000}'>"  # one attribute, however long
    assert limit_page(data) == data
    tree = parse(prepare(f"<pre>{'x = 1' + chr(10)}</pre><pre>{('x = 1' + chr(10)) * 3000}</pre>"))
    assert [len(list(reduce_tree(tree).iter(tag))) for tag in ("pre", "p")] == [1, 1]


def test_menus_and_lists_of_other_articles_are_not_given_to_the_extractors() -> None:
    menu = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(6))
    cards = "".join(f'<div><a href="/{n}"><img src="{n}.jpg">另一篇文章的标题{n}</a></div>' for n in range(5))
    tree = reduce_tree(
        parse(f"<body><ul>{menu}</ul><main><p>{PARAGRAPHS[0]}</p></main><div>{cards}</div></body>")
    )
    assert tree.text_content().split() == PARAGRAPHS[:1]


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (
            "<div><p>{prose}</p><p>{prose}</p><ul>{links}</ul></div>",
            "一周里值得读的第3篇",
        ),  # an article's own list
        ("<div>{prose}<br>{prose}<br>{prose}<ul>{links}</ul></div>", "一周里值得读的第3篇"),
        ("<ul><li>{prose} <a href=/>甲</a><a href=/>乙</a><a href=/>丙</a><a href=/>丁</a></li></ul>", "丙"),
        ("<p><a href=/>甲</a> <a href=/>乙</a> <a href=/>丙</a> <a href=/>丁</a></p>", "丙"),
        ("<ul><li><a href=/>甲</a></li><li><a href=/>乙</a></li></ul>", "乙"),
    ],
)
def test_links_that_may_be_the_articles_own_stay(markup: str, kept: str) -> None:
    links = "".join(f'<li><a href="/{n}">一周里值得读的第{n}篇</a></li>' for n in range(8))
    page = markup.format(prose=PARAGRAPHS[0] + PARAGRAPHS[1], links=links)
    assert kept in reduce_tree(parse(f"<body>{page}</body>")).text_content()


def test_a_page_that_states_its_text_as_readability_reads_it_asks_no_second_extractor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from curate.extraction import extractors

    asked: list[bool] = []

    def unread(tree: object, *, precise: bool) -> str:
        asked.append(precise)
        return ""

    monkeypatch.setattr(extractors, "by_trafilatura", unread)
    text = [f"{line} This was day {day}." for day in range(4) for line in ENGLISH_PARAGRAPHS]
    told = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(text)})
    page = f"<article><h1>New library opens</h1>{''.join(f'<p>{line}</p>' for line in text)}</article>"
    head = f'<script type="application/ld+json">{told}</script>'
    assert extract(f"<html><head>{head}</head><body>{page}</body></html>", URL).text.split("\n") == text
    assert not asked
    extract(f"<html><body>{page}</body></html>", URL)
    assert asked
