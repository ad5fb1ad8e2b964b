"""Fit the model of what may be printed under a title, and say how good it is on feeds that were held out.

    python bench/lead_model.py [--write]

Leads of real feeds (`leads.tsv` holds hash and answer: `print` or `strike`, and whether the rules alone would have
printed it). A third of the feeds has no label and is for drawing what others read: `bench/summaries.py --unseen`.
`--write` writes `curate/text/summary/lead_weights.py`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from harness import FEEDS, parser
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from summaries import COMPARED, LIMIT, entries_of, is_unseen, text_of

from curate.domain.model import Entry
from curate.text.clean import plain_prose
from curate.text.encoder import find_encoder
from curate.text.language import language
from curate.text.summary import choose
from curate.text.summary.choose import SentenceRun, refrains
from curate.text.summary.lead_model import FEATURES, lead_features
from curate.text.summary.shorten import shorten_sentence

ANSWERS = Path(__file__).parent / "leads.tsv"
WEIGHTS = Path(__file__).parents[1] / "curate" / "text" / "summary" / "lead_weights.py"
# Scale of vectors before the penalty, and its inverse strength: chosen on held-out feeds.
VECTOR_SCALE, C = 8.0, 0.01
FOLDS = 8
STARTS = 12  # sentences of a text that a labeled lead may begin with
Rows = NDArray[np.float64]
Answers = NDArray[np.bool_]


class Labeled(NamedTuple):
    """A lead and what its reader said."""

    feed: str
    lead: SentenceRun
    struck: bool
    printed: bool  # by the rules alone


def main() -> None:
    wanted = parser(__doc__)
    wanted.add_argument("--data", type=Path, default=FEEDS)
    wanted.add_argument("--write", action="store_true", help="write lead_weights.py")
    options = wanted.parse_args()
    labeled = gather(options.data, read_answers())
    struck = np.array([one.struck for one in labeled])
    printed = np.array([one.printed for one in labeled])
    feeds = [one.feed for one in labeled]
    form, vectors = measure([one.lead for one in labeled])
    print(f"{len(labeled)} leads of {len(set(feeds))} feeds found, {int(struck.sum())} struck")
    for name, rows in (("form alone", form), ("form and meaning", np.hstack([form, vectors]))):
        odds = held_out_odds(rows, struck, feeds)
        print(f"{name}: {judged(odds, struck, printed)}")
    slope, shift = calibrate(odds, struck)
    if options.write:
        write(*fit(np.hstack([form, vectors]), struck), slope, shift)


def read_answers() -> dict[str, tuple[bool, bool]]:
    """By hash whether the lead was struck, and whether the rules alone would have printed it."""
    rows = [line.split("\t") for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    return {digest: (answer == "strike", by == "rules") for digest, answer, by in rows}


def gather(data: Path, answers: dict[str, tuple[bool, bool]]) -> list[Labeled]:
    found: dict[str, Labeled] = {}
    for path in sorted((data / "real").glob("*.xz")):
        if is_unseen(path):
            continue
        told = [(entry, text_of(entry)) for entry in entries_of(path) if entry.title]
        known = refrains((entry.title, text) for entry, text in told[:COMPARED])
        for entry, text in told:
            for lead in every_lead_of(entry, text, known):
                digest = digest_of(entry.title, lead.text)
                if digest in answers and digest not in found:
                    found[digest] = Labeled(path.name, lead, *answers[digest])
    return list(found.values())


def digest_of(title: str, text: str) -> str:
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:16]


def every_lead_of(entry: Entry, text: str, known: frozenset[str]) -> Iterator[SentenceRun]:
    """Those of the running text, and then those of the text with lists and captions."""
    prose = plain_prose(entry.content)
    for one in dict.fromkeys((prose or text, text)):
        yield from every_lead(entry.title, one, known)


def every_lead(title: str, text: str, known: frozenset[str]) -> Iterator[SentenceRun]:
    """Runs from each of the first sentences, of each length that fits, whether the rules would take them or not."""
    text_language = language(text or title)
    allowed = LIMIT if text_language == "zh" else 2 * LIMIT
    usable = choose.usable_sentences(text, title, text_language, known)
    for start, sentence in enumerate(usable[:STARTS]):
        run = choose.run_of(usable[start:], allowed)
        texts = [choose.join_sentences(run[:size]) for size in range(1, len(run) + 1)]
        for one in texts or [shorten_sentence(sentence.text, allowed)]:
            yield SentenceRun(one, sentence.place, sentence.first, len(text), 0.0)


def measure(leads: list[SentenceRun]) -> tuple[Rows, Rows]:
    encoder = find_encoder()
    assert encoder is not None, "the encoder's package is not installed"
    return lead_features(leads), encoder.encode([lead.text for lead in leads]).astype(np.float64)


def held_out_odds(rows: Rows, struck: Answers, feeds: list[str]) -> Rows:
    """Of every lead the log-odds by weights of other feeds."""
    odds = np.zeros(len(struck))
    for train, test in GroupKFold(FOLDS).split(rows, struck, feeds):
        weights, intercept = fit(rows[train], struck[train])
        odds[test] = rows[test] @ weights + intercept
    return odds


def fit(rows: Rows, struck: Answers) -> tuple[Rows, float]:
    """Weights of the features as they are measured, and the intercept."""
    center, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    center[len(FEATURES) :], spread[len(FEATURES) :] = 0.0, 1 / VECTOR_SCALE
    model = LogisticRegression(C=C, max_iter=3000).fit((rows - center) / spread, struck)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - center @ weights)


def calibrate(odds: Rows, struck: Answers) -> tuple[float, float]:
    """Slope and shift that make held-out odds probabilities (Platt 1999)."""
    platt = LogisticRegression(C=1e6).fit(odds.reshape(-1, 1), struck)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def judged(odds: Rows, struck: Answers, printed: Answers) -> str:
    order = struck[printed][np.argsort(-odds[printed], kind="stable")]
    left = ", ".join(
        f"{order[round(share * len(order)) :].mean():.3f} after {share:.0%}"
        for share in (0, 0.05, 0.1, 0.15, 0.2)
    )
    return (
        f"AUC {roc_auc_score(struck, odds):.3f}, of what the rules print {roc_auc_score(struck[printed], odds[printed]):.3f}; "
        f"struck of what is left when the likeliest go: {left}"
    )


def write(weights: Rows, intercept: float, slope: float, shift: float) -> None:
    form, vector = slope * weights[: len(FEATURES)], slope * weights[len(FEATURES) :]
    rows = "\n".join(f'    "{name}": {weight:.4f},' for name, weight in zip(FEATURES, form, strict=True))
    packed = base64.b85encode(vector.astype("<f2").tobytes()).decode()
    WEIGHTS.write_text(
        '"""Weights of the model of leads; `bench/lead_model.py --write` writes this file."""\n\n'
        "from __future__ import annotations\n\n"
        f"INTERCEPT = {slope * intercept + shift:.4f}\n\n"
        f"# What each measure of the form adds to the log-odds that a lead is struck.\nFORM_WEIGHTS = {{\n{rows}\n}}\n\n"
        f"# The same for each dimension of the vector: half floats, base 85.\nVECTOR = (\n    {packed!r}\n)\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
