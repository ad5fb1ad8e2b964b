"""Broken documents: whatever arrives, a reader gives entries or a SourceError. `bench/fuzz.py` does it on real ones."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Selectors, Source
from curate.domain.errors import SourceError, UnreadableError
from curate.domain.model import Page
from curate.i18n.catalogue import failure_of
from curate.sources.discovery import discover
from curate.sources.opml import parse_opml
from curate.sources.read_document import read
from tests.examples import examples
from tests.nouns import NOW

URL = "https://a.example/feed"
ITEMS = "".join(
    f"<item><title>第 {n} 号</title><link>/{n}</link><guid>g{n}</guid><pubDate>Sat, 21 Nov 2026 08:0{n}:00 +0800</pubDate>"
    f"<description>&lt;p&gt;正文 &amp;amp; 更多&lt;/p&gt;</description></item>"
    for n in range(3)
)
DOCUMENTS = {
    "feed": f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>甲</title>{ITEMS}</channel></rss>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title type="html">&lt;b&gt;甲&lt;/b&gt;</title>'
    '<updated>2026-11-21T08:00:00Z</updated><content type="xhtml"><div>正文</div></content></entry></feed>',
    "json": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "/1", "content_html": "<p>甲"}]}',
    "sitemap": "<urlset><url><loc>https://a.example/1</loc><lastmod>2026-11-21</lastmod></url></urlset>",
    "opml": '<opml version="2.0"><body><outline text="夹"><outline text="甲" xmlUrl="https://a.example/"/></outline></body></opml>',
    "page": "<html><body><ul><li><a href='/1'>第一条</a><time>昨天 08:30</time></li><li><a href='/2'>二</a></li></ul></body></html>",
    "originals": "---\ntitle: 标题\ndate: 2026-11-21 08:30\ntags: [a, b]\n---\n# 标题\n\n正文，*重点*，[链接](https://a.example/)。\n",
}
SPLINTERS = (
    "\0", "<", ">", "&", "]]>", "<![CDATA[", "<!--", "&#0;", "&#55296;", "&#x110000;", "<a:>", "</a:b>", "<item>", "</rss>", "<x:title",
    "<?xml version='1.0' encoding='utf-16'?>", "xml:base='http://['", "<link>http://[</link>", "\u202e", "\ud7ff", "---\n",
    "<pubDate>31 Feb 2026</pubDate>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "&b;", "date: 9999-99-99\n",
    "type='xhtml'", "{", "[", '"', "<base href='//'>", "!!python/object:os.system x\n",
)  # fmt: skip


def reader(name: str) -> Callable[[Page], object]:
    select = Selectors(item="li", link="a", time="time")
    source = Source(name="s", id="s", reader=name, url=URL, select=select if name == "page" else None)
    return lambda page: read(page, source)


WAYS: dict[str, Callable[[Page], object]] = {
    **{name: reader(name) for name in ("feed", "page", "sitemap", "originals")},
    "opml": lambda page: parse_opml(page.body),
    "discovery": discover,
}

edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(SPLINTERS), st.sampled_from((1, 1, 50))),
    max_size=6,
)


def _refusal(way: Callable[[Page], object], page: Page) -> str | None:
    try:
        way(page)
    except SourceError as e:
        return failure_of("", e, "zh").reason
    return None


@examples(250)
@given(
    st.sampled_from(sorted(DOCUMENTS)), edits, st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-32-be"))
)
def test_a_broken_document_is_read_or_refused(
    name: str, changes: list[tuple[float, int, str, int]], encoding: str
) -> None:
    text = DOCUMENTS[name]
    for place, length, splinter, times in changes:
        at = int(place * len(text))
        text = text[:at] + splinter * times + text[at + length :]
    page = Page(URL, text.encode(encoding, "replace"), NOW)
    reasons = [reason for way in WAYS.values() if (reason := _refusal(way, page)) is not None]
    assert all(reasons), "each says why"


@pytest.mark.parametrize("way", ["sitemap", "opml"])
def test_a_tag_whose_name_is_none_is_passed_over(way: str) -> None:
    """A lenient parser lets `<a:>` through, and stumbles over it when asked for its local name."""
    for body in (b"<a:><b/></a:>", b"<opml><a:><outline xmlUrl='https://a.example/'/></a:></opml>"):
        try:
            WAYS[way](Page(URL, body, NOW))
        except UnreadableError:
            continue


@pytest.mark.parametrize("half", ["&#55296;", "&#xDFFF;", "&#x0d800;"])
def test_a_reference_to_half_a_character_costs_no_more_than_itself(half: str) -> None:
    """A lenient parser takes it in, also in the name of a namespace, and stumbles when asked for it."""
    sitemap = f"<urlset xmlns='http://a{half}'><url><loc>https://a.example/{half}1</loc></url></urlset>"
    source = Source(name="s", id="s", reader="sitemap", url=URL)
    assert read(Page(URL, sitemap.encode(), NOW), source).entries[0].url == "https://a.example/1"
    opml = f"<opml xmlns='http://a{half}'><body><outline text='甲{half}&#55295;' xmlUrl='https://a.example/'/></body></opml>"
    assert parse_opml(opml.encode()).outlines[0].title == "甲\ud7ff"


def test_a_page_of_html_that_calls_itself_markdown_is_refused_at_once() -> None:
    start = time.process_time()
    with pytest.raises(UnreadableError, match="more html"):
        WAYS["originals"](Page("https://a.example/a.md", b"<x:div>" * 20_000, NOW))
    assert time.process_time() - start < 1


def test_items_in_items_in_items_are_read_in_linear_time() -> None:
    select = Selectors(item="div", link="a", time="time")
    source = Source(name="s", id="s", reader="page", url=URL, select=select)
    body = b"<div><a href='/0'>one</a>" + b"<div>" * 450 + b"<a href='/1'>two</a>"
    start = time.process_time()
    assert [entry.url for entry in read(Page(URL, body, NOW), source).entries] == [
        "https://a.example/0",
        "https://a.example/1",
    ]
    assert time.process_time() - start < 2


def test_xml_read_as_a_web_page_warns_nobody(recwarn: pytest.WarningsRecorder) -> None:
    WAYS["discovery"](Page(URL, (b"<?xml version='1.0'?><page><a href='/feed.xml'>RSS</a></page>"), NOW))
    assert not recwarn.list


@pytest.mark.parametrize("close", ["", "</div>", "</x>"])
def test_elements_in_elements_are_refused_before_they_take_time_in_the_square_of_their_number(
    close: str,
) -> None:
    page = "<ul><li><a href='/1'>第一条</a></li></ul>" + f"<div>{close if close == '</x>' else ''}" * 9_000
    page += "<b>x</b>\n" * 9_000 + (close if close == "</div>" else "") * 9_000
    with pytest.raises(UnreadableError, match=r"read\.(deep|nested)"):
        WAYS["page"](Page(URL, page.encode(), NOW))


def test_old_lists_whose_items_nobody_closes_are_read() -> None:
    page = (
        "<table>"
        + "<tr><td><p>x<br><img src=a.gif>" * 400
        + "</table><ul>"
        + "<li><a href='/1'>第一条</a>" * 600
        + "</ul>"
    )
    assert read(
        Page(URL, page.encode(), NOW),
        Source(name="s", id="s", reader="page", url=URL, select=Selectors(item="li", link="a")),
    ).entries


def test_a_page_of_a_hundred_thousand_tags_is_no_list() -> None:
    with pytest.raises(UnreadableError, match="elements"):
        WAYS["page"](Page(URL, b"<li><a href='/1'>one</a>" * 40_000, NOW))
