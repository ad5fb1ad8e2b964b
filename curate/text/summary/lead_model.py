"""How likely an editor would strike a lead under its title: a logistic regression over its form and its meaning.

The weights (`lead_weights.py`, numbers alone) were fitted by `bench/lead_model.py` on leads that a reader labeled.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curate.text.encoder import Encode, Vectors
from curate.text.summary.choose import SentenceRun
from curate.text.summary.lead_form import FORM
from curate.text.summary.lead_weights import FORM_WEIGHTS, INTERCEPT, VECTOR

_FARTHEST = 12.0
FEATURES = (*FORM, "place", "not the beginning", "inside a paragraph", "length of the text")
# From this probability on a lead is not printed: nothing reads better than a line that would be struck.
STRUCK = 0.75
# Under this one no other is looked for: rules know better than the model which of two good leads is the better.
GOOD = 0.38
_TRIED = 5  # leads of an article


def choose_leads(offered: Sequence[Sequence[SentenceRun]], encode: Encode | None) -> list[str]:
    """For each article the first of its leads, which come best first, that is good, whole or without its last
    sentences; else of the first few the one that an editor would least likely strike; "" where he would strike them all.
    Without an encoder the first, as the rules alone have it."""
    if encode is None:
        return [leads[0].text if leads else "" for leads in offered]
    tried = [[form for lead in leads[:_TRIED] for form in _forms(lead)] for leads in offered]
    doubted: list[list[tuple[str, float]]] = [[] for _ in tried]
    unsettled = [n for n, forms in enumerate(tried) if forms]
    while unsettled:  # the next form of those alone of which none is good yet: few are encoded
        asked = [tried[n][len(doubted[n])] for n in unsettled]
        doubts = strike_probability(asked, encode([lead.text for lead in asked])).tolist()
        for n, lead, doubt in zip(unsettled, asked, doubts, strict=True):
            doubted[n].append((lead.text, doubt))
        unsettled = [n for n in unsettled if doubted[n][-1][1] >= GOOD and len(doubted[n]) < len(tried[n])]
    return [_least_doubted(forms) for forms in doubted]


def _forms(lead: SentenceRun) -> list[SentenceRun]:
    return [lead, *(lead._replace(text=text) for text in lead.shorter)]


def _least_doubted(doubted: Sequence[tuple[str, float]]) -> str:
    good = next((text for text, doubt in doubted if doubt < GOOD), "")
    if good or not doubted:
        return good
    text, doubt = min(doubted, key=lambda one: one[1])
    return text if doubt < STRUCK else ""


def lead_features(leads: Sequence[SentenceRun]) -> NDArray[np.float64]:
    """One row a lead, a column for each of FEATURES."""
    rows = [[*(measure(lead.text) for measure in FORM.values()), *_position(lead)] for lead in leads]
    return np.array(rows, dtype=np.float64).reshape(len(leads), len(FEATURES))


def strike_probability(leads: Sequence[SentenceRun], vectors: Vectors) -> NDArray[np.float64]:
    """The probability that each lead would be struck; `vectors` are of their texts."""
    weights = np.frombuffer(base64.b85decode(VECTOR), dtype="<f2").astype(np.float64)
    form = np.array([FORM_WEIGHTS[name] for name in FEATURES])
    odds = lead_features(leads) @ form + vectors.astype(np.float64) @ weights + INTERCEPT
    found: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return found


def _position(lead: SentenceRun) -> tuple[float, ...]:
    return (
        min(float(lead.place), _FARTHEST),
        float(lead.place > 1),
        float(not lead.first),
        math.log(20 + lead.size),
    )
