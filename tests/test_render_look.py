"""Themes and the account's own color: everything can be read, by day and by night, within the limits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Look
from curate.render import render, themes
from curate.render.channels.wechat import fragment, post_fields, wechat
from curate.render.color import Color, contrast, parse_color, write_color
from curate.render.theme import GOLD, describe_adjustment, palette
from curate.render.wechat.allowed import HTML_LIMIT
from curate.render.wechat.lint import lint
from curate.render.wechat.lint_context import Paint, places
from curate.render.wechat.plain_text import plain
from curate.render.wechat.tree import parse
from tests.examples import examples
from tests.render_samples import HOSTILE, TEMPLATES, chinese, english, of_length, one_item

THEMES = themes(TEMPLATES)
# yellow, pale, near-black, pure red, white, black, cyan, grey, and some that serve as they are
COLORS = (
    "",
    "#ffd400",
    "#f3e9ff",
    "#111111",
    "#ff0000",
    "#fff",
    "#000",
    "#0ff",
    "#808080",
    "#0a7d4f",
    "#1a56db",
)


def least_contrast(html: str) -> float:
    """The faintest text of a fragment, by day or by night."""
    found = [
        min(contrast(p.paint.light, p.paint.light_page), contrast(p.paint.dark, p.paint.dark_page))
        for p in places(parse(html))
        if p.element.own_text.strip("\xa0 ")
    ]
    assert len(found) > 20
    return min(found)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_keeps_the_limits_without_a_finding(theme: str) -> None:
    html = fragment(chinese(), TEMPLATES, Look(theme=theme))
    assert lint(html) == []
    assert len(html) < HTML_LIMIT
    assert len(fragment(of_length(chinese(), 30), TEMPLATES, Look(theme=theme))) < 28_000


@pytest.mark.parametrize("own", COLORS)
@pytest.mark.parametrize("theme", THEMES)
def test_no_text_is_faint_by_day_or_by_night_whatever_the_accounts_color(theme: str, own: str) -> None:
    html = fragment(chinese(), TEMPLATES, Look(theme=theme, color=own, opening="早", closing="晚"))
    assert least_contrast(html) >= 4.5
    assert [f.rule for f in lint(html) if f.level == "error"] == []


@examples(200)
@given(st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)))
def test_any_color_becomes_a_palette_that_can_be_read(rgb: tuple[int, int, int]) -> None:
    made = palette(Color(*rgb))
    pairs: list[tuple[Color | None, Color | str]] = [
        (made.accent, ""), (made.accent, "#f7f7f7"), (made.accent, made.variables()["--tint"]),
        (Color(255, 255, 255), made.solid), (parse_color(GOLD), made.solid), (made.glow, "#262626"),
    ]  # fmt: skip
    for text, ground in pairs:
        assert text
        under = ground if isinstance(ground, str) else write_color(ground)
        paint = Paint().within({"background-color": under}).within({"color": write_color(text)})
        assert contrast(paint.light, paint.light_page) >= 4.5
        assert contrast(paint.dark, paint.dark_page) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_takes_the_accounts_color(theme: str) -> None:
    usual, own = (fragment(chinese(), TEMPLATES, Look(theme=theme, color=c)) for c in ("", "#6b2fa0"))
    assert usual != own
    shades = palette(parse_color("#6b2fa0") or Color(0, 0, 0)).variables().values()
    assert any(shade in own for shade in shades)


def test_a_color_that_had_to_change_is_told_on_the_copy_page() -> None:
    page = wechat(chinese(), TEMPLATES, Look(color="#ffd400"))["wechat.html"].decode()
    text, ground = describe_adjustment(Look(color="#ffd400")) or ("", "")
    assert f"#ffd400：文字改用 {text}，底色改用 {ground}" in page
    assert describe_adjustment(Look()) is None
    assert describe_adjustment(Look(color="#111111")) is None
    assert "look-color" not in wechat(chinese(), TEMPLATES, Look())["wechat.html"].decode()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_tells_all_of_the_issue(theme: str) -> None:
    digest = chinese()
    look = Look(theme=theme, opening="早上好\n\n<b>今天</b>", closing="转给同事")
    text = plain(fragment(digest, TEMPLATES, look))
    for section in digest.sections:
        assert section.name in text
        for item in section.items:
            assert text.count(item.title) >= 1
            assert item.summary in text
            assert f"[312{item.number:02d}]" in text
            assert item.url in text
            assert item.author in text
    for part in (
        "清晨读报",
        "312",
        "11",
        "20",
        "18",
        "9",
        "等 4 家也有报道",
        "早上好",
        "<b>今天</b>",
        "转给同事",
    ):
        assert part in text
    assert text.index("早上好") < text.index(digest.lead.title) < text.index("转给同事")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
@pytest.mark.parametrize("theme", THEMES)
def test_hostile_input_is_text_in_every_theme(theme: str, text: str) -> None:
    look = Look(theme=theme, opening=text[:900], closing=text[:900])
    html = wechat(one_item(text, url=text), TEMPLATES, look)["wechat.fragment.html"].decode()
    assert [str(f) for f in lint(html) if f.level == "error"] == []


def test_read_more_opens_the_lead_or_the_editors_own_address() -> None:
    digest, own = chinese(), Look(source_url="https://example.com/archive")
    assert post_fields(digest)["source_url"] == digest.lead.url
    assert post_fields(digest, own)["source_url"] == "https://example.com/archive"
    assert "可打开本期头条的原文" in plain(fragment(digest, TEMPLATES))
    assert "查看更多" in plain(fragment(digest, TEMPLATES, own))
    assert "“Read more” has more for you." in plain(fragment(english(), TEMPLATES, own))


def test_an_editors_own_theme_is_a_folder() -> None:
    own = {
        **TEMPLATES,
        "wechat/themes/mine/post.html.j2": "<h1>{{ digest.account }}</h1>",
        "wechat/themes/mine/style.css": "h1 { color: #333 }",
    }
    assert "mine" in themes(own)
    files, failures = render(chinese(), ["wechat"], own, Look(theme="mine"))
    assert failures == ()
    assert plain(files["wechat.fragment.html"].decode()) == "清晨读报\n"


def test_a_theme_may_be_a_style_sheet_alone() -> None:
    own = {**TEMPLATES, "wechat/themes/mine/style.css": TEMPLATES["wechat/themes/classic/style.css"]}
    files, failures = render(chinese(), ["wechat"], own, Look(theme="mine"))
    usual, _ = render(chinese(), ["wechat"], TEMPLATES)
    assert failures == ()
    assert files["wechat.fragment.html"] == usual["wechat.fragment.html"]


def test_a_theme_that_is_not_there_is_a_failure_with_those_that_are() -> None:
    _, (failure,) = render(chinese(), ["wechat"], TEMPLATES, Look(theme="newspapr"))
    assert "newspapr" in failure.reason
    assert "newspaper" in failure.hint


def test_the_digest_puts_no_second_mark_behind_a_question() -> None:
    sections = tuple(
        replace(s, items=tuple(replace(i, title=f"第{i.number}问到底怎么了？") for i in s.items))
        for s in chinese().sections
    )
    told = post_fields(replace(chinese(), sections=sections))["digest"]
    assert "？" in told
    assert "？；" not in told
