"""How well adverts are found on titles with known answers, as the night judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import average_precision_score

from curate.adverts.detect import ADVERT
from curate.adverts.hints import find_hints
from curate.adverts.model import advert_probability
from curate.text.encoder import Encode
from curate.text.entry_text import plain


@dataclass(frozen=True, slots=True)
class AdvertScore:
    """Shares of 0..1; `average_precision` is over all thresholds."""

    precision: float
    recall: float
    average_precision: float


def evaluate_adverts(
    titles: Sequence[str],
    answers: Sequence[bool],
    encode: Encode | None = None,
    sources: Sequence[str] = (),
) -> AdvertScore:
    """Judge titles without texts, and compare with the answers. `sources`: whose title each is, where that is
    known."""
    hints = [find_hints(plain(title), "") for title in titles]
    sure = advert_probability(hints, encode(titles) if encode else None, sources)
    found = sure >= ADVERT
    right = int(sum(f and a for f, a in zip(found.tolist(), answers, strict=True)))
    return AdvertScore(
        right / max(int(found.sum()), 1),
        right / max(sum(answers), 1),
        float(average_precision_score(answers, sure)) if any(answers) else 0.0,
    )
