"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), read with the standard library.

The reference parser reads none, and the fast one trusts the types that the specification asks for, so
there is nothing to compare: a value of another type is passed over, never trusted.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from curate.domain.errors import UnreadableError
from curate.domain.model import Image
from curate.sources.bounds import MOST_ITEMS
from curate.sources.item import ParsedFeed, Raw, storable

_COMMA = re.compile("[,，、;；]")


def parse(text: str) -> ParsedFeed:
    """A JSON Feed; UnreadableError where it is not JSON, or JSON of another kind."""
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text.strip())  # `;` or a note may stand behind
    except (ValueError, RecursionError) as e:
        raise UnreadableError.of("read.no json", why=str(e)[:150]) from e
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise UnreadableError.of("read.no json feed")
    if len(found["items"]) > MOST_ITEMS:
        raise UnreadableError.of("read.items", "read.fewer.hint", n=len(found["items"]), most=MOST_ITEMS)
    return ParsedFeed(
        items=tuple(_raw(item) for item in found["items"] if isinstance(item, dict)),
        title=_text(found.get("title")),
        site=_text(found.get("home_page_url")),
        language=_text(found.get("language")),
        base=_text(found.get("home_page_url")) or _text(found.get("feed_url")),
    )


def _raw(item: Mapping[str, Any]) -> Raw:
    content = _text(item.get("content_html")) or _paragraphs(_text(item.get("content_text")))
    images = (_address(item.get(key)) for key in ("image", "banner_image"))
    return Raw(
        guid=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        content=content,
        author=_author(item),
        date=_text(item.get("date_published")) or _text(item.get("date_modified")),
        images=tuple(Image(url) for url in images if url),
        categories=_tags(item.get("tags")),
        enclosure=next(
            (_text(a.get("url")) for a in _list(item.get("attachments")) if isinstance(a, dict)), ""
        ),
    )


def _author(item: Mapping[str, Any]) -> str:
    """`authors` is a list of objects, and `author` (version 1.0) an object; both come as one, as a list and as text."""
    found = [author for key in ("authors", "author") for author in _list(item.get(key))]
    names = (_text(author.get("name")) if isinstance(author, dict) else _text(author) for author in found)
    return ", ".join(dict.fromkeys(filter(None, names)))


def _tags(value: object) -> tuple[str, ...]:
    """A list of names; also one text with commas, and objects with a name."""
    if isinstance(value, str):
        return tuple(part.strip() for part in _COMMA.split(storable(value)) if part.strip())
    names = (tag.get("name") or tag.get("term") if isinstance(tag, dict) else tag for tag in _list(value))
    return tuple(filter(None, map(_text, names)))


def _address(value: object) -> str:
    """An address, or an object that has one."""
    return _text(value.get("url") or value.get("src") if isinstance(value, dict) else value)


def _paragraphs(text: str) -> str:
    """Plain text as HTML, an empty line between paragraphs."""
    parts = [html.escape(part, quote=False).strip() for part in text.split("\n\n")]
    return "\n".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in parts if part)


def _list(value: object) -> list[Any]:
    """A list, or the one thing that stands where a list should."""
    return value if isinstance(value, list) else [value] if isinstance(value, dict | str) else []


def _text(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)  # ids that are numbers
    return storable(value)
