"""Floors of quality on small slices of public data, a little under what was measured: later changes may not
quietly lose it. The whole table is `python bench/judgement.py`."""

from __future__ import annotations

import json
import lzma
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from curate.cli.evaluate import LabeledRow as Labeled
from curate.cli.evaluate import answer, read_labeled, read_topics
from curate.config.schema import OTHER, Topic
from curate.domain.model import Entry
from curate.stories.evaluate import evaluate_groups, evaluate_pairs
from curate.text.encoder import Encode, find_encoder, remember
from curate.topics.evaluate import Evaluation, evaluate

DATA = Path(__file__).parents[2] / "shared" / "data"
pytestmark = pytest.mark.slow
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")


def titles(name: str, count: int) -> list[Labeled]:
    """So many titles of THUCNews, drawn by chance."""
    path = DATA / "thucnews_titles" / name
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").split("\t") for line in lines]
    chosen = np.random.default_rng(0).permutation(len(pairs))[:count]
    return [Labeled(pairs[i][0], [f"t{pairs[i][1]}"], "") for i in chosen]


def thuc_topics() -> list[Topic]:
    raw = json.loads((DATA / "titles_zero_label.json").read_text(encoding="utf-8"))
    return [Topic(id=f"t{t['label']}", name=t["display"], keywords=tuple(t["keywords"])) for t in raw]


def night_set(name: str) -> tuple[list[Topic], list[Labeled]]:
    topics, names = read_topics(DATA / "first_night" / "topics.json")
    return topics, read_labeled(DATA / "first_night" / name, {OTHER: OTHER, **names})


@cache
def encode() -> Encode:
    encoder = find_encoder()
    assert encoder
    return remember(encoder.encode)


def measured(
    topics: list[Topic],
    archive: list[list[str]],
    test: list[Labeled],
    known: list[Labeled],
    *,
    is_open: bool = True,
) -> Evaluation:
    answers, sure = answer(topics, archive, known, test, encode(), is_open=is_open)
    return evaluate(answers, sure, [row.topics for row in test])


@needs_data
def test_topics_of_a_first_night_over_accounts_that_nobody_chose() -> None:
    topics, test = night_set("titles.tsv")
    path = DATA / "first_night" / "archive.tsv"
    archive = [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]
    found = measured(topics, archive, test, [])
    assert found.accuracy >= 0.70
    assert found.ece <= 0.09
    taught = measured(topics, archive, test[::2], test[1::2])
    assert taught.accuracy >= 0.76


@needs_data
def test_topics_of_feed_entries() -> None:
    topics, test = night_set("feed_entries.tsv")
    archive = [[row.text.partition("\n")[0], row.source] for row in test]
    found = measured(topics, archive, test, [])
    assert found.accuracy >= 0.70
    assert found.ece <= 0.14


@needs_data
def test_a_young_archive_costs_little() -> None:
    topics, test = night_set("titles.tsv")
    assert measured(topics, [], test, []).accuracy >= 0.60


@needs_data
def test_topics_of_a_balanced_benchmark() -> None:
    archive = [[row.text] for row in titles("train_partial.txt.xz", 1_500)]
    test = titles("dev.txt", 1_000)
    assert measured(thuc_topics(), archive, test, [], is_open=False).accuracy >= 0.70
    known = titles("train_partial.txt.xz", 2_500)[1_500:]
    assert measured(thuc_topics(), archive, test, known, is_open=False).accuracy >= 0.78


@needs_data
def test_events_of_ecb_topics_26_to_35_by_the_nights_own_threshold() -> None:
    with lzma.open(DATA / "ecbplus_events" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        docs = [doc for doc in map(json.loads, lines) if doc["topic"] > 25]
    found = evaluate_groups([d["text"] for d in docs], [d["event"] for d in docs], encode())
    assert found.b3_f1 >= 0.87
    assert found.b3_precision >= 0.97


@needs_data
def test_pairs_of_titles_of_official_accounts() -> None:
    rows = (DATA / "first_night" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    found = evaluate_pairs(
        [(_entry(r["a"]), _entry(r["b"]), bool(r["same"])) for r in map(json.loads, rows)], encode()
    )
    assert found.precision >= 0.88
    assert found.recall >= 0.8


def _entry(row: dict[str, str]) -> Entry:
    when = datetime.fromisoformat(row["published"])
    return Entry(row["source"], f"{when} {row['title']}", "", row["title"], when)
