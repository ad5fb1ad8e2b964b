"""Every rule finds its breach, names the place, and leaves good fragments alone."""

from __future__ import annotations

import pytest

from curate.render.wechat.allowed import GUARD
from curate.render.wechat.lint import lint, lint_fields
from curate.render.wechat.normalize import normalize
from curate.render.wechat.rules import RULES, SOURCES, UNCHECKED

P = "font-size:16px;line-height:1.75;color:#333333"

BREACHES = {
    "tag-safe": "<em>x</em>",
    "tag-drop": "<iframe></iframe>",
    "tag-rewritten": "<b>x</b>",
    "tag-unproven": "<article>x</article>",
    "tag-section": "<div>x</div>",
    "tag-list": "<ul></ul>",
    "tag-p-nest": f'<p style="{P}"><section>x</section></p>',
    "tag-pre": "<pre>x</pre>",
    "tag-hr": "<hr>",
    "tag-leaf": '<span leaf=""><section>x</section></span>',
    "tag-svg": "<svg><defs></defs></svg>",
    "tag-card": "<mp-miniprogram></mp-miniprogram>",
    "attr-allow": '<section title="x">x</section>',
    "attr-id": '<section id="x">x</section>',
    "attr-class": '<section class="x">x</section>',
    "attr-event": '<section onclick="x()">x</section>',
    "attr-lang": '<section lang="zh">x</section>',
    "attr-mso": '<section class="MsoNormal">x</section>',
    "attr-imgsize": '<img src="https://mmbiz.qpic.cn/x">',
    "attr-darkskip": '<section data-no-dark="">x</section>',
    "css-inline": "<style>p{}</style>",
    "css-allow": '<section style="user-select:none">x</section>',
    "css-deny": '<section style="position:absolute">x</section>',
    "css-var": '<section style="margin:var(--x)">x</section>',
    "css-important": '<section style="margin:0 !important">x</section>',
    "css-black": '<section style="color:#000">x</section>',
    "css-fontfamily": '<section style="font-family:Arial">x</section>',
    "css-lineheight": '<section style="line-height:1">x</section>',
    "css-align": '<section style="text-align:start">x</section>',
    "css-width": '<section style="width:500px">x</section>',
    "css-height": '<section style="height:40px">x</section>',
    "css-nest": "<section>" * 13 + "x" + "</section>" * 13,
    "css-gradient": '<section style="background-image:linear-gradient(#fff,#eee)">x</section>',
    "css-default": "<p>x</p>",
    "css-dark-bg": '<section style="background-color:#fff8e6">x</section>',
    "css-dark-fg": '<section style="color:#999999">x</section>',
    "link-external": '<a href="https://elsewhere.example/">x</a>',
    "link-footnote": "<section>https://elsewhere.example/a/very/long/address</section>",
    "img-host": '<img src="https://elsewhere.example/x.png" data-w="9">',
    "img-upload": '<img src="images/x.png" data-w="9">',
    "img-data": '<img src="data:image/png;base64,AA" data-w="9">',
    "ws-newline": "<section>x</section>\n<section>y</section>",
    "ws-zero": "<section>x\u200by</section>",
    "words-share": "<section>集满38个赞即可免费领取一本书</section>",
    "words-follow": "<section>先关注再阅读全文</section>",
    "words-contact": "<section>咨询电话：010-62345678</section>",
    "content_api": "<section>x</section>" * 1000,
    "content_paste": "<section>" + "字" * 50_001 + "</section>",
}


@pytest.mark.parametrize("rule", sorted(BREACHES))
def test_a_breach_is_found_with_its_consequence_and_source(rule: str) -> None:
    found = [f for f in lint(GUARD + BREACHES[rule] + GUARD) if f.rule == rule]
    assert found, lint(GUARD + BREACHES[rule] + GUARD)
    assert found[0].level == RULES[rule].level
    assert found[0].consequence == RULES[rule].en
    assert found[0].source
    assert lint(GUARD + BREACHES[rule] + GUARD, "zh")[0].consequence in {r.zh for r in RULES.values()}


