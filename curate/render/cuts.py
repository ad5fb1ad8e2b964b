"""How large each channel's files are, and what of an issue they do not print whole. Pure.

Nothing is known here of how a channel shortens: the letters of every title, summary and note are looked for in what it made.
A part that a channel prints of no item is not its business; what it prints of some and not of others was cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Literal, NamedTuple

from curate.config.schema import Look
from curate.domain.model import Digest, Failure, Item
from curate.render import render
from curate.render.channels.email import LIMIT
from curate.render.context import items
from curate.render.templating import Templates
from curate.render.wechat.allowed import HTML_LIMIT
from curate.text.lines import letters_of

Part = Literal["title", "summary", "note"]
PARTS: tuple[Part, ...] = ("title", "summary", "note")
# What a file may have, and in what.
LIMITS: Mapping[str, tuple[int, str]] = {
    "wechat.fragment.html": (HTML_LIMIT, "characters"),
    "email.html": (LIMIT, "bytes"),
}
TEXTS = ("html", "md", "txt", "atom", "json")  # suffixes of files that are words
_OURS = ("wechat.html", "/index.html")  # ends of names: for the editor alone
_DRAWN = ("cards",)  # channels of pictures
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


class Cut(NamedTuple):
    """What a file does not print whole."""

    number: int  # of the item
    part: Part


class FileSize(NamedTuple):
    """A file of a channel. `limit` is 0 where there is none."""

    name: str
    characters: int
    bytes: int
    limit: int
    unit: str  # of the limit: "characters" or "bytes"
    cuts: tuple[Cut, ...]

    @property
    def is_over(self) -> bool:
        """Whether it is larger than it may be."""
        return bool(self.limit) and (self.bytes if self.unit == "bytes" else self.characters) > self.limit


def measure_files(
    digest: Digest, names: Sequence[str], templates: Templates, look: Look
) -> tuple[tuple[FileSize, ...], tuple[Failure, ...]]:
    """The sizes of what the named channels make of an issue, but for pictures, with what each cuts; and which refuse."""
    files, refused = render(digest, [name for name in names if name not in _DRAWN], templates, look)
    texts = {
        name: data.decode("utf-8", "replace")
        for name, data in files.items()
        if name.rpartition(".")[2] in TEXTS and not name.endswith(_OURS)
    }
    found = tuple(
        FileSize(
            name, len(text), len(text.encode()), *LIMITS.get(name, (0, "")), find_cuts(items(digest), text)
        )
        for name, text in sorted(texts.items())
    )
    return found, refused


def find_cuts(every: Sequence[Item], text: str) -> tuple[Cut, ...]:
    """What of these items a file prints for others and not for them, by item."""
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    letters = letters_of(unescape(_TAG.sub("", unescape(plain)))) + letters_of(plain)
    cuts: list[Cut] = []
    for part in PARTS:
        wanted = {item.number: letters_of(getattr(item, part)) for item in every if getattr(item, part)}
        missing = [number for number, said in wanted.items() if said not in letters]
        if len(missing) < len(wanted):
            cuts += [Cut(number, part) for number in missing]
    return tuple(sorted(cuts))
