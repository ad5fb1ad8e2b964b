"""When the fast parser's answer is not to be trusted: cheap looks at the document's own text.

Each check names a class of mistakes that the fast parser was seen to make; `bench/feeds.py` counts them.
All are linear in the size of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from curate.sources.item import ParsedFeed

RDF = "rdf"  # this one has a reader of its own
_BEGINNING = 200  # bytes; dates are shorter
_CDATA = b"<![CDATA["
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
_ENTITY = re.compile(rb"<!entity")
# xhtml:body and atom:content in RSS, base64 in Atom 0.3 and 1.0: the fast parser passes them over.
_UNREAD = re.compile(
    rb"<(?:[\w.-]+:)?(?:body|fullitem)[\s>]|<atom:(?:content|summary)[\s>]|<(?:title|summary|content)\s[^<>]*(?:mode\s*=\s*[\"']base64"
    rb"|type\s*=\s*[\"'](?!text[\"']|x?html[\"']|text/|application/xhtml))",
)
# The fast parser knows RSS elements by their local name, whichever comes first.
_PREFIXED = re.compile(rb"<(?!atom:)[\w.-]+:(title|description|link)[\s>]")
_NAMED = re.compile(rb"<(?:item[\s>]|entry[\s>]|([\w.-]+:)?(title|description|link)[\s>])")
_PREFIXED_ROOT = re.compile(rb"<(?!rdf:)[\w.-]+:(?:rss|feed)[\s>]")
_RDF = re.compile(rb"<(?:[\w.-]+:)?rdf[\s>]")
_DATE = re.compile(
    rb"<(?:[\w.-]+:)?(?:pubdate|published|updated|issued|modified|created|date)(?:\s[^<>]*)?>([^<]*(?:<!\[cdata\[[^<]*)?)",
)
_SOUND_DATE = re.compile(
    rb"(?:<!\[cdata\[)?\s*(?:"
    rb"(?:[a-z]{2,9},?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d:\d\d\s+(?:[+-](?:0\d|1[0-4])[0-5]\d|gmt|utc|ut|z|e[sd]t|p[sd]t)"
    rb"|\d{4}-\d\d-\d\d[t ]\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[+-](?:0\d|1[0-4]):?[0-5]\d)"
    rb")\s*(?:\]\]>)?\s*",
)
_RELATIVE = re.compile(
    rb"(?:src|href)\s*=\s*(?:[\"']|&quot;|&#3[49];)(?!https?:|//|mailto:|data:|tel:|javascript:|#)",
    re.IGNORECASE,
)
_CREATED = re.compile(rb"<(?:[\w.-]+:)?created[\s>]")
_MARKED_UP = re.compile(rb"<(?:title|summary)\s[^<>]*type\s*=\s*[\"'](?:xhtml|application/xhtml\+xml)")
_CHILDREN = re.compile(rb"<(title|description|summary)(?:\s[^<>]*)?(?<!/)>[^<]*<(?!/|!\[cdata)")


def bones_of(data: bytes) -> bytes:
    """The elements in small letters with the beginnings of what is in them: all that the checks look at."""
    pieces = _without_text(data).split(b"<")
    return b"<".join([piece if len(piece) <= _BEGINNING else _cut_element(piece) for piece in pieces]).lower()


def _without_text(data: bytes) -> bytes:
    """Without comments, and with long CDATA emptied: neither holds elements, whatever it looks like."""
    parts = []
    at = 0
    while (start := data.find(b"<!", at)) >= 0:
        if data.startswith(_CDATA, start):
            end = _end_of_cdata(data, start)
            parts.append(data[at : end if 0 <= end - start <= _BEGINNING else start + len(_CDATA)])
        elif data.startswith(b"<!--", start):
            end = data.find(b"-->", start + 4)
            parts.append(data[at:start])
        else:
            end = start + 2
            parts.append(data[at:end])
        if end < 0:  # it never ends; a strict parser will say so
            break
        at = end
    else:
        parts.append(data[at:])
    return b"".join(parts)


def _end_of_cdata(data: bytes, start: int) -> int:
    """Where `]]>` stands, or -1. Most texts have no other bracket, and one byte is found ten times as fast as three."""
    end = data.find(b"]", start + len(_CDATA))
    return end if data.startswith(b"]]>", end) else data.find(b"]]>", max(end, start))


def _cut_element(piece: bytes) -> bytes:
    """`tag attributes>text` with only the beginning of the text."""
    tag, end, text = piece.partition(b">")
    return tag + end + text[:_BEGINNING]


def doubt(data: bytes, bones: bytes, found: ParsedFeed) -> str:
    """Why the reference should be asked, in a word that `bench/feeds.py` counts by; "" where it need not.

    `data` is in UTF-8, `bones` are its bones, and `found` the fast parser's answer.
    """
    first = _ITEM.search(bones)
    if not first:
        return "no item"
    for name, has_reason in _CHECKS:
        if has_reason(bones, first.start(), found):
            return name
    if b"xml:base" in bones and _is_relative(data, found):
        return "base"
    return "" if is_well_formed(data) else "malformed"


def _is_relative(data: bytes, found: ParsedFeed) -> bool:
    """Whether there is an address that xml:base would change."""
    links = (item.link for item in found.items if item.link)
    return any(not link.startswith(("http://", "https://")) for link in links) or bool(_RELATIVE.search(data))


def _clashes(bones: bytes, start: int) -> bool:
    """Whether in some item a name stands with a prefix, and then without."""
    prefixed: set[bytes] = set()
    for match in _NAMED.finditer(bones, start):
        name = match[2]
        if not name:
            prefixed.clear()  # the next item
        elif match[1]:
            if match[1] != b"atom:":
                prefixed.add(name)
        elif name in prefixed:
            return True
    return False


def is_well_formed(data: bytes) -> bool:
    """Whether a strict parser would read it. Expat without handlers runs through 100 MB in a second."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True


