"""Any HTML -> what the WeChat editor keeps. A chain of small passes over one tree; templates need not know.

parse -> drop and rename tags -> keep safe attributes -> keep safe styles -> blocks out of inline and of `p`
-> white space -> no idle wrappers, not too deep -> every paragraph complete -> text into leaves -> guards
"""

from __future__ import annotations

import re
from itertools import groupby

from curate.render.color import parse_color, write_color
from curate.render.wechat.allowed import (
    ATTRIBUTES,
    BLOCK_TAGS,
    CSS_ALLOWED,
    DROPPED_TAGS,
    FORBIDDEN_VALUE,
    GUARD,
    IMAGE_HOSTS,
    LINK_HOST,
    SAFE_TAGS,
    visible,
    words,
)
from curate.render.wechat.normalize_blocks import inherit, level, settle, tidy, trim
from curate.render.wechat.tree import NBSP, Element, declarations, parse, serialize, style_of

_GONE = (DROPPED_TAGS - {"form", "label"}) | {"svg", "math", "head", "title"}
_SECTIONS = words(
    "div article main header footer aside nav figure figcaption details summary center address blockquote form "
    "fieldset dl dt dd ul ol li pre body hgroup search menu"
)
_STYLED = {  # what a browser shows them as
    "b": ("strong", {}),
    "i": ("span", {"font-style": "italic"}),
    "em": ("span", {"font-style": "italic"}),
    "cite": ("span", {"font-style": "italic"}),
    "u": ("span", {"text-decoration": "underline"}),
    "ins": ("span", {"text-decoration": "underline"}),
    "s": ("span", {"text-decoration": "line-through"}),
    "del": ("span", {"text-decoration": "line-through"}),
    "th": ("td", {"font-weight": "bold"}),
    "thead": ("tbody", {}),
    "tfoot": ("tbody", {}),
    **{f"h{n}": ("p", {"font-weight": "bold"}) for n in range(1, 7)},
}
_RULE = {"border-top": "1px solid rgba(0,0,0,.1)", "margin": "16px 0", "font-size": "0", "line-height": "0"}
_ALIGNMENTS = words("left center right justify")
_PX_ZERO = re.compile(r"(?<![\d.])0(?:px|em|rem|%|pt)(?![\w%])")
_AFTER_COMMA = re.compile(r"(?<=,) +")
_BEFORE_POINT = re.compile(r"(?<![\d.])0(?=\.\d*[1-9])")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def normalize(html: str, *, uploads: frozenset[str] = frozenset(), leaves: bool = True) -> str:
    """The fragment as it is put on the clipboard: one line, safe tags and inline styles only, guards at both ends.

    Pictures on other hosts than the platform's are dropped, save those of `uploads`, which the editor takes over;
    relative paths stay, to be uploaded. Without `leaves` the text wrappers are left to the editor, which adds its
    own: shorter by 21 characters a paragraph. Never fails, and changes nothing the second time.
    """
    root = parse(html.replace("\x00", ""))
    root.children = [node for child in root.children for node in _rename_node(child)]
    _keep_attributes(root, uploads)
    for element in root.walk():
        _keep_styles(element)
    settle(root)
    trim(root)
    tidy(root)
    level(root)
    inherit(root)
    if leaves:
        _into_leaves(root)
    return GUARD + serialize(root) + GUARD


def _rename_node(node: Element | str) -> list[Element | str]:
    """What takes the place of a node: nothing, itself, a safe tag that looks the same, or what was in it."""
    if isinstance(node, str):
        return [visible(node)]
    if node.tag in _GONE or _is_guard(node):
        return []
    if node.tag == "hr":
        return [Element("section", {"style": style_of(_RULE)}, [NBSP])]
    if node.tag == "pre":
        _break_lines(node)
    if node.tag in ("ul", "ol"):
        _mark_items(node)
    node.children = [made for child in node.children for made in _rename_node(child)]
    if _is_idle(node):
        return list(node.children)
    if node.tag in _STYLED:
        node.tag, usual = _STYLED[node.tag]
        node.attributes["style"] = style_of({**usual, **declarations(node.attributes.get("style", ""))})
    elif node.tag in _SECTIONS:
        node.tag = "section"
    elif node.tag not in SAFE_TAGS and node.tag != "a":
        node.tag = "span"
    return [node]


def _is_idle(node: Element) -> bool:
    """True for a tag that goes while what is in it stays: a link elsewhere, a leaf, an unknown tag without style."""
    if node.tag == "a":
        return not node.attributes.get("href", "").strip().startswith(LINK_HOST)
    if node.tag == "span" and "leaf" in node.attributes:
        return not node.attributes.get("style")
    known = node.tag in _STYLED or node.tag in _SECTIONS or node.tag in SAFE_TAGS
    return not known and not node.attributes.get("style")