def test_every_rule_has_a_breach_here_and_known_sources() -> None:
    fields = {"title", "title-api", "digest", "source_url", "look-color"}
    assert set(RULES) == set(BREACHES) | fields | {"css-rootwrap"}
    assert all(name in SOURCES for rule in RULES.values() for name in rule.sources.split())
    assert not set(UNCHECKED) & set(RULES)


@pytest.mark.parametrize(
    "html", ["", "<section>x</section>", GUARD + "<section>x</section>", "<section>x</section>" + GUARD]
)
def test_a_missing_guard_is_an_error(html: str) -> None:
    assert "css-rootwrap" in {f.rule for f in lint(html)}


def test_findings_come_in_order_with_line_and_column() -> None:
    found = [f for f in lint(f"{GUARD}<section>a</section>\n <div>b</div>\n  <b>c</b>{GUARD}") if f.line > 1]
    assert [(f.rule, f.line, f.column) for f in found] == [("tag-section", 2, 2), ("tag-rewritten", 3, 3)]
    assert str(found[0]).startswith("2:2: error tag-section: <div>: div becomes a paragraph")


@pytest.mark.parametrize(
    "html",
    [
        f'<p style="{P}"><span leaf="">x</span></p>',
        '<section style="background-color:#f7f7f7;color:#595959">x</section>',
        '<section style="background-color:rgba(10,125,79,.08);color:#333333">x</section>',
        '<section style="word-break:break-all">https://elsewhere.example/a/very/long/address</section>',
        '<a href="https://mp.weixin.qq.com/s/x">x</a>',
        '<img src="https://mmbiz.qpic.cn/x" data-w="1080" data-ratio="0.5" style="width:100%;height:auto">',
        '<section style="line-height:0"><img src="https://mmbiz.qpic.cn/x" data-w="1080"></section>',
        '<section data-ignore-width="" style="width:800px">x</section>',
        '<section style="font-size:10px;line-height:15px">x</section>',
        '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    ],
)
def test_good_fragments_pass(html: str) -> None:
    assert lint(GUARD + html + GUARD) == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<section style="mso-bidi:1">x</section>', "attr-mso"),
        ('<section style="--accent:#333">x</section>', "css-var"),
        ('<section style="font-size:20px;line-height:20px">x</section>', "css-lineheight"),
        ('<section style="line-height:110%">x</section>', "css-lineheight"),
        ('<section style="color:tomato">x</section>', "css-dark-fg"),
        ('<section style="background-color:tomato">x</section>', "css-dark-bg"),
        ('<section style="margin-left:294pt">x</section>', "css-width"),
        ("<table><tr><td><table></table></td></tr></table>", "tag-p-nest"),
        ('<a href="#top">x</a>', "attr-id"),
        ('<section style="background:url(x.png)">x</section>', "css-gradient"),
    ],
)
def test_other_forms_of_a_breach_are_found_too(html: str, rule: str) -> None:
    assert rule in {f.rule for f in lint(GUARD + html + GUARD)}


def test_a_guard_with_another_style_is_an_error() -> None:
    assert "css-rootwrap" in {f.rule for f in lint("<p>&nbsp;</p><section>x</section><p>&nbsp;</p>")}


def test_a_picture_that_will_be_uploaded_is_no_error() -> None:
    html = GUARD + '<img src="https://elsewhere.example/x.png" data-w="9">' + GUARD
    assert [f.rule for f in lint(html, uploads=frozenset({"https://elsewhere.example/x.png"}))] == [
        "img-upload"
    ]


def test_the_line_end_of_a_file_is_not_a_breach() -> None:
    assert lint(normalize("<p>x</p>") + "\n") == []


def test_fields_are_held_to_the_back_office() -> None:
    assert lint_fields("字" * 32, "字" * 120, "https://example.com/") == []
    assert [f.rule for f in lint_fields("字" * 33, "", "")] == ["title-api"]
    found = lint_fields("字" * 65, "字" * 121, "https://example.com/" + "x" * 1024, "zh")
    assert [(f.rule, f.level) for f in found] == [
        ("title", "error"),
        ("digest", "error"),
        ("source_url", "error"),
    ]
