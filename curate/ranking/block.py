"""What no issue takes: entries by an author, or with a word in their titles, that the editor has blocked. Pure.

A word is found wherever it stands in a title; one of letters or digits as a whole word alone, so that "AI" is not in "said".
Width, case, accents and the two Chinese scripts make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from curate.config.schema import BlockSettings
from curate.domain.message import message
from curate.domain.model import Entry, Verdict
from curate.text.folding import fold

_BETWEEN_AUTHORS = re.compile(r"[、,，;；/／|｜&]|\s(?:and|和|与)\s")


def has_word(word: str) -> Callable[[str], bool]:
    """Whether a title has this word."""
    folded = " ".join(fold(word).split())
    before = r"(?<![a-z0-9])" if folded[:1].isascii() and folded[:1].isalnum() else ""
    after = r"(?![a-z0-9])" if folded[-1:].isascii() and folded[-1:].isalnum() else ""
    pattern = re.compile(before + re.escape(folded) + after)
    return lambda title: bool(folded) and pattern.search(" ".join(fold(title).split())) is not None


def is_by(author: str) -> Callable[[str], bool]:
    """Whether this author is among those that are named."""
    wanted = _fold_name(author)
    return lambda named: (
        bool(wanted)
        and (_fold_name(named) == wanted or wanted in map(_fold_name, _BETWEEN_AUTHORS.split(named)))
    )


def part_blocked(entries: Iterable[Entry], block: BlockSettings) -> tuple[list[Entry], list[Verdict]]:
    """The entries that are not blocked, and what became of the others. The editor's own pieces never are."""
    find = find_block(block)
    kept, verdicts = [], []
    for entry in entries:
        found = None if entry.original else find(entry.title, entry.author)
        if found:
            verdicts.append(Verdict(entry, False, message(f"drop.block.{found[0]}", value=found[1])))
        else:
            kept.append(entry)
    return kept, verdicts


def find_block(block: BlockSettings) -> Callable[[str, str], tuple[str, str] | None]:
    """What a title and an author are blocked by: "word" or "author", and its value; None where by nothing."""
    words: Sequence[tuple[str, Callable[[str], bool]]] = [(word, has_word(word)) for word in block.words]
    authors = [(author, is_by(author)) for author in block.authors]

    def find(title: str, author: str) -> tuple[str, str] | None:
        for word, has in words:
            if has(title):
                return "word", word
        for name, wrote in authors if author else ():
            if wrote(author):
                return "author", name
        return None

    return find


def _fold_name(name: str) -> str:
    return "".join(fold(name).split())
