import re
import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.clean import LEFT_OUT, clean_html, one_line, plain, plain_prose

ANYTHING = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b",
            ">",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "&amp;",
            "&lt;",
            "&#0;",
            "&#x202e;",
            '"',
            "'",
            "<![CDATA[",
            "]]>",
            "图书馆",
            "a < b",
            "\u200b",
            "\u202e",
            "\x00",
            "\ud800",
            "&amp;lt;p&amp;gt;",
            "\n",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("<p>a line\n  broken in source</p>", "a line broken in source"),
        ("plain text\nin two paragraphs", "plain text\nin two paragraphs"),
        ("two\nlines with <b>bold</b>", "two\nlines with bold"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<script>var a = '<p>';</script>shown<style>p{}</style>", "shown"),
        ("before<!-- <p>hidden</p> -->after", "before after"),
        ("<![CDATA[in <i>CDATA</i>]]>", "in CDATA"),
        ("中<em>文</em>字", "中文字"),
        ("<a title='a > b' href=\"x\">link</a>", "link"),
    ],
)
def test_markup_becomes_paragraphs(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "3 < 4 && 5 > 2",
        "List<T> and Map<K, V>",
        "x <- y",
        "C:\\<name>\\file",
        "1 <2",
        "if a<b: print(a)",
        "<3",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&amp;amp;amp;T", "AT&T"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "bold"),
        ("How the &lt;b&gt; tag works", "How the <b> tag works"),
        ("&#20013;&#x6587;&nbsp;&ldquo;x&rdquo;", "中文 “x”"),
        ("A &notanentity; B & C", "A &notanentity; B & C"),
    ],
)
def test_entities_are_decoded_even_if_twice_escaped(html: str, text: str) -> None:
    assert plain(html) == text


def test_unseen_characters_are_dropped_and_emoji_stay_whole() -> None:
    assert plain("a\u200bb\u202ec\ufeffd\u00ade\x07f\ue001g") == "abcdefg"
    assert plain("ab\u200dcd") == "abcd"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert plain(f"x {family} y") == f"x {family} y"


def test_white_space_of_every_kind_is_folded() -> None:
    assert plain("  a\u3000\xa0\tb \r\n\r\n\u2028 c  ") == "a b\nc"
    assert one_line("<h1>A\n title</h1><p>and more</p>") == "A title and more"


@given(ANYTHING)
def test_plain_never_raises_nor_leaves_what_nobody_sees(text: str) -> None:
    result = plain(text)
    for char in result.replace("\n", "").replace("\u200d", ""):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Zl", "Zp"}, hex(ord(char))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", result)
    assert not re.search(r"^\s|\s$|\n\s|\s\n|\s\s", result)
    assert result == result.encode().decode()


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60))
def test_plain_keeps_letters_and_digits_of_any_script(text: str) -> None:
    hidden = {"\u115f", "\u1160", "\u3164", "\uffa0"}  # letters by category that show nothing
    assert plain(text) == "".join(c for c in text if c not in hidden)


@pytest.mark.parametrize(
    "hostile",
    ["<script>", "<!--", '<a "', "<a '\"x", "<", "&amp;", "</script><script>", "<p"],
)
def test_hostile_repetition_is_read_in_linear_time(hostile: str) -> None:
    # Quadratic reading of this much would take hours, so a hang is the failure.
    assert isinstance(plain(hostile * 50_000), str)


def test_clean_html_keeps_the_safe_and_drops_the_rest() -> None:
    dirty = (
        '<p onclick="x()" style="a">Hi <a href="javascript:x()">a</a> <a href="https://example.org/">b</a>'
        '<script>x()</script><iframe src="//x"></iframe><img src="https://example.org/i.png" onerror="x()"></p>'
    )
    cleaned = clean_html(dirty)
    assert "javascript" not in cleaned
    assert "onclick" not in cleaned
    assert "x()" not in cleaned
    assert "iframe" not in cleaned
    assert '<a href="https://example.org/" rel="noopener noreferrer">b</a>' in cleaned
    assert '<img src="https://example.org/i.png">' in cleaned


@given(ANYTHING)
def test_clean_html_never_raises_nor_lets_script_through(text: str) -> None:
    assert "<script" not in clean_html(text).lower()


@pytest.mark.parametrize("tag", ["< /a>", "</ a>", "< / a >", "</a >"])
def test_a_closing_tag_with_a_space_in_it_goes(tag: str) -> None:
    assert plain(f"<a href='/x'>图书馆{tag}开放") == "图书馆开放"


@pytest.mark.parametrize("text", ["a < b / c > d", "1 < /2", "x </ 3 >"])
def test_what_only_looks_like_a_closing_tag_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("name", ["applet", "frameset", "nobr", "noframes"])
def test_obsolete_elements_are_markup_too(name: str) -> None:
    assert plain(f"安全<{name} a='b'></{name}>的字") == "安全的字"


def test_prose_is_without_lists_captions_and_code() -> None:
    page = (
        '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">馆长在<em>门口</em>。</p></div>'
        "<figure><img src='b.jpg'><figcaption>新馆外景。</figcaption></figure>"
        "<p>新馆今天开放 &amp; 接待读者。</p><ul><li>自习室<p>在三楼。</p></li><li>阅览区</li></ul><p>停车不便。</p>"
    )
    assert plain_prose(page) == f"新馆今天开放 & 接待读者。\n{LEFT_OUT}\n停车不便。"


def test_prose_of_what_has_no_markup_is_the_text() -> None:
    assert plain_prose("a < b &amp; c") == "a < b & c"


@given(ANYTHING)
def test_prose_never_raises(text: str) -> None:
    plain_prose(text)


@pytest.mark.parametrize(
    "piece", ["<li>", '<p class="caption">', "<p class='caption'><b>", "<p class='", "<pre"]
)
def test_prose_of_a_hostile_page_takes_no_time_to_speak_of(piece: str) -> None:
    started = process_time()
    plain_prose(piece * 20_000)
    assert process_time() - started < 2
