"""What a source says under everything it publishes: its slogan, its notes. It tells nothing of a piece.

A text is a refrain where one source carries it word for word under several titles that are unlike one another;
it is then left out of every comparison, in other sources too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from curate.curation.reading import folded
from curate.model import Entry

# Unlike titles under which a text is a refrain. A source that gives a long text twice sent one piece again.
TITLES = 3
TITLES_BRIEF = 2
# Characters from which on a text is long.
BRIEF = 345
# Characters; of shorter lines nothing depends.
SHORTEST = 10
# The share of their letter pairs (Jaccard) from which on two titles are one title edited.
ALIKE = 0.3


def without_refrains(pool: Sequence[Entry], read: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Summary and content of each entry (`read`: plain), for comparing only: without what sources say everywhere."""
    whole = {text for texts in read for text in texts}
    by_source: dict[str, list[int]] = defaultdict(list)
    for i, entry in enumerate(pool):
        by_source[entry.source].append(i)
    refrains: set[str] = set()
    for members in by_source.values():
        carried = _repeated({i: read[i] for i in members}, pool)
        refrains |= {part for part, titles in carried.items() if _is_refrain(part, titles, part in whole)}
    return [(_without(summary, refrains), _without(content, refrains)) for summary, content in read]


def _repeated(texts: Mapping[int, tuple[str, str]], pool: Sequence[Entry]) -> dict[str, set[str]]:
    """The texts and lines that one source has under several entries, and under which titles."""
    parts = {i: {*both, *_lines(both[0]), *_lines(both[1])} for i, both in texts.items()}
    counts = Counter(chain.from_iterable(parts.values()))
    again = {part for part, count in counts.items() if count > 1 and len(part) >= SHORTEST}
    carried: dict[str, set[str]] = defaultdict(set)
    for i, own in parts.items():
        for part in own & again:
            carried[part].add(pool[i].title)
    return carried


def _is_refrain(part: str, titles: set[str], is_whole: bool) -> bool:
    wanted = TITLES_BRIEF if is_whole and len(part) < BRIEF else TITLES
    return len(titles) >= wanted and _are_unlike(titles, wanted)


def _are_unlike(titles: Iterable[str], wanted: int) -> bool:
    """Whether so many of the titles are unlike one another, taking them in order."""
    kept: list[set[str]] = []
    for title in sorted(titles):
        solid = "".join(folded(title).split())
        pairs = {solid[i : i + 2] for i in range(len(solid) - 1)} or {solid}
        if all(len(pairs & other) < ALIKE * len(pairs | other) for other in kept):
            kept.append(pairs)
            if len(kept) == wanted:
                return True
    return False


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _without(text: str, refrains: AbstractSet[str]) -> str:
    if text in refrains:
        return ""
    lines = _lines(text)
    if refrains.isdisjoint(lines):
        return text
    return "\n".join(line for line in lines if line not in refrains)
