"""Fit the advert model's weights, and say how good they are on accounts that were held out.

    python bench/advert_model.py [--write]

Titles of official accounts (`adverts.tsv` holds hash and answer; the first night's set has its own file), titles that
were made up for this (`advert_examples.tsv`), and titles of real feeds as what is seldom an advert. `--write` writes
`curate/adverts/weights.py`.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import feedparser
import numpy as np
from harness import DATA, parser
from numpy.typing import NDArray
from public import official_feeds, real_entries
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from curate.adverts.detect import ADVERT
from curate.adverts.hints import find_hints
from curate.adverts.model import FEATURES, hit_features, log_odds, logistic, source_rates
from curate.adverts.rules import RULES
from curate.text.encoder import find_encoder

Numbers = NDArray[np.float64]
Rows = list[tuple[str, str, bool | None]]  # title, account, whether an advert where that is known

HERE = Path(__file__).parent
WEIGHTS = Path(__file__).parents[1] / "curate" / "curation" / "weights.py"
# Scale of vectors and of hits before the penalty, and its inverse strength: chosen on held-out accounts.
VECTOR_SCALE, HIT_SCALE, C = 2.0, 3.0, 0.2
FOLDS = 5
SUFFIX = " | wechat-feeds"  # what the feeds put behind an account's name
SELDOM = 3
ORDINARY = 0.5  # what a title of a feed weighs beside a title that was read
MADE_UP = 0.2, 0.5  # the same for a made-up advert, and for a made-up title that is none
DOUBTFUL = 0.45  # a feed's title with such a hint may well be an advert, and is left out


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of accounts: their features, whose they are, which were labeled, and how; the first of them are those of
    the first night's set."""

    rows: Numbers
    accounts: list[str]
    labeled: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    first: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Others:
    """Features, answers and weights of titles that are always learnt from: those of feeds, then those made up."""

    rows: Numbers
    answers: NDArray[np.bool_]
    weights: Numbers
    feeds: int


def main() -> None:
    wanted = parser(__doc__)
    wanted.add_argument("--write", action="store_true", help="write weights.py")
    options = wanted.parse_args()
    titles, others = gather()
    alone = held_out_odds(titles, others)
    usual = float(logistic(alone).mean())
    slope, source, shift = calibrate(alone, titles, usual)
    odds = slope * alone + source * source_log_odds(alone, titles, usual) + shift
    known = titles.labeled
    for name, where in (("first night", titles.first), ("others", known & ~titles.first), ("all", known)):
        print(name, judged(logistic(odds[where]), titles.answers[where]))
    model = fit(titles.rows[known], titles.answers[known], others)
    weights, intercept = model.coef_[0], float(model.intercept_[0])
    unknown = shift + source * float(log_odds(np.array([usual]))[0])  # of a source nothing is known of
    feeds = others.rows[: others.feeds]
    called = logistic(slope * model.decision_function(feeds) + unknown) >= ADVERT
    print(f"feeds: {len(feeds)} titles, called adverts {int(called.sum())}")
    hits = titles.rows[known][:, : len(FEATURES)]
    for column in np.flatnonzero((hits > 0).sum(axis=0) < SELDOM).tolist():
        # a rule that the titles hardly show keeps its own weight
        own = max(rule.weight for rule in RULES if rule.name == FEATURES[column])
        target = float(log_odds(np.array([own]))[0])
        weights[column] = ((target - unknown) / slope - intercept) / HIT_SCALE
    if options.write:
        numbers = {"INTERCEPT": intercept, "SLOPE": slope, "SOURCE": source, "SHIFT": shift, "USUAL": usual}
        write(numbers, weights[: len(FEATURES)] * HIT_SCALE, weights[len(FEATURES) :] * VECTOR_SCALE)


def held_out() -> tuple[Numbers, NDArray[np.bool_], NDArray[np.bool_]]:
    """Of every labeled title how likely it is an advert by weights of other accounts, whether it is one, and whether
    it is of the first night's set."""
    titles, others = gather()
    alone = held_out_odds(titles, others)
    usual = float(logistic(alone).mean())
    slope, source, shift = calibrate(alone, titles, usual)
    sure = logistic(slope * alone + source * source_log_odds(alone, titles, usual) + shift)
    return sure[titles.labeled], titles.answers[titles.labeled], titles.first[titles.labeled]


def gather() -> tuple[Titles, Others]:
    first = first_night()
    met = {title for title, *_ in first}
    rows = [*first, *(row for row in accounts() if row[0] not in met)]
    answers = [answer for *_, answer in rows]
    titles = Titles(
        features([title for title, *_ in rows]),
        [account for _, account, _ in rows],
        np.array([answer is not None for answer in answers]),
        np.array([bool(answer) for answer in answers]),
        np.arange(len(rows)) < len(first),
    )
    plain, made = feed_titles(), examples()
    return titles, Others(
        features([*plain, *(title for title, _ in made)]),
        np.array([*[False] * len(plain), *(advert for _, advert in made)]),
        np.array([*[ORDINARY] * len(plain), *(MADE_UP[not advert] for _, advert in made)]),
        len(plain),
    )


