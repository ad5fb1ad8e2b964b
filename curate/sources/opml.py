"""OPML (opml.org/spec2.opml): the lists in which readers exchange subscriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from curate.errors import UnreadableError
from curate.sources.address import absolute
from curate.sources.sound import without_halves
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 16_000_000  # characters
_DEEPEST = 32  # folders in folders
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# An ampersand that begins none of XML's own references: addresses are often pasted in as they are.
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)")
_START = re.compile(r"<opml[\s>]", re.IGNORECASE)


class Outline(NamedTuple):
    """A subscription. `folder` is the innermost folder it lies in, "" at the top: the narrowest thing the list
    says about it, which makes the better topic (outer folders are often one "Subscriptions" for all)."""

    title: str
    url: str
    site: str = ""
    folder: str = ""


def parse_opml(data: bytes) -> list[Outline]:
    """The subscriptions of a list in its order, each address once. UnreadableError where it is no OPML."""
    seen: dict[str, Outline] = {}
    for outline in _outlines(_root(data), "", 0):
        seen.setdefault(outline.url, outline)
    return list(seen.values())


def unusable(data: bytes) -> list[str]:
    """The names of a list's outlines that `parse_opml` leaves out: no folders, and without a feed's address that
    begins with http. UnreadableError as there."""
    found = []
    for element in _root(data).iter("{*}outline"):
        values = _values(element)
        if not _address(values) and next(element.iterchildren("{*}outline"), None) is None:
            found.append(_name(values) or values.get("xmlurl") or values.get("url") or "?")
    return found


def _root(data: bytes) -> etree._Element:
    text = decode(data, "")
    if len(text) > _LARGEST:
        raise UnreadableError(f"列表太大，有 {len(text):,} 个字符（the list is too large）")
    if not _START.search(text, 0, 20_000):
        raise UnreadableError("不是 OPML，里面没有 <opml>（not OPML）", "从阅读器里导出 OPML 文件再导入")
    cleaned = _ILLEGAL.sub("", _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)).strip()
    cleaned = without_halves(_BARE_AMPERSAND.sub("&amp;", cleaned))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(cleaned.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise UnreadableError(f"不是 OPML（not OPML: {str(e)[:150]}）") from e
    if root is None:
        raise UnreadableError("不是 OPML，里面没有 XML（not OPML）")
    return root


def _outlines(element: etree._Element, folder: str, depth: int) -> Iterator[Outline]:
    if depth > _DEEPEST:
        return
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            continue
        if child.tag.rpartition("}")[2].lower() != "outline":
            yield from _outlines(child, folder, depth + 1)
            continue
        values = _values(child)
        title = _name(values)
        url = _address(values)
        if url:
            yield Outline(title or url, url, absolute(values.get("htmlurl", "")), folder)
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
    return absolute(re.sub(r"^feed:(?://)?(?=https?:)", "", re.sub(r"^feed://(?!http)", "http://", address)))


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