_Check = Callable[[bytes, int, ParsedFeed], bool]  # the bones, where its first item begins, the fast answer

_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("entities", lambda bones, start, found: bool(_ENTITY.search(bones, 0, start))),
    # the fast parser drops content:encoded from RSS 1.0, and all items from RSS 0.90
    (RDF, lambda bones, start, found: bool(_RDF.search(bones, 0, start))),
    # where all has a prefix, the fast parser takes an extension's description for the item's
    ("prefixed", lambda bones, start, found: bool(_PREFIXED_ROOT.search(bones, 0, start))),
    ("dropped", lambda bones, start, found: len(_ITEM.findall(bones)) > len(found.items)),
    ("silent", lambda bones, start, found: not all(i.title or i.content or i.summary for i in found.items)),
    ("unread", lambda bones, start, found: bool(_UNREAD.search(bones, start))),
    ("clash", lambda bones, start, found: bool(_PREFIXED.search(bones, start)) and _clashes(bones, start)),
    # a date without a zone, or in words: the fast parser takes it for UTC, or drops it
    ("date", lambda bones, start, found: not all(map(_SOUND_DATE.fullmatch, _DATE.findall(bones, start)))),
    # created, of Atom 0.3 and Dublin Core: the fast parser drops it
    (
        "undated",
        lambda bones, start, found: (
            bool(_CREATED.search(bones, start)) and not all(item.moment for item in found.items)
        ),
    ),
    # a video's thumbnail in its media:group: the fast parser knows it only beside one
    (
        "thumbnails",
        lambda bones, start, found: (
            b"<media:group" in bones
            and b"<media:thumbnail" in bones
            and not any(i.images for i in found.items)
        ),
    ),
    ("markup", lambda bones, start, found: bool(_MARKED_UP.search(bones) or _CHILDREN.search(bones, start))),
)
