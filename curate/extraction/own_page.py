"""An HTML file of the editor's own: its title, and all that is written in it. Nothing is guessed away, unlike on pages."""

from __future__ import annotations

from lxml import etree

from curate.extraction.dom import parse, prepare, text_of


def own_page(text: str) -> tuple[str, str]:
    """The title (the first heading, which then goes, or the head's), and what is in the body, as HTML."""
    tree = parse(prepare(text))
    body = tree.find("body")
    body = tree if body is None else body
    heading = next(body.iter("h1"), None)
    if heading is not None:
        title = text_of(heading)
        heading.drop_tree()
    else:
        title = text_of(head) if (head := next(tree.iter("title"), None)) is not None else ""
    inside = (body.text or "", *(str(etree.tostring(e, encoding="unicode", method="html")) for e in body))
    return title, "".join(inside)
