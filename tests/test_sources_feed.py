from __future__ import annotations

import json
import lzma
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.i18n.catalogue import failure_of
from curate.sources import Reading
from curate.sources.read_document import read
from tests.examples import examples

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SOURCE = Source(name="A Source", id="s", url="https://feeds.example/rss")
REAL = Path(__file__).parents[2] / "shared" / "data" / "feeds" / "real"


def reading(body: str | bytes, content_type: str = "", url: str = "https://feeds.example/rss") -> Reading:
    data = body.encode() if isinstance(body, str) else body
    return read(Page(url, data, NOW, content_type), SOURCE)


def rss(*items: str, channel: str = "", attributes: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {attributes}><channel>'
        f"<title>Channel</title><link>https://site.example/</link><description>d</description>{channel}"
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )


PLAIN = "<title>One</title><link>https://site.example/1</link><guid>g1</guid><pubDate>Sat, 21 Nov 2026 08:30:00 GMT</pubDate>"


def test_rss_2_is_read_by_the_fast_parser() -> None:
    found = reading(
        rss(
            PLAIN + "<description>Short &lt;b&gt;words&lt;/b&gt;</description>"
            "<content:encoded><![CDATA[<p>The whole text</p>]]></content:encoded>"
            "<author>ann@site.example (Ann Author)</author><category>News</category><category>AI</category>"
            '<enclosure url="https://site.example/i.jpg" type="image/jpeg" length="1"/>',
            attributes='xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        )
    )
    (entry,) = found.entries
    assert (found.parser, found.title, found.site) == ("fast", "Channel", "https://site.example/")
    assert (entry.source, entry.id, entry.url, entry.title) == ("s", "g1", "https://site.example/1", "One")
    assert (entry.published, entry.dated) == (datetime(2026, 11, 21, 8, 30, tzinfo=UTC), True)
    assert (entry.summary, entry.content) == ("Short words", "<p>The whole text</p>")
    assert (entry.author, entry.categories) == ("Ann Author", ("News", "AI"))
    assert [image.url for image in entry.images] == ["https://site.example/i.jpg"]
    assert not entry.original


def test_atom_is_read() -> None:
    (entry,) = reading(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><link href="https://site.example/"/>
        <entry><id>tag:site.example,2026:1</id><title type="html">A &amp;amp; B</title>
        <link rel="self" href="https://site.example/1.atom"/><link rel="alternate" href="https://site.example/1"/>
        <published>2026-11-20T08:00:00+08:00</published><updated>2026-11-21T08:00:00+08:00</updated>
        <author><name>Ann</name></author><category term="ai"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry></feed>"""
    ).entries
    assert (entry.id, entry.url) == ("tag:site.example,2026:1", "https://site.example/1")
    assert (entry.title, entry.author, entry.categories) == ("A & B", "Ann", ("ai",))
    assert entry.published == datetime(2026, 11, 20, tzinfo=UTC)
    assert "<p>Text</p>" in entry.content


def test_rss_1_keeps_its_content() -> None:
    found = reading(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://site.example/"><title>C</title><link>https://site.example/</link></channel>
        <item rdf:about="https://site.example/1"><title>One</title><link>https://site.example/1</link>
        <description>short</description><dc:date>2026-11-21T08:30:00Z</dc:date>
        <content:encoded><![CDATA[<p>whole</p>]]></content:encoded></item></rdf:RDF>"""
    )
    (entry,) = found.entries
    assert (found.parser, entry.title, entry.content) == ("rdf", "One", "<p>whole</p>")


def test_rss_090_is_read() -> None:
    found = reading(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
        <channel><title>C</title><link>https://site.example/</link></channel>
        <item><title>One</title><link>https://site.example/1</link></item></rdf:RDF>"""
    )
    assert [(e.title, e.id, e.dated) for e in found.entries] == [("One", "https://site.example/1", False)]


def test_json_feed_is_read_and_odd_types_are_passed_over() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "home_page_url": "https://site.example/",
        "items": [
            {"id": 7, "url": "/7", "title": "Seven", "content_text": "a < b\n\nc", "date_published": "2026-11-21T08:30:00Z",
             "authors": [{"name": "Ann"}, "nobody"], "tags": ["x", 5, None], "image": "/i.png"},
            {"id": "8", "external_url": "https://other.example/8", "title": None, "summary": "s", "authors": "Ann"},
            "not an item",
            {},
        ],
    }  # fmt: skip
    found = reading(json.dumps(document), "application/feed+json")
    seven, eight = found.entries
    assert found.parser == "json"
    assert (seven.id, seven.url, seven.author) == ("7", "https://site.example/7", "Ann")
    assert (seven.content, seven.categories) == ("<p>a &lt; b</p>\n<p>c</p>", ("x", "5"))
    assert seven.images[0].url == "https://site.example/i.png"
    assert (eight.url, eight.title, eight.summary, eight.dated) == ("https://other.example/8", "", "s", False)


