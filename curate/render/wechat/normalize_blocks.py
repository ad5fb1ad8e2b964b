"""The normalizer's passes that need the tree's shape: blocks, white space, depth, and what is inherited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.render.wechat.allowed import BLOCK_TAGS, CSS_INHERITED, DEEPEST
from curate.render.wechat.tree import Element, declarations, style_of

# A paragraph says these itself (RULES css-default); values for one that nobody styled.
PARAGRAPH = {"font-size": "16px", "line-height": "1.75", "color": "#333333"}
_INLINE = frozenset({"span", "strong", "sup", "a"})
_TABLE = frozenset({"table", "tbody", "tr", "td"})
_SPACE = re.compile("[ \t\n\r\f]+")
_DEEPEST_SHELL = DEEPEST - 2  # two levels are left, for the leaf and a picture in it


def settle(root: Element, in_cell: bool = False) -> None:
    """No block in a paragraph or in inline tags, no table in a cell, no stray text at the top or between rows."""
    for element in root.elements:
        if in_cell and element.tag in _TABLE:
            element.tag = "section"
        settle(element, in_cell or element.tag == "td")
    holds_block = any(e.tag in BLOCK_TAGS for e in root.elements)
    if holds_block and (root.tag == "p" or root.tag in _INLINE):
        if root.tag == "strong":
            style = {"font-weight": "bold", **declarations(root.attributes.get("style", ""))}
            root.attributes["style"] = style_of(style)
        root.attributes.pop("href", None)
        root.attributes.pop("target", None)
        root.tag = "section"
    if root.tag in ("table", "tbody", "tr"):
        root.children = [e for e in root.elements if e.tag in _TABLE]
    if root.tag == "#root":
        root.children = list(_in_paragraphs(root.children))


def _in_paragraphs(children: list[Element | str]) -> Iterator[Element | str]:
    """Inline content at the top, gathered into paragraphs."""
    run: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and child.tag in BLOCK_TAGS:
            if run:
                yield Element("p", {}, run)
                run = []
            yield child
        else:
            run.append(child)
    if run:
        yield Element("p", {}, run)


def trim(block: Element) -> None:
    """White space as a browser shows it: none at the ends of a line, one space between words."""
    line = _TextLine()
    for child in _inline_parts(block, line):
        trim(child)
    line.end()


class _TextLine:
    """The texts of one line so far; they live in their parents' lists."""

    def __init__(self) -> None:
        self.after_space = True
        self.last: tuple[list[Element | str], int] | None = None

    def text(self, children: list[Element | str], at: int) -> None:
        text = _SPACE.sub(" ", str(children[at]))
        if self.after_space:
            text = text.lstrip(" ")
        children[at] = text
        if text:
            self.after_space = text.endswith(" ")
            self.last = (children, at)

    def picture(self) -> None:
        self.after_space, self.last = False, None

    def end(self) -> None:
        if self.last:
            children, at = self.last
            children[at] = str(children[at]).rstrip(" ")
        self.after_space, self.last = True, None


def _inline_parts(parent: Element, line: _TextLine) -> Iterator[Element]:
    """Feeds the line with the inline content of `parent`; yields the blocks that interrupt it."""
    for at, child in enumerate(parent.children):
        if isinstance(child, str):
            line.text(parent.children, at)
        elif child.tag in BLOCK_TAGS:
            line.end()
            yield child
        elif child.tag == "br":
            line.end()
        elif child.tag == "img":
            line.picture()
        else:
            yield from _inline_parts(child, line)


def tidy(element: Element) -> None:
    """Takes out what is empty, and wrappers that say nothing."""
    made: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element):
            tidy(child)
            idle = not child.attributes and child.tag in ("span", "section")
            empty = not child.children and child.tag not in ("br", "img", "td")
            if empty and (child.tag in _INLINE or not child.attributes.get("style")):
                continue
            if idle and (child.tag == "span" or _only_blocks(child)):
                made.extend(child.children)
                continue
            made.append(child)
        elif child:
            made.append(child)
    element.children = _join_texts(made)


def _only_blocks(element: Element) -> bool:
    return all(isinstance(child, Element) and child.tag in BLOCK_TAGS for child in element.children)


def _join_texts(children: list[Element | str]) -> list[Element | str]:
    """Texts side by side made one."""
    made: list[Element | str] = []
    for child in children:
        if isinstance(child, str) and made and isinstance(made[-1], str):
            made[-1] += child
        else:
            made.append(child)
    return made


def level(element: Element, depth: int = 0) -> None:
    """What lies too deep moves up, without its own style: the platform would cut it (RULES css-nest)."""
    if depth >= _DEEPEST_SHELL:
        element.children = _join_texts([*_flat(element)])
    for child in element.elements:
        level(child, depth + 1)


def _flat(element: Element) -> Iterator[Element | str]:
    """Only text, pictures and line breaks; a line break where a block began or ended."""
    after_block = False
    for n, child in enumerate(element.children):
        block = isinstance(child, Element) and child.tag in BLOCK_TAGS
        if n and (block or after_block):
            yield Element("br")
        after_block = block
        if isinstance(child, str) or child.tag in ("br", "img"):
            yield child
        else:
            yield from _flat(child)


def inherit(element: Element, above: dict[str, str] | None = None) -> None:
    """Every paragraph says its size, line height and color; inline tags say only what differs."""
    above = above or {}
    own = declarations(element.attributes.get("style", ""))
    if element.tag == "p":
        own |= {name: above.get(name, usual) for name, usual in PARAGRAPH.items() if name not in own}
    elif element.tag in _INLINE:
        own = {
            name: value
            for name, value in own.items()
            if name not in CSS_INHERITED or above.get(name) != value
        }
    if own:
        element.attributes["style"] = style_of(own)
    else:
        element.attributes.pop("style", None)
    below = {**above, **{name: value for name, value in own.items() if name in CSS_INHERITED}}
    made: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element):
            inherit(child, below)
            if child.tag == "span" and not child.attributes:
                made.extend(child.children)
                continue
        made.append(child)
    element.children = _join_texts(made)
