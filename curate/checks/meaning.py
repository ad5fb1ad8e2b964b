"""What an account's own sentence means, whatever its words: how likely it induces or promises, rule by rule.

A logistic regression a rule over the sentence's vector. The weights (`meaning_weights.py`, numbers alone) were fitted by
`bench/check_model.py` on sentences written for it. It finds what no pattern foresaw, and is wrong more often than one:
so what it alone finds is a hint.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import numpy as np

from curate.checks.meaning_weights import INTERCEPTS, WEIGHTS
from curate.text.encoder import Encode

LIKELY = 0.3  # from which a sentence is told
MOST_SENTENCES = 80  # that are looked at


def judge_meaning(sentences: Sequence[str], encode: Encode) -> Mapping[str, frozenset[str]]:
    """The rules that each sentence is likely to break."""
    texts = list(dict.fromkeys(sentences))[:MOST_SENTENCES]
    if not texts:
        return {}
    rules = tuple(INTERCEPTS)
    weights = np.stack([_unpack(WEIGHTS[rule]) for rule in rules], axis=1)
    odds = encode(texts) @ weights + np.array([INTERCEPTS[rule] for rule in rules])
    likely = 1 / (1 + np.exp(-odds)) >= LIKELY
    return {
        text: frozenset(rule for rule, is_likely in zip(rules, row, strict=True) if is_likely)
        for text, row in zip(texts, likely.tolist(), strict=True)
    }


def _unpack(packed: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.frombuffer(base64.b85decode(packed), dtype="<f2").astype(np.float32)
