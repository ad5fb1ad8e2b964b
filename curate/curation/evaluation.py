"""How good the sorting is on labels that it has not seen: per topic, how sure, and what is taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curate.curation.learning import Sorter, train
from curate.curation.measures import calibration_error, coverage_at
from curate.settings import OTHER, Topic

FOLDS = 5
# With fewer labels than this a cross-validation says more about chance than about the sorting.
ENOUGH = 20
PRECISION = 0.95
SHOWN = 10  # confusions that are told, the most frequent first


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How well one topic is found; `support` is how many test texts belong to it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares of 0..1. `ece` is the expected calibration error, `coverage_at_precision_95` the share of texts
    that can be decided, the surest first, with 95 % of them right."""

    accuracy: float
    macro_f1: float  # mean over the topics that the test has
    per_topic: dict[str, TopicScore]  # Topic.id -> score
    ece: float
    coverage_at_precision_95: float
    confusions: tuple[tuple[str, str, int], ...]  # (belongs to, was taken for, how often)
    count: int


def evaluate(sorter: Sorter, test: Sequence[tuple[str, str]]) -> Evaluation:
    """A sorter on (text, topic id) that it has not seen; every text gets its likeliest topic, "other" is none."""
    shares = sorter.probabilities([text for text, _ in test], closed=True)
    best = shares.argmax(axis=1)
    return _scored([sorter.topics[i] for i in best], shares.max(axis=1), [topic for _, topic in test])


def cross_validated(
    topics: Sequence[Topic], unlabelled: Sequence[str], labelled: Sequence[tuple[str, str]]
) -> Evaluation:
    """Each fold of the labels judged by a sorter that has seen the others and the unlabelled texts."""
    known = {topic.id for topic in topics} | {OTHER}
    labels = sorted(
        {(text, topic) for text, topic in labelled if topic in known}, key=lambda pair: pair[::-1]
    )
    guessed, sure, truth = [], [], []
    for fold in range(FOLDS):
        # sorted by topic and dealt in turn, so that every fold has its share of each
        test = [pair for i, pair in enumerate(labels) if i % FOLDS == fold]
        sorter = train(topics, unlabelled, [pair for i, pair in enumerate(labels) if i % FOLDS != fold])
        if not test:
            continue
        shares = sorter.probabilities([text for text, _ in test])
        guessed += [sorter.topics[i] for i in shares.argmax(axis=1)]
        sure.append(shares.max(axis=1))
        truth += [topic for _, topic in test]
    return _scored(guessed, np.concatenate(sure) if sure else np.zeros(0), truth)


def _scored(guessed: list[str], sure: NDArray[np.float64], truth: list[str]) -> Evaluation:
    names = sorted({*guessed, *truth})
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(names), len(names)), dtype=np.int64)
    for was, said in zip(truth, guessed, strict=True):
        table[place[was], place[said]] += 1
    per_topic = {name: _score(table, i) for i, name in enumerate(names)}
    tested = [score.f1 for score in per_topic.values() if score.support]
    right = np.array([was == said for was, said in zip(truth, guessed, strict=True)], dtype=bool)
    wrong = [(names[i], names[j], int(table[i, j])) for i, j in np.argwhere(table > 0) if i != j]
    return Evaluation(
        accuracy=float(right.mean()) if len(right) else 0.0,
        macro_f1=float(np.mean(tested)) if tested else 0.0,
        per_topic=per_topic,
        ece=calibration_error(sure, right),
        coverage_at_precision_95=coverage_at(sure, right, PRECISION) if len(right) else 0.0,
        confusions=tuple(sorted(wrong, key=lambda row: (-row[2], row[:2]))[:SHOWN]),
        count=len(truth),
    )


def _score(table: NDArray[np.int64], i: int) -> TopicScore:
    right, said, was = int(table[i, i]), int(table[:, i].sum()), int(table[i].sum())
    return TopicScore(
        precision=right / said if said else 0.0,
        recall=right / was if was else 0.0,
        f1=2 * right / (said + was) if said + was else 0.0,
        support=was,
    )
