"""A page as a tree, safely: whatever arrives, it is a tree or an UnreadableError."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from lxml import etree, html

from curate.domain.errors import UnreadableError
from curate.text.clean import fold

LIMIT = 4_000_000  # characters of a page that are looked at; the largest articles have a tenth of it

TAGS = 30_000  # tags of a page that are looked at; of 122 real pages the largest has 7,000
ATTRIBUTES = 1_000  # of one tag; libxml2 takes time in the square of their number
_LONG = 2 * ATTRIBUTES  # so many characters they take at least
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_UNFIT = bytes(code for code in range(32) if chr(code) not in "\t\n\r")  # what XML forbids
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_WECHAT = ("js_content", "rich_media_content")
_HIDDEN_UNTIL_RUN = re.compile(
    rf"(<[^<>]*\b(?:{'|'.join(_WECHAT)})\b[^<>]*?)visibility\s*:\s*hidden", re.IGNORECASE
)
# lxml's own look-up calls Python for the class of every element, to tell forms from others.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
_DEPTH = 20  # of nested JSON-LD


class Attributes(Protocol):
    """An element, whatever made the tree: `get` gives an attribute's value."""

    def get(self, key: str, /) -> str | None: ...


def limit_page(text: str) -> str:
    """As much of a page as is looked at: trees and extractors take time by their elements, some by more than that."""
    text = text[:LIMIT]
    pieces = text.split("<")
    crowded = [at for at, piece in enumerate(pieces) if len(piece) > _LONG and at and _is_crowded(piece)]
    if not crowded and len(pieces) <= TAGS + 1:
        return text
    for at in crowded:
        pieces[at] = "b>" + pieces[at].partition(">")[2]
    return "<".join(pieces[: TAGS + 1])


def _is_crowded(piece: str) -> bool:
    """Whether what stands behind a `<` is a tag with too many attributes."""
    end = piece.find(">")
    if 0 <= end < ATTRIBUTES and not any(piece.count(mark, 0, end) % 2 for mark in "\"'"):
        return False  # most scripts and long paragraphs
    return len(_QUOTED.sub(" ", piece).partition(">")[0].split()) > ATTRIBUTES


def prepare(text: str) -> str:
    """The page without what parsers choke on, and with the body that WeChat hides until its script runs."""
    text = limit_page(text).replace("\ufffe", "").replace("\uffff", "")
    text = _DECLARATION.sub("", text.encode("utf-8", "ignore").translate(None, _UNFIT).decode())
    if (end := _END.search(text)) and _END.sub("", text[end.end() :]).strip():
        text = _END.sub(" ", text)  # browsers read on behind an early end, libxml2 does not
    hidden = any(name in text for name in _WECHAT)  # a glance, where the expression takes its time
    return _HIDDEN_UNTIL_RUN.sub(r"\1", text) if hidden else text


def parse(text: str) -> html.HtmlElement:
    """The tree of a prepared page. UnreadableError where there is nothing to make one of."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError.of("read.no html") from error
    if not isinstance(tree, html.HtmlElement):
        raise UnreadableError.of("read.empty page")
    return tree


def text_of(element: html.HtmlElement, most: int = LIMIT) -> str:
    """All text inside on one line; reading stops after `most` characters, so that deep pages stay cheap."""
    if not len(element):
        return " ".join(fold((element.text or "")[: most * 2]).split("\n"))
    pieces: list[str] = []
    size = 0
    try:
        for piece in element.itertext():
            pieces.append(piece)
            size += len(piece)
            if size > most:
                break
    except UnicodeDecodeError:  # libxml2 may let a broken byte through
        pass
    return " ".join(fold(" ".join(pieces)[: most * 2]).split("\n"))


def metas(elements: Iterable[Attributes]) -> dict[str, str]:
    """Contents of the meta elements by their lower-cased property, name or itemprop; the first one wins."""
    found: dict[str, str] = {}
    for element in elements:
        content = fold(element.get("content") or "").replace("\n", " ")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def linked_data(scripts: Iterable[tuple[str | None, str | None]]) -> list[dict[str, Any]]:
    """Every JSON-LD object in a page's scripts (type, text), nested ones too, those of an article first."""
    found: list[dict[str, Any]] = []
    for kind, text in scripts:
        if "ld+json" not in (kind or "").lower():
            continue
        try:
            found.extend(_objects(json.loads(text or "", strict=False), _DEPTH))
        except (ValueError, RecursionError):
            continue
    return sorted(found, key=lambda thing: not _is_article(thing))


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, dict):
        yield value
        value = list(value.values())
    if depth and isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)


def _is_article(thing: dict[str, Any]) -> bool:
    return bool(re.search("Article|Posting|Report", str(thing.get("@type", ""))))