def features(titles: list[str]) -> Numbers:
    encoder = find_encoder()
    assert encoder is not None, "the encoder's package is not installed"
    hits = hit_features([find_hints(title, "") for title in titles])
    return np.hstack([hits * HIT_SCALE, encoder.encode(titles).astype(np.float64) * VECTOR_SCALE])


def fit(rows: Numbers, answers: NDArray[np.bool_], others: Others) -> LogisticRegression:
    return LogisticRegression(C=C, max_iter=3000).fit(
        np.vstack([rows, others.rows]),
        np.concatenate([answers, others.answers]),
        sample_weight=np.concatenate([np.ones(len(rows)), others.weights]),
    )


def held_out_odds(titles: Titles, others: Others) -> Numbers:
    """The log-odds of every title, labeled or not, by weights of other accounts."""
    odds = np.zeros(len(titles.rows))
    for train, test in GroupKFold(FOLDS).split(titles.rows, groups=titles.accounts):
        train = train[titles.labeled[train]]
        odds[test] = fit(titles.rows[train], titles.answers[train], others).decision_function(
            titles.rows[test]
        )
    return odds


def source_log_odds(alone: Numbers, titles: Titles, usual: float) -> Numbers:
    return log_odds(source_rates(logistic(alone), titles.accounts, usual))


def calibrate(alone: Numbers, titles: Titles, usual: float) -> tuple[float, float, float]:
    """What held-out odds and the source's rate weigh, and the shift, that make probabilities (Platt 1999)."""
    both = np.column_stack([alone, source_log_odds(alone, titles, usual)])
    platt = LogisticRegression(C=1e6).fit(both[titles.labeled], titles.answers[titles.labeled])
    return float(platt.coef_[0, 0]), float(platt.coef_[0, 1]), float(platt.intercept_[0])


def recall_at(precision: float, sure: Numbers, answers: NDArray[np.bool_]) -> float:
    """The largest share of the adverts that can be found with this precision."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(answers[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return float(answers[order][: enough[-1] + 1].sum() / answers.sum()) if len(enough) else 0.0


def judged(sure: Numbers, answers: NDArray[np.bool_]) -> str:
    found = sure >= ADVERT
    right = int((found & answers).sum())
    return (
        f"{len(answers)} titles, {int(answers.sum())} adverts: precision {right / max(found.sum(), 1):.3f}, "
        f"recall {right / answers.sum():.3f}, recall at precision .9 {recall_at(0.9, sure, answers):.3f}, "
        f"average precision {average_precision_score(answers, sure):.3f}"
    )


def first_night() -> Rows:
    return [
        (title, account, answer == "1")
        for title, answer, account in _table(DATA / "first_night" / "adverts.tsv")
    ]


def examples() -> list[tuple[str, bool]]:
    return [(title, answer == "1") for title, answer in _table(HERE / "advert_examples.tsv")]


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [[" ".join(title.split()), *rest] for title, *rest in rows]


def accounts() -> Rows:
    """All titles of the accounts, each once, labeled or not."""
    answers = dict(line.split("\t") for line in (HERE / "adverts.tsv").read_text("utf-8").splitlines())
    found: dict[tuple[str, str], bool | None] = {}
    for _, body in sorted(official_feeds()):
        feed = feedparser.parse(body)
        account = feed.feed.get("title", "").removesuffix(SUFFIX).strip()
        for item in feed.entries:
            title = item.get("title", "").strip()
            digest = hashlib.sha256(f"{item.get('link', '')}\n{title}".encode()).hexdigest()[:16]
            place = " ".join(title.split()), account
            if digest in answers:
                found[place] = answers[digest] == "advert"
            else:
                found.setdefault(place, None)
    return [(title, account, answer) for (title, account), answer in found.items()]


def feed_titles() -> list[str]:
    found: dict[str, None] = {}
    for _, entries in real_entries():
        titles = (" ".join(entry.title.split()) for entry in entries[:15])
        found.update(dict.fromkeys(title for title in titles if title))
    return [t for t in found if max((weight for weight, _ in find_hints(t, "")), default=0.0) < DOUBTFUL]


def write(numbers: dict[str, float], hits: Numbers, vector: Numbers) -> None:
    lines = "\n".join(f"{name} = {number:.4f}" for name, number in numbers.items())
    rows = "\n".join(f'    "{name}": {weight:.3f},' for name, weight in zip(FEATURES, hits, strict=True))
    packed = base64.b85encode(vector.astype("<f2").tobytes()).decode()
    WEIGHTS.write_text(
        '"""Weights of the advert model; `bench/advert_model.py --write` writes this file."""\n\n'
        "from __future__ import annotations\n\n"
        "# Log-odds of a piece by itself; what they and those of its source's other pieces weigh; the usual share.\n"
        f"{lines}\n\n# What each hint adds to the log-odds.\nHINTS = {{\n{rows}\n}}\n\n"
        f"# The same for each dimension of the vector: half floats, base 85.\nVECTOR = (\n    {packed!r}\n)\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
