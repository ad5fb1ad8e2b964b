"""`curate sources suggest`: the evidence is read from the archive."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path

from curate.app.account import open_archive
from curate.config.schema import Config
from curate.pipeline.suggest_sources import (
    CITED_FOR,
    NIGHTS,
    SourceEvidence,
    Suggestion,
    count_citations,
    suggest,
)


def suggest_sources(config: Config, folder: Path, now: datetime) -> list[Suggestion]:
    """What an account's archive suggests about its sources."""
    with open_archive(config, folder) as archive:
        days = sorted(archive.issues.list_days().values())
        digests = islice(archive.issues.backwards(), NIGHTS)
        items = [item for digest in digests for section in digest.sections for item in section.items]
        evidence = SourceEvidence(
            archive.health(),
            archive.days(now),
            archive.first_seen(),
            frozenset(source for item in items for source, _ in (item.key, *item.echo_keys)),
            days[-NIGHTS] if len(days) >= NIGHTS else None,
            count_citations(archive.contents(now - CITED_FOR, now)),
        )
    return suggest(config, evidence, now)
