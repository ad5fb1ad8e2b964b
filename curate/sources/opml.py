"""OPML (opml.org/spec2.opml): the lists in which readers exchange subscriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from curate.config.validators import trim_address
from curate.domain.errors import UnreadableError
from curate.sources.feed.well_formed import without_halves
from curate.sources.subscriptions import subscription_key
from curate.sources.urls import absolute
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 16_000_000  # characters
_DEEPEST = 32  # folders in folders
_RSSHUB = "rsshub://"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# An ampersand that begins none of XML's own references: addresses are often pasted in as they are.
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)")
_START = re.compile(r"<opml[\s>]", re.IGNORECASE)


class Outline(NamedTuple):
    """A subscription. `folder` is the innermost folder it lies in, or what its category ends in, "" for neither: the
    narrowest thing the list says about it, which makes the better topic (outer folders are often one "Subscriptions"
    for all). Where `route` is not "", it is read through an RSSHub, and `url` is the list's own name for that."""

    title: str
    url: str
    site: str = ""
    folder: str = ""
    route: str = ""


class Subscriptions(NamedTuple):
    """What a list has: each feed once, how many more stood in it again, and the names of what is no feed for us."""

    outlines: list[Outline]
    repeated: int
    unusable: list[str]


def parse_opml(data: bytes) -> Subscriptions:
    """The subscriptions of a list in its order. UnreadableError where it is no OPML.

    An outline without an address that begins with http is unusable, unless it is a folder; so is one whose address
    would be filled in from the environment.
    """
    root = _root(data)
    seen: dict[str, Outline] = {}
    repeated = 0
    for outline in _outlines(root, "", 0):
        repeated += seen.setdefault(subscription_key(outline.url), outline) is not outline
    return Subscriptions(list(seen.values()), repeated, list(_unusable(root)))


def _unusable(root: etree._Element) -> Iterator[str]:
    for element in root.iter("{*}*"):
        if _tag(element) != "outline" or any(_tag(child) == "outline" for child in element):
            continue
        values = _values(element)
        if not _address(values) and not _route(values):
            yield _name(values) or values.get("xmlurl") or values.get("url") or "?"


def _tag(element: etree._Element) -> str:
    """Its name in small letters; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _root(data: bytes) -> etree._Element:
    text = decode(data, "")
    if len(text) > _LARGEST:
        raise UnreadableError.of("read.large", n=len(text))
    if not _START.search(text, 0, 20_000):
        raise UnreadableError.of("read.no opml", "read.no opml.hint")
    cleaned = _ILLEGAL.sub("", _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)).strip()
    cleaned = without_halves(_BARE_AMPERSAND.sub("&amp;", cleaned))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(cleaned.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise UnreadableError.of("read.bad opml", why=str(e)[:150]) from e
    if root is None:
        raise UnreadableError.of("read.no opml", "read.no opml.hint")
    return root


def _outlines(element: etree._Element, folder: str, depth: int) -> Iterator[Outline]:
    if depth > _DEEPEST:
        return
    for child in element:
        if not (tag := _tag(child)):
            continue
        if tag != "outline":
            yield from _outlines(child, folder, depth + 1)
            continue
        values = _values(child)
        title = _name(values)
        url, route = _address(values), _route(values)
        if url or route:
            url = url or f"{_RSSHUB}{route[1:]}"
            topic = folder or _category(values)
            yield Outline(title or url, url, absolute(values.get("htmlurl", "")), topic, route)
        yield from _outlines(child, folder if url else title or folder, depth + 1)


def _values(outline: etree._Element) -> dict[str, str]:
    return {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}


def _name(values: dict[str, str]) -> str:
    return one_line(values.get("title") or values.get("text") or "")


def _address(values: dict[str, str]) -> str:
    """`xmlUrl`, or `url` where the outline says that it is a feed and not a link or another list."""
    address = values.get("xmlurl") or ""
    if not address and values.get("type", "").lower() in ("rss", "atom", "feed"):
        address = values.get("url") or ""
    return "" if "${" in address else absolute(trim_address(address))


def _route(values: dict[str, str]) -> str:
    """The route of an address such as rsshub://zhihu/daily, which readers with an RSSHub of their own write."""
    address = str(trim_address(values.get("xmlurl") or values.get("url") or ""))
    route = "/" + address[len(_RSSHUB) :].lstrip("/")
    usable = address.lower().startswith(_RSSHUB) and len(route) > 1 and not re.search(r"\s|\$\{", route)
    return route if usable else ""


def _category(values: dict[str, str]) -> str:
    """The innermost part of an outline's first category: `/科技/数码,/生活` is 数码 (opml.org/spec2.opml)."""
    parts = values.get("category", "").split(",")[0].split("/")
    return one_line(next((part for part in reversed(parts) if part.strip()), "")).strip()


def dump_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """OPML 2.0 in UTF-8; what lies in one folder stays together, in the order given."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _legal(title)
    body = etree.SubElement(root, "body")
    listed = list(outlines)
    order = {folder: n for n, folder in reversed(list(enumerate(outline.folder for outline in listed)))}
    for folder, group in groupby(sorted(listed, key=lambda o: order[o.folder]), key=lambda o: o.folder):
        parent = body
        if folder:
            parent = etree.SubElement(body, "outline", text=_legal(folder), title=_legal(folder))
        for outline in group:
            name = _legal(outline.title)
            made = etree.SubElement(parent, "outline", type="rss", text=name, title=name)
            made.set("xmlUrl", _legal(outline.url))
            if outline.site:
                made.set("htmlUrl", _legal(outline.site))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
