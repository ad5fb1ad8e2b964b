"""The copy page as the hub of an issue: where it leads, and what the checks found, in plain words."""

from __future__ import annotations

from dataclasses import replace

from curate.config.schema import Look
from curate.render import render
from curate.render.channels.wechat import wechat
from curate.render.copy_page import group_findings
from curate.render.hub import HubLink
from curate.render.wechat.lint import Finding, lint_fields
from tests.render_samples import TEMPLATES, chinese


def page(*links: HubLink, channels: tuple[str, ...] = ("wechat",), name: str = "") -> str:
    files, _ = render(replace(chinese(), name=name), channels, TEMPLATES, links=links)
    return files["wechat.html"].decode()


def test_links_lead_to_what_there_is_and_to_nothing_else() -> None:
    made = page(HubLink("site", "../../site/issue/312.html"), HubLink("before", "../x/wechat.html", 311))
    assert '<a href="../../site/issue/312.html">网站</a>' in made
    assert '<a href="../x/wechat.html">上一期：第 311 期</a>' in made
    assert "poster.html" not in made
    both = page(channels=("wechat", "poster", "email"))
    assert '<a href="poster.html">海报</a>' in both
    assert '<a href="email.html">邮件</a>' in both
    assert '<a href="zhihu/index.html">知乎</a>' in page(channels=("wechat", "zhihu"))


def test_an_issue_says_how_to_change_it_and_a_collection_does_not() -> None:
    assert '<code id="desk">curate desk</code>' in page()
    assert "curate desk" not in page(name="一周精选")


def test_findings_say_what_they_are_about_once_for_a_kind() -> None:
    long = lint_fields("长" * 40, "", "", "zh")
    (about,) = group_findings(long, "zh")
    assert (about.about, about.places, about.more) == ("标题", ("现在 40 字，上限 32 字",), "")
    many = [
        Finding("img-upload", "warn", 1, n, f"https://x.example/{n}.jpg", "粘贴后看一眼", "")
        for n in range(9)
    ]
    (pictures,) = group_findings(many, "zh")
    assert (pictures.about, pictures.places, pictures.more) == ("图片", (), "（相同的共 9 处）")


def test_the_phone_is_as_tall_as_a_wide_window_and_the_page_has_a_night_of_its_own() -> None:
    style = TEMPLATES["wechat/page.css"]
    assert "height: calc(100vh - " in style
    assert "@media (prefers-color-scheme: dark)" in style
    assert "height: calc(100vh" in wechat(chinese(), TEMPLATES, Look())["wechat.html"].decode()
