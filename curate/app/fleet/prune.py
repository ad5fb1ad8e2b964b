"""What a fleet's web need not keep any longer goes, a little at a time."""

from __future__ import annotations

from datetime import datetime

from curate.storage import Archive
from curate.storage.fleet.retention import empty_bodies


def prune_web(web: Archive, before: datetime) -> int:
    """Empty the texts of entries seen before, month by month; how many."""
    return sum(empty_bodies(web.engine, before))
