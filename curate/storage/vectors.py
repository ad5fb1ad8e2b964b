"""What an encoder made of texts, kept as bytes: a text is encoded once, as long as the archive remembers it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from curate.storage.database import bulk
from curate.storage.database.rows import iso
from curate.storage.database.web_tables import VECTORS

CHUNK = 500  # keys asked for at once


class Vectors:
    """Vectors by encoder and text."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def find(self, encoder: str, texts: Iterable[str]) -> dict[str, bytes]:
        """Text -> vector, of those of the texts that this encoder (`Encoder.id`) has read before."""
        wanted = {_key(encoder, text): text for text in texts}
        keys, found = list(wanted), {}
        with self._transaction() as connection:
            for start in range(0, len(keys), CHUNK):
                query = select(VECTORS.c.key, VECTORS.c.vector)
                for name, vector in connection.execute(
                    query.where(VECTORS.c.key.in_(keys[start : start + CHUNK]))
                ):
                    found[wanted[name]] = vector
        return found

    def keep(self, encoder: str, vectors: Mapping[str, bytes], now: datetime) -> None:
        """Keep the vectors (text -> vector) of an encoder."""
        rows = [
            {"key": _key(encoder, text), "encoder": encoder, "made": iso(now), "vector": vector}
            for text, vector in vectors.items()
        ]
        with self._transaction() as connection:
            bulk.put(connection, VECTORS, rows)


def prune(connection: Connection, before: datetime) -> None:
    """Forget vectors made before; what is still asked for is encoded again."""
    connection.execute(VECTORS.delete().where(VECTORS.c.made < iso(before)))


def _key(encoder: str, text: str) -> str:
    return hashlib.sha1(
        f"{encoder}\n{text}".encode(errors="surrogatepass"), usedforsecurity=False
    ).hexdigest()
