"""How good grouping is on sets with known answers: what `curate stories eval` and the benchmark ask.

Events by the same vectors, likeness and average link as the night's; pairs of one topic, which is looser, by their
relatedness. Only the threshold may be chosen, on another set.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sklearn.metrics import roc_auc_score

from curate.curation import events
from curate.curation.groups import Pair, average_link
from curate.curation.measures import b_cubed, f1_of_pairs
from curate.curation.related import GRID as ALARMS_GRID
from curate.curation.related import related
from curate.curation.resemblance import compared
from curate.curation.terms import is_han
from curate.curation.ties import EVENT_HAN, EVENT_LATIN, likeness

# Thresholds that are tried on the set to choose on.
GRID = tuple(n / 100 for n in range(4, 61, 2))
# Pairs less alike count as not alike at all.
LEAST = 0.03
HEAD = 100  # characters of a text's first line that are read as its title


@dataclass(frozen=True, slots=True)
class Grouped:
    """Figures of a grouping, and the likeness from which two texts were put together."""

    threshold: float
    b3_f1: float
    b3_precision: float
    b3_recall: float
    pair_f1: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Figures of "these two are of one topic"."""

    threshold: float
    f1: float
    accuracy: float
    auc: float


def grouping(
    texts: Sequence[str],
    truth: Sequence[Hashable],
    tune: tuple[Sequence[str], Sequence[Hashable]] | None = None,
) -> Grouped:
    """Texts into events, against the truth. The threshold is the night's, or the best on `tune`."""
    threshold = _of_script(texts)
    if tune is not None:
        known = _likenesses(tune[0])
        threshold = max(GRID, key=lambda t: b_cubed(average_link(len(tune[0]), known, t), tune[1])[0])
    groups = average_link(len(texts), _likenesses(texts), threshold)
    home = {i: number for number, group in enumerate(groups) for i in group}
    pairs = list(combinations(range(len(texts)), 2))
    guessed = np.array([home[i] == home[j] for i, j in pairs], dtype=bool)
    same = np.array([truth[i] == truth[j] for i, j in pairs], dtype=bool)
    return Grouped(threshold, *b_cubed(groups, truth), f1_of_pairs(guessed, same))


def pairing(
    pairs: Sequence[tuple[str, str]],
    truth: Sequence[bool],
    tune: tuple[Sequence[tuple[str, str]], Sequence[bool]] | None = None,
) -> Paired:
    """Whether the two texts of each pair are of one topic. The threshold is that of `related.ALARMS`, or the best of
    `related.GRID` on `tune`.

    The texts of `tune` are among those that tell which words are rare; their answers choose the threshold alone.
    """
    known, known_truth = tune or ((), ())
    found = related([*known, *pairs])
    chosen, asked = found.pairs[: len(known)], found.pairs[len(known) :]
    answers, right = np.array(truth, dtype=bool), np.array(known_truth, dtype=bool)
    threshold = found.threshold()
    if len(known):
        threshold = max(map(found.threshold, ALARMS_GRID), key=lambda t: f1_of_pairs(chosen >= t, right))
    guessed = asked >= threshold
    auc = float(roc_auc_score(answers, asked)) if len(set(truth)) == 2 else 0.0
    return Paired(threshold, f1_of_pairs(guessed, answers), float((guessed == answers).mean()), auc)


def _of_script(texts: Sequence[str]) -> float:
    han = sum(is_han(text[:HEAD]) for text in texts)
    return EVENT_HAN if 2 * han >= len(texts) else EVENT_LATIN


def _split(text: str) -> tuple[str, str]:
    """The first line as the title, and the whole."""
    return text.strip().partition("\n")[0][:HEAD], text


def _likenesses(texts: Sequence[str]) -> dict[Pair, float]:
    space = events.space(events.counted([_split(text) for text in texts]))
    rows, columns = np.triu_indices(len(texts), 1)
    cosine, evidence = compared(space.matrix, space.rarity, rows, columns)
    near = np.flatnonzero(cosine >= LEAST)
    values = likeness(cosine[near], evidence[near])
    pairs = zip(rows[near].tolist(), columns[near].tolist(), strict=True)
    return {pair: value for pair, value in zip(pairs, values.tolist(), strict=True) if value}