def _is_guard(node: Element) -> bool:
    style = declarations(node.attributes.get("style", ""))
    bare = style.get("font-size") == "0" and style.get("line-height") == "0" and "border-top" not in style
    return node.tag == "p" and bare and not node.text.strip(NBSP + " ") and not node.elements


def _break_lines(node: Element) -> None:
    """Lines of code as text, <br> and no-break spaces: white space is what code has and editors eat."""
    made: list[Element | str] = []
    for child in node.children:
        if isinstance(child, Element):
            _break_lines(child)
            made.append(child)
            continue
        for n, line in enumerate(child.strip("\n").expandtabs(4).split("\n")):
            made.extend([Element("br")] if n else [])
            made.append(line.replace("  ", NBSP * 2))
    node.children = made


def _mark_items(node: Element) -> None:
    """Bullets and numbers as text: lists break in the editor (RULES tag-list)."""
    items = [e for e in node.elements if e.tag == "li"]
    if node.tag == "ul":
        for item in items:
            item.children.insert(0, f"•{NBSP}")
        return
    step = -1 if "reversed" in node.attributes else 1
    number = _whole(node.attributes.get("start", ""), len(items) if step < 0 else 1)
    for item in items:  # as HTML counts: `value` is an item's number, and the next one goes on from there
        number = _whole(item.attributes.get("value", ""), number)
        item.children.insert(0, f"{_numeral(number, node.attributes.get('type', ''))}.{NBSP}")
        number += step


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[+-]?\d{1,6}", text.strip()) else otherwise


def _numeral(number: int, kind: str) -> str:
    """A list item's number as HTML's `type` wants it: 1, a, A, i or I; figures where letters do not reach."""
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 1 <= number < 40:
        ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        roman = "x" * (number // 10) + ones[number % 10]
        return roman if kind == "i" else roman.upper()
    return str(number)


def _keep_attributes(root: Element, uploads: frozenset[str]) -> None:
    for element in list(root.walk()):
        if any(isinstance(child, Element) and child.tag == "img" for child in element.children):
            element.children = [
                c for c in element.children if isinstance(c, str) or _keep_picture(c, uploads)
            ]
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
        kept = {name: visible(value) for name, value in element.attributes.items() if name in allowed}
        element.attributes = {name: " ".join(value.split()) for name, value in kept.items()}
        if element.attributes.get("leaf") is not None:
            del element.attributes["leaf"]


def _keep_picture(element: Element, uploads: frozenset[str]) -> bool:
    """False for a picture that would arrive broken; a good one gets what the platform asks of it."""
    if element.tag != "img":
        return True
    source = "".join(visible(element.attributes.get("src", "")).split())
    if not source or (_SCHEME.match(source) and not source.startswith(("https://", "http://"))):
        return False
    if _SCHEME.match(source) and source not in uploads and not source.startswith(IMAGE_HOSTS):
        return False
    given = element.attributes
    given["src"] = source
    width, height = given.get("width", ""), given.get("height", "")
    if width.isdigit() and int(width):
        given.setdefault("data-w", width)
        if height.isdigit():
            given.setdefault("data-ratio", f"{int(height) / int(width):.4g}")
    style = declarations(given.get("style", ""))
    given["style"] = style_of({"width": "100%", "height": "auto", **style})
    return True


def _keep_styles(element: Element) -> None:
    if "style" not in element.attributes:
        return
    kept: dict[str, str] = {}
    for name, value in declarations(element.attributes.pop("style")).items():
        value = value.removesuffix("!important").rstrip().removesuffix("! important").rstrip()
        if name == "background" and parse_color(value):
            name = "background-color"
        if name in CSS_ALLOWED and value and not FORBIDDEN_VALUE.search(value):
            value = _short(name, value.lower())
            if name != "text-align" or value in _ALIGNMENTS:
                kept[name] = value
    if kept:
        element.attributes["style"] = style_of(kept)


def _short(name: str, value: str) -> str:
    if name == "text-align":
        return {"start": "left", "end": "right"}.get(value, value)
    if name.endswith("color") and (known := parse_color(value)):
        if name == "color" and known[:3] == (0, 0, 0) and known.a == 1:
            return "#1a1a1a"  # the editor swallows pure black (T3)
        value = value if value.startswith("#") else write_color(known)
    return _BEFORE_POINT.sub("", _PX_ZERO.sub("0", _AFTER_COMMA.sub("", value)))


def _into_leaves(element: Element) -> None:
    """Text, pictures, line breaks and what styles them go into <span leaf="">, the editor's own form (S1f): one leaf
    for each unbroken run, since it may hold inline tags, and each costs 21 characters."""
    made: list[Element | str] = []
    for is_block, run in groupby(element.children, _is_block):
        nodes = list(run)
        if is_block:
            for block in nodes:
                _into_leaves(block)  # type: ignore[arg-type]
        else:
            nodes = [Element("span", {"leaf": ""}, nodes)]
        made += nodes
    element.children = made


def _is_block(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in BLOCK_TAGS
