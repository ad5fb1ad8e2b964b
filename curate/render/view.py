"""What templates are given: the digest, its texts, and small functions that need the account's language and zone."""

from __future__ import annotations

from typing import Any

from curate.model import Digest, Item
from curate.render.safe import safe_address
from curate.render.words import clock, long_date, others, speaker

MARK_SEPARATOR = " · "


def view(digest: Digest) -> dict[str, Any]:
    """The names that every template may use; docs/channels.md lists them."""
    say = speaker(digest.language)
    return {
        "digest": digest,
        "t": say,
        "date": long_date(digest.date, digest.language),
        "items": items(digest),
        "total": len(items(digest)),
        "lead": digest.lead,
        "sections": [s for s in digest.sections if s.items],
        "is_lead": lambda item: item.number == digest.lead.number,
        "mark": lambda item: f"{item.number:02d}",
        "when": lambda item: clock(item, digest),
        "by": lambda item: _by(item, digest),
        "also": lambda item: others(item, digest.language),
        "address": safe_address,
        "facts": MARK_SEPARATOR.join(
            (
                say("items", n=len(items(digest))),
                say("sources", n=len(digest.credits)),
                say("minutes", n=digest.minutes),
            )
        ),
    }


def items(digest: Digest) -> list[Item]:
    """Every item once, by number; the lead among them even if no section holds it."""
    found = {item.number: item for section in digest.sections for item in section.items}
    found.setdefault(digest.lead.number, digest.lead)
    return [found[number] for number in sorted(found)]


def _by(item: Item, digest: Digest) -> str:
    """Source, author where known and not the source's own name, time; an editor's piece says so first."""
    author = item.author if item.author.casefold() != item.source.casefold() else ""
    note = speaker(digest.language)("note") if item.original else ""
    return MARK_SEPARATOR.join(part for part in (note, item.source, author, clock(item, digest)) if part)