@pytest.mark.parametrize("behind", [";", "\n<!-- cached -->"])
def test_what_stands_behind_a_json_feed_is_none_of_it(behind: str) -> None:
    document = json.dumps({"items": [{"id": 1, "title": "甲", "url": "https://site.example/1"}]})
    assert [entry.title for entry in reading(document + behind).entries] == ["甲"]


def test_json_feed_may_put_one_thing_where_a_list_belongs() -> None:
    items = [
        {"id": 1, "title": "甲", "author": "林晚", "tags": "桥，城市, 夜", "image": {"url": "/i.jpg"}, "date_published": 1795249800},
        {"id": 2, "title": "乙", "authors": {"name": "林晚"}, "tags": [{"name": "桥"}], "date_published": 1795249800000.0},
        {"id": 3, "title": "丙", "authors": ["林晚", {"name": "周"}], "tags": {"name": "夜"}, "date_published": 1795249800.5},
        {"id": 4, "title": "丁", "author": [{"name": "林晚"}], "authors": [], "tags": None, "date_published": "1795249800.25"},
    ]  # fmt: skip
    found = reading(json.dumps({"home_page_url": "https://site.example/", "items": items})).entries
    assert [entry.author for entry in found] == ["林晚", "林晚", "林晚, 周", "林晚"]
    assert [entry.categories for entry in found] == [("桥", "城市", "夜"), ("桥",), ("夜",), ()]
    assert {entry.published for entry in found} == {datetime(2026, 11, 21, 8, 30, tzinfo=UTC)}
    assert [image.url for image in found[0].images] == ["https://site.example/i.jpg"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("雪 &#55357;&#56832; 路", "雪 😀 路"),
        ("雪 &#xD83D;&#xDE00; 路", "雪 😀 路"),
        ("雪 &#xd83d;&#56832;&#xD83D;&#xDE00; 路", "雪 😀😀 路"),
        ("雪 &amp;#55357;&amp;#56832; 路", "雪 😀 路"),
        ("<![CDATA[雪 &#55357;&#56832; 路]]>", "雪 😀 路"),
        ("雪 &#55357; 路", "雪 路"),  # half of one says nothing
        ("雪 &#56832;&#55357; 路", "雪 路"),
        ("雪 &#55203;&#57344; 路", "雪 힣 路"),  # beside the halves: a letter, and one for private use
    ],
)
def test_an_emoji_written_as_two_references_is_one_and_half_of_one_is_dropped(
    written: str, read_as: str
) -> None:
    found = reading(rss(f"<title>{written}</title><link>/1</link>", PLAIN)).entries
    assert [" ".join(entry.title.split()) for entry in found] == [read_as, "One"]


def test_cdata_that_holds_its_own_end_is_kept() -> None:
    split = "<title><![CDATA[数组 a[b[0]]]]><![CDATA[> 的写法]]></title><link>/1</link>"
    (entry,) = reading(rss(split)).entries
    assert entry.title == "数组 a[b[0]]> 的写法"


def test_what_no_database_takes_is_dropped() -> None:
    found = reading(r'{"items": [{"id": "a\ud83db\u0000", "content_html": "<p>c\ud83dd\u0000e</p>"}]}')
    assert (found.entries[0].id, found.entries[0].content) == ("a?b", "<p>c?de</p>")


