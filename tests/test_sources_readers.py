from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate import sources
from curate.config.schema import Network, Selectors, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.i18n.catalogue import failure_of
from curate.sources import READERS, addresses, readers
from curate.sources.read_document import read

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NETWORK = Network(rsshub="https://hub.example/")


def page(body: str | bytes, url: str = "https://site.example/news/") -> Page:
    return Page(url, body.encode() if isinstance(body, str) else body, NOW)


def test_installed_packages_cannot_replace_our_kinds() -> None:
    assert {name: readers()[name] for name in READERS} == READERS


def test_each_reader_says_what_to_fetch() -> None:
    url = "https://site.example/x"
    for reader in ("feed", "page", "sitemap"):
        assert addresses(Source(name="s", reader=reader, url=url), NETWORK) == (url,)
        assert addresses(Source(name="s", reader=reader), NETWORK) == ()
    assert addresses(Source(name="s", reader="rsshub", route="/zhihu/daily"), NETWORK) == (
        "https://hub.example/zhihu/daily",
    )
    assert addresses(Source(name="s", reader="originals", folder="pieces"), NETWORK) == ()


def test_an_unknown_reader_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(page("x"), Source(name="s", reader="telepathy"))
    assert "sitemap" in failure_of("", caught.value, "zh").hint


def test_rsshub_is_read_as_a_feed() -> None:
    body = "<rss><channel><title>H</title><item><title>A</title><link>https://a.example/1</link></item></channel></rss>"
    found = read(page(body), Source(name="s", reader="rsshub", route="/x"))
    assert [(e.source, e.title) for e in found.entries] == [("s", "A")]


LIST = """<html lang="zh-CN"><head><title>新闻 列表</title><base href="https://cdn.example/base/"></head><body><ul>
<li class="n"><h3><a href="a/1.html?spm=1"> 第一条 <b>新闻</b> </a></h3><time datetime="2026-11-21T08:30:00+08:00">昨天</time>
  <p class="d">摘要 一</p><img data-src="/i/1.jpg" src="data:image/gif;base64,x" alt="图"></li>
<li class="n"><h3><a href="a/2.html">第二条新闻</a></h3><span class="t">11月20日 08:30</span></li>
<li class="n"><h3>没有链接</h3></li><li class="n"><a href="a/3.html"><img src="x.png"></a></li>
<li class="n"><h3><a href="javascript:void(0)">脚本</a></h3></li></ul></body></html>"""


def listing(**select: str) -> Source:
    return Source(name="s", reader="page", url="https://site.example/news/", select=Selectors(**select))


def test_a_listing_page_is_read_with_selectors() -> None:
    found = read(page(LIST), listing(item="li.n", link="h3 a, a", time="time, .t", summary=".d"))
    one, two = found.entries
    assert (found.title, found.parser) == ("新闻 列表", "html")
    assert (one.title, one.url, one.summary) == (
        "第一条 新闻",
        "https://cdn.example/base/a/1.html",
        "摘要 一",
    )
    assert (one.published, one.dated) == (datetime(2026, 11, 21, 0, 30, tzinfo=UTC), True)
    assert [(image.url, image.alt) for image in one.images] == [("https://cdn.example/i/1.jpg", "图")]
    assert (two.title, two.published) == ("第二条新闻", datetime(2026, 11, 20, 0, 30, tzinfo=UTC))


def test_an_item_may_itself_be_the_link() -> None:
    found = read(
        page('<a class="x" href="/1">One</a><a class="x" href="/2" title="Two"></a>'), listing(item="a.x")
    )
    assert [(e.title, e.url) for e in found.entries] == [
        ("One", "https://site.example/1"),
        ("Two", "https://site.example/2"),
    ]


