"""A page as a tree with its head, made once; what is looked up on it more than once is found once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, NamedTuple

from lxml import html

from curate.extraction.dom import Attributes, linked_data, metas, text_of

BYLINE_LENGTH = 100  # characters; a longer line is prose

_SMALL = ("div", "p", "span", "li", "em", "i", "td", "h2", "h3", "small", "address", "time")
_BYLINE_LINES = 400  # lines of the page in which a byline is looked for
_CHILDREN = 4  # of an element that may be a byline
_BYLINE_TAGS = ("a", "span", "p", "div", "address")
_BYLINE_CLASSES = ("byline", "author-name", "author_name")


class Marked(NamedTuple):
    """The elements whose tag or attributes say what they hold, each kind in the page's order."""

    headings: Sequence[html.HtmlElement]
    authors: Sequence[html.HtmlElement]
    dates: Sequence[html.HtmlElement]


@dataclass(frozen=True)
class PageTree:
    """A page's tree, which nobody changes, its head's meta elements (`dom.metas`) and its JSON-LD (`dom.linked_data`)."""

    tree: html.HtmlElement
    meta: dict[str, str]
    about: Sequence[dict[str, Any]]

    @cached_property
    def marks(self) -> Marked:
        """Headings, bylines and dates that are marked as such: one walk over the page, where each query takes as long."""
        headings, authors, dates = [], [], []
        for element in self.tree.iter():
            tag, name, role = element.tag, element.get("id"), element.get("itemprop")
            if tag == "h1" or name == "activity-name" or role == "headline":
                headings.append(element)
            if tag == "time" or role == "datePublished":
                dates.append(element)
            if is_byline(tag, element):
                authors.append(element)
        return Marked(headings, authors, dates)

    @cached_property
    def small_texts(self) -> tuple[str, ...]:
        """Texts of the smallest elements near the page's top, where bylines stand, without those that are prose."""
        return tuple(text for text in _small_texts(self.tree) if len(text) <= BYLINE_LENGTH)


def document(tree: html.HtmlElement) -> PageTree:
    """The document of a page's tree, with what its own head and scripts say."""
    about = linked_data((script.get("type"), script.text) for script in tree.iter("script"))
    return PageTree(tree, metas(tree.iter("meta")), about)


def is_byline(tag: str, attributes: Attributes) -> bool:
    """Whether an element's attributes say that it names the author."""
    if attributes.get("itemprop") == "author" or attributes.get("rel") == "author":
        return True
    names = attributes.get("class") or ""
    if "author" in names or "byline" in names:
        is_named = "author" in names.split() or any(name in names for name in _BYLINE_CLASSES)
        return (is_named and tag in _BYLINE_TAGS) or attributes.get("id") == "js_name"
    return attributes.get("id") == "js_name"


def _small_texts(tree: html.HtmlElement) -> Iterator[str]:
    body = tree.find("body")
    if body is None:
        return
    # The byline stands below the title; what stands above it is the site's, its clock too.
    heading = next(body.iter("h1"), None)
    around = heading.getparent() if heading is not None else None
    near = () if around is None or around is body else around.iter(*_SMALL)
    elements = dict.fromkeys(chain(near, _behind(body, heading), body.iter(*_SMALL)))
    texts = (text_of(element, BYLINE_LENGTH * 2) for element in elements if len(element) <= _CHILDREN)
    yield from islice(filter(None, texts), _BYLINE_LINES)


def _behind(body: html.HtmlElement, heading: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    is_behind = False
    for element in body.iter("h1", *_SMALL):
        if is_behind:
            yield element
        is_behind = is_behind or element is heading
