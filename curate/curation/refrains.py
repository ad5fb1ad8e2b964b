"""What a source says under everything it publishes: its slogan, its notes. It tells nothing of a piece.

A text is a refrain where one source carries it word for word under several titles that are unlike one another;
it is then left out of every comparison, in other sources too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from curate.curation.duplicates import BRIEF
from curate.curation.reading import folded, plain
from curate.model import Entry

# Unlike titles under which a text is a refrain. A source that gives a long text twice sent one piece again.
TITLES = 3
TITLES_BRIEF = 2
# Characters; of shorter lines nothing depends.
SHORTEST = 10
# The share of their letter pairs (Jaccard) from which on two titles are one title edited.
ALIKE = 0.3


def without_refrains(pool: Sequence[Entry]) -> list[Entry]:
    """The entries, for comparing only: their texts plain, and without what their sources say everywhere."""
    read = [(plain(entry.summary), plain(entry.content)) for entry in pool]
    carried: dict[tuple[str, str], set[str]] = defaultdict(set)  # source, text -> titles
    whole: set[str] = set()
    for entry, texts in zip(pool, read, strict=True):
        for text in texts:
            whole.add(text)
            for part in {text, *_lines(text)}:
                if len(part) >= SHORTEST:
                    carried[entry.source, part].add(entry.title)
    refrains = {part for (_, part), titles in carried.items() if _is_refrain(part, titles, part in whole)}
    return [
        replace(entry, summary=_without(summary, refrains), content=_without(content, refrains))
        for entry, (summary, content) in zip(pool, read, strict=True)
    ]


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
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def _without(text: str, refrains: set[str]) -> str:
    if text in refrains:
        return ""
    if not any(line in refrains for line in _lines(text)):
        return text
    return "\n".join(line for line in _lines(text) if line not in refrains)
