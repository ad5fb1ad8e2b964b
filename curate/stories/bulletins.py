"""Titles that tell no piece of news by themselves: of one issue of a column, and of several pieces in one line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from curate.domain.model import Entry, EntryKey
from curate.stories.quantities import days_of, without_dates
from curate.text.entry_text import fold_text
from curate.text.lines import letters_of
from curate.text.stopwords import is_han

Bulletin = Literal["column", "several"]

# So many titles of one source that differ in their numbers alone are a column's; of those that name a day, two.
ISSUES, ISSUES_DATED = 3, 2
# Letters that a headline has at least, and headlines between slashes.
HEADLINE = 6
HEADLINES_SLASHED = 3
# Characters; what is longer is a title with the beginning of its text, where any mark may stand.
LONGEST = 80
_SEMICOLON = re.compile(r"[；;]")
_SLASH = re.compile(r"\s/\s|(?<=[\u3400-\u9fff》])/|/(?=[\u3400-\u9fff《])")
_NUMBER = re.compile(r"\d+")


def find_bulletins(entries: Iterable[Entry], read: Iterable[tuple[str, str]]) -> dict[EntryKey, Bulletin]:
    """Say of entries, by source and id, whether their titles are an issue of a "column" or tell "several" pieces.

    `read` are (source, title) of all that was read of late, which show what a source repeats.
    """
    entries = list(entries)
    sources = {entry.source for entry in entries}
    issues: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, title in read:
        if source in sources:
            issues[source, _frame(title)].add(_letters(title))
    found: dict[EntryKey, Bulletin] = {}
    for entry in entries:
        needed = ISSUES_DATED if days_of(entry.title) else ISSUES
        if len(issues[entry.source, _frame(entry.title)] | {_letters(entry.title)}) >= needed:
            found[entry.key] = "column"
        elif tells_several(entry.title):
            found[entry.key] = "several"
    return found


def tells_several(title: str) -> bool:
    """Whether a (Chinese) title puts several headlines side by side: two between semicolons, three between slashes."""
    if not is_han(title) or len(title) > LONGEST:
        return False
    parted = [part for part in _SEMICOLON.split(title) if len(_letters(part)) >= HEADLINE]
    slashed: Sequence[str] = _SLASH.split(title)
    return len(parted) > 1 or (
        len(slashed) >= HEADLINES_SLASHED and all(len(_letters(part)) >= HEADLINE for part in slashed)
    )


def _frame(title: str) -> str:
    """The title without its days and numbers."""
    return _letters(_NUMBER.sub("", without_dates(title)))


def _letters(title: str) -> str:
    return letters_of(fold_text(title))
