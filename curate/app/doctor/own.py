"""The account itself: feeds.yaml, its database, and how its sources have been doing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from curate.app.account import list_doubts, open_archive
from curate.app.doctor.model import Diagnosis, Place
from curate.domain.errors import ArchiveError, CurateError
from curate.domain.message import Message, message, text
from curate.sources import addresses
from curate.storage import Health
from curate.storage.database.inspection import ArchiveState, inspect_archive

DEAD = timedelta(days=3)  # of failures alone, from which a source is told
SILENT = timedelta(days=30)  # of documents without entries
_NAMED = 3  # sources that are named before the others are counted


class FeedsFile(NamedTuple):
    """feeds.yaml: its mistakes with what to do, what is doubtful in it, and how many sources are read."""

    mistakes: tuple[str, ...]
    hint: str
    doubts: tuple[str, ...]
    sources: int


class Database(NamedTuple):
    """The archive, or why it cannot be read and what to do."""

    state: ArchiveState | None
    refusal: Message | None = None
    advice: Message | None = None


class SourceState(NamedTuple):
    """A source by its name: whether it has gone for good, since when it fails or is empty, and how it failed last."""

    name: str
    is_gone: bool
    failing: datetime | None
    empty: datetime | None
    reason: Message


def look_at_feeds(place: Place) -> FeedsFile:
    if place.settings is None:
        error = place.error
        return FeedsFile(error.problems, error.hint, (), 0) if error else FeedsFile((), "", (), 0)
    sources = [source for source in place.config.sources if source.enabled]
    return FeedsFile((), "", list_doubts(place.settings, place.folder, bare=True), len(sources))


def judge_feeds(feeds: FeedsFile) -> Iterator[Diagnosis]:
    """Mistakes are to be mended, doubts to be looked at."""
    if feeds.mistakes:
        found = message("doctor.feeds.wrong", first=feeds.mistakes[0], n=len(feeds.mistakes))
        advice = text(feeds.hint) if feeds.hint else message("doctor.feeds.wrong.hint")
        yield Diagnosis("fail", found, advice)
    elif not feeds.sources:
        yield Diagnosis("fail", message("doctor.feeds.empty"), message("doctor.feeds.empty.hint"))
    elif feeds.doubts:
        found = message("doctor.feeds.doubt", first=feeds.doubts[0], n=len(feeds.doubts))
        yield Diagnosis("warn", found, message("doctor.feeds.doubt.hint"))
    else:
        yield Diagnosis("ok", message("doctor.feeds.ok", n=feeds.sources))


def look_at_database(place: Place) -> Database:
    try:
        return Database(inspect_archive(place.config.database, place.folder, thorough=True))
    except ArchiveError as e:
        return Database(None, *_words_of(e))


def judge_database(database: Database) -> Iterator[Diagnosis]:
    """One that is not there yet is made by the first run."""
    state = database.state
    if state is None:
        yield Diagnosis("fail", database.refusal or message("doctor.database.closed"), database.advice)
    elif state.trouble:
        found = message("doctor.database.broken", why=state.trouble)
        yield Diagnosis("fail", found, message("doctor.database.broken.hint"))
    elif not state.version:
        yield Diagnosis("ok", message("doctor.database.none"))
    else:
        found = message("doctor.database.ok", system=state.system, megabytes=state.size / 1024**2)
        yield Diagnosis("ok", found)


def look_at_sources(place: Place) -> list[SourceState] | None:
    """How the sources of today are; None where the archive cannot tell yet, or is of another version."""
    try:
        state = inspect_archive(place.config.database, place.folder)
        if state.version != state.known:
            return None
        with open_archive(place.config, place.folder) as archive:
            health = archive.health()
    except ArchiveError:
        return None
    return [
        _state_of(source.name, documents, place.now)
        for source in place.config.sources
        if source.enabled
        and (
            documents := [
                health[key]
                for url in addresses(source, place.config.network)
                if (key := (source.id, url)) in health
            ]
        )
    ]


def _state_of(name: str, documents: list[Health], now: datetime) -> SourceState:
    """A source fails where all of its documents do, since the last of them began to."""
    failing = [each.failing for each in documents if each.failing and each.failures]
    empty = [each.empty for each in documents if each.empty]
    last = documents[-1]
    return SourceState(
        name,
        all(each.gone for each in documents),
        max(failing) if len(failing) == len(documents) else None,
        max(empty) if len(empty) == len(documents) else None,
        last.message or text(last.reason),
    )


def judge_sources(now: datetime, states: list[SourceState] | None) -> Iterator[Diagnosis]:
    """One trouble that all have is the network's; else each kind of trouble is told once, with the sources that have it."""
    if not states:
        yield Diagnosis("ok", message("doctor.sources.none"))
        return
    failing = [one for one in states if one.failing and now - one.failing >= DEAD]
    gone = [one for one in states if one.is_gone]
    silent = [one for one in states if one.empty and now - one.empty >= SILENT and one not in gone]
    if len([one for one in states if one.failing or one.is_gone]) == len(states):
        yield Diagnosis(
            "fail",
            message("doctor.sources.all", n=len(states), why=states[0].reason),
            message("doctor.sources.all.hint"),
        )
        return
    troubles = (("gone", gone), ("failing", [one for one in failing if one not in gone]), ("silent", silent))
    told = [_tell(kind, some) for kind, some in troubles if some]
    yield from told or [Diagnosis("ok", message("doctor.sources.ok", n=len(states)))]


def _tell(kind: str, some: list[SourceState]) -> Diagnosis:
    names = tuple(one.name for one in some[:_NAMED])
    found = message(f"doctor.sources.{kind}", names=names, n=len(some), why=some[0].reason)
    return Diagnosis("warn", found, message(f"doctor.sources.{kind}.hint"))


def _words_of(error: CurateError) -> tuple[Message | None, Message | None]:
    said = error.message or (text(error.reason) if error.reason else None)
    return said, error.advice or (text(error.hint) if error.hint else None)
