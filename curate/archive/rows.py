"""Entries as rows and back, and the keys they are known by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from curate.codec import from_json, to_json
from curate.model import OPENING, Entry, Image
from curate.text.clean import opening


@dataclass(frozen=True, slots=True)
class _Body:
    """What is heavy in an entry, stored as one JSON column."""

    summary: str
    content: str
    author: str
    images: tuple[Image, ...]
    categories: tuple[str, ...]
    original: bool


def row(entry: Entry, key: str, fingerprint: str, seen: str) -> dict[str, Any]:
    """An entry as a row of ENTRIES; `key` is its key, `seen` a time as `iso` writes it."""
    body = _Body(entry.summary, entry.content, entry.author, entry.images, entry.categories, entry.original)
    return {
        "key": key,
        "fingerprint": _hash(fingerprint),
        "source": entry.source,
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": iso(entry.published),
        "dated": entry.dated,
        "seen": seen,
        "body": to_json(body).decode(),
    }


def key(source: str, entry_id: str) -> str:
    """An entry's key in the archive: 40 hexadecimal digits."""
    return _hash(f"{source}\0{entry_id}")


def body_digest(body: bytes) -> str:
    """What tells whether a document without validators is the same as last time."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def _hash(text: str) -> str:
    return body_digest(text.encode("utf-8", "surrogatepass"))


def iso(time: datetime) -> str:
    """A time as every column holds it."""
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.isoformat(timespec="seconds")


def entry(row: Any) -> Entry:
    """The entry that a row of ENTRIES holds."""
    body = from_json(_Body, row["body"])
    return Entry(
        source=row["source"],
        id=row["id"],
        url=row["url"],
        title=row["title"],
        published=datetime.fromisoformat(row["published"]),
        dated=row["dated"],
        summary=opening(body.content) if body.summary == OPENING else body.summary,
        content=body.content,
        author=body.author,
        images=body.images,
        categories=body.categories,
        original=body.original,
    )
