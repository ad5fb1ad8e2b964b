"""A web page that lists articles and has no feed, read with the editor's CSS selectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from bs4 import BeautifulSoup, ResultSet, Tag
from soupsieve import SelectorSyntaxError

from curate.config.schema import Network, Selectors, Source
from curate.domain.errors import UnreadableError
from curate.domain.message import Message, message, text
from curate.domain.model import Image, Page
from curate.extraction.image_elements import image_address, is_placeholder
from curate.sources.base import Reading
from curate.sources.html import soup_of
from curate.sources.item import Raw, entries, zone_of
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 16_000_000  # characters
_MOST = 2_000  # items of a page
_NESTED = 3  # items in items, as in menus; in three thousand nested ones the same would be read as often
_NEAR = 50  # elements that may stand between them
_CUT = re.compile(r"\s*(?:\.{2,}|…+|⋯+|\[(?:…|\.{3})\])\s*\Z")  # how a page ends what it has no room for
_LEAST_CUT = 8  # characters; a page does not cut shorter
_IMAGE_GROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")\s]+)", re.IGNORECASE)


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return (str(source.url),) if source.url else ()


def read(page: Page, source: Source) -> Reading:
    """One entry for each item that has a link and a title.

    UnreadableError where a selector is no CSS, or where no item is left; its hint names the selector.
    """
    if source.select is None:
        raise UnreadableError.of("read.select", "read.select.hint")
    soup = _soup(page)
    items = _not_too_deep(_all(soup, source.select.item, "item", _MOST))
    if not items:
        raise UnreadableError.of("read.no match", message("read.no match.hint", selector=source.select.item))
    raws = [raw for item in items if (raw := _raw(item, source.select))]
    if not raws:
        raise UnreadableError(
            message=message("read.no link", n=len(items)), advice=_find_missing(items, source.select)
        )
    language = str(soup.html.get("lang") or "") if soup.html else ""
    zone = zone_of(language, [raw.title for raw in raws])
    found = entries(raws, page, source, zone, _base(soup), locale=language)
    linked = tuple(entry for entry in found if entry.url and entry.title)
    if not linked:
        raise UnreadableError(message=message("read.no address"), advice=_find_missing(items, source.select))
    return Reading(linked, one_line(soup.title.get_text()) if soup.title else "", page.url, parser="html")


def _soup(page: Page) -> BeautifulSoup:
    text = decode(page.body, page.content_type)
    if len(text) > _LARGEST:
        raise UnreadableError.of("read.large", n=len(text))
    if "<" not in text:
        raise UnreadableError.of("read.no page")
    return soup_of(text)


def _not_too_deep(items: Sequence[Tag]) -> list[Tag]:
    """The items without those that lie in more than _NESTED others."""
    depth: dict[int, int] = {}
    for item in items:  # in the document's order, so what is around an item comes before it
        around = (depth[id(parent)] for parent in islice(item.parents, _NEAR) if id(parent) in depth)
        depth[id(item)] = next(around, -1) + 1
    return [item for item in items if depth[id(item)] <= _NESTED]


def _raw(item: Tag, select: Selectors) -> Raw | None:
    """None where the item has no link or no title."""
    link = item if item.name == "a" and item.get("href") else _first(item, select.link, "link")
    heading = _first(item, select.title, "title") if select.title else link
    href = str(link.get("href") or "").strip() if link else ""
    title = _title(heading, link)
    if not href or not title.strip():
        return None
    time = _first(item, select.time, "time") if select.time else item.find("time")
    summary = _first(item, select.summary, "summary") if select.summary else None
    return Raw(
        link=href,
        title=title,
        summary=_words(summary),
        date=str(time.get("datetime") or "") or _words(time) if isinstance(time, Tag) else "",
        images=_images(item),
    )


def _title(heading: Tag | None, link: Tag | None) -> str:
    """The heading's words; where the page cuts them to fit, the whole title that an attribute has."""
    words = _words(heading)
    if not words:
        return str(link.get("title") or "") if link else ""
    begun = _CUT.sub("", words).strip()
    inside = heading.find_all(title=True, limit=3) if heading else []
    for tag in filter(None, (heading, link, *inside)):
        for name in ("title", "aria-label"):
            said = str(tag.get(name) or "")
            start = said.find(begun)
            whole = " ".join(said[start:].partition("\n")[0].split()) if start >= 0 else ""
            goes_on = whole[len(begun) : len(begun) + 1]
            if goes_on and (begun != words or (len(words) >= _LEAST_CUT and not start and goes_on.isalnum())):
                return whole
    return words


def _first(item: Tag, selector: str, key: str) -> Tag | None:
    return next(iter(_all(item, selector, key, 1)), None)


def _all(within: Tag, selector: str, key: str, limit: int = 0) -> ResultSet[Tag]:
    try:
        return within.select(selector, limit=limit)
    except (SelectorSyntaxError, NotImplementedError, ValueError, RecursionError) as e:
        raise UnreadableError.of(
            "read.selector", text(str(e).splitlines()[0]), key=key, selector=selector
        ) from e


def _find_missing(items: Sequence[Tag], select: Selectors) -> Message:
    """Which of the selectors inside an item finds nothing in any of them."""
    for key, selector in (("link", select.link), ("title", select.title)):
        if selector and not any(_first(item, selector, key) for item in items):
            return message("read.selects nothing.hint", key=key, selector=selector)
    return message("read.selectors.hint")


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _images(item: Tag) -> tuple[Image, ...]:
    """The item's picture: of its first `img` that has an address, else the ground of an element of it."""
    for image in item.find_all("img", limit=3):
        if url := image_address({name: str(value) for name, value in image.attrs.items()}):
            return (Image(url, alt=str(image.get("alt") or "")),)
    for element in item.find_all(style=_IMAGE_GROUND, limit=1):
        if (ground := _IMAGE_GROUND.search(str(element["style"]))) and not is_placeholder(ground[1]):
            return (Image(ground[1]),)
    return ()


def _base(soup: BeautifulSoup) -> str:
    base = soup.find("base", href=True)
    return str(base["href"]) if isinstance(base, Tag) else ""
