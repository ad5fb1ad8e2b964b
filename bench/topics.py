"""How good the sorting by topic is, as `curate topics eval` measures it, on public sets: a part of judgement.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from harness import DATA, Clock, wilson
from numpy.typing import NDArray
from public import NAMES, Row, opened, thuc_topics, thucnews, titles

from curate.cli.evaluate import LabeledRow as Labeled
from curate.cli.evaluate import answer, read_labeled, read_topics
from curate.config.schema import OTHER, Topic
from curate.text.encoder import find_encoder, remember
from curate.topics.evaluate import Evaluation, evaluate

DRAWS, FOLDS = 8, 5
NIGHT = DATA / "first_night"
_encoder = find_encoder()
ENCODE = remember(_encoder.encode) if _encoder else None

Rows = NDArray[np.intp]
Titles = Sequence[Sequence[str]]  # title, and its source where known


def measured(
    topics: Sequence[Topic],
    archive: Titles,
    test: Sequence[Labeled],
    known: Sequence[Labeled] = (),
    *,
    is_open: bool = True,
) -> Evaluation:
    answers, sure = answer(topics, archive, known, test, ENCODE, is_open=is_open)
    return evaluate(answers, sure, [row.topics for row in test])


def interval(share: float, count: int) -> str:
    low, high = wilson(share, count)
    return f"{low:.2f}–{high:.2f}"


def night_set(test: str) -> tuple[list[Topic], list[Labeled]]:
    topics, names = read_topics(NIGHT / "topics.json")
    return topics, read_labeled(NIGHT / test, {OTHER: OTHER, **names})


def archive() -> list[list[str]]:
    return [line.rstrip("\n").split("\t") for line in opened("first_night/archive.tsv")]


def rows(name: str, what: str, found: Evaluation, clock: Clock) -> list[Row]:
    seconds = clock.cpu
    note = f"{interval(found.accuracy, found.count)}; {found.placed:.2f} placed, {found.right_of_placed:.2f} of them right"
    return [
        Row(name, f"{what}: right", found.accuracy, seconds, note),
        Row(name, "same: calibration error", found.ece, seconds),
        Row(name, "same: share decided at 95 % precision", found.coverage_at_precision_95, seconds),
    ]


def first_night() -> list[Row]:
    clock = Clock()
    topics, test = night_set("titles.tsv")
    return rows("first", "titles of accounts, no labels", measured(topics, archive(), test), clock)


def feed_entries() -> list[Row]:
    clock = Clock()
    topics, test = night_set("feed_entries.tsv")
    read = [[row.text.partition("\n")[0], row.source] for row in test]
    return rows("feeds", "entries of feeds, no labels", measured(topics, read, test), clock)


def labeled() -> list[Row]:
    """Labels of the account's own: 100 drawn 8 times, and 4 of 5 folds."""
    clock = Clock()
    topics, test = night_set("titles.tsv")
    orders = [np.random.default_rng(seed).permutation(len(test)) for seed in range(DRAWS)]
    drawn = [(order[:100], order[100:]) for order in orders]
    folds = [(np.delete(orders[0], np.s_[fold::FOLDS]), orders[0][fold::FOLDS]) for fold in range(FOLDS)]
    return [
        _mean("titles of accounts, 100 labels: right", topics, test, drawn, clock),
        _mean("titles of accounts, 400 labels: right", topics, test, folds, clock),
    ]


def _mean(
    what: str, topics: list[Topic], test: list[Labeled], parts: Sequence[tuple[Rows, Rows]], clock: Clock
) -> Row:
    """The mean over parts of the test (known, asked); its calibration error is that of all answers together, because
    that of a hundred would be mostly chance."""
    said: list[str] = []
    sure: list[float] = []
    truth: list[list[str]] = []
    for known, asked in parts:
        rest = [test[i] for i in asked]
        answers, confidence = answer(topics, archive(), [test[i] for i in known], rest, ENCODE, is_open=True)
        said, sure, truth = said + answers, sure + confidence, truth + [row.topics for row in rest]
    right = [
        np.mean(part)
        for part in np.array_split([a in b for a, b in zip(said, truth, strict=True)], len(parts))
    ]
    note = f"mean of {len(parts)}, deviation {np.std(right):.3f}; calibration error {evaluate(said, sure, truth).ece:.3f}"
    return Row("labels", what, float(np.mean(right)), clock.cpu, note)


def _dev() -> list[Labeled]:
    return [Labeled(title, [topic], "") for title, topic in thucnews("dev.txt")]


def thuc_zero() -> list[Row]:
    clock = Clock()
    read = [[title] for title, _ in thucnews("train_partial.txt.xz")]
    found = measured(thuc_topics(), read, _dev(), is_open=False)
    return rows("thuc", "THUCNews titles, no labels", found, clock)


def thuc_few() -> list[Row]:
    clock, every, known = Clock(), thucnews("train_partial.txt.xz"), []
    left = Counter({topic.id: 100 for topic in thuc_topics()})
    for i in np.random.default_rng(0).permutation(len(every)):
        if left[every[i][1]]:
            left[every[i][1]] -= 1
            known.append(Labeled(every[i][0], [every[i][1]], ""))
    found = measured(thuc_topics(), [[title] for title, _ in every], _dev(), known, is_open=False)
    return rows("thuc100", "THUCNews titles, 100 labels a topic", found, clock)


def thuc_all() -> list[Row]:
    """All labels of train, which no night has: what the learning is good for beside other benchmarks."""
    clock = Clock()
    known = [Labeled(title, [topic], "") for title, topic in thucnews("train_partial.txt.xz")]
    found = measured(thuc_topics(), [], _dev(), known, is_open=False)
    return rows("thucall", "THUCNews titles, all labels", found, clock)


def tnews() -> list[Row]:
    """A tenth of the training set is reported on, some of the others are the archive."""
    clock, known = Clock(), list(dict(titles("tnews/train.tsv.xz")).items())
    order = np.random.default_rng(0).permutation(len(known))
    held, rest = order[: len(known) // 10], order[len(known) // 10 :]
    test = [Labeled(known[i][0], [known[i][1]], "") for i in held]
    topics = [Topic(id=label, name=name) for label, name in NAMES.items()]
    found = measured(topics, [[known[i][0]] for i in rest[:5_000]], test, is_open=False)
    return rows("tnews", "TNEWS titles, names alone, archive of 5,000", found, clock)


TABLE: dict[str, Callable[[], list[Row]]] = {
    "first": first_night,
    "feeds": feed_entries,
    "labels": labeled,
    "thuc": thuc_zero,
    "thuc100": thuc_few,
    "thucall": thuc_all,
    "tnews": tnews,
}
