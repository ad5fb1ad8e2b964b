"""Where a site keeps its main text: learnt from a few pages read in full, then read by one CSS selector.

Every article of a site stands in the same frame, so the element that held the text of three pages holds that of
the next. What is learnt from a page is which selectors would have found its text, and how well each would have
done (`glimpse`); a site's layout is its last few glimpses, and its selector the one with the best median. Nothing
else is kept: a page that reads otherwise, met by chance or in a spot check, is one more glimpse, and a site that
changed its frame un-learns the old one by it.

`curate.extraction.extract` reads in full; here lexbor reads a page in the time that full extraction takes for its hundredth
part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser, LexborNode

from curate.text.clean import plain
from curate.text.lines import letters_of

NEEDED = 3  # pages from which a selector is learnt
KEPT = 5  # glimpses of a site; with more, a new frame would take longer to be learnt
GOOD = 0.9  # median agreement from which a selector is used
BROKEN = 0.7  # agreement on one page under which what was learnt before it counts no more
CHECKED = 8  # one page in so many is read in full though its site is known
_HOLDS = 0.7  # share of the text's letters that an element must have to be looked at
_WORTH = 0.5  # agreement from which a selector is worth remembering
_MOST = 12  # selectors of one glimpse
_GRAM = 4  # characters
_UNCLOSED = 2_000  # tags without an end, such as br and img; on real pages there are some hundreds

_NAME = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)  # a class or id that CSS takes without escapes
_NUMBERED = re.compile(r"\d{3}")  # an id of one article, not of its frame
UNREAD = ("script", "style", "template", "noscript")  # their texts are long, and nobody's


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one page, read in full, shows: CSS selectors that find its text, the best first, with their agreement."""

    url: str
    selectors: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame in which a site sets its articles, as its last pages that were read in full show it."""

    site: str  # host, and port where there is one
    glimpses: tuple[Glimpse, ...] = ()  # the newest last


def tree_of(page: str) -> LexborHTMLParser:
    """The tree of a page as it was decoded; whatever arrives, it is a tree.

    A page with thousands of tags that nobody closes counts as empty: by the standard's algorithm, their tree takes
    time in the square of their number.
    """
    if page.count("<") - 2 * page.count("</") > _UNCLOSED:
        page = ""
    return LexborHTMLParser(page.encode("utf-8", "replace"))


def agreement(one: str, other: str) -> float:
    """F1 of the character 4-grams of two texts without their white space: 1 for the same, 0 for strangers."""
    grams, others = _grams(one), _grams(other)
    total = grams.total() + others.total()
    return 2 * (grams & others).total() / total if total else 0.0


def glimpse(page: str, text: str, url: str) -> Glimpse:
    """Which selectors would have found `text`, which was read in full from this page, the best first."""
    tree = tree_of(page)
    tree.strip_tags(list(UNREAD))
    found: dict[str, float] = {}
    for node in _holders(tree, len(letters_of(text))):
        selectors = [s for s in _selectors(node) if s not in found and tree.css_first(s) == node]
        if selectors:
            agreed = agreement(plain(node.html or ""), text)
            found |= dict.fromkeys(selectors, round(agreed, 3))
    ranked = sorted(found.items(), key=lambda row: -row[1])
    return Glimpse(url, tuple((s, agreed) for s, agreed in ranked if agreed >= _WORTH)[:_MOST])


def selector_of(layout: Layout) -> str:
    """The selector that has been learnt; "" where none is good enough, or too few pages were seen."""
    if len(layout.glimpses) < NEEDED:
        return ""
    pages = [dict(glimpse.selectors) for glimpse in layout.glimpses]
    every = dict.fromkeys(selector for page in pages for selector in page)
    medians = {selector: median(page.get(selector, 0.0) for page in pages) for selector in every}
    best = max(medians, key=lambda selector: medians[selector], default="")
    return best if best and medians[best] >= GOOD else ""


def learnt(layout: Layout, seen: Glimpse) -> Layout:
    """The layout after one more page read in full. A page counts once, however often it is read.

    Where the learnt selector fails on a page that another selector reads well, the frame has changed, and what
    was seen before is forgotten.
    """
    before = tuple(glimpse for glimpse in layout.glimpses if glimpse.url != seen.url)
    selector = selector_of(layout)
    if selector and seen.selectors and dict(seen.selectors).get(selector, 0.0) < BROKEN:
        before = ()
    return replace(layout, glimpses=(*before, seen)[-KEPT:])


def is_checked(url: str) -> bool:
    """Whether this page is a spot check. By its address, so that a night that is repeated is the same night."""
    return crc32(url.encode("utf-8", "replace")) % CHECKED == 0


def _holders(tree: LexborHTMLParser, letters: int) -> Iterator[LexborNode]:
    """From the body down, the elements that hold most of the text; at each step there can be but one."""
    node = tree.body
    while node is not None:
        yield node
        node = next((child for child in node.iter() if _size(child) >= _HOLDS * letters), None)


def _size(node: LexborNode) -> int:
    return len(letters_of(node.text(deep=True)))


def _selectors(node: LexborNode) -> Iterator[str]:
    """Ways to name an element, the most telling first; the last by its place under its parent."""
    yield from _own(node)
    parent = node.parent
    if parent is not None:
        for name in _own(parent):
            yield f"{name} > {node.tag}"


def _own(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    name = attributes.get("id") or ""
    if _NAME.fullmatch(name) and not _NUMBERED.search(name):
        yield f"{node.tag}#{name}"
    classes = [c for c in (attributes.get("class") or "").split() if _NAME.fullmatch(c)]
    if len(classes) > 1:
        yield f"{node.tag}.{'.'.join(classes)}"
    yield from (f"{node.tag}.{c}" for c in classes)
    if attributes.get("itemprop") == "articleBody":
        yield '[itemprop="articleBody"]'
    if node.tag in ("article", "main"):
        yield node.tag


def _grams(text: str) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1))
