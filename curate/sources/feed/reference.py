"""The reference parser's answer: feedparser, which has met every fault a feed can have, and takes its time."""

from __future__ import annotations

import io
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

from curate.domain.errors import UnreadableError
from curate.domain.model import Image
from curate.sources.feed.attribution import supplement
from curate.sources.feed.checks import bones_of
from curate.sources.item import ParsedFeed, Raw, storable

# Its loose parser stumbles in these ways over documents that were never feeds.
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def parse(document: bytes) -> ParsedFeed:
    """A feed in UTF-8; UnreadableError where nothing of a feed is found in it.

    The bytes are wrapped in a file: given bare, feedparser would try them as a file's name. HTML is neither
    sanitised here (that is most of its time, and `text/` does it later) nor are its links resolved, unless
    the document has xml:base, which nobody after this could know.
    """
    try:
        found = feedparser.parse(
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=b"xml:base" in document,
        )
    except _STUMBLES as e:
        raise UnreadableError.of("read.no feed", why=f"{type(e).__name__}: {str(e)[:150]}") from e
    if not found.entries and not found.version:
        raise UnreadableError.of("read.no rss")
    feed = found.feed
    understood = ParsedFeed(
        items=tuple(_raw(entry) for entry in found.entries),
        title=storable(feed.get("title")),
        site=storable(feed.get("link")),
        language=storable(feed.get("language")),
    )
    return supplement(document, bones_of(document), understood)


def _raw(entry: Mapping[str, Any]) -> Raw:
    summary = storable(entry.get("summary"))
    content = _content(entry, summary)
    if content and (not summary or summary == content):
        summary, content = content, ""
    return Raw(
        guid=storable(entry.get("id")),
        link=storable(entry.get("link")),
        title=storable(entry.get("title")),
        summary=summary,
        content=content,
        author=storable(entry.get("author")),
        date=storable(entry.get("published") or entry.get("updated") or entry.get("created")),
        moment=_moment(entry),
        images=_images(entry),
        categories=tuple(storable(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or ()),
        enclosure=next((storable(e["href"]) for e in entry.get("enclosures") or () if e.get("href")), ""),
    )


def _content(entry: Mapping[str, Any], summary: str) -> str:
    """The longest of what there is. The captions of media come as content too, in plain text."""
    parts = [part for part in entry.get("content") or () if part.get("value")]
    best = max(parts, key=lambda part: len(part["value"]), default=None) or {}
    value = storable(best.get("value"))
    is_caption = best.get("type") == "text/plain" and len(value) < len(summary)
    return "" if is_caption else value


def _moment(entry: Mapping[str, Any]) -> datetime | None:
    """The parser knows forms that we do not, such as Greek and Hungarian ones."""
    own = dict(entry)  # the parser's own dict takes one date for another, with a warning
    parts = own.get("published_parsed") or own.get("updated_parsed") or own.get("created_parsed")
    if not parts:
        return None
    try:
        return datetime.fromtimestamp(timegm(parts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _images(entry: Mapping[str, Any]) -> tuple[Image, ...]:
    found = []
    for media in [*(entry.get("media_content") or ()), *(entry.get("enclosures") or ())]:
        kind = storable(media.get("type")) or storable(media.get("medium"))
        address = storable(media.get("url") or media.get("href"))
        if address and kind.startswith("image"):
            found.append(Image(address, _size(media.get("width")), _size(media.get("height"))))
    small = (media for media in entry.get("media_thumbnail") or () if media.get("url"))
    found.extend(Image(storable(m["url"]), _size(m.get("width")), _size(m.get("height"))) for m in small)
    return tuple(found)


def _size(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
