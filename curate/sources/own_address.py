"""The address to print for an entry whose page was had: the page's own, where it is plainly the same page's.

https://36kr.example/p/1?ktm_source=feed   canonical https://36kr.example/p/1        -> without the parameter
http://feedproxy.example/~r/x/1            redirected to https://site.example/a/1    -> where it led
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from curate.domain.model import Page
from curate.sources.parameters import PROGRAM
from curate.sources.redirectors import unwrap
from curate.sources.urls import absolute, bare, normalize

LONG = 200  # characters from which any address of the page's own is better
_HEAD = 200_000  # bytes in which a page names its address
_TAG = re.compile(rb"<(?:link|meta)\s[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def canonical(page: Page) -> str:
    """What a page names as its own address (`rel=canonical`, else `og:url`), in its one spelling; "" where it names none."""
    found: dict[str, str] = {}
    for tag in _TAG.findall(page.body, 0, _HEAD):
        values = _attributes(tag.decode("utf-8", "replace"))
        if "canonical" in values.get("rel", "").lower().split():
            found.setdefault("canonical", values.get("href", ""))
        elif values.get("property", "").lower() == "og:url":
            found.setdefault("og:url", values.get("content", ""))
    named = found.get("canonical") or found.get("og:url") or ""
    address = normalize(absolute(named, page.url)) if named else ""
    return "" if _is_a_front(address, page.url) else address


def _is_a_front(named: str, url: str) -> bool:
    """Whether an address without a query is that of a program that shows many pages, and not of this one."""
    return (
        "?" in url
        and "?" not in named
        and bool(PROGRAM.search(urlsplit(named).path))
        and _path(named) == _path(url)
    )


def own_address(asked: str, page: Page, *, is_led: bool = True) -> str:
    """The address to print for what was asked for at `asked`.

    A page that was found on another host (`is_led`: and is the one that was meant) is where it was found. A canonical address counts where it is on the same path of the
    same site; on another path only in place of an address that is longer than LONG, and never the front page.
    """
    led = normalize(unwrap(page.url))
    address = led if is_led and led and _site(led) != _site(asked) else asked
    named = canonical(page)
    if not named or _site(named) != _site(address):
        return address
    if _path(named) == _path(address) and len(named) <= len(address):
        return named
    is_better = (
        len(address) > LONG and len(named) < len(address) and not bare(address).startswith(bare(named))
    )
    return named if is_better and _path(named) else address


def _attributes(tag: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(quoted or single or plain)
        for name, quoted, single, plain in _ATTRIBUTE.findall(tag)
    }


def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.").removeprefix("m.")


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
