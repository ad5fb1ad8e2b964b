"""Sitemaps (sitemaps.org/protocol.html) with Google's news and image extensions, and indexes of sitemaps."""

from __future__ import annotations

import zlib
from datetime import datetime

from lxml import etree

from curate.config.schema import Network, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Image, Page
from curate.sources.base import Reading
from curate.sources.bounds import check_tags
from curate.sources.feed.well_formed import without_halves
from curate.sources.item import WORLD, Raw, entries, zone_of
from curate.sources.urls import absolute
from curate.text.dates.parse import parse_date
from curate.text.encoding import decode

_LARGEST = 50 * 1024 * 1024  # bytes unpacked: the protocol's own limit
_FOLLOWED = 3  # sitemaps of an index that are read, the newest
_HEAD = 1024  # bytes in which XML shows
_GZIP = b"\x1f\x8b"
_URLS_WANTED = 50_000  # the protocol's own limit


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return (str(source.url),) if source.url else ()


def read(page: Page, source: Source) -> Reading:
    """Entries of a urlset, without a title where there is no news extension; or sitemaps to follow.

    UnreadableError where the document is neither.
    """
    data = _unpack_gzip(page.body)
    if lines := _lines(data, page):
        plain = entries([Raw(link=line) for line in lines], page, source, WORLD)
        return Reading(tuple(entry for entry in plain if entry.url), parser="text")
    root = _root(data, page)
    kind = _name(root)
    if kind == "sitemapindex":
        return Reading((), follow=_list_followed(root, page), parser="xml")
    if kind != "urlset":
        raise UnreadableError.of("read.no urlset", kind=kind[:100])
    raws = [_raw(child) for child in root.iterchildren("{*}url") if _text(child, "loc")][:_URLS_WANTED]
    languages = (_text(child, "language") for child in root.iterchildren("{*}url"))
    zone = zone_of(next(filter(None, languages), ""), [raw.title for raw in raws])
    found = entries(raws, page, source, zone)
    return Reading(tuple(entry for entry in found if entry.url), parser="xml")


def _lines(data: bytes, page: Page) -> list[str]:
    """The addresses of a sitemap that is a text file, one a line; [] where it is none."""
    if b"<" in data[:_HEAD]:
        return []
    lines = [line.strip() for line in decode(data, page.content_type).splitlines() if line.strip()]
    is_list = bool(lines) and all(line.startswith(("http://", "https://")) for line in lines)
    return lines[:_URLS_WANTED] if is_list else []


def _unpack_gzip(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, _LARGEST)
    except zlib.error as e:
        raise UnreadableError.of("read.gzip", why=str(e)) from e
    if unpacker.unconsumed_tail:
        raise UnreadableError.of("read.unpacked", most=_LARGEST // 1024 // 1024)
    return data


def _root(data: bytes, page: Page) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
        encoding="utf-8",
    )
    markup = _utf8(data, page)
    check_tags(markup)
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise UnreadableError.of("read.no sitemap", why=str(e)[:150]) from e
    if root is None:
        raise UnreadableError.of("read.no sitemap xml")
    return root


def _utf8(data: bytes, page: Page) -> bytes:
    content_type = "" if "gzip" in page.content_type else page.content_type
    return without_halves(decode(data, content_type)).strip().encode("utf-8", "replace")


def _raw(url: etree._Element) -> Raw:
    images = [Image(found) for image in url.iterdescendants("{*}image") if (found := _text(image, "loc"))]
    return Raw(
        link=_text(url, "loc"),
        title=_text(url, "news/title"),
        date=_text(url, "news/publication_date") or _text(url, "lastmod"),
        images=tuple(images),
        categories=tuple(part.strip() for part in _text(url, "news/keywords").split(",") if part.strip()),
    )


def _list_followed(root: etree._Element, page: Page) -> tuple[str, ...]:
    """The newest sitemaps by their lastmod; those without one in the order given, after the dated."""
    listed: list[tuple[datetime | None, str]] = []
    for child in root.iterchildren("{*}sitemap"):
        url = absolute(_text(child, "loc"), page.url)
        if url and url != page.url:
            listed.append((parse_date(_text(child, "lastmod"), page.fetched, WORLD), url))
    dated = sorted((row for row in listed if row[0]), key=lambda row: row[0] or page.fetched, reverse=True)
    undated = [url for moment, url in listed if moment is None]
    return tuple(dict.fromkeys([url for _, url in dated] + undated))[:_FOLLOWED]


def _text(element: etree._Element, path: str) -> str:
    found = element.find("/".join("{*}" + step for step in path.split("/")))
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def _name(element: etree._Element) -> str:
    """Its local name. Not by etree.QName, which refuses names that a lenient parser let through, such as `a:`."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
