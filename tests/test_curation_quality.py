"""Floors of quality on small slices of public data, a little under what was measured: later changes may not
quietly lose it. The whole table is `python bench/judgement.py`."""

from __future__ import annotations

import json
import lzma
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from curate.curation.story_evaluation import evaluate_groups, evaluate_pairs
from curate.curation.topics import train
from curate.model import Entry
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
def test_topics_from_20_labels_a_topic_and_10_000_titles() -> None:
    pool = titles("train_partial.txt.xz", 12_000)
    known = [
        pair
        for topic in topics()
        for pair in [(title, label) for title, label in pool[10_000:] if label == topic.id][:20]
    ]
    assert len(known) == 200
    assert accuracy(known, [title for title, _ in pool[:10_000]]) >= 0.775


@needs_data
def test_topics_from_10_000_labels() -> None:
    assert accuracy(titles("train_partial.txt.xz", 10_000), []) >= 0.87


@needs_data
def test_events_of_ecb_topics_26_to_35_by_the_nights_own_threshold() -> None:
    with lzma.open(DATA / "ecbplus_events" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        docs = [doc for doc in map(json.loads, lines) if doc["topic"] > 25]
    found = evaluate_groups([d["text"] for d in docs], [d["event"] for d in docs])
    assert found.b3_f1 >= 0.77
    assert found.b3_precision >= 0.97


@needs_data
def test_pairs_of_titles_of_official_accounts() -> None:
    rows = (DATA / "first_night" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    found = evaluate_pairs([(_entry(r["a"]), _entry(r["b"]), bool(r["same"])) for r in map(json.loads, rows)])
    assert found.precision >= 0.8
    assert found.recall >= 0.8


def _entry(row: dict[str, str]) -> Entry:
    when = datetime.fromisoformat(row["published"])
    return Entry(row["source"], f"{when} {row['title']}", "", row["title"], when)
