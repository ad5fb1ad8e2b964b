"""Colors by day and by night. Expected values were measured with the platform's own conversion."""

from __future__ import annotations

import pytest

from curate.render.color import (
    DARK_PAGE,
    Color,
    contrast,
    dark_background,
    dark_text,
    over,
    parse_color,
    write_color,
)
from curate.render.wechat.dark_mode import darken_html

# text, background -> both as the platform's conversion shows them (wechatjs/mp-darkmode 1.2.1 in Chromium)
MEASURED = [
    ("#333333", "", "rgb(163, 163, 163)", ""),
    ("#333333", "#f7f7f7", "rgb(179, 179, 179)", "rgb(33, 33, 33)"),
    ("#333333", "rgba(10,125,79,0.1)", "rgb(179, 179, 179)", "rgba(10, 125, 79, 0.1)"),
    ("#1a1a1a", "#f7f7f7", "rgb(204, 204, 204)", "rgb(33, 33, 33)"),
    ("#595959", "#f7f7f7", "rgb(141, 141, 141)", "rgb(33, 33, 33)"),
    ("#0a7d4f", "#f7f7f7", "rgb(83, 241, 178)", "rgb(33, 33, 33)"),
    ("#0f4c81", "#fafafa", "rgb(80, 163, 235)", "rgb(30, 30, 30)"),
    ("#0f4c81", "#0a7d4f", "rgb(76, 154, 221)", "rgb(10, 125, 79)"),
    ("#666666", "", "rgb(102, 102, 102)", ""),
    ("#ffffff", "#f6f8fa", "rgb(255, 255, 255)", "rgb(189, 190, 192)"),
    ("#0f4c81", "#ffffff", "rgb(80, 163, 235)", "rgb(25, 25, 25)"),
    ("#c7dd01", "#e48875", "rgb(101, 113, 1)", "rgb(228, 136, 117)"),
    ("#ab332f", "#7d700a", "rgb(78, 23, 21)", "rgb(125, 112, 10)"),
    ("#ff428e", "#62e5c7", "rgb(138, 0, 56)", "rgb(98, 229, 199)"),
    ("#2a274e", "#1d0fcf", "rgb(147, 143, 199)", "rgb(29, 15, 207)"),
]


def known(text: str) -> Color:
    made = parse_color(text)
    assert made is not None
    return made


@pytest.mark.parametrize(("text", "ground", "text_at_night", "ground_at_night"), MEASURED)
def test_the_conversion_agrees_with_the_platforms(
    text: str, ground: str, text_at_night: str, ground_at_night: str
) -> None:
    converted = dark_background(known(ground)) if ground else DARK_PAGE
    if ground:
        assert converted == pytest.approx(known(ground_at_night), abs=1)
    page = over(converted, DARK_PAGE)
    assert over(dark_text(known(text), page), page) == pytest.approx(known(text_at_night), abs=1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("#333", (51, 51, 51, 1)),
        ("#33333380", (51, 51, 51, 128 / 255)),
        ("#3338", (51, 51, 51, 136 / 255)),
        ("rgb(1,2,3)", (1, 2, 3, 1)),
        ("rgba(1 2 3 / .5)", (1, 2, 3, 0.5)),
        ("rgb(999,0,0)", (255, 0, 0, 1)),
        ("White", (255, 255, 255, 1)),
        ("transparent", (0, 0, 0, 0)),
    ],
)
def test_colors_are_read_in_the_forms_that_styles_use(text: str, value: tuple[float, ...]) -> None:
    assert parse_color(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "red-ish", "#12", "#12345", "rgb(1,2)", "var(--x)", "rgb(1.2.3,0,0)"])
def test_anything_else_is_no_color(text: str) -> None:
    assert parse_color(text) is None


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(known("#fff"), known("#000")) == pytest.approx(21)
    assert contrast(known("#777"), known("#fff")) == pytest.approx(4.48, abs=0.01)


def test_colors_are_written_short() -> None:
    assert write_color(Color(51, 51, 51)) == "#333333"
    assert write_color(Color(10, 125, 79, 0.1)) == "rgba(10,125,79,0.1)"


def test_a_fragment_at_night_keeps_its_text_and_turns_its_colors() -> None:
    html = '<section style="background-color:#f7f7f7;border-top:1px solid #0a7d4f"><p style="color:#333333">x &lt;</p></section>'
    assert darken_html(html) == (
        '<section style="background-color:#212121;border-top:1px solid #53f1b2;color:#ccc0c0"><p style="color:#b2b2b2">x &lt;</p></section>'
    ).replace("#ccc0c0", write_color(dark_text(known("#191919"), known("#212121"))))
