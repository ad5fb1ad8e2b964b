"""An element with all that is known of it where it stands: depth, inherited style, colors in both modes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from curate.domain.message import Message
from curate.render.color import (
    DARK_PAGE,
    DARK_TEXT,
    IGNORED_ALPHA,
    LIGHT_PAGE,
    LIGHT_TEXT,
    Color,
    dark_background,
    dark_text,
    over,
    parse_color,
)
from curate.render.wechat.allowed import CSS_INHERITED
from curate.render.wechat.tree import Element, declarations


class Breach(NamedTuple):
    """A breach before it is put in words: rule, where, and what stands there."""

    rule: str
    element: Element | None
    what: str | Message
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paint:
    """Colors at an element. Backgrounds are opaque, `text` is the color as written."""

    text: Color = LIGHT_TEXT
    light_page: Color = LIGHT_PAGE
    dark: Color = DARK_TEXT
    dark_page: Color = DARK_PAGE

    @property
    def light(self) -> Color:
        return over(self.text, self.light_page)

    def within(self, style: dict[str, str]) -> Paint:
        """The colors for an element of this style in here."""
        ground = parse_color(style.get("background-color", style.get("background", "")))
        light_page, dark_page = self.light_page, self.dark_page
        painted = ground is not None and ground.a >= IGNORED_ALPHA
        if ground is not None and painted:
            light_page = over(ground, light_page)
            dark_page = over(dark_background(ground), dark_page)
        own = parse_color(style.get("color", ""))
        text = own or self.text
        dark = over(dark_text(text, dark_page), dark_page) if own or painted else self.dark
        return Paint(text, light_page, dark, dark_page)


@dataclass(frozen=True, slots=True)
class StyledElement:
    """`style` is the element's own, `computed` with what it inherits; depth 1 is the top."""

    element: Element
    depth: int
    style: dict[str, str]
    computed: dict[str, str]
    paint: Paint
    ancestors: tuple[Element, ...]
    uploads: frozenset[str]


def places(root: Element, uploads: frozenset[str] = frozenset()) -> Iterator[StyledElement]:
    """Every element below the root, in order."""
    yield from _below(root, {}, Paint(), (), uploads)


def _below(
    parent: Element,
    above: dict[str, str],
    paint: Paint,
    ancestors: tuple[Element, ...],
    uploads: frozenset[str],
) -> Iterator[StyledElement]:
    for element in parent.elements:
        style = declarations(element.attributes.get("style", ""))
        computed = {**above, **style}
        own = paint.within(style)
        yield StyledElement(element, len(ancestors) + 1, style, computed, own, ancestors, uploads)
        inherited = {name: value for name, value in computed.items() if name in CSS_INHERITED}
        yield from _below(element, inherited, own, (*ancestors, element), uploads)
