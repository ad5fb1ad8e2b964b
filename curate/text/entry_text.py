"""What judgement reads of an entry: plain text, compared and counted alike wherever it came from.

A night makes it once (`read_entries`) and hands it on beside the entries; who has an entry alone reads it by itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from curate.domain.model import Entry, EntryKey
from curate.text.tokenize import unify_forms

_DROPPED = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|h[1-6]|tr|section|blockquote))\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_SPACES_TOGETHER = re.compile("  +")
_DENSE = re.compile("[\u2e81-\U0010ffff]")  # Chinese and what is like it
_SPACES = "\t\r\f\v\u00a0\u3000"

# An address in a text, with or without its scheme: a link says where more is, and many pieces share one.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[!-~]+", re.IGNORECASE
)

# A title is short: as much of what follows is read as makes it so many Latin letters; a Chinese character says about as
# much as three. More made topics no better, and the encoder needs the longer, the longer a text is.
READ = 120
# A summary that begins as the content does is a part of it.
SAME_START = 30


def plain(markup: str) -> str:
    """Text of a feed's HTML, for comparing and counting only: nothing made here is shown to a reader."""
    if "<" in markup:
        markup = _TAG.sub("", _BREAK.sub("\n", _DROPPED.sub(" ", markup)))
    text = html.unescape(markup)
    for space in _SPACES:  # no expression: it would stop at every single space
        text = text.replace(space, " ")
    return _SPACES_TOGETHER.sub(" ", text).strip()


@dataclass(frozen=True)
class EntryText:
    """An entry's text, plain: each part is made when it is first asked for, and once."""

    entry: Entry

    @cached_property
    def title(self) -> str:
        """The title in one form and case, to be compared."""
        return fold_text(self.entry.title)

    @cached_property
    def summary(self) -> str:
        return plain(self.entry.summary)

    @cached_property
    def content(self) -> str:
        return plain(self.entry.content)

    @property
    def whole(self) -> str:
        """The fullest text that came with the entry: its content, else its summary."""
        return fuller(self.summary, self.content)

    def read_opening(self, characters: int) -> str:
        """The summary, or where there is none the beginning of the content: about `characters` long."""
        return (self.summary or self.content)[:characters]

    @cached_property
    def gist(self) -> str:
        """What a topic is judged by, and an encoder reads: the title and the beginning of what follows."""
        title = self.entry.title
        room = READ - _weight(title)
        return (
            f"{title}\n{_cut_to_room(self.read_opening(READ), room)}".strip() if room > 0 else title.strip()
        )


EntryTexts = Mapping[EntryKey, EntryText]
NO_TEXTS: EntryTexts = MappingProxyType({})


def read_entries(entries: Iterable[Entry], known: EntryTexts = NO_TEXTS) -> dict[EntryKey, EntryText]:
    """The texts of these entries, by key; of those that are `known` nothing is made again."""
    return {entry.key: text_of(entry, known) for entry in entries}


def text_of(entry: Entry, known: EntryTexts = NO_TEXTS) -> EntryText:
    """The entry's text: the one that is known, unless it is that of another version of the entry."""
    text = known.get(entry.key)
    return text if text is not None and text.entry == entry else EntryText(entry)


def fuller(summary: str, content: str) -> str:
    """The longer of the two (plain) texts."""
    return content if len(content) >= len(summary) else summary


def text_for_sorting(entry: Entry) -> str:
    """What a topic is judged by, of an entry alone."""
    return EntryText(entry).gist


def _weight(text: str) -> int:
    """What a text counts for, beside a Latin letter."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def _cut_to_room(text: str, room: int) -> str:
    """The beginning of a text that counts for no more than there is room."""
    text = text[:room]
    for match in () if text.isascii() else _DENSE.finditer(text):
        if match.start() >= room:
            break
        room -= 2
        if match.start() >= room:
            return text[: match.start()]
    return text[:room]


def body_of(summary: str, content: str, characters: int) -> str:
    """The (plain) summary and then the content, about `characters` long; the content alone where it begins with
    the summary, or says no more. Addresses are left out."""
    if not summary or content.startswith(summary[:SAME_START].rstrip("….")):
        return without_addresses(content[:characters] or summary[:characters])
    return without_addresses(
        f"{summary}\n{content}"[:characters] if content != summary else summary[:characters]
    )


def without_addresses(text: str) -> str:
    """Leave the addresses out of a text."""
    return _ADDRESS.sub(" ", text).strip() if "/" in text or "www." in text else text


@lru_cache(maxsize=32_768)  # titles of a night and of what it remembers
def fold_text(text: str) -> str:
    """Compatibility forms unified and case folded, so that full-width letters meet their plain ones."""
    return unify_forms([text])[0].casefold()


def contains(text: str, word: str) -> bool:
    """Whether a word stands in the (folded) text; Latin words only as whole words, so that "AI" is not in "said"."""
    word = fold_text(word).strip()
    start = text.find(word) if word else -1
    if not word.isascii():
        return start >= 0
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
        if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum()):
            return True
        start = text.find(word, start + 1)
    return False
