"""The feed behind an address that a person gives.

the page is a feed -> it links to feeds -> it has links that look like feeds -> where feeds usually are
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from curate.config.validators import trim_address
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.sources.feed import read
from curate.sources.html import soup_of
from curate.sources.urls import absolute
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 8_000_000  # characters
_HEAD = 200_000  # characters, in which a page that sends on says so
_REFRESH = re.compile(r"\s*url\s*=\s*(.+)", re.IGNORECASE)
_MOST_LINKS = 20
_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/rdf+xml": "rss",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
    "application/json": "",  # WordPress links its API so; it is a feed only if the address says so
    "application/xml": "",
    "text/xml": "",
}
_ENDINGS = (
    "/feed",
    "/rss",
    "/atom",
    "/feeds",
    "/index.xml",
    "/feed.json",
    ".rss",
    ".atom",
    ".rdf",
    "/rss.aspx",
)
_PARTS = ("/feed/", "/rss/", "/feeds/", "rss.xml", "atom.xml", "feed.xml", "rss2.xml", "feeds.feedburner.com")
_NOT_ARTICLES = ("comments", "评论")
# Generators and where they put their feeds: WordPress and Typecho /feed, Ghost and Gridea /rss or
# /atom.xml, Hexo /atom.xml and /rss2.xml, Hugo /index.xml, Jekyll /feed.xml, Medium and Halo /rss.xml.
_USUAL = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/rss2.xml", "/feed.json")


class FeedCandidate(NamedTuple):
    """A feed that may be behind an address."""

    url: str
    title: str  # "" where nothing names it
    kind: str  # "feed" the page itself, "rss", "atom", "json" linked; "link" looks like one; "guess" untried


def discover(page: Page) -> list[FeedCandidate]:
    """What feeds a page leads to, the surest first; guesses come last and have to be tried. Never raises."""
    try:
        document, parser = read.understand(page)
    except UnreadableError:
        pass
    else:
        if document.items or parser == "json" or document.title:
            return [FeedCandidate(page.url, one_line(document.title), "feed")]
    found: dict[str, FeedCandidate] = {}
    for each in (*_list_links(page), *usual_places(page.url)):
        found.setdefault(each.url, each)
    return list(found.values())


def refresh_target(page: Page) -> str:
    """Where a page's `<meta http-equiv=refresh>` sends whoever opens it, within ten seconds; "" where it does not."""
    try:
        text = decode(page.body, page.content_type)[:_HEAD]
        if "http-equiv" not in text.lower():
            return ""
        soup = soup_of(text)
    except UnreadableError:
        return ""
    for meta in soup.find_all("meta", content=True):
        seconds, _, rest = str(meta["content"]).replace(",", ";", 1).partition(";")
        target = _REFRESH.match(rest)
        if str(meta.get("http-equiv") or "").lower() == "refresh" and target and _soon(seconds):
            return absolute(target[1].strip().strip("'\""), page.url)
    return ""


def _soon(seconds: str) -> bool:
    try:
        return float(seconds) <= 10
    except ValueError:
        return False


def _list_links(page: Page) -> list[FeedCandidate]:
    try:
        text = decode(page.body, page.content_type)[:_LARGEST]
        if "<" not in text:
            return []
        soup = soup_of(text)
    except UnreadableError:
        return []
    base = soup.find("base", href=True)
    root = absolute(str(base["href"]), page.url) if isinstance(base, Tag) else ""
    declared = sorted(_list_declared(soup, root or page.url), key=_is_of_comments)
    return [*declared, *sorted(_looking_like(soup, root or page.url), key=_is_of_comments)]


def _list_declared(soup: BeautifulSoup, base: str) -> Iterator[FeedCandidate]:
    for link in soup.find_all("link", href=True)[: 20 * _MOST_LINKS]:
        rel = " ".join(link.get("rel") or []).lower()
        kind = _TYPES.get(str(link.get("type") or "").split(";")[0].strip().lower())
        url = absolute(trim_address(str(link["href"])), base)  # feed://
        if ("alternate" not in rel and "feed" not in rel) or kind is None or not url:
            continue
        if kind or _looks_like_a_feed(url):
            yield FeedCandidate(url, one_line(str(link.get("title") or "")), kind or "link")


def _looking_like(soup: BeautifulSoup, base: str) -> list[FeedCandidate]:
    found: list[FeedCandidate] = []
    for link in soup.find_all("a", href=True):
        url = absolute(trim_address(str(link["href"])), base)
        if url and _looks_like_a_feed(url):
            found.append(FeedCandidate(url, one_line(link.get_text())[:200], "link"))
            if len(found) == _MOST_LINKS:
                break
    return found


def _looks_like_a_feed(url: str) -> bool:
    parts = urlsplit(url)
    path = parts.path.lower().rstrip("/")
    return path.endswith(_ENDINGS) or any(part in f"{parts.netloc}{path}/".lower() for part in _PARTS)


def _is_of_comments(found: FeedCandidate) -> bool:
    return any(word in found.url.lower() or word in found.title.lower() for word in _NOT_ARTICLES)


def usual_places(url: str) -> Iterator[FeedCandidate]:
    """The usual places at the site's root, and under the address's own folder where it has one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return
    folder = parts.path.rsplit("/", 1)[0].strip("/")
    for path in _USUAL:
        yield FeedCandidate(urljoin(url, path), "", "guess")
    if folder:
        for path in _USUAL[:4]:
            yield FeedCandidate(urljoin(url, f"/{folder}{path}"), "", "guess")
