"""Which entries are worth labelling most: those that the sorter is unsure of, and that differ from one another.

Uncertainty sampling by margin (Lewis and Gale 1994; Scheffer, Decomain and Wrobel 2001) picks ten tellings of one
riddle; so each pick makes what resembles it worth less, as in maximal marginal relevance (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from curate.curation import features
from curate.curation.learning import Sorter

# How many topics are named where the sorter is asked what it thinks.
NAMED = 2
# The pool that diversity chooses from: so many times what is asked for, the least sure.
WIDTH = 20


def worth_labelling(texts: Sequence[str], sorter: Sorter, count: int) -> list[int]:
    """Places of the texts whose labels would teach most, the most useful first."""
    if not texts or len(sorter.topics) < 2:
        return list(range(min(count, len(texts))))
    shares = np.sort(sorter.probabilities(texts), axis=1)
    doubt = 1 - (shares[:, -1] - shares[:, -2])
    pool = np.argsort(-doubt, kind="stable")[: count * WIDTH]
    vectors = features.vectors(sorter.vocabulary, [texts[i] for i in pool])
    worth, likeness = doubt[pool], np.zeros(len(pool))
    picked: list[int] = []
    while len(picked) < min(count, len(pool)):
        value = worth * (1 - likeness)
        value[picked] = -1.0
        best = int(value.argmax())
        picked.append(best)
        likeness = np.maximum(likeness, np.asarray((vectors @ vectors[[best]].T).toarray()).ravel())
    return [int(pool[i]) for i in picked]


def likeliest(texts: Sequence[str], sorter: Sorter) -> list[list[tuple[str, float]]]:
    """For each text the likeliest topics and how likely they are, the first first."""
    if not texts:
        return []
    shares = sorter.probabilities(texts)
    best = np.argsort(-shares, axis=1, kind="stable")[:, :NAMED]
    return [
        [(sorter.topics[i], float(row[i])) for i in places] for row, places in zip(shares, best, strict=True)
    ]