@pytest.mark.parametrize(
    ("why", "item", "attributes", "title", "parser"),
    [
        ("a bare ampersand", "<title>Cats & dogs & more</title><link>https://site.example/1</link>", "", "Cats & dogs & more", "reference"),
        ("an entity of HTML", "<title>Caf&eacute; au lait</title><link>https://site.example/1</link>", "", "Café au lait", "reference"),
        ("markup in a title", "<title>A <b>bold</b> word</title><link>https://site.example/1</link>", "", "A bold word", "reference"),
        ("a title of a picture first", "<media:title>picture</media:title><title>Real</title><link>https://site.example/1</link>",
         'xmlns:media="http://search.yahoo.com/mrss/"', "Real", "reference"),
        ("escaped markup", "<title>A &lt;b&gt;bold&lt;/b&gt; word</title><link>https://site.example/1</link>", "", "A bold word", "fast"),
        ("twice escaped", "<title>Q&amp;amp;A &amp;#8211; x</title><link>https://site.example/1</link>", "", "Q&A – x", "fast"),
        ("what only looks like markup", "<title>List&lt;T&gt; in C#</title><link>https://site.example/1</link>", "", "List<T> in C#", "fast"),
        ("CDATA", "<title><![CDATA[A &amp; <i>B</i>]]></title><link>https://site.example/1</link>", "", "A & B", "fast"),
        ("UTF-8 encoded twice", "<title>FlÃ¼chtlinge â€“ gelÃ¶st</title><link>https://site.example/1</link>", "", "Flüchtlinge – gelöst", "fast"),
        ("a reference to Windows-1252", "<title>don&#146;t</title><link>https://site.example/1</link>", "", "don’t", "fast"),
        ("a control character", "<title>A\x08B\x00C</title><link>https://site.example/1</link>", "", "ABC", "fast"),
    ],
)  # fmt: skip
def test_titles_survive(why: str, item: str, attributes: str, title: str, parser: str) -> None:
    found = reading(rss(item, attributes=attributes))
    assert [entry.title for entry in found.entries] == [title], why
    assert found.parser == parser, why


MORE = "<item><title>Two</title><link>https://site.example/2</link></item>"
LAST = "<title>Last</title><link>https://site.example/9</link>"


@pytest.mark.parametrize(
    ("why", "between", "titles", "parser"),
    [
        ("a comment that opens CDATA hides nothing after it", f"<!-- <![CDATA[ -->{MORE}<!-- ]]> -->", "One Two Last", "fast"),
        ("items in a comment are none", f"<!-- {MORE} -->", "One Last", "fast"),
        ("items in CDATA are none", f"<x><![CDATA[{MORE * 9}]]></x>", "One Last", "fast"),
        ("brackets do not end CDATA", f"<x><![CDATA[{'[1] ]> ' * 99}{MORE}]]></x>", "One Last", "fast"),
        ("CDATA without an end", f"<x><![CDATA[{MORE * 9}</x>", "One", "reference"),
    ],
)  # fmt: skip
def test_items_are_elements_and_nothing_else(why: str, between: str, titles: str, parser: str) -> None:
    found = reading(rss(f"{PLAIN}</item>{between}<item>{LAST}"))
    assert (" ".join(entry.title for entry in found.entries), found.parser) == (titles, parser), why


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("gb18030", "gb2312", ""),
        ("gb18030", "utf-8", ""),
        ("gb18030", "gbk", "text/xml; charset=utf-8"),
        ("big5", "big5", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-8-sig", "gbk", ""),
        ("utf-8", "iso-8859-1", "text/xml"),
    ],
)
def test_encodings_are_found_even_where_declared_wrongly(encoding: str, declared: str, header: str) -> None:
    title = "國際新聞今日快訊" if encoding == "big5" else "今天的科技新闻与评论"
    text = rss(f"<title>{title}</title><link>https://site.example/1</link>").replace(
        '"utf-8"', f'"{declared}"'
    )
    assert reading(text.encode(encoding), header).entries[0].title == title


