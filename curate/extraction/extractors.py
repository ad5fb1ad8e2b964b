"""The two extractors of main text, quiet and without exceptions. Slow to import: loaded when a page is read in full."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache

import trafilatura
from lxml import etree, html
from readability import Document
from readability.readability import REGEXES
from readability.readability import log as _library_log

from curate.text.clean import plain

# What the libraries raise on odd pages. Neither documents its exceptions; a bug of theirs costs one reading.
_REFUSALS = (
    etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError,
)  # fmt: skip

# Both libraries log what they could not read, one of them a traceback; here that is a value or a failure.
_NEVER = 1000  # above every level
for _name in ("trafilatura", "readability"):
    _library_log.manager.getLogger(_name).setLevel(_NEVER)


_KEPT = "ancestor-or-self::pre | ancestor-or-self::code | descendant-or-self::main | descendant-or-self::article | descendant-or-self::math"
_LEAST_NAMES = 2  # characters of an element's class and id


@lru_cache(maxsize=8192)
def _is_unlikely(names: str) -> bool:
    """Whether a class and an id are those of what stands around an article."""
    return bool(
        REGEXES["unlikelyCandidatesRe"].search(names) and not REGEXES["okMaybeItsACandidateRe"].search(names)
    )


class _Cleaned(Document):  # type: ignore[misc]  # the library has no types
    """A document that is cleaned already; the library's own cleaning takes half of its time.

    Of the rest, measuring links and judging names took half. Both do what the library does: where an element has no
    links its text is not measured, and names, which repeat, are judged once.
    """

    def get_link_density(self, elem: html.HtmlElement) -> float:
        linked = sum(_length(link) for link in elem.findall(".//a"))
        return linked / max(_length(elem), 1) if linked else 0.0

    def get_clean_html(self) -> str:
        return str(
            etree.tostring(self.html, encoding="unicode", method="html")
        )  # attributes go with the tags

    def remove_unlikely_candidates(self) -> None:
        for elem in self.html.findall(".//*"):
            names = f"{elem.get('class', '')} {elem.get('id', '')}"
            if len(names) < _LEAST_NAMES or not _is_unlikely(names) or elem.tag in ("html", "body"):
                continue
            if not elem.xpath(_KEPT):
                elem.drop_tree()

    def _parse(self, tree: html.HtmlElement) -> html.HtmlElement:
        self.encoding = "utf-8"
        return deepcopy(tree)


def _length(element: html.HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))


def by_readability(tree: html.HtmlElement) -> str:
    """Plain text of a tree that `reduction.py` has cleaned, or "" where it finds none."""
    try:
        return plain(_Cleaned(tree).summary(html_partial=True))
    except _REFUSALS:
        return ""


def by_trafilatura(tree: html.HtmlElement, *, precise: bool) -> str:
    """Plain text of a tree, which stays as it is, or "". Never fetches: it is given no address. `fast` leaves out its own copy of readability."""
    try:
        found = trafilatura.extract(
            tree, include_comments=False, favor_precision=precise, deduplicate=False, fast=True
        )
        return found or ""
    except _REFUSALS:
        return ""
