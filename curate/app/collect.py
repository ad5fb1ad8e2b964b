"""Collections: the best of a week or a month, put into a folder of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from curate.app.account import OpenAccount
from curate.domain.model import Failure, Issue
from curate.pipeline.collections import Span, best, collection, due, pictures
from curate.pipeline.illustrate import Pictures, cover
from curate.render import render
from curate.render.channels.email import size_notes
from curate.render.theme import cover_ground
from curate.render.wechat.images import without_lost


class CollectionMade(NamedTuple):
    """What came of a collection. Without items, nothing was published in its days; without a place, no channel took it."""

    name: str
    items: int
    place: Path | None
    notes: tuple[Failure, ...]  # what channels refused, and what is to be known of what they made


def choose_days(today: date, first: date | None, last: date | None) -> tuple[date, date]:
    """The days that are meant: last month where none is named; from the first of its month where only an end is."""
    if first is None and last is None:
        until = today.replace(day=1) - timedelta(days=1)
        return until.replace(day=1), until
    until = last or today
    return first or until.replace(day=1), until


def make_due_collections(account: OpenAccount, now: datetime) -> tuple[CollectionMade, ...]:
    """Make the scheduled collections whose time has come."""
    if not account.config.collections:
        return ()
    spans = due(account.config, now, account.output.reviews(), account.archive.issues.last_before(now))
    return tuple(make_collection(account, each, now) for each in spans)


def make_collection(account: OpenAccount, asked: Span, now: datetime) -> CollectionMade:
    """Put a collection into its folder."""
    config, output, texts = account.config, account.output, account.templates
    found = best(account.archive.issues.between(asked.first, asked.last), asked)
    if not found:
        return CollectionMade(asked.name, 0, None, ())
    kept = {
        file: data
        for file, (name, original) in pictures(found).items()
        for data in output.files(name, [original]).values()
    }
    digest = without_lost(collection(found, asked, config, now), kept)
    digest, covers = cover(digest, Pictures(files=kept), cover_ground(texts, config.look))
    files, refused = render(digest, config.channels, texts, config.look)
    notes = (*refused, *size_notes(digest, files, texts, config.look))
    place = output.publish(Issue(digest, {**kept, **covers, **files}), asked.slug) if files else None
    return CollectionMade(asked.name, len(found), place, notes)
