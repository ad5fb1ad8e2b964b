"""How text is set in a post: titles of three lines, no runts, title and body apart, no bar for what has no topic."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markupsafe import escape

from curate.config.schema import OTHER, Look
from curate.domain.model import Digest, Section
from curate.render import themes
from curate.render.channels.wechat import fragment, wechat
from curate.render.context import items
from curate.render.typesetting import LEAD_TITLE, fit_title, hold_date, measure_width
from tests.render_samples import TEMPLATES, chinese, one_item

THEMES = themes(TEMPLATES)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("一行就够的标题", "一行就够的标题"),
        ("上交所发布科创板上市公司自律监管规则适用指引第三号，对科创属性的持续披露和相关事项作出规定，即日起施行", None),
        ("一份很长很长的名单里到底写了些什么，又是谁写的（二〇二一年到二〇二五年的全部内容都在这里面了，一条不少）", "一份很长很长的名单里到底写了些什么，又是谁写的…"),
        ("长" * 80, "长" * 36 + "…"),
        ("Long words that go on and on, and still some more of them until nobody reads any further at all", None),
    ],
)  # fmt: skip
def test_a_long_title_ends_at_a_clause_or_between_words(title: str, shown: str | None) -> None:
    made = fit_title(title, LEAD_TITLE)
    assert measure_width(made) <= LEAD_TITLE
    if shown is None:
        bare = made.removesuffix("…")
        assert title.startswith(bare)
        assert title[len(bare)] in "，, "
    else:
        assert made == shown


@pytest.mark.parametrize("theme", THEMES)
def test_a_title_and_a_summary_are_one_text_each(theme: str) -> None:
    html = fragment(chinese(), TEMPLATES, Look(theme=theme))
    for item in items(chinese()):
        assert escape(fit_title(item.title, LEAD_TITLE)) in html
        assert escape(item.summary[:30]) in html


def test_a_long_byline_keeps_its_time_whole() -> None:
    assert hold_date("来源 · 05:03", " · ") == "来源 · 05:03"
    long = "一个名字很长很长很长的来源 · 作者某某某 · 8月22日 12:12"
    assert hold_date(long, " · ").endswith('<span class="tail">8月22日 12:12</span>')


@pytest.mark.parametrize("theme", THEMES)
def test_title_and_body_are_paragraphs_of_their_own(theme: str) -> None:
    html = fragment(chinese(), TEMPLATES, Look(theme=theme))
    for item in items(chinese()):
        if item.number == chinese().lead.number:
            continue  # tests/golden
        start = html.index(item.title[:6])
        between = html[start : html.index(item.summary[:6], start)]
        assert "</p>" in between
        assert re.search(r"margin(?:-top)?:[1-9]", between), item.title


@pytest.mark.parametrize("theme", THEMES)
def test_text_keeps_its_distance_from_pictures(theme: str) -> None:
    style = TEMPLATES[f"wechat/themes/{theme}/style.css"]
    for name, least in (("picture", 12), ("card-picture", 4)):
        margins = re.search(rf"\.{name} {{ margin: (\d+)(?:px)? 0 (\d+)px", style)
        assert margins
        assert int(margins[2]) >= least
    above = re.search(r"\.card-picture { margin: (\d+)px", style)
    below = re.search(r"\.text { margin: (\d+)px", style)
    assert above
    assert below
    assert int(above[1]) >= 10
    assert int(below[1]) >= 6


def with_rest(digest: Digest, topics: int) -> Digest:
    """The digest's first topics, and a section of what belongs to none."""
    rest = tuple(replace(item, topic=OTHER) for item in digest.sections[-1].items)
    return replace(digest, sections=(*digest.sections[:topics], Section(OTHER, "其他", "📎", rest)))


@pytest.mark.parametrize("theme", THEMES)
def test_what_has_no_topic_is_folded_into_the_end(theme: str) -> None:
    html = fragment(with_rest(chinese(), 2), TEMPLATES, Look(theme=theme))
    assert "其他" not in html
    assert html.count("也值得一看") == 1
    assert html.rindex("芯片与硬件") < html.index("也值得一看")


@pytest.mark.parametrize("theme", THEMES)
def test_a_single_topic_has_no_bar(theme: str) -> None:
    name = "人工智能"
    html = fragment(with_rest(chinese(), 1), TEMPLATES, Look(theme=theme))
    assert html.count(name) == 1


def test_a_long_title_is_short_in_the_post_alone() -> None:
    digest = one_item("很长的标题" * 20, summary="别的")
    files = wechat(digest, TEMPLATES, Look())
    assert "很长的标题" * 20 not in files["wechat.fragment.html"].decode()
    assert items(digest)[0].title == "很长的标题" * 20
