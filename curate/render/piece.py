"""A piece of the editor's own, printed whole: its HTML as a post, a page or a mail can carry it.

The editor takes no links (RULES link-external), so an address becomes a note at the piece's end, with its number in
the text. Everything else is the normaliser's work.
"""

from __future__ import annotations

from collections.abc import Iterable

from curate.model import Item
from curate.render.safe import LINK_HOST, safe_address
from curate.render.tree import Element, parse, serialise


def beginning(html: str, limit: int) -> str:
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
    return serialise(root)


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
    return serialise(root)


def pictures_in(html: str) -> frozenset[str]:
    """The addresses of the piece's pictures, which the editor of the post uploads or looks after."""
    found = (safe_address(e.attributes.get("src", "")) for e in parse(html).walk() if e.tag == "img")
    return frozenset(address for address in found if address)


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
