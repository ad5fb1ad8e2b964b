"""What a source says under everything it publishes: its slogan, its notes. It tells nothing of a piece.

A text or a line is a refrain where one source carries it word for word under several titles that are unlike one
another; it is then left out of every comparison, in other sources too. So is a clause near the beginning or the end
of its texts, numbers apart, in that source alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from curate.domain.mapping import Map
from curate.text.entry_text import EntryText, fold_text

# Summary and content of an entry, plain.
Texts = tuple[str, str]
# Title, summary and content of an entry, the texts plain.
Piece = tuple[str, str, str]

# Unlike titles under which a text is a refrain. A source that gives a long text twice sent one piece again.
TITLES = 3
TITLES_BRIEF = 2
# Characters from which on a text is long.
BRIEF = 345
# Characters; of shorter lines nothing depends.
SHORTEST = 10
# Characters of the shortest clause that counts, in Chinese and in other scripts.
CLAUSE_HAN, CLAUSE_LATIN = 6, 24
# So far from both ends of a text its clauses are looked at: slogans stand there.
EDGE = 200
# Entries that travel together to where they are read; all of a source, so that what it repeats is seen there.
BATCH = 500
# The share of their letter pairs (Jaccard) from which on two titles are one title edited.
ALIKE = 0.3


def without_refrains(pool: Sequence[EntryText], spread: Map = map) -> list[Texts]:
    """Summary and content of each entry, for comparing only, without what sources say everywhere.

    The entries of one source are side by side; `spread` is `map`, or an executor's."""
    batches = list(spread(_find_refrains, _batches(pool)))
    said = list(chain.from_iterable(batch.said for batch in batches))
    refrains = {part for batch in batches for part in batch.refrains}
    if brief := {part for batch in batches for part in batch.brief}:
        refrains |= {part for text in pool for part in (text.summary, text.content) if part in brief}
    if not refrains:
        return said
    return [(_without(summary, refrains), _without(content, refrains)) for summary, content in said]


def _batches(pool: Iterable[EntryText]) -> Iterator[list[list[Piece]]]:
    """Pieces, by source: about so many together."""
    batch: list[list[Piece]] = []
    for _, texts in groupby(pool, key=lambda text: text.entry.source):
        batch.append([(text.entry.title, text.summary, text.content) for text in texts])
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    yield batch


# Where a clause ends; in other scripts only a sentence does.
_CLAUSE = re.compile(r"[，。！？；：\n]|[.!?;] ")
_DIGITS = re.compile(r"\d+")


class _SourceTexts(NamedTuple):
    """Texts of some sources' entries without the clauses that their source repeats; what those sources repeat; and
    what they repeat so seldom that it is a refrain only if it is the whole text of an entry."""

    said: list[Texts]
    refrains: list[str]
    brief: list[str]


def _find_refrains(sources: Iterable[Sequence[Piece]]) -> _SourceTexts:
    found = _SourceTexts([], [], [])
    for pieces in sources:
        texts = [(summary, content) for _, summary, content in pieces]
        titles_of = [title for title, _, _ in pieces]
        found.said.extend(_without_clauses(texts, titles_of))
        for part, titles in _find_repeated(texts, titles_of).items():
            unlike = _unlike(frozenset(titles))
            if unlike >= TITLES:
                found.refrains.append(part)
            elif unlike >= TITLES_BRIEF and len(part) < BRIEF:
                found.brief.append(part)
    return found


def _find_repeated(texts: Sequence[Texts], titles: Sequence[str]) -> dict[str, set[str]]:
    """The texts and lines that one source has under several entries, and under which titles."""
    parts = [{*both, *_lines(both[0]), *_lines(both[1])} for both in texts]
    counts = Counter(chain.from_iterable(parts))
    again = {part for part, count in counts.items() if count > 1 and len(part) >= SHORTEST}
    carried: dict[str, set[str]] = defaultdict(set)
    for title, own in zip(titles, parts, strict=True):
        for part in own & again:
            carried[part].add(title)
    return carried


def _without_clauses(texts: Sequence[Texts], titles: Sequence[str]) -> Sequence[Texts]:
    """The texts of one source without the clauses that it has under unlike titles."""
    if len(texts) < TITLES:
        return texts
    carried: dict[str, set[str]] = defaultdict(set)
    for title, both in zip(titles, texts, strict=True):
        for clause in {*_clauses(both[0]), *_clauses(both[1])}:
            carried[clause].add(title)
    refrains = {
        c for c, under in carried.items() if len(under) >= TITLES and _unlike(frozenset(under)) >= TITLES
    }
    if not refrains:
        return texts
    return [
        (_cut_refrains(summary, refrains), _cut_refrains(content, refrains)) for summary, content in texts
    ]


def _clauses(text: str) -> list[str]:
    """The clauses near the two ends of a text, their numbers left open."""
    edges = text if len(text) <= 2 * EDGE else f"{text[:EDGE]}\n{text[-EDGE:]}"
    folded = map(str.strip, _CLAUSE.split(_DIGITS.sub("0", edges)))
    return [clause for clause in folded if len(clause) >= (CLAUSE_LATIN if clause.isascii() else CLAUSE_HAN)]


def _cut_refrains(text: str, refrains: AbstractSet[str]) -> str:
    """The text without these clauses."""
    kept, start = [], 0
    for end in [*(match.end() for match in _CLAUSE.finditer(text)), len(text)]:
        if _DIGITS.sub("0", text[start:end]).strip(" \n，。！？；：.!?;") not in refrains:
            kept.append(text[start:end])
        start = end
    return "".join(kept).strip()


@lru_cache(maxsize=1024)
def _unlike(titles: frozenset[str]) -> int:
    """How many of the titles, which stand together over many lines, are unlike one another, taking them in order;
    counted up to TITLES."""
    kept: list[frozenset[str]] = []
    for title in sorted(titles):
        pairs = _pairs(title)
        if all(len(pairs & other) < ALIKE * len(pairs | other) for other in kept):
            kept.append(pairs)
            if len(kept) == TITLES:
                break
    return len(kept)


@lru_cache(maxsize=1024)
def _pairs(title: str) -> frozenset[str]:
    """Of a title, which stands over many lines, its pairs of letters."""
    solid = "".join(fold_text(title).split())
    return frozenset(map("".join, pairwise(solid))) or frozenset({solid})


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _without(text: str, refrains: AbstractSet[str]) -> str:
    if text in refrains:
        return ""
    if refrains.isdisjoint(map(str.strip, text.split("\n"))):
        return text
    return "\n".join(line for line in _lines(text) if line not in refrains)
