"""When the fast parser's answer is not to be trusted: cheap looks at the document's own text.

Each check names a class of mistakes that the fast parser was seen to make; `bench/feeds.py` counts them.
All are linear in the size of the document.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from curate.sources.raw import Document

_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_RDF = re.compile(r"<(?:[\w.-]+:)?rdf[\s>]", re.IGNORECASE)
_DATE = re.compile(
    r"<(?:[\w.-]+:)?(?:pubdate|published|updated|issued|modified|created|date)(?:\s[^<>]*)?>([^<]*(?:<!\[CDATA\[[^<]*)?)",
    re.IGNORECASE,
)
_SOUND_DATE = re.compile(
    r"(?:<!\[CDATA\[)?\s*(?:"
    r"(?:[a-z]{2,9},?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d:\d\d\s+(?:[+-](?:0\d|1[0-4])[0-5]\d|GMT|UTC|UT|Z|E[SD]T|P[SD]T)"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)"
    r")\s*(?:\]\]>)?\s*",
    re.IGNORECASE,
)
_BASE = re.compile(r"\sxml:base\s*=", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:src|href)\s*=\s*(?:[\"']|&quot;|&#3[49];)(?!https?:|//|mailto:|data:|tel:|javascript:|#)",
    re.IGNORECASE,
)
_MARKED_UP = re.compile(
    r"<(?:title|summary)\s[^<>]*type\s*=\s*[\"'](?:xhtml|application/xhtml\+xml)", re.IGNORECASE
)
_CHILDREN = re.compile(r"<(title|description|summary)(?:\s[^<>]*)?(?<!/)>[^<]*<(?!/|!\[CDATA)", re.IGNORECASE)


def doubt(text: str, data: bytes, found: Document) -> str:
    """Why the reference should be asked, in a word that `bench/feeds.py` counts by; "" where it need not."""
    first = _ITEM.search(text)
    if not first:
        return "no item"
    if _ENTITY.search(text, 0, first.start()):
        return "entities"
    if _RDF.search(text, 0, first.start()):
        return "rdf"
    if len(_ITEM.findall(text)) > len(found.items):
        return "dropped"
    if any(not _SOUND_DATE.fullmatch(date) for date in _DATE.findall(text, first.start())):
        return "date"
    if _BASE.search(text) and _RELATIVE.search(text):
        return "base"
    if _MARKED_UP.search(text) or _CHILDREN.search(text, first.start()):
        return "markup"
    return "" if is_well_formed(data) else "malformed"


def is_well_formed(data: bytes) -> bool:
    """Whether a strict parser would read it. Expat without handlers runs through 100 MB in a second."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True