def test_dates_without_zone_are_china_s_in_a_chinese_document_else_utc() -> None:
    item = "<title>{}</title><link>https://site.example/1</link><pubDate>2026-11-21 08:30:00</pubDate>"
    chinese = reading(rss(item.format("今天的科技新闻"))).entries[0]
    declared = reading(rss(item.format("News"), channel="<language>zh-CN</language>")).entries[0]
    english = reading(rss(item.format("News"))).entries[0]
    assert chinese.published == declared.published == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    assert english.published == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def test_dates_in_words_missing_dates_and_future_dates() -> None:
    found = reading(
        rss(
            "<title>甲新闻</title><link>https://site.example/1</link><pubDate>2小时前</pubDate>",
            "<title>乙新闻</title><link>https://site.example/2</link>",
            "<title>丙新闻</title><link>https://site.example/3</link><pubDate>Sat, 21 Nov 2099 08:30:00 GMT</pubDate>",
        )
    )
    assert [(e.published, e.dated) for e in found.entries] == [
        (NOW - timedelta(hours=2), True),
        (NOW, False),
        (NOW, False),
    ]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        (("Sun, 22 Nov 2026 11:00:00 GMT", "Sun, 22 Nov 2026 02:00:00 GMT"), ("03:00", "18:00")),
        (("2026-11-22T11:00:00Z", "2026-11-22T02:00:00.000Z"), ("03:00", "18:00")),
        (
            ("Sun, 22 Nov 2026 03:00:00 GMT", "Sun, 22 Nov 2026 02:00:00 GMT"),
            ("03:00", "02:00"),
        ),  # none ahead
        (("Sun, 22 Nov 2026 11:00:00 GMT", "Sun, 22 Nov 2026 02:00:00 +0800"), ("04:00", "18:00")),
        (("Sun, 22 Nov 2026 19:00:00 GMT", "Sun, 22 Nov 2026 02:00:00 GMT"), ("04:00", "02:00")),  # too far
    ],
)
def test_china_s_time_written_as_utc_is_put_back_where_one_date_proves_it(
    written: tuple[str, str], published: tuple[str, str]
) -> None:
    items = (f"<title>桥今夜封闭检修{n}</title><pubDate>{date}</pubDate>" for n, date in enumerate(written))
    found = reading(rss(*items, channel="<language>zh-cn</language>")).entries
    assert tuple(f"{entry.published:%H:%M}" for entry in found) == published


def test_elsewhere_a_date_ahead_proves_nothing() -> None:
    ahead = "<title>A bridge</title><pubDate>Sun, 22 Nov 2026 11:00:00 GMT</pubDate>"
    (entry,) = reading(rss(ahead)).entries
    assert (entry.published, entry.dated) == (NOW, False)


def test_relative_links_are_found_from_the_site_and_from_xml_base() -> None:
    (entry,) = reading(rss("<title>A</title><link>/news/1?utm_source=rss#c</link>")).entries
    assert entry.url == "https://site.example/news/1"
    (based,) = reading(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/x/"><title>F</title>'
        '<entry xml:base="y/"><id>1</id><title>A</title><link href="z"/>'
        '<content type="html">&lt;img src="p.png"/&gt;</content></entry></feed>'
    ).entries
    assert based.url == "https://blog.example/x/y/z"
    assert "https://blog.example/x/y/p.png" in based.content


def test_a_guid_serves_as_link_where_there_is_none() -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://site.example/1</id><title>A</title></entry></feed>'
    assert reading(atom).entries[0].url == "https://site.example/1"
    assert (
        reading(rss("<title>A</title><guid>https://site.example/1</guid>")).entries[0].url
        == "https://site.example/1"
    )
    assert reading(rss("<title>A</title><guid>7</guid>")).entries[0].url == ""


