"""Fit the advert model's weights, and say how good they are on accounts that were held out.

    python bench/advert_model.py [--write]

Titles of official accounts (`adverts.tsv` holds hash and answer; the first night's set has its own file), and titles
of real feeds as what is seldom an advert. `--write` writes `curate/curation/advert_weights.py`.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import numpy as np
from harness import DATA, parser
from numpy.typing import NDArray
from public import official_feeds, real_entries
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from curate.curation.advert_hints import RULES, find_hints
from curate.curation.advert_model import FEATURES, hit_features
from curate.curation.encoder import find_encoder

ANSWERS = Path(__file__).parent / "adverts.tsv"
WEIGHTS = Path(__file__).parents[1] / "curate" / "curation" / "advert_weights.py"
NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
# Scale of vectors and of hits before the penalty, and its inverse strength: chosen on held-out accounts.
VECTOR_SCALE, HIT_SCALE, C = 2.0, 2.0, 0.1
FOLDS = 5
SELDOM = 3
ORDINARY = 0.5  # what a title of a feed weighs beside a title that was read
DOUBTFUL = 0.45  # a feed's title with such a hint may well be an advert, and is left out

Titles = list[tuple[str, bool, str]]  # title, whether an advert, account


def main() -> None:
    wanted = parser(__doc__)
    wanted.add_argument("--write", action="store_true", help="write advert_weights.py")
    options = wanted.parse_args()
    rows, answers, groups, first, plain = gather()
    odds = held_out_odds(rows, answers, groups, plain)
    slope, shift = calibrate(odds, answers)
    sure = 1 / (1 + np.exp(-(slope * odds + shift)))
    for name, where in (("first night", first), ("all", first | True)):
        print(name, judged(sure[where], answers[where]))
    model = fit(rows, answers, plain)
    weights = slope * model.coef_[0]
    intercept = slope * model.intercept_[0] + shift
    on_feeds = 1 / (1 + np.exp(-(slope * model.decision_function(plain) + shift)))
    print(f"feeds: {len(plain)} titles, called adverts {int((on_feeds >= 0.6).sum())}")
    seldom = (rows[:, : len(FEATURES)] > 0).sum(axis=0) < SELDOM
    for column in np.flatnonzero(
        seldom[:-1]
    ).tolist():  # a rule that the titles hardly show keeps its own weight
        own = max(rule.weight for rule in RULES if rule.en == FEATURES[column])
        weights[column] = (np.log(own / (1 - own)) - intercept) / HIT_SCALE
    if options.write:
        write(weights[: len(FEATURES)] * HIT_SCALE, weights[len(FEATURES) :] * VECTOR_SCALE, intercept)


def held_out() -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of every title how likely it is an advert by weights of other accounts, whether it is one, and whether it is of
    the first night's set."""
    rows, answers, groups, first, plain = gather()
    odds = held_out_odds(rows, answers, groups, plain)
    slope, shift = calibrate(odds, answers)
    return 1 / (1 + np.exp(-(slope * odds + shift))), answers, first


def gather() -> tuple[
    NDArray[np.float64], NDArray[np.bool_], list[str], NDArray[np.bool_], NDArray[np.float64]
]:
    """Features, answers and accounts of the titles, which are of the first night's set, and features of feeds' titles."""
    first, others = first_night(), accounts()
    known = {title for title, _, _ in first}
    titles = [*first, *(row for row in others if row[0] not in known)]
    answers = np.array([advert for _, advert, _ in titles])
    part = np.arange(len(titles)) < len(first)
    rows = seen([title for title, _, _ in titles])
    return rows, answers, [account for *_, account in titles], part, seen(feed_titles())


def held_out_odds(
    rows: NDArray[np.float64], answers: NDArray[np.bool_], groups: list[str], plain: NDArray[np.float64]
) -> NDArray[np.float64]:
    odds = np.zeros(len(answers))
    for train, test in GroupKFold(FOLDS).split(rows, answers, groups):
        odds[test] = fit(rows[train], answers[train], plain).decision_function(rows[test])
    return odds


