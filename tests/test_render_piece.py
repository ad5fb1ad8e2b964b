"""A piece of the editor's own: whole in every channel, and as a post of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curate.cli.main import run
from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render import CHANNELS, render, themes
from curate.render.channels.wechat import fragment
from curate.render.piece import cut_beginning, pictures_in, with_notes
from curate.render.piece_text import piece_markdown, piece_plain
from curate.render.wechat.lint import lint
from curate.render.wechat.plain_text import plain
from tests.render_samples import TEMPLATES, chinese

BODY = (
    "<p>先说结论：<strong>看发车间隔</strong>，见<a href='https://bus.example/first?x=1'>首末班</a>。</p>"
    "<ol><li>找到站名<ul><li>站牌在左</li></ul></li><li>找到方向</li></ol>"
    "<table><thead><tr><th>线路</th><th>首班</th></tr></thead><tbody><tr><td>27 路</td><td>5:30</td></tr></tbody></table>"
    "<pre><code>wait = interval / 2\nif wait &gt; 10:\n    walk()\n</code></pre><blockquote><p>司机说：别信时刻表。</p></blockquote>"
    '<p><img src="https://bus.example/stop.jpg" alt="站牌"></p>'
)
PARTS = (
    "看发车间隔",
    "1. 找到站名",
    "• 站牌在左",
    "2. 找到方向",
    "27 路",
    "wait = interval / 2",
    "司机说：别信时刻表。",
)
TOLD = "只在列表里用的那一句摘要"


def with_piece(*, leads: bool, **changes: Any) -> Digest:
    digest = chinese()
    one = replace(digest.sections[1].items[0], url="", original=True, body=BODY, summary=TOLD, **changes)
    section = replace(digest.sections[1], items=(one, *digest.sections[1].items[1:]))
    sections = (digest.sections[0], section, *digest.sections[2:])
    return replace(digest, sections=sections, lead=one if leads else digest.lead)


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_a_piece_stands_whole_in_the_post_as_lead_and_below(theme: str, leads: bool) -> None:
    made = fragment(with_piece(leads=leads), TEMPLATES, Look(theme=theme))
    text = plain(made)
    for part in PARTS:
        assert part in text, part
    assert TOLD not in text
    assert "[1] https://bus.example/first?x=1" in text, "a link is a note, for the editor takes none"
    assert 'src="https://bus.example/stop.jpg"' in made
    assert [f for f in lint(made, "zh", pictures_in(BODY)) if f.level == "error"] == []
    assert f"] {with_piece(leads=leads).sections[1].items[0].title}" not in text, (
        "no source line without an address"
    )


@pytest.mark.parametrize("channel", ["wechat", "markdown", "email", "feed"])
def test_a_piece_is_whole_in_every_channel_that_tells_more_than_titles(channel: str) -> None:
    files, failures = render(with_piece(leads=False), [channel], TEMPLATES)
    assert failures == ()
    for name, body in files.items():
        for part in ("找到方向", "27 路", "wait = interval / 2", "别信时刻表"):
            assert part in body.decode(), (name, part)


def test_a_piece_keeps_its_marks_in_markdown() -> None:
    made = render(with_piece(leads=False), ["markdown"], TEMPLATES)[0]["issue.md"].decode()
    for part in (
        "**看发车间隔**，见[首末班](https://bus.example/first?x=1)",
        "1. 找到站名\n   - 站牌在左\n2. 找到方向",
        "| 线路 | 首班 |\n| --- | --- |\n| 27 路 | 5:30 |",
        "```\nwait = interval / 2\nif wait > 10:\n    walk()\n```",
        "> 司机说：别信时刻表。",
        "![站牌](https://bus.example/stop.jpg)",
    ):
        assert part in made, part


def test_a_piece_keeps_its_marks_in_plain_text() -> None:
    made = render(with_piece(leads=True), ["email"], TEMPLATES)[0]["email.txt"].decode()
    for part in (
        "先说结论：看发车间隔，见首末班[1]。",
        "1. 找到站名\n   • 站牌在左\n2. 找到方向",
        "线路 | 首班\n27 路 | 5:30",
        "    wait = interval / 2\n    if wait > 10:\n        walk()",
        "> 司机说：别信时刻表。",
        "站牌 https://bus.example/stop.jpg",
        "[1] https://bus.example/first?x=1",
    ):
        assert part in made, part


def test_marks_that_a_piece_shows_as_text_stay_text_in_markdown() -> None:
    assert (
        piece_markdown("<p>2 * 3 * 4 与 <em>斜</em></p><p># 不是标题</p>")
        == "2 \\* 3 \\* 4 与 *斜*\n\n\\# 不是标题"
    )
    assert piece_markdown("<h1>一</h1><h2>二</h2><h5>五</h5>") == "#### 一\n\n#### 二\n\n###### 五"
    assert piece_plain("<p>2 * 3</p><h2>二</h2>") == "2 * 3\n\n二"


def test_a_picture_on_this_machine_alone_is_named_where_it_stood() -> None:
    body = BODY + '<p><img src="pics/own.png" alt=""></p>'
    digest = with_piece(leads=False)
    one = replace(digest.sections[1].items[0], body=body)
    section = replace(digest.sections[1], items=(one, *digest.sections[1].items[1:]))
    digest = replace(digest, sections=(digest.sections[0], section, *digest.sections[2:]))
    files, failures = render(digest, list(CHANNELS), TEMPLATES)
    assert failures == ()
    for name in ("wechat.fragment.html", "email.html", "feed.atom", "issue.md", "email.txt"):
        text = files[name].decode()
        assert "own.png" in text, name
        assert "pics/own.png" not in text, name
    page = files["wechat.html"].decode()
    assert page.count("稿件里的图") == 2
    assert "https://bus.example/stop.jpg</p>" in page


@pytest.mark.parametrize("channel", ["wechat", "markdown", "email", "feed"])
def test_a_piece_that_is_cut_says_where_the_rest_is(channel: str) -> None:
    page = "https://daily.example/story/312/31205.html"
    for leads in (True, False):
        digest = with_piece(leads=leads, part=cut_beginning(BODY, 30), page=page)
        files, _ = render(digest, [channel], TEMPLATES)
        assert all("全文见：" in body.decode() for body in files.values()), leads


def test_only_the_beginning_is_printed_where_the_rest_is_on_the_site() -> None:
    digest = with_piece(
        leads=False, part=cut_beginning(BODY, 30), page="https://daily.example/story/312/31205.html"
    )
    text = plain(fragment(digest, TEMPLATES))
    assert "看发车间隔" in text
    assert "wait = interval" not in text
    assert "全文见：https://daily.example/story/312/31205.html" in text


def test_the_beginning_ends_with_a_block_and_is_never_empty() -> None:
    assert cut_beginning("<p>一二三</p><p>四五六</p>", 6) == ""
    assert cut_beginning("<p>一二三</p><p>四五六</p>", 5) == "<p>一二三</p>"
    assert cut_beginning("<p>一二三</p><p>四五六</p>", 1) == "<p>一二三</p>"


def test_notes_name_each_address_once_and_leave_links_that_stay() -> None:
    made = with_notes(
        '<p><a href="https://a.example/">甲</a><a href="https://a.example/">乙</a>'
        '<a href="https://mp.weixin.qq.com/s/x">丙</a><a href="https://b.example/">https://b.example/</a>'
        '<a href="javascript:x()">丁</a></p>'
    )
    assert made.count("[1]") == 3
    assert "[2]" not in made
    assert made.endswith('<p class="notes">[1] https://a.example/</p>')


MARKDOWN = """---
title: 怎样读懂一张公交时刻表
url: https://example.com/own
draft: true
---
先说结论：**看发车间隔**，不要看首末班。

