"""A fragment as it looks in the platform's dark mode, for the preview."""

from __future__ import annotations

import re

from curate.render.color import Color, dark_background, dark_text, parse_color, write_color
from curate.render.wechat.lint_context import Paint, places
from curate.render.wechat.tree import declarations, parse, serialize, style_of

_COLOR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)", re.I)


def darken_html(html: str) -> str:
    """The fragment with every color converted as the platform does it at night."""
    root = parse(html)
    for place in list(places(root)):
        style = declarations(place.element.attributes.get("style", ""))
        for name, value in style.items():
            if name == "background-color" and (known := parse_color(value)):
                style[name] = write_color(dark_background(known))
            elif name == "color":
                style[name] = write_color(place.paint.dark)
            elif name.startswith("border"):
                style[name] = _border(value, place.paint)
        if "background-color" in style:
            style.setdefault("color", write_color(place.paint.dark))
        if style:
            place.element.attributes["style"] = style_of(style)
    return serialize(root)


def _border(value: str, paint: Paint) -> str:
    def convert(found: re.Match[str]) -> str:
        known: Color | None = parse_color(found[0])
        return write_color(dark_text(known, paint.dark_page)) if known else found[0]

    return _COLOR.sub(convert, value)
