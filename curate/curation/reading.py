"""What judgement reads of an entry: plain text, compared and counted alike wherever it came from."""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from curate.model import Entry
from curate.text.words import unified

_DROPPED = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|h[1-6]|tr|section|blockquote))\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_SPACES_TOGETHER = re.compile("  +")
_SPACES = "\t\r\f\v\u00a0\u3000"
_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))

# A Chinese character says about as much as two Latin letters: lengths are counted in those units (as the
# setting `digest.quote` does), so that English pieces are not taken for fuller ones.
LATIN_PER_HAN = 2
# A summary that begins as the content does is a part of it.
SAME_START = 30


@lru_cache(maxsize=4096)
def plain(markup: str) -> str:
    """Text of a feed's HTML, for comparing and counting only: nothing made here is shown to a reader."""
    if "<" in markup:
        markup = _TAG.sub("", _BREAK.sub("\n", _DROPPED.sub(" ", markup)))
    text = html.unescape(markup)
    for space in _SPACES:  # no expression: it would stop at every single space
        text = text.replace(space, " ")
    return _SPACES_TOGETHER.sub(" ", text).strip()


def text_of(entry: Entry) -> str:
    """The fullest text that came with the entry: its content, else its summary."""
    return fuller(plain(entry.summary), plain(entry.content))


def fuller(summary: str, content: str) -> str:
    """The longer of the two (plain) texts."""
    return content if len(content) >= len(summary) else summary


def opening(entry: Entry, characters: int) -> str:
    """The summary, or where there is none the beginning of the content: about `characters` long."""
    return (plain(entry.summary) or plain(entry.content))[:characters]


def body_of(summary: str, content: str, characters: int) -> str:
    """The (plain) summary and then the content, about `characters` long; the content alone where it begins with
    the summary, or says no more."""
    if not summary or content.startswith(summary[:SAME_START].rstrip("….")):
        return content[:characters] or summary[:characters]
    return f"{summary}\n{content}"[:characters] if content != summary else summary[:characters]


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of every character of the first plane: 0 for a space, 1 for others, 2 for a Chinese one."""
    kinds = np.ones(0x10000, dtype=np.uint8)
    kinds[[code for code in range(0x10000) if chr(code).isspace()]] = 0
    for first, last in _HAN:
        kinds[first : last + 1] = 2
    return kinds


def length(text: str) -> int:
    """Length in Chinese characters: two Latin letters count as one, spaces as none."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    _, others, han = np.bincount(_kinds().take(codes, mode="clip"), minlength=3).tolist()
    return int(han + others // LATIN_PER_HAN)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Compatibility forms unified and case folded, so that full-width letters meet their plain ones."""
    return unified([text])[0].casefold()


def contains(text: str, word: str) -> bool:
    """Whether a word stands in the (folded) text; Latin words only as whole words, so that "AI" is not in "said"."""
    word = folded(word).strip()
    start = text.find(word) if word else -1
    if not word.isascii():
        return start >= 0
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
        if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum()):
            return True
        start = text.find(word, start + 1)
    return False


def key(entry: Entry) -> tuple[str, str]:
    """What an entry is known by."""
    return entry.source, entry.id