1. 找到站名

| 线路 | 首班 |
| --- | --- |
| 27 路 | 5:30 |
"""
ACCOUNT = """account: {name: 周到早读}
topics: [{id: city, name: 城市}]
sources: [{name: 甲, url: "https://a.example/feed"}]
look: {theme: newspaper, color: "#123456"}
"""


def test_format_makes_a_copy_page_in_the_accounts_theme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(ACCOUNT, encoding="utf-8")
    file = tmp_path / "a piece.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    assert run(["format", "-C", str(tmp_path), str(file)]) == 0
    page = Path(capsys.readouterr().out.strip())
    assert page == tmp_path / "a piece.wechat.html"
    text = page.read_text(encoding="utf-8")
    for part in (
        "怎样读懂一张公交时刻表",
        "周到早读",
        "https://example.com/own",
        "复制正文",
        "检查结果",
        "27 路",
    ):
        assert part in text
    assert run(["format", "-C", str(tmp_path), str(file), "--fragment"]) == 0
    made = capsys.readouterr().out.strip()
    assert lint(made, "zh") == []
    assert "怎样读懂" not in made, "the title has a field of its own"
    assert run(["format", "-C", str(tmp_path), str(file), "-o", str(tmp_path / "b.html")]) == 0
    assert (tmp_path / "b.html").exists()


def test_format_takes_html_without_its_styles_and_scripts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.html"
    file.write_bytes(
        "<html><head><meta charset=gbk><title>网站</title><style>p{}</style></head><body><h1>标题</h1>开头"
        "<div style='font-family:x' class=y><p onclick=x()>第一段<script>alert(1)</script></p><ul><li>甲</ul></div></body></html>"
        .encode("gbk")
    )  # fmt: skip
    assert run(["format", "-C", str(tmp_path), str(file), "--fragment"]) == 0
    made = capsys.readouterr().out.strip()
    assert [line for line in plain(made).splitlines() if line] == ["开头", "第一段", "• 甲"]
    assert lint(made, "zh") == []


def test_format_says_what_it_cannot_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a.md", "---\ntitle: x\n---\n"), ("b.html", "<html><body></body></html>")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert run(["format", "-C", str(tmp_path), str(tmp_path / name)]) == 4
        assert "没有正文" in capsys.readouterr().err
