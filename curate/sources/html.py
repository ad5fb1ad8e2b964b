"""Web pages as beautifulsoup4's trees, for lists of links; whatever arrives, it is a tree or an UnreadableError."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from curate.domain.errors import UnreadableError
from curate.sources.bounds import check_tags

_DECLARATION = re.compile(r"<\?xml", re.IGNORECASE)  # where the library would tell us to parse XML instead
_PATIENCE = (
    60_000  # tags; the library takes some 15 microseconds for each, and no list of articles has so many
)
# Elements in elements. The library walks up through all of them for each text that follows an element, which takes
# time in the square of their number; pages have some dozens, and some hundreds where nobody closes `<font>`.
_DEEPEST = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}  # fmt: skip
_CLOSED_BY_ITSELF = {"dd", "dt", "li", "option", "p", "td", "th", "tr"}  # by the next of its kind


def soup_of(text: str) -> BeautifulSoup:
    """The tree of a page as it was decoded.

    UnreadableError where it is too large, too deep, or no HTML.
    """
    if text.count("<") > _PATIENCE:
        raise UnreadableError.of("read.elements")
    check_tags(text)
    if _is_too_deep(text):
        raise UnreadableError.of("read.deep", most=_DEEPEST)
    try:
        return BeautifulSoup(_DECLARATION.sub("<?", text.replace("\0", "")), "lxml")
    except (ParserRejectedMarkup, RecursionError, AssertionError) as e:
        raise UnreadableError.of("read.html", why=str(e)[:150]) from e


def _is_too_deep(text: str) -> bool:
    """Whether more than `_DEEPEST` elements are open at once, by the tags alone: a closing tag closes what is in it, and
    is nothing where its element is not open."""
    open_: list[str] = []
    counts = Counter[str]()
    for closing, tag in _TAG.findall(text):
        name = tag.lower()
        if not closing:
            if name in _VOID:
                continue
            if name in _CLOSED_BY_ITSELF and counts[name]:
                while open_ and (last := open_[-1]) in _CLOSED_BY_ITSELF:
                    counts[open_.pop()] -= 1
                    if last == name:
                        break
            open_.append(name)
            counts[name] += 1
            if len(open_) > _DEEPEST:
                return True
        elif counts[name]:
            while (inner := open_.pop()) != name:
                counts[inner] -= 1
            counts[name] -= 1
    return False
