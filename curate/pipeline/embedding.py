"""Vectors of texts for an account: made once by the installed encoder, and kept in its archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from curate.text.encoder import Encode, Encoder, Vectors, find_encoder, pack, remember, unpack

if TYPE_CHECKING:
    from curate.storage.vectors import Vectors as StoredVectors


def encode_with_store(encoder: Encoder, store: StoredVectors, now: datetime) -> Encode:
    """The encoder, asked only for what the store does not have. Vectors are the same whether just made or kept."""

    def encode(texts: Sequence[str]) -> Vectors:
        known = store.find(encoder.id, texts)
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            made = dict(zip(new, pack(encoder.encode(new)), strict=True))
            store.keep(encoder.id, made, now)
            known |= made
        return unpack([known[text] for text in texts], encoder.dimensions)

    return remember(encode)


def account_encoder(store: StoredVectors, now: datetime) -> Encode | None:
    """What makes vectors for an account; None in an installation without an encoder."""
    encoder = find_encoder()
    return encode_with_store(encoder, store, now) if encoder else None