def test_one_link_for_all_items_and_one_guid_for_all_items() -> None:
    link = "<link>https://site.example/</link>"
    shared = reading(rss(*(f"<title>Note {n}</title>{link}<guid>x</guid>" for n in range(3)))).entries
    assert len({entry.id for entry in shared}) == 3
    assert {entry.url for entry in shared} == {"https://site.example/"}
    anchors = reading(
        rss(*(f"<title>v{n}</title><link>https://site.example/log#v{n}</link>" for n in range(3)))
    )
    assert [entry.url for entry in anchors.entries] == [f"https://site.example/log#v{n}" for n in range(3)]


def test_an_item_sent_twice_is_one_and_an_item_that_says_nothing_is_none() -> None:
    assert len(reading(rss(PLAIN, PLAIN, "<author>nobody</author>")).entries) == 1


def test_only_the_newest_are_taken_in_the_document_s_order() -> None:
    items = [
        f"<title>T{n}</title><link>https://site.example/{n}</link><pubDate>{n:02d} Nov 2026 00:00:00 GMT</pubDate>"
        for n in (3, 9, 1, 7)
    ]
    page = Page("https://feeds.example/rss", rss(*items).encode(), NOW)
    two = read(page, SOURCE.model_copy(update={"limit": 2}))
    assert [entry.title for entry in two.entries] == ["T9", "T7"]


def test_an_empty_feed_is_read_and_has_no_entries() -> None:
    assert reading(rss()).entries == ()
    assert reading('<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title></feed>').entries == ()
    assert reading('{"version": "https://jsonfeed.org/version/1", "items": []}').entries == ()


def test_what_a_server_puts_around_a_feed_is_dropped() -> None:
    noise = "\n\n<br />\n<b>Warning</b>: mysql on line 3<br />\n"
    assert reading(noise + rss(PLAIN) + "\n<script>alert(1)</script>").entries[0].title == "One"


@pytest.mark.parametrize(
    "body",
    ["", "  \n", "hello", "<!doctype html><html><body>Hi</body></html>", "{}", '{"items": 3}', "[1]", "{" * 100_000, "\0" * 100],
)  # fmt: skip
def test_what_is_no_feed_is_unreadable(body: str) -> None:
    with pytest.raises(UnreadableError):
        reading(body)


def test_a_web_page_is_told_apart_with_a_hint() -> None:
    with pytest.raises(UnreadableError) as caught:
        reading("<!doctype html><html><head><title>x</title></head></html>")
    assert "sources add" in failure_of("", caught.value, "zh").hint


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)


@pytest.mark.parametrize(
    ("attack", "body"),
    [
        ("entities of entities", BOMB + "]>" + rss("<title>&m;</title><link>https://site.example/1</link>")),
        ("a file", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<title>&x;</title><link>https://e.example</link>")),
        ("a parameter entity", '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>' + rss(PLAIN)),
        ("deep nesting", rss("<description>" + "<a>" * 50_000 + "</description>" + PLAIN)),
        ("deeper nesting, unclosed", "<rss><channel>" + "<item>" * 20_000),
        ("a huge attribute", rss(f'<enclosure url="{"x" * 2_000_000}" type="image/png"/>' + PLAIN)),
        ("brackets", "<rss>" + "<" * 200_000),
        ("an unclosed comment", "<rss><channel><!--" + "-" * 200_000),
        ("many attributes", "<rss " + "a='b' " * 50_000 + ">"),
    ],
)  # fmt: skip
def test_attacks_are_harmless(attack: str, body: str) -> None:
    body = body.replace('<?xml version="1.0" encoding="utf-8"?>', "")
    try:
        found = reading(body)
    except UnreadableError:
        return
    for entry in found.entries:
        assert "root:" not in entry.title + entry.summary, attack
        assert len(entry.title) + len(entry.summary) < 10_000, attack


SEEDS = [
    rss(
        PLAIN, PLAIN.replace("1", "2"), "<title>三</title><link>/3</link><pubDate>昨天 08:30</pubDate>"
    ).encode(),
    rss("<title>四号新闻标题</title><link>/4</link>").encode("gb18030"),
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><entry><title type="xhtml"><div '
    b'xmlns="http://www.w3.org/1999/xhtml">T</div></title><link href="x"/><updated>2026-11-21</updated></entry></feed>',
    b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a","date_published":"x"}]}',
]
SPLINTERS = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"\0",
    b"\xff",
    b"&#0;",
    b"<item>",
    b"<!--",
    b'"',
    b"http://[",
    b"xml:base='http://['",
]