def seen(titles: list[str]) -> NDArray[np.float64]:
    encoder = find_encoder()
    assert encoder is not None, "the encoder's package is not installed"
    hits = hit_features([find_hints(title, "") for title in titles])
    return np.hstack([hits * HIT_SCALE, encoder.encode(titles).astype(np.float64) * VECTOR_SCALE])


def fit(
    rows: NDArray[np.float64], answers: NDArray[np.bool_], plain: NDArray[np.float64]
) -> LogisticRegression:
    weight = np.concatenate([np.ones(len(rows)), np.full(len(plain), ORDINARY)])
    every = np.concatenate([answers, np.zeros(len(plain), dtype=bool)])
    return LogisticRegression(C=C, max_iter=3000).fit(np.vstack([rows, plain]), every, sample_weight=weight)


def calibrate(odds: NDArray[np.float64], answers: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that make held-out odds probabilities (Platt 1999)."""
    platt = LogisticRegression(C=1e6).fit(odds.reshape(-1, 1), answers)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def recall_at(precision: float, sure: NDArray[np.float64], answers: NDArray[np.bool_]) -> float:
    """The largest share of the adverts that can be found with this precision."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(answers[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return float(answers[order][: enough[-1] + 1].sum() / answers.sum()) if len(enough) else 0.0


def judged(sure: NDArray[np.float64], answers: NDArray[np.bool_]) -> str:
    found = sure >= 0.6
    right = int((found & answers).sum())
    return (
        f"{len(answers)} titles, {int(answers.sum())} adverts: precision {right / max(found.sum(), 1):.3f}, "
        f"recall {right / answers.sum():.3f}, recall at precision .9 {recall_at(0.9, sure, answers):.3f}, "
        f"average precision {average_precision_score(answers, sure):.3f}"
    )


def first_night() -> Titles:
    with (DATA / "first_night" / "adverts.tsv").open(encoding="utf-8", newline="\n") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(" ".join(title.split()), answer == "1", account) for title, answer, account in rows]


def accounts() -> Titles:
    answers = dict(line.split("\t")[:2] for line in ANSWERS.read_text(encoding="utf-8").splitlines())
    found: Titles = []
    for _, body in sorted(official_feeds()):
        feed = feedparser.parse(body)
        for item in feed.entries:
            title = item.get("title", "").strip()
            digest = hashlib.sha256(f"{item.get('link', '')}\n{title}".encode()).hexdigest()[:16]
            if digest in answers:
                advert = answers[digest] == "advert"
                found.append((" ".join(title.split()), advert, feed.feed.get("title", "")))
    return found


def feed_titles() -> list[str]:
    found: dict[str, None] = {}
    for _, entries in real_entries():
        titles = (" ".join(entry.title.split()) for entry in entries[:15])
        found.update(dict.fromkeys(title for title in titles if title))
    return [
        t for t in found if max((weight for weight, _ in find_hints(t, "").found), default=0.0) < DOUBTFUL
    ]


def write(hits: NDArray[np.float64], vector: NDArray[np.float64], intercept: float) -> None:
    rows = "\n".join(f'    "{name}": {weight:.3f},' for name, weight in zip(FEATURES, hits, strict=True))
    packed = base64.b85encode(vector.astype("<f2").tobytes()).decode()
    WEIGHTS.write_text(
        '"""Weights of the advert model; `bench/advert_model.py --write` writes this file."""\n\n'
        "from __future__ import annotations\n\n"
        f"INTERCEPT = {intercept:.3f}\n\n# What each hint adds to the log-odds.\nHINTS = {{\n{rows}\n}}\n\n"
        f"# The same for each dimension of the vector: half floats, base 85.\nVECTOR = (\n    {packed!r}\n)\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
