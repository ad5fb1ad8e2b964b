"""HTML as a small tree that can be changed and written back; what the normalizer and the linter walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from curate.render.wechat.allowed import words

VOID = words("area base br col embed hr img input link meta source track wbr")
DEEPEST = 60  # levels kept while parsing; what is deeper stays as text of the level above
_ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
}
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(slots=True, eq=False)
class Element:
    """A tag with its attributes (names in lower case) and what is in it; text is a plain str."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 0  # 1.. in the source; 0 where it was made here
    column: int = 0

    def walk(self) -> Iterator[Element]:
        """Itself, then every element in it, in the order of the source."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def own_text(self) -> str:
        return "".join(child for child in self.children if isinstance(child, str))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        made = Element(tag, {name: value or "" for name, value in reversed(attrs)}, [], line, column + 1)
        made.attributes = dict(reversed(made.attributes.items()))
        while self.open[-1].tag in _ENDS.get(tag, ()):  # HTML lets these end where the next one begins
            self.open.pop()
        if len(self.open) > DEEPEST:
            return
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A browser ignores the slash of <section/>; only void elements and SVG end there.
        self.handle_starttag(tag, attrs)
        if tag not in VOID and any(e.tag == "svg" for e in self.open) and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(html: str) -> Element:
    """The tree under a root named `#root`. Never fails: what is not closed ends with its parent."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def serialize(element: Element) -> str:
    """The tree as HTML, without its root, in double quotes; no-break spaces are written `&nbsp;`."""
    parts: list[str] = []
    _write(element, parts)
    return "".join(parts)


def _write(element: Element, parts: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts.append(escape(child, quote=False).replace(NBSP, "&nbsp;"))
            continue
        parts.append("<" + child.tag)
        parts.extend(f' {name}="{escape(value)}"' for name, value in child.attributes.items())
        parts.append(">")
        if child.tag not in VOID:
            _write(child, parts)
            parts.append(f"</{child.tag}>")


def declarations(style: str) -> dict[str, str]:
    """A style attribute as property -> value; the last of a doubled property wins, and keeps the last place."""
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name and value.strip():
            found.pop(name, None)
            found[name] = " ".join(value.split())
    return found


def style_of(values: dict[str, str]) -> str:
    """The shortest way to write declarations: no space, no last semicolon."""
    return ";".join(f"{name}:{value}" for name, value in values.items())