@pytest.mark.parametrize(
    ("select", "named"),
    [
        ({"item": "li.gone"}, "select.item"),
        ({"item": "li.n", "link": "a.gone"}, "select.link"),
        ({"item": "li.n", "title": "h9"}, "select.title"),
        ({"item": "li:::["}, "select.item"),
        ({"item": "li.n", "link": "a["}, "select.link"),
        ({"item": "li.n", "time": "]"}, "select.time"),
    ],
)
def test_the_selector_that_matches_nothing_is_named(select: dict[str, str], named: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(page(LIST), listing(**select))
    assert named in failure_of("", caught.value, "zh").reason + failure_of("", caught.value, "zh").hint


def test_a_listing_without_selectors_or_without_a_page_is_unreadable() -> None:
    for source, body in (
        (Source(name="s", reader="page", url="https://site.example/"), LIST),
        (listing(item="li"), ""),
        (listing(item="li"), "\0\0<<<>>>"),
        (listing(item="li"), "<div>" * 20_000),
    ):
        with pytest.raises(UnreadableError):
            read(page(body), source)


WHOLE = "市住房和城乡建设局关于进一步加强既有桥梁夜间维修管理工作的通知"


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (f"<a href='/1' title='{WHOLE}'>{WHOLE[:19]}...</a>", WHOLE),
        (f"<a href='/1' title='{WHOLE}'>{WHOLE[:19]}…</a>", WHOLE),
        (f"<a href='/1' title='{WHOLE}'>{WHOLE[:19]}</a>", WHOLE),
        (f"<a href='/1' aria-label='{WHOLE}'>{WHOLE[:19]}……</a>", WHOLE),
        (f"<a href='/1'><span title='{WHOLE}'>{WHOLE[:19]} ...</span></a>", WHOLE),
        (f"<a href='/1' title='标题：{WHOLE}&#10;日期：2026-11-30'>{WHOLE[:9]}...</a>", WHOLE),
        ("<a href='/1' title='打开第二条新闻'>第二条新闻的标题</a>", "第二条新闻的标题"),
        ("<a href='/1' title='第二条新闻的标题 - 点击阅读'>第二条新闻的标题</a>", "第二条新闻的标题"),
        ("<a href='/1' title='另一句话在这里'>第二条新闻的标…</a>", "第二条新闻的标…"),
        (f"<a href='/1' title='{WHOLE}'><img src='/1.jpg'></a>", WHOLE),
    ],
)
def test_a_title_that_the_page_cuts_is_taken_whole_from_its_attribute(item: str, title: str) -> None:
    source = Source(name="s", reader="page", url="https://site.example/", select=Selectors(item="li"))
    (entry,) = read(page(f"<html lang='zh'><ul><li>{item}</li></ul></html>"), source).entries
    assert entry.title == title


def test_a_sitemap_may_be_a_text_file() -> None:
    found = read(page("\ufeffhttps://site.example/1\r\n\r\nhttps://site.example/2\n"), SITEMAP)
    assert [entry.url for entry in found.entries] == ["https://site.example/1", "https://site.example/2"]
    assert not any(entry.dated for entry in found.entries)


