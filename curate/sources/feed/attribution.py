"""Whose an item is and where it truly stands: what the parsers pass over, read beside them in one run.

feedburner:origLink        the address that a counting redirector stands before
source                     who published it first, in an aggregator's feed (RSS 2.0, Atom, Google's and Bing's news)
link rel="self"            is where the entry's own data is, never its page
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from curate.sources.item import ParsedFeed, Raw, storable

# Looked for in a document's bones (`checks.py`), which are in small letters and without what texts hold.
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
_NAMED = re.compile(rb"<(?:[\w.-]+:)?(?:origlink|source)[\s>]")
_SELF, _ALTERNATE = re.compile(rb"rel\s*=\s*[\"']?self"), re.compile(rb"rel\s*=\s*[\"']?alternate")
_NOWHERE = re.compile(rb"href\s*=\s*(?:\"\"|'')")
_PAGES = ("alternate", "", "related", "via")  # what a link may be to lead to the entry's page, best first
_LONGEST_NAME = 100  # characters


def supplement(data: bytes, bones: bytes, found: ParsedFeed) -> ParsedFeed:
    """The parser's answer with what it passed over; as it is where the document has nothing of it, or cannot be read."""
    first = _ITEM.search(bones)
    if not first or not (
        _NAMED.search(bones, first.start()) or _has_entries_alone(bones, first.start(), found)
    ):
        return found
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return found
    items = list(_items(root)) if root is not None else []
    if len(items) != len(found.items):
        return found
    pairs = zip(found.items, items, strict=True)
    return replace(found, items=tuple(_supplement_item(raw, item, found.title) for raw, item in pairs))


def _has_entries_alone(bones: bytes, start: int, found: ParsedFeed) -> bool:
    """Whether some entries link to their own data, and not all to a page."""
    pages = len(_ALTERNATE.findall(bones, start)) - len(_NOWHERE.findall(bones, start))
    return bool(_SELF.search(bones, start)) and pages < len(found.items)


def _items(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter("{*}item", "{*}entry") if _name(element) in ("item", "entry"))


def _supplement_item(raw: Raw, item: etree._Element, title: str) -> Raw:
    children: dict[str, list[etree._Element]] = {}
    for child in item:
        children.setdefault(_name(child), []).append(child)
    origin = next((storable(child.text) for child in children.get("origlink", ())), "")
    publisher = next(filter(None, map(_publisher, children.get("source", ()))), "")
    links = [child for child in children.get("link", ()) if child.get("href") is not None]
    return raw._replace(
        link=_page_of(links) if links and raw.link in _not_pages(links) else raw.link,
        origin=origin or raw.origin,
        publisher="" if _is_same(publisher, title) else publisher,
    )


def _publisher(source: etree._Element) -> str:
    """RSS writes the name itself, Atom a title; an address is no name."""
    named = next((child for child in source if _name(child) == "title"), source)
    name = " ".join(storable(named.text).split())
    return "" if "://" in name or len(name) > _LONGEST_NAME else name


def _is_same(name: str, other: str) -> bool:
    """Whether one name lies in the other: a feed that names itself names nobody else."""
    one, two = name.casefold(), other.strip().casefold()
    return bool(one and two) and (one in two or two in one)


def _not_pages(links: list[etree._Element]) -> set[str]:
    return {storable(link.get("href")) for link in links if (link.get("rel") or "") not in _PAGES}


def _page_of(links: list[etree._Element]) -> str:
    named = {
        (link.get("rel") or ""): storable(link.get("href")) for link in reversed(links) if link.get("href")
    }
    return next((named[rel] for rel in _PAGES if rel in named), "")


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
