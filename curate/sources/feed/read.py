"""RSS 0.9x, 1.0, 2.0, Atom and JSON Feed.

    bytes -> sound, or mended by its characters -> fast parser -> a doubt? -> reference parser -> the better answer -> entries

docs/engineering/reading.md has the evidence for which answer wins.
"""

from __future__ import annotations

import re
from contextlib import suppress

from curate.config.schema import Network, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.sources.base import Reading
from curate.sources.bounds import check_items, check_tags
from curate.sources.feed import fast, jsonfeed, rdf
from curate.sources.feed.checks import RDF, bones_of, doubt
from curate.sources.feed.lost_zone import restore_zone
from curate.sources.feed.well_formed import BARE, BYTE, DOUBLY, has_forbidden, sound, without_halves
from curate.sources.item import ParsedFeed, entries, zone_of
from curate.text.encoding import decode

_LARGEST = 64_000_000  # characters; the fetch allows fewer
# Tags; the reference takes some 50 microseconds for each. Of 291 real documents the largest that it is asked about
# has 24,630.
_PATIENCE = 40_000
_HEAD = 8192  # characters in which a feed begins, whatever a server put before it
_TAIL = 20_000  # characters in which a feed ends, whatever a server put after it
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
_LATER = "\x80-\xbf" + "".join(BYTE)
_DOUBLY = re.compile(f"[\xc2-\xf4][{_LATER}]{{1,3}}")  # begins with one class, which `re` finds quickly
# Windows-1252 by its numbers, as HTML reads such references (HTML Standard, 13.2.5.80), and bare quotes and dashes.
_REFERENCE = re.compile(r"&#(?:(1[2-5]\d)|[xX]([89][0-9a-fA-F]));")
_BARE = re.compile("[\x85\x91-\x97]")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_START = re.compile(r"<\?xml\s|<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>]|<!DOCTYPE\s+rss", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,500}>\s*", re.IGNORECASE)
_UTF8 = '<?xml version="1.0" encoding="utf-8"?>\n'
_ENDS = ("</rss>", "</feed>", "</rdf:RDF>")
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return (str(source.url),) if source.url else ()


def read(page: Page, source: Source) -> Reading:
    """The feed's entries; UnreadableError where the document is none."""
    document, parser = understand(page)
    zone = zone_of(document.language, [item.title for item in document.items])
    items = restore_zone(document.items, page.body, page.fetched, zone)
    bases = (document.base, document.site)
    found = entries(items, page, source, zone, *bases, locale=document.language, name=document.title)
    return Reading(found, document.title, document.site, parser=parser)


def understand(page: Page) -> tuple[ParsedFeed, str]:
    """The document as the better parser understood it, and which one that was: fast, rdf, reference or json."""
    if (data := sound(page.body, page.content_type)) is not None:
        bones = _bones(data)
        with suppress(UnreadableError):
            quick = fast.parse(data, bones)
            if not (why := doubt(data, bones, quick)):
                return quick, "fast"
            if why == RDF and (whole := rdf.parse(data)) is not None:
                return whole, RDF
    text = _text(page)
    if text.startswith("{"):
        return jsonfeed.parse(text), "json"
    return _mended_first(clean_xml(text).encode("utf-8"))


def _bones(data: bytes) -> bytes:
    """The document's bones (`checks.py`), once they are known to be of a size that parsers can bear."""
    bones = bones_of(data)
    check_tags(bones)
    check_items(bones)
    return bones


def _mended_first(data: bytes) -> tuple[ParsedFeed, str]:
    bones = _bones(data)
    try:
        quick = fast.parse(data, bones)
    except UnreadableError as e:
        return _read_by_reference(data, None, e)
    why = doubt(data, bones, quick)
    if not why:
        return quick, "fast"
    whole = rdf.parse(data) if why == RDF else None
    return _read_by_reference(data, quick, None) if whole is None else (whole, RDF)


def _text(page: Page) -> str:
    """The document's text, from its first character on."""
    text = decode(page.body, page.content_type)
    if len(text) > _LARGEST:
        raise UnreadableError.of("read.large", n=len(text))
    if not text.strip():
        raise UnreadableError.of("read.empty")
    return text.lstrip("\ufeff \t\r\n")


def clean_xml(text: str) -> str:
    """The XML alone: without its declaration (it is UTF-8 by now), what stands around it, and characters that
    XML forbids.

    UnreadableError where there is none.
    """
    start = _START.search(text, 0, _HEAD)
    if not start:
        raise UnreadableError.of("read.no feed at all", "read.find feed.hint" if _PAGE.search(text) else "")
    text = _with_sound_characters(text[start.start() :])
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    text = _UTF8 + text
    for end in _ENDS:
        if (last := text.rfind(end, -_TAIL)) > 0:
            return text[: last + len(end)]
    return text


def _with_sound_characters(text: str) -> str:
    """Without what XML forbids, and with what was encoded twice, or by the numbers of Windows-1252, put right.

    A look at the bytes spares most documents the regular expressions, which take ten times as long.
    """
    text = without_halves(text)
    data = text.encode("utf-8", "replace")  # a half of a surrogate pair becomes a question mark
    if has_forbidden(data):
        text = _ILLEGAL.sub("", text)
    if DOUBLY.search(data):
        text = _BARE.sub(_of_bare, _REFERENCE.sub(_of_reference, _DOUBLY.sub(_decoded_again, text)))
    elif b"&#" in data or BARE.search(data):
        text = _BARE.sub(_of_bare, _REFERENCE.sub(_of_reference, text))
    return text


def _escape_ampersands(text: str) -> str:
    """Bare ampersands escaped, except in CDATA: the reference makes `R&D;` of `R&D`."""
    first, *others = text.split("<![CDATA[")
    parts = [_BARE_AMPERSAND.sub("&amp;", first)]
    for other in others:
        inside, end, after = other.partition("]]>")
        parts.append(inside + end + _BARE_AMPERSAND.sub("&amp;", after))
    return "<![CDATA[".join(parts)


def _decoded_again(match: re.Match[str]) -> str:
    """UTF-8 that a publisher read as Latin-1 or Windows-1252 and wrote as UTF-8 again: `Ã¼` for `ü`."""
    lead = ord(match[0][0])
    length = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    try:
        char = bytes(BYTE.get(c, ord(c) & 0xFF) for c in match[0][:length]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return char + match[0][length:]


def _of_reference(match: re.Match[str]) -> str:
    number = int(match[1]) if match[1] else int(match[2], 16)
    return _of_windows(number) if 0x80 <= number <= 0x9F else match[0]


def _of_bare(match: re.Match[str]) -> str:
    return _of_windows(ord(match[0]))


def _of_windows(number: int) -> str:
    return bytes([number]).decode("cp1252", "ignore")


def _read_by_reference(
    data: bytes, quick: ParsedFeed | None, refusal: UnreadableError | None
) -> tuple[ParsedFeed, str]:
    if data.count(b"<") > _PATIENCE:
        if quick is None or not quick.items:
            raise UnreadableError.of("read.broken")
        return quick, "fast"
    from curate.sources.feed import reference  # slow to import, and rarely needed

    try:
        slow = reference.parse(_escape_ampersands(data.decode()).encode() if b"&" in data else data)
    except UnreadableError:
        if quick is None or not quick.items:
            raise
        return quick, "fast"
    if quick is not None and len(quick.items) > len(slow.items):
        return quick, "fast"
    return slow, "reference"