SITEMAP = Source(name="s", reader="sitemap", url="https://site.example/sitemap.xml")
URLSET = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://site.example/1</loc><lastmod>2026-11-20</lastmod></url>
<url><loc> https://site.example/2 </loc><news:news><news:publication><news:name>N</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2026-11-21T08:30:00+08:00</news:publication_date><news:title>Two &amp; more</news:title>
<news:keywords>a, b</news:keywords></news:news><image:image><image:loc>https://site.example/2.jpg</image:loc></image:image></url>
<url><lastmod>2026-11-20</lastmod></url><url><loc>mailto:x@site.example</loc></url></urlset>"""


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())])
def test_a_sitemap_gives_addresses_and_news_titles(pack: object) -> None:
    one, two = read(page(pack(URLSET)), SITEMAP).entries  # type: ignore[operator]
    assert (one.url, one.title, one.published) == (
        "https://site.example/1",
        "",
        datetime(2026, 11, 20, tzinfo=UTC),
    )
    assert (two.title, two.categories) == ("Two & more", ("a", "b"))
    assert two.published == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    assert [image.url for image in two.images] == ["https://site.example/2.jpg"]


def test_an_index_of_sitemaps_names_the_newest_to_follow() -> None:
    rows = "".join(
        f"<sitemap><loc>https://site.example/{n}.xml</loc><lastmod>2026-{n:02d}-01</lastmod></sitemap>"
        for n in (2, 9, 5, 7)
    )
    found = read(
        page(f"<sitemapindex><sitemap><loc>/undated.xml</loc></sitemap>{rows}</sitemapindex>"), SITEMAP
    )
    assert found.entries == ()
    assert found.follow == tuple(f"https://site.example/{n}.xml" for n in (9, 7, 5))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<html></html>",
        b"\x1f\x8bbroken",
        gzip.compress(b" " * 60_000_000),
        b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><other>&x;</other>',
    ],
)
def test_what_is_no_sitemap_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(page(body), SITEMAP)


def test_entities_in_a_sitemap_are_not_resolved() -> None:
    body = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yy">]><urlset><url><loc>https://s.example/&x;</loc></url></urlset>'
    assert all("root" not in entry.url for entry in read(page(body), SITEMAP).entries)


ORIGINALS = Source(name="s", reader="originals", folder="pieces")


def original(text: str, name: str = "my-piece.md") -> Page:
    return page(text, f"file:///home/editor/pieces/{name}")


def test_an_original_is_read_with_its_front_matter() -> None:
    (entry,) = read(
        original(
            "---\ntitle: 我们的评论\ndate: 2026-11-21 08:30\ntopic: tech\nauthor: 编辑部\nurl: https://mp.weixin.qq.com/s/x\n"
            "summary: 一句话\nimage: https://a.example/c.jpg\ntags: [a, b]\n---\n\n正文 **重点**\n\n<script>alert(1)</script>\n"
        ),
        ORIGINALS,
    ).entries
    assert entry.original
    assert (entry.title, entry.author, entry.summary) == ("我们的评论", "编辑部", "一句话")
    assert entry.categories == ("tech", "a", "b")
    assert (entry.published, entry.dated) == (datetime(2026, 11, 21, 0, 30, tzinfo=UTC), True)
    assert entry.images[0].url == "https://a.example/c.jpg"
    assert "<strong>重点</strong>" in entry.content
    assert "<script>" not in entry.content
    assert (entry.id, entry.url) == ("file:my-piece.md", "https://mp.weixin.qq.com/s/x")


@pytest.mark.parametrize(
    ("text", "title", "content"),
    [
        ("# The *Heading*\n\nText", "The *Heading*", "<p>Text</p>"),
        ("---\nauthor: a\n---\n## Second\n\nText", "Second", "<p>Text</p>"),
        ("Just text", "my piece", "<p>Just text</p>"),
        ("---\ntitle: Same\n---\n# Same\n\nText", "Same", "<p>Text</p>"),
        ("---\ntitle: 2026\n---\nText", "2026", "<p>Text</p>"),
        ("---\r\ntitle: Windows\r\n---\r\nText", "Windows", "<p>Text</p>"),
        ("\ufeff---\ntitle: Marked\n---\nText", "Marked", "<p>Text</p>"),
        ("---\n---\nText", "my piece", "<p>Text</p>"),
        ("Text\n\n---\n\nmore", "my piece", "<h2>"),
    ],
)
def test_the_title_is_the_front_matter_s_or_the_first_heading_or_the_file_s_name(
    text: str, title: str, content: str
) -> None:
    if content == "<h2>":
        content = "<p>Text</p>\n<hr"
    (entry,) = read(original(text), ORIGINALS).entries
    assert entry.title == title
    assert entry.content.strip().startswith(content)


def test_drafts_are_left_out() -> None:
    assert read(original("---\ndraft: true\n---\nText"), ORIGINALS).entries == ()
    assert len(read(original("---\ndraft: false\n---\nText"), ORIGINALS).entries) == 1


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: a: b\n---\nText", "---\n- a\n- b\n---\nText", "---\ntitle: x\n---\n", "", "---\n!!python/object:os.system x\n---\nText"],
)  # fmt: skip
def test_an_original_that_cannot_be_read_says_why(text: str) -> None:
    with pytest.raises(UnreadableError, match="my-piece"):
        read(original(text), ORIGINALS)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("---\ntitle: x\nsummary: a: b\n---\nText", 3, "YAML"),
        ('---\ntitle: "x\n---\nText', 2, "YAML"),
        ("---\ntitle：我们的评论\n---\nText", 2, "键: 值"),
        ("---\nauthor: a\ntopic：ai\n---\nText", 3, "键: 值"),
        ("---\ntitle：x\nauthor: a\n---\nText", 2, "键: 值"),
        ("---\n- a\n- b\n---\nText", 2, "键: 值"),
        ("---\ntitle: never closed\n\nText", 1, "没有收尾"),
        ("---", 1, "没有收尾"),
        ("---\ntitle: x\ndate: 下次\n---\nText", 3, "日期"),
        ("---\ntitle: x\ndate: 2026-02-31\n---\nText", 3, "日期"),
        ("---\ntitle: x\ndate: [2026, 2]\n---\nText", 3, "日期"),
    ],
)
def test_what_is_wrong_with_front_matter_is_told_with_its_file_and_line(
    text: str, line: int, word: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(original(text, "a.md"), ORIGINALS)
    assert failure_of("", caught.value, "zh").reason.startswith(f"a.md 第 {line} 行：")
    assert word in failure_of("", caught.value, "zh").reason
    assert failure_of("", caught.value, "en").reason.startswith(f"a.md, line {line}: ")
    assert failure_of("", caught.value, "zh").hint


def test_a_date_to_come_counts_as_now_and_no_date_is_no_mistake() -> None:
    for date in ("2027-01-01 08:00", ""):
        (entry,) = read(original(f"---\ndate: {date}\n---\nText"), ORIGINALS).entries
        assert (entry.published, entry.dated) == (NOW, False)


def test_no_reader_of_the_table_opens_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss><channel><item><title>secret</title></item></channel></rss>")
    for reader in ("feed", "sitemap", "page"):
        with pytest.raises(UnreadableError):
            read(page(str(secret)), Source(name="s", reader=reader, select=Selectors(item="item")))


@pytest.mark.parametrize(("language", "words"), [("zh", "网页"), ("en", "web page")])
def test_whoever_reads_without_a_night_gets_failures_in_words(language: str, words: str) -> None:
    source = Source(name="a", url="https://a.example/feed")
    with pytest.raises(UnreadableError) as caught:
        sources.read(page("<html><p>hello</p></html>"), source, language)
    assert words in caught.value.reason
