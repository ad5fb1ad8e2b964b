"""Checks of inline styles and of what they make of the text. Each takes a place and yields what breaks a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from curate.render.color import contrast, deep, parse_color
from curate.render.wechat.allowed import (
    CSS_ALLOWED,
    CSS_DENIED,
    DEEPEST,
    LEAST_CONTRAST,
    LEAST_LINE_HEIGHT,
    WIDEST_PX,
)
from curate.render.wechat.lint_context import Breach, StyledElement
from curate.render.wechat.tree import NBSP

_VARIABLE = re.compile(r"var\(|calc\(|hsla?\(|color-mix\(", re.I)
_PX = re.compile(r"(-?[\d.]+)(px|pt)?")
_LIGHT_TINT = 0.1  # a tint at most this opaque survives dark mode (S2, measured)
_EDITOR_SIZE = 17.0  # px, the editor's default


def _has_text(text: str) -> bool:
    return bool(text.strip(" \t\r\n" + NBSP))


def properties(place: StyledElement) -> Iterator[Breach]:
    """A property that is stripped, or breaks dark mode."""
    for name, value in place.style.items():
        said = f"{name}:{value[:40]}"
        if name.startswith("mso-"):
            yield Breach("attr-mso", place.element, said)
        elif name == "font-family":
            yield Breach("css-fontfamily", place.element, said)
        elif "gradient(" in value or ("url(" in value and name.startswith("background")):
            yield Breach("css-gradient", place.element, said)
        elif name.startswith("--"):
            yield Breach("css-var", place.element, said)
        elif name in CSS_DENIED:
            yield Breach("css-deny", place.element, said)
        elif name not in CSS_ALLOWED:
            yield Breach("css-allow", place.element, said)


def values(place: StyledElement) -> Iterator[Breach]:
    """A value that means nothing without its style sheet, or is swallowed."""
    for name, value in place.style.items():
        said = f"{name}:{value[:40]}"
        if _VARIABLE.search(value):
            yield Breach("css-var", place.element, said)
        if "!important" in value.replace(" ", "").lower():
            yield Breach("css-important", place.element, said)
        if name == "text-align" and value not in ("left", "center", "right", "justify"):
            yield Breach("css-align", place.element, said)
        if name == "color" and (known := parse_color(value)) and known == (0, 0, 0, 1):
            yield Breach("css-black", place.element, said)


def line_height(place: StyledElement) -> Iterator[Breach]:
    """Lines of text that would overlap."""
    value = place.style.get("line-height", "")
    if not value or not _has_text(place.element.text):
        return
    number = re.match(r"[\d.]+", value)
    if not number:
        return
    ratio = float(number[0])
    if value.endswith("%"):
        ratio /= 100
    elif value.endswith("px"):
        size = re.match(r"([\d.]+)px", place.computed.get("font-size", ""))
        ratio /= float(size[1]) if size and float(size[1]) else _EDITOR_SIZE
    if ratio < LEAST_LINE_HEIGHT:
        yield Breach("css-lineheight", place.element, f"line-height:{value}")


def width(place: StyledElement) -> Iterator[Breach]:
    """A fixed width that does not fit every screen."""
    ignored = any("data-ignore-width" in e.attributes for e in (*place.ancestors, place.element))
    if place.element.tag in ("img", "svg") or ignored:
        return
    for name in ("width", "min-width", "margin-left", "margin-right"):
        found = _PX.match(place.style.get(name, ""))
        if found and found[2] and abs(float(found[1])) > WIDEST_PX:
            yield Breach("css-width", place.element, f"{name}:{place.style[name]}")


def height(place: StyledElement) -> Iterator[Breach]:
    value = place.style.get("height", "auto")
    if (
        value not in ("auto", "100%")
        and place.element.tag not in ("img", "svg")
        and _has_text(place.element.text)
    ):
        yield Breach("css-height", place.element, f"height:{value} around text")


def check_nesting(place: StyledElement) -> Iterator[Breach]:
    if place.depth == DEEPEST + 1:
        yield Breach("css-nest", place.element, f"level {place.depth}")


def complete(place: StyledElement) -> Iterator[Breach]:
    if place.element.tag == "p" and _has_text(place.element.text):
        missing = [name for name in ("font-size", "line-height", "color") if name not in place.style]
        if missing:
            yield Breach("css-default", place.element, "<p> without " + ", ".join(missing))


def background(place: StyledElement) -> Iterator[Breach]:
    """A ground that glares at night. Grey, a faint tint and a deep color do not: the conversion leaves it dark."""
    value = place.style.get("background-color", "")
    known = parse_color(value)
    if not value or (known and (known.a <= _LIGHT_TINT or known.r == known.g == known.b)):
        return
    if known and known.a == 1 and deep(known):
        return
    yield Breach("css-dark-bg", place.element, f"background-color:{value}")


def legible(place: StyledElement) -> Iterator[Breach]:
    """Text too faint on its ground, by day or by night, or in a color that nobody can judge."""
    if "color" in place.style and parse_color(place.style["color"]) is None:
        yield Breach("css-dark-fg", place.element, f"color:{place.style['color'][:40]} is not hex or rgb()")
    if not _has_text(place.element.own_text):
        return
    light = contrast(place.paint.light, place.paint.light_page)
    dark = contrast(place.paint.dark, place.paint.dark_page)
    if min(light, dark) < LEAST_CONTRAST:
        yield Breach("css-dark-fg", place.element, f"contrast {light:.1f} light, {dark:.1f} dark")


CHECKS: tuple[Callable[[StyledElement], Iterator[Breach]], ...] = (
    properties, values, line_height, width, height, check_nesting, complete, background, legible,
)  # fmt: skip
