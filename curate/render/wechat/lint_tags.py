"""Checks of tags, attributes, links and pictures. Each takes a place and yields what breaks a rule there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from curate.render.wechat.allowed import (
    ATTRIBUTES,
    BLOCK_TAGS,
    CARD_TAGS,
    DROPPED_TAGS,
    IMAGE_HOSTS,
    LINK_HOST,
    LIST_TAGS,
    REWRITTEN_TAGS,
    SAFE_TAGS,
    UNPROVEN_TAGS,
    words,
)
from curate.render.wechat.lint_context import Breach, StyledElement

_BY_TAG = (  # the first that holds the tag says which rule it breaks
    ("tag-section", frozenset({"div"})),
    ("css-inline", frozenset({"style"})),
    ("tag-drop", DROPPED_TAGS),
    ("tag-rewritten", REWRITTEN_TAGS),
    ("tag-list", LIST_TAGS),
    ("tag-unproven", UNPROVEN_TAGS),
    ("tag-hr", frozenset({"hr"})),
    ("tag-card", CARD_TAGS),
)
_OWN_RULE = SAFE_TAGS | {"a", "pre", "svg"}  # `a` is judged by link-external
_SVG_SHAPES = words("svg g path rect circle ellipse line polyline polygon")
_ADDRESS = re.compile(r"https?://\S{16,}")


def tags(place: StyledElement) -> Iterator[Breach]:
    """A tag that is lost, rewritten or unproven."""
    tag = place.element.tag
    if tag in _OWN_RULE or any(e.tag == "svg" for e in place.ancestors):
        return
    rule = next((rule for rule, among in _BY_TAG if tag in among), "tag-safe")
    yield Breach(rule, place.element, f"<{tag}>")


def paragraph(place: StyledElement) -> Iterator[Breach]:
    element = place.element
    if element.tag == "p" and any(e.tag in BLOCK_TAGS for e in list(element.walk())[1:]):
        yield Breach("tag-p-nest", element, "a block in <p>")
    if element.tag == "table" and any(e.tag in ("td", "th") for e in place.ancestors):
        yield Breach("tag-p-nest", element, "<table> in a cell")


def pre(place: StyledElement) -> Iterator[Breach]:
    if place.element.tag == "pre" and place.style.get("white-space") != "pre-wrap":
        yield Breach("tag-pre", place.element, "<pre> without white-space:pre-wrap")


def leaf(place: StyledElement) -> Iterator[Breach]:
    element = place.element
    if "leaf" in element.attributes and any(e.tag in BLOCK_TAGS for e in element.walk()):
        yield Breach("tag-leaf", element, "a block in a leaf")


def svg(place: StyledElement) -> Iterator[Breach]:
    if place.element.tag == "svg":
        bad = sorted({e.tag for e in place.element.walk()} - _SVG_SHAPES)
        if bad:
            yield Breach("tag-svg", place.element, "<svg> with " + ", ".join(bad))


def attributes(place: StyledElement) -> Iterator[Breach]:
    """An attribute that is stripped, or does harm."""
    element = place.element
    if any(e.tag == "svg" for e in place.ancestors):
        return
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
    for name, value in element.attributes.items():
        rule = _attribute_rule(name, value, element.tag)
        if rule or name not in allowed:
            yield Breach(rule or "attr-allow", element, f'{name}="{value[:40]}"')


def _attribute_rule(name: str, value: str, tag: str) -> str:
    if (name == "class" and value.startswith("Mso")) or name.startswith(("o:", "v:")):
        return "attr-mso"
    if name.startswith("on") or name == "contenteditable":
        return "attr-event"
    if name in ("lang", "xml:lang"):
        return "attr-lang"
    if name == "id" or (name == "href" and value.startswith("#")):
        return "attr-id"
    if tag == "img" and name in ("width", "height"):
        return "attr-imgsize"
    return {"class": "attr-class", "data-no-dark": "attr-darkskip"}.get(name, "")


def link(place: StyledElement) -> Iterator[Breach]:
    href = place.element.attributes.get("href", "").strip()
    if place.element.tag == "a" and not href.startswith((LINK_HOST, "#")):
        yield Breach("link-external", place.element, f"<a> to {href[:80] or 'nowhere'}")


def bare_address(place: StyledElement) -> Iterator[Breach]:
    """A long address in text that may not wrap."""
    wraps = place.computed.get("word-break") == "break-all" or place.computed.get("overflow-wrap") in (
        "break-word", "anywhere",
    )  # fmt: skip
    if not wraps and (found := _ADDRESS.search(place.element.own_text)):
        yield Breach("link-footnote", place.element, found[0][:60])


def image(place: StyledElement) -> Iterator[Breach]:
    """A picture that would arrive broken, or has to be uploaded."""
    element = place.element
    if element.tag != "img":
        return
    source = element.attributes.get("src") or element.attributes.get("data-src", "")
    if source.lower().startswith("data:"):
        yield Breach("img-data", element, source[:30])
    elif source in place.uploads or (source and not re.match(r"[a-z][a-z0-9+.-]*:|//", source, re.I)):
        yield Breach("img-upload", element, source[:80])
    elif not source.startswith(IMAGE_HOSTS):
        yield Breach("img-host", element, source[:80] or "no src")
    if "data-w" not in element.attributes:
        yield Breach("attr-imgsize", element, "no data-w")


CHECKS: tuple[Callable[[StyledElement], Iterator[Breach]], ...] = (
    tags, paragraph, pre, leaf, svg, attributes, link, bare_address, image,
)  # fmt: skip
