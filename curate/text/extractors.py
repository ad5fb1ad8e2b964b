"""The two extractors of main text, quiet and without exceptions. Slow to import: loaded when a page is read in full."""

from __future__ import annotations

import trafilatura
from lxml import etree
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


def by_readability(page: str) -> str:
    """Plain text, or "" where it finds none."""
    try:
        return plain(Document(page).summary(html_partial=True))
    except _REFUSALS:
        return ""


def by_trafilatura(page: str, *, precise: bool) -> str:
    """Plain text, or "". Never fetches: it is given no address. `fast` leaves out its own copy of readability."""
    try:
        return (
            trafilatura.extract(
                page, include_comments=False, favor_precision=precise, deduplicate=False, fast=True
            )
            or ""
        )
    except _REFUSALS:
        return ""