@examples(150)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.2), st.sampled_from(SPLINTERS) | st.binary(max_size=6)),
        max_size=5,
    ),
)
def test_mutated_documents_are_read_or_unreadable(
    seed: bytes, cuts: list[tuple[float, float, bytes]]
) -> None:
    for at, length, splinter in cuts:
        start = int(at * len(seed))
        seed = seed[:start] + splinter + seed[start + int(length * len(seed)) :]
    try:
        found = reading(seed)
    except UnreadableError:
        return
    assert all(entry.id and entry.published <= NOW for entry in found.entries)
    assert len({entry.id for entry in found.entries}) == len(found.entries)


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared real documents are not here")
def test_real_documents_are_read_mostly_by_the_fast_parser() -> None:
    parsers: list[str] = []
    for path in sorted(REAL.glob("*.xz"))[::7]:
        found = reading(lzma.decompress(path.read_bytes()))
        assert found.entries, path.name
        parsers.append(found.parser)
    assert parsers.count("fast") >= 0.75 * len(parsers)


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


@pytest.mark.parametrize("title", ["Calm", "R&D"])
def test_pictures_are_found_and_their_captions_are_not_the_text(title: str) -> None:
    item = (
        f"<title>{title}</title><link>https://site.example/1</link><description>A long enough description.</description>"
        '<media:content url="https://site.example/a.jpg" type="image/jpeg" width="800" height="bad">'
        "<media:description>A caption.</media:description></media:content>"
        '<media:content url="https://site.example/v.mp4" type="video/mp4"><media:thumbnail url="/t.jpg"/></media:content>'
    )
    found = reading(rss(item, attributes=MEDIA))
    (entry,) = found.entries
    assert found.parser == ("reference" if title == "R&D" else "fast")
    assert (entry.title, entry.summary, entry.content) == (title, "A long enough description.", "")
    first, second = entry.images
    assert (first.url, first.width, first.height) == ("https://site.example/a.jpg", 800, 0)
    assert second.url == "https://site.example/t.jpg"


def test_a_summary_made_of_the_content_is_not_the_source_s() -> None:
    body = "<p>" + "word " * 300 + "</p>"
    (entry,) = reading(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>A</title>'
        f'<content type="html"><![CDATA[{body}]]></content></entry></feed>'
    ).entries
    assert entry.content == body
    assert len(entry.summary) > 900  # the content's own beginning, not the parser's 512 characters


def test_a_broken_document_with_more_elements_than_a_feed_has_is_not_given_to_the_slow_parser() -> None:
    many = "<a>" * 210_000
    with pytest.raises(UnreadableError, match="broken"):
        reading("<rss><channel>" + many)
    assert reading(rss(PLAIN + f"<description>{many}</description>")).parser == "fast"


