"""Entries as rows and back, and the keys they are known by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from curate.domain.model import OPENING, Entry, Image
from curate.domain.serialization import from_json, to_json
from curate.text.clean import cut_opening


@dataclass(slots=True)
class _Head:
    """The first line of an entry's body: JSON of what no query looks at."""

    summary: str
    author: str
    images: tuple[Image, ...]
    categories: tuple[str, ...]
    original: bool
    content: str = ""  # only in archives before version 7, which had no other lines


def row(entry: Entry, key: str, fingerprint: str, seen: str) -> dict[str, Any]:
    """An entry as a row of ENTRIES; `hash_key` is its key, `seen` a time as `iso` writes it.

    Its content is not put into JSON: escaping and unescaping it costs more than storing it.
    """
    head = _Head(entry.summary, entry.author, entry.images, entry.categories, entry.original)
    return {
        "key": key,
        "fingerprint": text_digest(fingerprint),
        "source": entry.source,
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": iso(entry.published),
        "dated": entry.dated,
        "seen": seen,
        "body": f"{to_json(head).decode()}\n{entry.content}",
    }


def hash_key(source: str, entry_id: str) -> str:
    """An entry's key in the archive: 40 hexadecimal digits."""
    return text_digest(f"{source}\0{entry_id}")


def body_digest(body: bytes) -> str:
    """What tells whether a document without validators is the same as last time."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def text_digest(text: str) -> str:
    """The same of a text."""
    return body_digest(text.encode("utf-8", "surrogatepass"))


def iso(time: datetime) -> str:
    """A time as every column holds it."""
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.isoformat(timespec="seconds")


def entry(row: Any) -> Entry:
    """The entry that a row of ENTRIES holds; without what it said, once that was pruned."""
    line, _, rest = row["body"].partition("\n")
    head = from_json(_Head, line) if line else _Head("", "", (), (), False)
    content = rest or head.content
    return Entry(
        source=row["source"],
        id=row["id"],
        url=row["url"],
        title=row["title"],
        published=datetime.fromisoformat(row["published"]),
        dated=row["dated"],
        summary=cut_opening(content) if head.summary == OPENING else head.summary,
        content=content,
        author=head.author,
        images=head.images,
        categories=head.categories,
        original=head.original,
    )
