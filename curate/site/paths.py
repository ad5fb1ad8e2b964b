"""Where everything stands in output/site/, and how one page names another.

Every link names a file and is relative, so that the site works under any prefix and from the folder itself.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from curate.domain.item_codes import code

HOME, ISSUES, TOPICS, SOURCES = "index.html", "issues/index.html", "topics.html", "sources.html"
COLLECTIONS, SEARCH, OFFLINE, MISSING = "collections.html", "search.html", "offline.html", "404.html"
ATOM, JSON = "feed.atom", "feed.json"
STYLE, APP, FINDER = "app/style.css", "app/app.js", "app/search.js"
ICON, ICONS = "app/icon.svg", {192: "app/icon-192.png", 512: "app/icon-512.png"}
MANIFEST, WORKER, SITEMAP, ROBOTS = "manifest.webmanifest", "sw.js", "sitemap.xml", "robots.txt"
# The folders that hold nothing but what the site itself put there: what is no longer made goes.
OWN = (
    "app/",
    "collection/",
    "find/",
    "issue/",
    "issues/",
    "picture/",
    "sitemap/",
    "source/",
    "story/",
    "topic/",
)


def issue(number: int) -> str:
    return f"issue/{number}.html"


def story(number: int, item: int) -> str:
    return f"story/{number}/{code(number, item)}.html"


def month(name: str) -> str:
    """The issues of a month, "2026-11"."""
    return f"issues/{name}.html"


def topic(id_: str, name: str = "index") -> str:
    """A topic's newest items, or those of a month."""
    return f"topic/{id_}/{name}.html"


def topic_feed(id_: str, file: str) -> str:
    return f"topic/{id_}/{file}"


def source(id_: str) -> str:
    """A source may be called anything, so its page is named by a hash."""
    return f"source/{hashlib.sha1(id_.encode(), usedforsecurity=False).hexdigest()[:10]}.html"


def collection(slug: str) -> str:
    return f"collection/{slug}.html"


def pictures(folder: str) -> str:
    """Where an issue's or a collection's pictures stand."""
    return f"picture/{folder}/"


def picture(folder: str, file: str) -> str:
    """An issue's or a collection's picture: its folder's name, and the file's without its own folder."""
    return f"{pictures(folder)}{file.rpartition('/')[2]}"


def found_issue(number: int) -> str:
    """The texts of an issue's items, for search."""
    return f"find/issue/{number}.js"


def root(path: str) -> str:
    """From a page to the site's root."""
    return "../" * path.count("/")


def link(up: str, target: str) -> str:
    """The target as a page names it; `up`: from there to the root."""
    return up + quote(target)


def absolute(base: str, path: str) -> str:
    """The address of a page of a site that stands at `base`; "" where that is not known. Home is the base itself."""
    return base.rstrip("/") + "/" + quote("" if path == HOME else path) if base else ""
