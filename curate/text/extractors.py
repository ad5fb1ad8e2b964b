"""The two extractors of main text, quiet and without exceptions. Slow to import: loaded when a page is read in full."""

from __future__ import annotations

from copy import deepcopy

import trafilatura
from lxml import etree, html
from readability import Document
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


class _Cleaned(Document):  # type: ignore[misc]  # the library has no types
    """A document that is cleaned already: the library's own cleaning takes half of its time."""

    def _parse(self, tree: html.HtmlElement) -> html.HtmlElement:
        self.encoding = "utf-8"
        return deepcopy(tree)


def by_readability(tree: html.HtmlElement) -> str:
    """Plain text of a tree that `reduction.py` has cleaned, or "" where it finds none."""
    try:
        return plain(_Cleaned(tree).summary(html_partial=True))
    except _REFUSALS:
        return ""


def by_trafilatura(tree: html.HtmlElement, *, precise: bool) -> str:
    """Plain text, or "". Never fetches: it is given no address. `fast` leaves out its own copy of readability."""
    try:
        return (
            trafilatura.extract(
                deepcopy(tree), include_comments=False, favor_precision=precise, deduplicate=False, fast=True
            )
            or ""
        )
    except _REFUSALS:
        return ""
