"""Whatever goes into the normalizer, only what the WeChat editor keeps comes out, and it looks the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.render.wechat.allowed import ATTRIBUTES, CSS_ALLOWED, DEEPEST, GUARD, SAFE_TAGS, words
from curate.render.wechat.lint import lint
from curate.render.wechat.normalize import normalize
from curate.render.wechat.plain_text import plain
from curate.render.wechat.tree import declarations, parse
from tests.examples import examples
from tests.render_samples import HOSTILE


def body(html: str, **settings: Any) -> str:
    made = normalize(html, **settings)
    assert made.startswith(GUARD)
    assert made.endswith(GUARD)
    return made.removeprefix(GUARD).removesuffix(GUARD)


P = "font-size:16px;line-height:1.75;color:#333333"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<div style='margin:0'>a</div>", '<section style="margin:0"><span leaf="">a</span></section>'),
        ("<p>a</p>", f'<p style="{P}"><span leaf="">a</span></p>'),
        ("loose <b>text</b>", f'<p style="{P}"><span leaf="">loose <strong>text</strong></span></p>'),
        ("<p>a <i>b</i></p>", f'<p style="{P}"><span leaf="">a <span style="font-style:italic">b</span></span></p>'),
        ("<h2>a</h2>", f'<p style="font-weight:bold;{P}"><span leaf="">a</span></p>'),
        ("<script>a</script><style>b</style><svg><text>c</text></svg><noscript>d</noscript>", ""),
        ("<section id=a class=b lang=zh onclick=c() style='margin:0'>x</section>", '<section style="margin:0"><span leaf="">x</span></section>'),
        ("<p><a href='https://elsewhere.example/'>x</a></p>", f'<p style="{P}"><span leaf="">x</span></p>'),
        ("<p><a href='https://mp.weixin.qq.com/s/1'>x</a></p>", f'<p style="{P}"><span leaf=""><a href="https://mp.weixin.qq.com/s/1">x</a></span></p>'),
        ("<p>\n  a\n  <span style='color:#0a7d4f'>b</span>\n</p>\n<p>c</p>", f'<p style="{P}"><span leaf="">a <span style="color:#0a7d4f">b</span></span></p><p style="{P}"><span leaf="">c</span></p>'),
        ("<p>a\u200bb\u202ec\ufeff</p>", f'<p style="{P}"><span leaf="">abc</span></p>'),
        ("<unknown>a</unknown>", f'<p style="{P}"><span leaf="">a</span></p>'),
    ],
)  # fmt: skip
def test_each_thing_becomes_its_safe_form(given: str, expected: str) -> None:
    assert body(given) == expected


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("position:absolute;color:#333;opacity:.5", {"color": "#333"}),
        ("font-family:Arial;font-size:15px !important", {"font-size": "15px"}),
        ("background:#f7f7f7", {"background-color": "#f7f7f7"}),
        ("background:linear-gradient(red,blue)", {}),
        ("background:url(https://x.example/a.png)", {}),
        ("color:var(--x);margin:calc(1px + 2px)", {}),
        ("color:rgb(51, 51, 51)", {"color": "#333333"}),
        ("color:black", {"color": "#1a1a1a"}),
        ("text-align:start;margin:0px 1px", {"text-align": "left", "margin": "0 1px"}),
        ("text-align:-webkit-auto;margin:1px", {"margin": "1px"}),
        ("margin:10px 0.0px", {"margin": "10px 0.0px"}),
        ("color:#111;color:#222", {"color": "#222"}),
    ],
)
def test_only_safe_declarations_stay(style: str, kept: dict[str, str]) -> None:
    section = next(iter(parse(body(f'<section style="{style}">x</section>')).elements), None)
    own = declarations(section.attributes.get("style", "")) if section is not None else {}
    assert own == kept or (not kept and section is not None and section.tag == "p")


def test_a_list_becomes_lines_with_their_marks() -> None:
    assert plain(body("<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>")).split("\n")[:2] == ["1. a", "2. b"]
    assert "• c" in plain(body("<ul><li>c</li></ul>"))


def test_code_keeps_its_lines_and_its_indent() -> None:
    assert "a<br>&nbsp;&nbsp;b" in body("<pre>a\n  b</pre>")


def test_a_block_in_a_paragraph_or_in_bold_makes_it_a_section() -> None:
    html = body("<p>a<section style='margin:0'>b</section></p><strong>c<p>d</p></strong>")
    assert lint(GUARD + html + GUARD) == []
    assert "font-weight:bold" in html


def test_a_table_in_a_cell_is_unrolled() -> None:
    html = body("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>")
    assert html.count("<table") == 1
    assert plain(html).split() == ["a", "b"]


def test_pictures_elsewhere_go_and_pictures_of_the_platform_or_the_folder_stay() -> None:
    assert "<img" not in body(
        "<p>x<img src='https://elsewhere.example/a.png'><img src='data:image/png;base64,AA'></p>"
    )
    assert "<img" not in body(
        "<p>x<img src='javascript:alert(1)'><img src='//elsewhere.example/a.png'><img></p>"
    )
    own = body("<p><img src='images/1.jpg' width=1080 height=540 onerror=x()></p>")
    assert '<img src="images/1.jpg" data-w="1080" data-ratio="0.5" style="width:100%;height:auto">' in own
    assert "mmbiz.qpic.cn" in body("<p><img src='https://mmbiz.qpic.cn/a'></p>")
    assert "elsewhere" in body(
        "<p><img src='https://elsewhere.example/a.png'></p>",
        uploads=frozenset({"https://elsewhere.example/a.png"}),
    )


def test_what_is_nested_too_deep_moves_up_and_loses_no_text() -> None:
    deep = "<section style='margin:0'>" * 40 + "a<p>b</p>c" + "</section>" * 40
    html = normalize(deep)
    assert max(html[:at].count("<") - 2 * html[:at].count("</") for at in range(len(html))) <= DEEPEST + 4
    assert [f for f in lint(html) if f.level == "error"] == []
    assert plain(html).split() == ["a", "b", "c"]


def test_inline_tags_say_only_what_differs_from_their_block() -> None:
    html = body("<p style='color:#333;font-size:15px;line-height:1.6'><span style='color:#333'>a</span></p>")
    assert html == '<p style="color:#333;font-size:15px;line-height:1.6"><span leaf="">a</span></p>'


_TAGS = sorted(
    words("div p span b ul li table tr td a img br h1 pre section svg script style form hr em unknown")
)
_pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(HOSTILE[:-7]),
    st.sampled_from([
        "<p style='color:#333;position:fixed'>", "<div style='margin:9px'>", "<a href='https://mp.weixin.qq.com/s'>",
        "<img src='images/a.jpg'>", "<span leaf>", "<section leaf='' style='padding:1px'>", " ", "\n", "&nbsp;", "<!--",
    ]),
    st.text(max_size=12),
)  # fmt: skip
_soup = st.lists(_pieces, max_size=40).map("".join)


@examples(300)
@given(_soup)
def test_no_soup_breaks_a_rule(html: str) -> None:
    made = normalize(html)
    assert [str(f) for f in lint(made) if f.level == "error"] == []
    for element in list(parse(made).walk())[1:]:
        assert element.tag in SAFE_TAGS | {"a"}
        assert set(element.attributes) <= ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
        assert set(declarations(element.attributes.get("style", ""))) <= CSS_ALLOWED


@examples(300)
@given(_soup)
def test_a_second_time_changes_nothing(html: str) -> None:
    once = normalize(html)
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ('<ol><li value="5">a<li value="9">b<li>c</ol>', ["5.", "9.", "10."]),
        ('<ol start="3"><li>a<li>b</ol>', ["3.", "4."]),
        ("<ol reversed><li>a<li>b<li>c</ol>", ["3.", "2.", "1."]),
        ('<ol type="a" start="2"><li>a<li>b</ol>', ["b.", "c."]),
        ('<ol type="I"><li>a<li value="9">b</ol>', ["I.", "IX."]),
        ('<ol type="A" start="27"><li>a</ol>', ["27."]),
        ('<ol start="x"><li value="y">a</ol>', ["1."]),
    ],
)
def test_a_lists_numbers_are_counted_as_html_counts_them(markup: str, numbers: list[str]) -> None:
    assert re.findall(r">(\w+\.)&nbsp;", normalize(markup)) == numbers
