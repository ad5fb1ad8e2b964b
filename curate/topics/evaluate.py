"""How good the sorting is on documents whose topics are known and that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curate.config.schema import OTHER
from curate.text.metrics import calibration_error, coverage_at

# With fewer labels than this a cross-validation says more about chance than about the sorting.
ENOUGH = 20
PRECISION = 0.95
SHOWN = 10  # confusions that are told, the most frequent first


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How well one topic is found; `support` is how many test documents belong to it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares of 0..1. `ece` is the expected calibration error, `coverage_at_precision_95` the share of documents
    that can be decided, the surest first, with 95 % of them right."""

    accuracy: float
    placed: float  # the share that got a topic and not "other"
    right_of_placed: float
    macro_f1: float  # mean over the topics that the test has
    per_topic: dict[str, TopicScore]  # Topic.id -> score
    ece: float
    coverage_at_precision_95: float
    confusions: tuple[tuple[str, str, int], ...]  # (belongs to, was taken for, how often)
    count: int


def evaluate(
    answers: Sequence[str], confidence: Sequence[float], truth: Sequence[Sequence[str]]
) -> Evaluation:
    """Topics' ids as answered, how sure each answer was, and what would be right: one or several, the first the best.

    Where a document has several topics that are right, it counts as of the one that was answered, if it was one.
    """
    sure = np.asarray(confidence, np.float64)
    right = np.array([said in rights for said, rights in zip(answers, truth, strict=True)], dtype=bool)
    was = [said if said in rights else rights[0] for said, rights in zip(answers, truth, strict=True)]
    placed = np.array([said != OTHER for said in answers], dtype=bool)
    names, table = _confusion(answers, was)
    per_topic = {name: _score(table, i) for i, name in enumerate(names)}
    tested = [score.f1 for score in per_topic.values() if score.support]
    wrong = [(names[i], names[j], int(table[i, j])) for i, j in np.argwhere(table > 0) if i != j]
    return Evaluation(
        accuracy=_share(right),
        placed=_share(placed),
        right_of_placed=_share(right[placed]),
        macro_f1=float(np.mean(tested)) if tested else 0.0,
        per_topic=per_topic,
        ece=calibration_error(sure, right),
        coverage_at_precision_95=coverage_at(sure, right, PRECISION) if len(right) else 0.0,
        confusions=tuple(sorted(wrong, key=lambda row: (-row[2], row[:2]))[:SHOWN]),
        count=len(right),
    )


def _share(flags: NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _confusion(answers: Sequence[str], was: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    names = sorted({*answers, *was})
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(names), len(names)), dtype=np.int64)
    for said, is_of in zip(answers, was, strict=True):
        table[place[is_of], place[said]] += 1
    return names, table


def _score(table: NDArray[np.int64], i: int) -> TopicScore:
    right, said, was = int(table[i, i]), int(table[:, i].sum()), int(table[i].sum())
    return TopicScore(
        precision=right / said if said else 0.0,
        recall=right / was if was else 0.0,
        f1=2 * right / (said + was) if said + was else 0.0,
        support=was,
    )
