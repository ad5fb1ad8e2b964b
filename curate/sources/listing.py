"""A web page that lists articles and has no feed, read with the editor's CSS selectors."""

from __future__ import annotations

from bs4 import BeautifulSoup, ResultSet, Tag
from bs4.exceptions import ParserRejectedMarkup
from soupsieve import SelectorSyntaxError

from curate.errors import UnreadableError
from curate.model import Image, Page
from curate.settings import Network, Selectors, Source
from curate.sources.kinds import Reading
from curate.sources.raw import Raw, entries, zone_of
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 16_000_000  # characters
_IMAGE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "src")  # lazy loaders' first


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return (str(source.url),) if source.url else ()


def read(page: Page, source: Source) -> Reading:
    """One entry for each item that has a link and a title.

    UnreadableError where a selector is no CSS, or where no item is left; its hint names the selector.
    """
    if source.select is None:
        raise UnreadableError("the source has no selectors", "set `select: {item: …}` in feeds.yaml")
    soup = _soup(page)
    items = _all(soup, source.select.item, "item")
    if not items:
        raise UnreadableError(
            "nothing on the page matches", f"select.item matched nothing: {source.select.item}"
        )
    raws = [raw for item in items if (raw := _raw(item, source.select))]
    if not raws:
        raise UnreadableError(
            f"none of {len(items)} items has a link and a title", _missing(items, source.select)
        )
    language = str(soup.html.get("lang") or "") if soup.html else ""
    zone = zone_of(language, [raw.title for raw in raws])
    found = entries(raws, page, source, zone, _base(soup))
    linked = tuple(entry for entry in found if entry.url and entry.title)
    if not linked:
        raise UnreadableError("no item leads to a web address", _missing(items, source.select))
    return Reading(linked, one_line(soup.title.get_text()) if soup.title else "", page.url, parser="html")


def _soup(page: Page) -> BeautifulSoup:
    text = decode(page.body, page.content_type)
    if len(text) > _LARGEST:
        raise UnreadableError(f"the page is too large: {len(text):,} characters")
    if "<" not in text:
        raise UnreadableError("this is not a web page: there is no HTML in it")
    try:
        return BeautifulSoup(text.replace("\0", ""), "lxml")
    except (ParserRejectedMarkup, RecursionError, AssertionError) as e:
        raise UnreadableError(f"the page's HTML cannot be read: {e}"[:200]) from e


def _raw(item: Tag, select: Selectors) -> Raw | None:
    """None where the item has no link or no title."""
    link = item if item.name == "a" and item.get("href") else _first(item, select.link, "link")
    heading = _first(item, select.title, "title") if select.title else link
    href = str(link.get("href") or "").strip() if link else ""
    title = _words(heading) or (str(link.get("title") or "") if link else "")
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


def _first(item: Tag, selector: str, key: str) -> Tag | None:
    return next(iter(_all(item, selector, key, 1)), None)


def _all(within: Tag, selector: str, key: str, limit: int = 0) -> ResultSet[Tag]:
    try:
        return within.select(selector, limit=limit)
    except (SelectorSyntaxError, NotImplementedError, ValueError, RecursionError) as e:
        raise UnreadableError(
            f"select.{key} is not a CSS selector: {selector}", str(e).splitlines()[0]
        ) from e


def _missing(items: ResultSet[Tag], select: Selectors) -> str:
    """Which of the selectors inside an item finds nothing in any of them."""
    for key, selector in (("link", select.link), ("title", select.title)):
        if selector and not any(_first(item, selector, key) for item in items):
            return f"select.{key} matched nothing inside the items: {selector}"
    return "select.link should match an element with href, and select.title one with text"


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _images(item: Tag) -> tuple[Image, ...]:
    for image in item.find_all("img", limit=3):
        url = next((str(image[name]) for name in _IMAGE_ATTRIBUTES if image.get(name)), "")
        if url and not url.startswith("data:"):
            return (Image(url, alt=str(image.get("alt") or "")),)
    return ()


def _base(soup: BeautifulSoup) -> str:
    base = soup.find("base", href=True)
    return str(base["href"]) if isinstance(base, Tag) else ""
