"""A piece of the editor's own, printed whole: its HTML as a post, a page or a mail can carry it.

The editor takes no links (RULES link-external), so an address becomes a note at the piece's end, with its number in
the text. Everything else is the normalizer's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from curate.domain.model import Item
from curate.render.wechat.allowed import LINK_HOST, safe_address
from curate.render.wechat.tree import Element, parse, serialize


def cut_beginning(html: str, limit: int) -> str:
    """The first blocks with at most `limit` characters of text, at least one block; "" where that is all of it."""
    root = parse(html)
    if len(root.text) <= limit:
        return ""
    room, kept = limit, 0
    for child in root.children:
        room -= len(child if isinstance(child, str) else child.text)
        if room < 0 and kept:
            break
        kept += 1
    root.children = root.children[:kept]
    return serialize(root)


def with_notes(html: str) -> str:
    """The piece with numbers where it had links, and their addresses at its end; each address once."""
    root = parse(html)
    notes: dict[str, int] = {}
    for parent in list(root.walk()):
        made: list[Element | str] = []
        for child in parent.children:
            made.append(child)
            address = _target(child)
            if address and isinstance(child, Element) and child.text.strip() != address:
                number = notes.setdefault(address, len(notes) + 1)
                made.append(Element("sup", {"class": "note-mark"}, [f"[{number}]"]))
        parent.children = made
    if notes:
        lines: list[Element | str] = []
        for address, number in notes.items():
            lines += [Element("br")] if lines else []
            lines.append(f"[{number}] {address}")
        root.children.append(Element("p", {"class": "notes"}, lines))
    return serialize(root)


class PiecePicture(NamedTuple):
    """A picture of a piece: what it is called, and its address, "" where it lies on the editor's machine alone."""

    name: str
    address: str
    source: str  # as the piece names it


def piece_pictures(html: str) -> list[PiecePicture]:
    """List a piece's pictures, in order."""
    return [_picture(element) for element in parse(html).walk() if element.tag == "img"]


def with_names(html: str, say: Callable[..., str]) -> str:
    """Put a picture's name, in the words of `say`, where only this machine has the picture: no reader could load it."""
    root = parse(html)
    for parent in list(root.walk()):
        parent.children = [_name_picture(child, say) for child in parent.children]
    return serialize(root)


def _name_picture(node: Element | str, say: Callable[..., str]) -> Element | str:
    if isinstance(node, str) or node.tag != "img" or (picture := _picture(node)).address:
        return node
    return say("picture_called", name=picture.name)


def _picture(element: Element) -> PiecePicture:
    source = element.attributes.get("src", "")
    name = element.attributes.get("alt", "").strip() or source.replace("\\", "/").rpartition("/")[2]
    return PiecePicture(name, safe_address(source), source)


def pictures_in(html: str) -> frozenset[str]:
    """The addresses of the piece's pictures, which the editor of the post uploads or looks after."""
    return frozenset(picture.address for picture in piece_pictures(html) if picture.address)


def pictures_of(items: Iterable[Item]) -> frozenset[str]:
    """The same of every piece in an issue."""
    return frozenset(address for item in items if item.body for address in pictures_in(body_in_post(item)))


def body_in_post(item: Item) -> str:
    """What a post prints of an item's own body: all of it, or its beginning where the rest is on the site."""
    return item.part or item.body


def _target(node: Element | str) -> str:
    """The address that a link leads to, "" for one that stays a link, and for what is none."""
    if isinstance(node, str) or node.tag != "a":
        return ""
    address = safe_address(node.attributes.get("href", ""))
    return "" if address.startswith(LINK_HOST) else address
