"""How close entries are to what an account says it is about, by meaning: its one sentence and its audience's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from curate.config.schema import Account
from curate.domain.model import Entry, EntryKey
from curate.text.encoder import Encode
from curate.text.entry_text import NO_TEXTS, EntryTexts, text_of

# An entry so many standard deviations nearer than tonight's usual one is as close as can be told.
NEAREST = 2.0
# Of fewer entries no usual one can be told.
ENOUGH = 5


def measure_closeness(
    entries: Sequence[Entry], account: Account, encode: Encode | None, texts: EntryTexts = NO_TEXTS
) -> Mapping[EntryKey, float]:
    """Say of each entry how close it is, among tonight's: from 0 for the usual one on to 1. Nothing without an
    encoder, without a sentence, or where tonight's entries are too few."""
    said = [text for text in (account.positioning, " ".join(account.audience)) if text.strip()]
    if encode is None or not said or len(entries) < ENOUGH:
        return {}
    target = encode(said).mean(axis=0)
    nearness = encode([text_of(entry, texts).gist for entry in entries])
    nearness = nearness @ (target / np.linalg.norm(target))
    spread = float(nearness.std()) or 1.0
    close = np.clip((nearness - nearness.mean()) / (NEAREST * spread), 0.0, 1.0)
    return {entry.key: value for entry, value in zip(entries, close.tolist(), strict=True)}
