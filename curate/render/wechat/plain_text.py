"""A fragment as plain text: what the clipboard carries for places that take no HTML."""

from __future__ import annotations

from curate.render.wechat.allowed import BLOCK_TAGS
from curate.render.wechat.tree import NBSP, Element, parse


def plain(html: str) -> str:
    """The text, one line a block, an empty line between the blocks of the top."""
    parts: list[str] = []
    _write(parse(html), parts)
    lines = [line.replace(NBSP, " ").strip() for line in "".join(parts).split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip() + "\n"


def _write(element: Element, parts: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            block = child.tag in BLOCK_TAGS
            if block and parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            _write(child, parts)
            if block:
                parts.append("\n")
