"""Floors of quality on small slices of public data, a little under what was measured: later changes may not
quietly lose it. The whole table is `python bench/judgement.py`."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from curate.curation import events
from curate.curation.groups import average_link
from curate.curation.measures import b_cubed
from curate.curation.topics import train
from curate.settings import Topic

DATA = Path(__file__).parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")


def titles(name: str, count: int) -> list[tuple[str, str]]:
    path = DATA / "thucnews_titles" / name
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        pairs = [tuple(line.rstrip("\n").split("\t")) for line in lines]
    chosen = np.random.default_rng(0).permutation(len(pairs))[:count]
    return [(pairs[i][0], f"t{pairs[i][1]}") for i in chosen]


def topics() -> list[Topic]:
    raw = json.loads((DATA / "titles_zero_label.json").read_text(encoding="utf-8"))
    return [Topic(id=f"t{t['label']}", name=t["display"], keywords=tuple(t["keywords"])) for t in raw]


def accuracy(known: list[tuple[str, str]], unlabelled: list[str]) -> float:
    test = titles("dev.txt", 2000)
    sorter = train(topics(), unlabelled, known)
    guessed = sorter.probabilities([title for title, _ in test], closed=True).argmax(axis=1)
    return float(np.mean([sorter.topics[g] == label for g, (_, label) in zip(guessed, test, strict=True)]))


@needs_data
def test_topics_without_a_label_from_10_000_titles() -> None:
    assert accuracy([], [title for title, _ in titles("train_partial.txt.xz", 10_000)]) >= 0.755


@needs_data
def test_topics_from_10_000_labels() -> None:
    assert accuracy(titles("train_partial.txt.xz", 10_000), []) >= 0.87


@needs_data
def test_events_of_ecb_topics_26_to_35() -> None:
    with lzma.open(DATA / "ecbplus_events" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        docs = [doc for doc in map(json.loads, lines) if doc["topic"] > 25]
    matrix, _ = events.vectors([("", doc["text"]) for doc in docs])
    dense = (matrix @ matrix.T).toarray()
    pairs = {
        (int(i), int(j)): float(dense[i, j])
        for i, j in zip(*np.nonzero(np.triu(dense, 1) > 0.02), strict=True)
    }
    assert b_cubed(average_link(len(docs), pairs, 0.16), [doc["event"] for doc in docs])[0] >= 0.90