def test_dates_that_only_the_reference_knows_are_taken_from_it() -> None:
    (entry,) = reading(
        rss(
            "<title>A</title><link>https://site.example/1</link><pubDate>Κυρ, 11 Ιούλ 2004 12:00:00 EST</pubDate>"
        )
    ).entries
    assert entry.published == datetime(2004, 7, 11, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("body", ["", "hello", "{}", '{"items": 3}', "<html></html>", "<rss/>", "{" * 10])
def test_a_refusal_is_told_in_either_language(body: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reading(body)
    assert re.search("[\u4e00-\u9fff]", failure_of("", caught.value, "zh").reason)
    assert re.fullmatch("[ -~]+", failure_of("", caught.value, "en").reason)


def test_created_is_a_date_where_there_is_no_other() -> None:
    body = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>甲</title><created>2003-12-31T10:14:55Z</created></entry></feed>'
    (entry,) = reading(body).entries
    assert (entry.published, entry.dated) == (datetime(2003, 12, 31, 10, 14, 55, tzinfo=UTC), True)


def test_an_extension_is_not_taken_for_the_items_own_where_all_has_a_prefix() -> None:
    body = (
        '<r:rss version="2.0" xmlns:r="http://backend.userland.com/rss2" xmlns:x="http://x.example/"><r:channel><r:title>甲</r:title>'
        "<r:item><x:description>别的</x:description><r:title>标题</r:title><r:description>正文</r:description></r:item></r:channel></r:rss>"
    )
    (entry,) = reading(body).entries
    assert entry.summary == "正文"


def test_atom_content_in_rss_is_read() -> None:
    body = rss(
        "<title>甲</title><atom:content type='html'>&lt;p&gt;正文&lt;/p&gt;</atom:content>",
        attributes='xmlns:atom="http://www.w3.org/2005/Atom"',
    )
    (entry,) = reading(body).entries
    assert "正文" in entry.content + entry.summary


@pytest.mark.parametrize("encoding", ["utf-32-be", "utf-32-le"])
def test_a_feed_in_utf_32_without_a_mark_is_read(encoding: str) -> None:
    assert [entry.title for entry in reading(rss(PLAIN).encode(encoding)).entries] == ["One"]


def test_an_item_stands_where_its_feed_says_before_counting_redirectors() -> None:
    link = "<title>One</title><link>http://feedproxy.example/~r/Ex/~3/AbC/1</link><guid>g</guid>"
    origin = "<feedburner:origLink>https://site.example/a/1</feedburner:origLink>"
    burner = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    (entry,) = reading(rss(link + origin, attributes=burner)).entries
    assert (entry.url, entry.id) == ("https://site.example/a/1", "g")


def test_an_enclosure_is_the_link_of_last_resort() -> None:
    recording = '<enclosure url="https://cdn.example/17.mp3" type="audio/mpeg" length="2"/>'
    bare, linked = reading(
        rss(
            f'<title>第 17 期</title><guid isPermaLink="false">h-17</guid>{recording}',
            f"<title>第 18 期</title><link>https://site.example/18</link>{recording}",
        )
    ).entries
    assert (bare.url, linked.url) == ("https://cdn.example/17.mp3", "https://site.example/18")
    attached = {
        "items": [{"id": "h", "title": "第 17 期", "attachments": [{"url": "https://cdn.example/17.mp3"}]}]
    }
    (told,) = reading(json.dumps(attached)).entries
    assert told.url == "https://cdn.example/17.mp3"


def test_an_entrys_own_data_is_not_its_page() -> None:
    (entry,) = reading(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>https://site.example/a/1</id><title>One</title>'
        '<link rel="self" href="https://site.example/api/1.atom"/><link href="" rel="alternate"/>'
        "<updated>2026-11-21T00:30:00Z</updated></entry></feed>"
    ).entries
    assert entry.url == "https://site.example/a/1"


def test_an_aggregators_items_name_their_publisher() -> None:
    source = '<source url="https://harbour.example">The Harbour Post</source>'
    item = "<link>https://news.example/{}</link><pubDate>Sat, 21 Nov 2026 08:30:00 GMT</pubDate>"
    hung, own = reading(
        rss(
            f"<title>Bridge closes - The Harbour Post</title>{item.format(1)}{source}",
            f"<title>Ours</title>{item.format(2)}<source>Channel</source>",
        )
    ).entries
    assert (hung.title, hung.author) == ("Bridge closes", "The Harbour Post")
    assert own.author == ""  # a feed that names itself names nobody else


def test_notes_have_the_names_that_they_begin_with_and_keep_their_identity() -> None:
    notes = [
        f"<link>https://site.example/@a/{n}</link><description>第 {n} 座桥今天通车。去看。</description>"
        for n in range(3)
    ]
    found = reading(rss(*notes)).entries
    assert [entry.title for entry in found] == [f"第 {n} 座桥今天通车" for n in range(3)]
    assert [entry.id for entry in found] == [f"https://site.example/@a/{n}" for n in range(3)]
