"""The look of the posts: themes, which are folders of templates, and the palette of an account's own color.

One color becomes all that a theme needs, each part moved in lightness until it can be read by day and after the
platform's conversion for the night, on every ground that the themes use. Hue stays what the account chose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from curate.config.schema import Look
from curate.render.color import (
    Color,
    contrast,
    deep,
    hsl,
    parse_color,
    with_lightness,
    with_saturation,
    write_color,
)
from curate.render.wechat.allowed import LEAST_CONTRAST
from curate.render.wechat.lint_context import Paint

FOLDER = "wechat/themes/"
POST, STYLE = "post.html.j2", "style.css"

_MARGIN = 0.1  # above the least contrast, for what rounding takes
_PALE, _SOFT = (
    85,
    50,
)  # a pastel's saturation would shout in a darker shade: above this lightness at most this much
CARD, NIGHT_CARD = "#f7f7f7", "#262626"  # the neutral grounds of the themes
GOLD = "#ffe9c2"  # what else than white is written on `solid`
_USUAL = Color(10, 125, 79)
_VARIABLE = {name: re.compile(rf"--{name}:\s*(#[0-9a-fA-F]{{3,6}})\b") for name in ("solid", "accent")}
TINT, EDGE = 0.08, 0.35  # how opaque


class Palette(NamedTuple):
    """What a theme's style sheet may use. See docs/en/themes.md."""

    accent: Color  # text on the page, on cards, and on `tint`
    solid: Color  # a ground for white or GOLD text
    glow: Color  # text on NIGHT_CARD

    def variables(self) -> dict[str, str]:
        r, g, b = self.accent[:3]
        return {
            "--accent": write_color(self.accent),
            "--solid": write_color(self.solid),
            "--glow": write_color(self.glow),
            "--tint": write_color(Color(r, g, b, TINT)),
            "--edge": write_color(Color(r, g, b, EDGE)),
        }

    def rule(self) -> str:
        return ":root{" + ";".join(f"{name}:{value}" for name, value in self.variables().items()) + "}"


def themes(templates: Mapping[str, str]) -> tuple[str, ...]:
    """The themes that are there: each folder with a post template, or with a style sheet for the usual one."""
    files = (name.removeprefix(FOLDER).partition("/") for name in templates if name.startswith(FOLDER))
    return tuple(sorted({theme for theme, _, file in files if file in (POST, STYLE)}))


def post_template(templates: Mapping[str, str], look: Look) -> str:
    """The name of the template of a theme's post: its own, or that of the usual theme."""
    own = theme_file(look, POST)
    return own if own in templates else theme_file(Look(), POST)


def theme_file(look: Look, file: str) -> str:
    """The template's name of a theme's file. A name that is no theme is told where it is looked up."""
    return f"{FOLDER}{look.theme}/{file}"


def palette(given: Color) -> Palette:
    """The palette of one color: each part is the nearest lightness that can be read."""
    _, lightness, saturation = hsl(given)
    if lightness > _PALE and saturation > _SOFT:
        given = _whole(with_saturation(given, _SOFT))
    return Palette(
        accent=_nearest(given, _reads_on_light),
        solid=_nearest(given, _carries_white),
        glow=_nearest(given, _reads_on_dark),
    )


def variables(look: Look) -> str:
    """The rule that puts the account's color into a theme's style sheet; "" where the account has none."""
    given = parse_color(look.color)
    return palette(given).rule() if given else ""


def own_palette(templates: Mapping[str, str], look: Look) -> Palette:
    """The palette for what has no theme of its own: of the account's color, else of the theme's."""
    sheet = templates.get(theme_file(look, STYLE), "")
    written_there = [found[1] for name in ("solid", "accent") if (found := _VARIABLE[name].search(sheet))]
    known = [made for text in (look.color, *written_there) if (made := parse_color(text))]
    return palette(known[0] if known else _USUAL)


def cover_ground(templates: Mapping[str, str], look: Look) -> str:
    """The ground of drawn covers: the account's color, or the theme's, where white can be read on it."""
    return write_color(own_palette(templates, look).solid)


def describe_adjustment(look: Look) -> tuple[str, str] | None:
    """How the account's color is shown as text and as a ground, where it cannot be shown as it is."""
    given = parse_color(look.color)
    if given is None:
        return None
    made = palette(given)
    shown = write_color(made.accent), write_color(made.solid)
    return shown if shown != (write_color(given),) * 2 else None


def _nearest(given: Color, serves: Callable[[Color], bool]) -> Color:
    """The color itself if it serves, else the lightness next to its own that does, paler where none does."""
    if serves(given):
        return given
    _, own, saturation = hsl(given)
    steps = sorted(range(1, 100), key=lambda lightness: abs(lightness - own))
    shades = (
        _whole(with_lightness(with_saturation(given, saturation * share), step))
        for share in (1, 0.7, 0.4, 0)  # a grey always serves
        for step in steps
    )
    return next(shade for shade in shades if serves(shade))


def _whole(value: Color) -> Color:
    """As it will be written."""
    return Color(*(float(round(channel)) for channel in value[:3]))


def _reads_on_light(value: Color) -> bool:
    tint = write_color(Color(*value[:3], TINT))
    return all(_legible(write_color(value), ground) for ground in ("", CARD, tint))


def _carries_white(value: Color) -> bool:
    return deep(value) and all(_legible(text, write_color(value)) for text in ("#ffffff", GOLD))


def _reads_on_dark(value: Color) -> bool:
    return _legible(write_color(value), NIGHT_CARD)


def _legible(text: str, ground: str) -> bool:
    paint = Paint().within({"background-color": ground} if ground else {}).within({"color": text})
    by_day, by_night = contrast(paint.light, paint.light_page), contrast(paint.dark, paint.dark_page)
    return min(by_day, by_night) >= LEAST_CONTRAST + _MARGIN
