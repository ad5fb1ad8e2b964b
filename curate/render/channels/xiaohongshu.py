"""The xiaohongshu channel: a note of pictures for 小红书, to be pasted: cards, a title, a short text, tags.

Limits: a title of 20 characters, of which one of ASCII is half; a text of 1,000 with its tags; ten tags; eighteen pictures
(xpzouying/xiaohongshu-mcp 401 and 339, dreammis/social-auto-upload 219, 2025 and 2026). The text has no addresses, since
the place punishes what leads elsewhere: a source is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from curate.config.schema import Look
from curate.domain.model import Digest, Item, Section
from curate.render.channels.cards import cards
from curate.render.channels.copy_package import (
    Destination,
    choose_title,
    list_tags,
    package_page,
    package_view,
    prepare_digest,
)
from curate.render.messages import count_halves, count_utf16, cut_text, cut_to
from curate.render.templating import Templates
from curate.render.wechat.allowed import visible

XIAOHONGSHU = Destination("xiaohongshu", longest_title=20, measure=count_halves, most_tags=10)
LONGEST_TEXT = 1_000  # units of UTF-16, with the tags
MOST_PICTURES = 18
_LONGEST_NOTE = 120  # characters of the editor's note
_LONGEST_OPENING = 200  # units of UTF-16
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u2e80-\uffef<>\"]+", re.IGNORECASE)


def xiaohongshu(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`xiaohongshu/index.html`, `text.txt` and the cards `01.jpg` … beside it. ChannelError where a template is wrong."""
    digest = prepare_digest(digest)
    names = package_view(digest, look)
    tags = " ".join(list_tags(digest, XIAOHONGSHU.most_tags))
    text = write_note(digest, names, tags)
    drawn = cards(digest, templates, look, MOST_PICTURES)
    pictures = {f"{n:02d}.jpg": data for n, data in enumerate(drawn.values(), 1)}
    lengths = {"text_length": count_utf16(text), "longest_text": LONGEST_TEXT}
    page = package_page(XIAOHONGSHU, names, text, templates, look, list(pictures), **lengths)
    title = choose_title(digest, XIAOHONGSHU, names)
    files = {"index.html": page, "text.txt": f"{title}\n\n{text}\n".encode(), **pictures}
    return {f"{XIAOHONGSHU.name}/{name}": data for name, data in files.items()}


def write_note(digest: Digest, names: dict[str, Any], tags: str) -> str:
    """Titles by topic with their sources, then the tags: with the summaries of all where there is room, or of what stands
    on top, or of none. What does not fit even so ends at an item and is counted; the cards have it."""
    say = names["t"]
    opening = cut_to(_without_addresses("\n".join(names["own_opening"])), _LONGEST_OPENING, count_utf16)
    top = {digest.lead.number, *(item.number for item in names["must_reads"])}
    closing = (*names["own_closing"], say("closing"))
    end = cut_to(_without_addresses("\n".join(closing)), _LONGEST_OPENING, count_utf16)

    def write(blocks: list[str], hidden: int) -> str:
        more = [say("card_more", n=hidden)] if hidden else []
        parts = (opening, "\n".join(blocks).strip(), *more, end, tags)
        return "\n\n".join(part for part in parts if part)

    for has_summary in (lambda item: True, lambda item: item.number in top, lambda item: False):
        blocks = list(_blocks(names, has_summary))
        if count_utf16(whole := write(blocks, 0)) <= LONGEST_TEXT:
            return whole
    texts = (write(blocks[:kept], len(blocks) - kept) for kept in range(len(blocks) - 1, -1, -1))
    return next(text for text in texts if count_utf16(text) <= LONGEST_TEXT)


def _blocks(names: dict[str, Any], has_summary: Callable[[Item], bool]) -> Iterator[str]:
    """A block an item; the first of a topic has its name above it."""
    sections: list[Section] = names["sections_led"] if names["must_reads"] else names["sections"]
    for section in sections:
        for place, item in enumerate(section.items):
            head = f"\n{section.icon} {section.name}\n".lstrip(" ") if place == 0 else ""
            yield head + "\n".join(_lines(item, names, has_summary(item)))


def _lines(item: Item, names: dict[str, Any], summarized: bool) -> Iterator[str]:
    source = f"（{visible(item.source)}）" if item.source else ""
    yield f"{names['mark'](item)}. {_without_addresses(item.title)}{source}"
    if summarized and item.summary and not item.body:
        yield _without_addresses(item.summary)
    if note := names["note"](item):
        yield cut_text(_without_addresses(note), _LONGEST_NOTE)


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("", visible(text)).strip()
