"""How good merging is on sets with known answers: all of a set's entries are merged as one night would."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

import numpy as np

from curate.domain.model import Entry, EntryKey
from curate.stories.merge import merge
from curate.text.encoder import Encode
from curate.text.metrics import b_cubed, f1_of_pairs

HEAD = 100  # characters of a text's first line that are read as its title
_THEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PairScore:
    """Precision, recall and their harmonic mean of "these two tell one event", each 0..1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class GroupScore:
    """B3 F1, precision and recall of a grouping (Bagga and Baldwin 1998), and F1 over its pairs, each 0..1."""

    b3_f1: float
    b3_precision: float
    b3_recall: float
    pair_f1: float


def evaluate_pairs(pairs: Sequence[tuple[Entry, Entry, bool]], encode: Encode | None = None) -> PairScore:
    """Merge every entry of (one, other, same event) and compare which of the pairs came together."""
    home = _number_stories(
        {entry.key: entry for one, other, _ in pairs for entry in (one, other)}.values(), encode
    )
    return _score([home[one.key] == home[other.key] for one, other, _ in pairs], [same for *_, same in pairs])


def evaluate_groups(
    texts: Sequence[str], events: Sequence[Hashable], encode: Encode | None = None
) -> GroupScore:
    """Merge documents, each of a source of its own, and compare the stories with the events."""
    entries = [_document(i, text) for i, text in enumerate(texts)]
    home = _number_stories(entries, encode)
    groups: dict[int, list[int]] = {}
    for i, entry in enumerate(entries):
        groups.setdefault(home[entry.key], []).append(i)
    pairs = list(combinations(range(len(texts)), 2))
    together = [home[entries[i].key] == home[entries[j].key] for i, j in pairs]
    same = _score(together, [events[i] == events[j] for i, j in pairs])
    return GroupScore(*b_cubed(list(groups.values()), events), same.f1)


def _document(number: int, text: str) -> Entry:
    head, _, rest = text.strip().partition("\n")
    name = f"{number:06}"
    body = rest if len(head) <= HEAD else text
    return Entry(source=name, id=name, url="", title=head[:HEAD], published=_THEN, content=body)


def _number_stories(entries: Iterable[Entry], encode: Encode | None) -> dict[EntryKey, int]:
    """The number of each entry's story."""
    pool = list(entries)
    stories, _ = merge(pool, encode=encode)
    return {
        entry.key: number
        for number, story in enumerate(stories)
        for entry in (story.lead, *(echo.entry for echo in story.echoes))
    }


def _score(found: Sequence[bool], truth: Sequence[bool]) -> PairScore:
    right = sum(1 for f, t in zip(found, truth, strict=True) if f and t)
    precision, recall = right / max(sum(found), 1), right / max(sum(truth), 1)
    return PairScore(precision, recall, f1_of_pairs(np.array(found, dtype=bool), np.array(truth, dtype=bool)))
