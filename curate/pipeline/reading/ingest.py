"""The first part of the night: sources -> pages -> entries -> (new) -> archive.

A source that fails becomes an Outcome with its reason; the others go on. Which are asked, and where, follows from
how they have been doing (polling.py). What was read is kept by the batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from curate.config.schema import Config, Network, Source, Topic
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Failure, Outcome, Page
from curate.fetch import Answer, Request, Unchanged
from curate.i18n.catalogue import failure_of, say_failure
from curate.pipeline.ports import Counter, DocumentMemory, Fetch, ReadFolder, Watch
from curate.pipeline.reading.polling import note_failure, turn, well
from curate.pipeline.reading.source_outcome import Tally, alike
from curate.sources import addresses
from curate.sources.read_document import read_document
from curate.sources.requests import document_request
from curate.storage import DocumentState, Health, Seen
from curate.storage.database.rows import body_digest

FOLLOW = 3  # documents that one source may point on to, for example the newest parts of a sitemap
BATCH_ENTRIES, BATCH_DOCUMENTS = 1500, 64  # so much is kept in one transaction

_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HEAD = 2048  # bytes in which a page says that it is one

DocumentKey = tuple[str, str]  # a source's id and the address that it has for a document
EVERYONE: DocumentKey = ("", "")  # all sources together


@dataclass(slots=True)
class _Round:
    """What reading the answers needs to know, and what comes of it: one for a night."""

    sources: Mapping[str, Source]
    tallies: Mapping[str, Tally]
    known: Mapping[DocumentKey, DocumentState]
    states: dict[DocumentKey, Health]
    topics: tuple[Topic, ...]
    network: Network
    language: str
    archive: DocumentMemory
    now: datetime
    batch: list[Seen] = field(default_factory=list)
    changed: dict[DocumentKey, Health] = field(default_factory=dict)
    reached: bool = False  # some host has answered: our own network is not at fault


def ingest(
    config: Config,
    fetch: Fetch,
    folder: ReadFolder,
    archive: DocumentMemory,
    watch: Watch,
    now: datetime,
    fresh: timedelta = timedelta(),
    *,
    everyone: bool = False,
) -> tuple[Outcome, ...]:
    """Read every enabled source and keep what is new. One Outcome for each, in the file's order.

    A document that was read less than `fresh` ago is not asked again; with `everyone`, those are asked as well
    whose turn it is not, since they failed too often or are gone.
    """
    sources = {source.id: source for source in config.sources if source.enabled}
    tallies = {name: Tally() for name in sources}
    known, states = archive.documents(now), dict(archive.health())
    round_ = _Round(
        sources, tallies, known, states, config.topics, config.network, config.account.language, archive, now
    )
    places = [(s.id, url) for s in sources.values() for url in addresses(s, config.network)]
    turns = [_request(p, round_) if everyone else _first(p, round_, fresh) for p in places]
    first = dict(filter(None, turns))
    with watch.stage("fetch", len(places)) as counter:
        counter.advance(len(places) - len(first))
        _keep(fetch(list(first)) if first else (), first, round_, counter)
        more = dict(_request((name, url), round_) for name, t in tallies.items() for url in t.follow[:FOLLOW])
        _keep(fetch(list(more)) if more else (), more, round_, counter)
        for source in sources.values():
            if source.folder is not None:
                _keep(_read_folder(source, folder, config), {}, round_, counter)
        _flush(round_)
    outcomes = tuple(tallies[name].outcome(source, config) for name, source in sources.items())
    if not round_.reached:
        archive.note(_note_unreached(outcomes, round_, config))
    return outcomes


def _note_unreached(outcomes: Sequence[Outcome], round_: _Round, config: Config) -> list[Health]:
    """Where no server answered it is our own network that fails: noted of all sources together, held against none."""
    trouble = alike(outcomes, config)
    if trouble is None:
        return []
    before = round_.states.get(EVERYONE) or Health(*EVERYONE)
    since, failures = before.failing or round_.now, before.failures + 1
    said = say_failure(trouble, config.account.language)
    noted = replace(before, asked=round_.now, failing=since, failures=failures)
    return [replace(noted, reason=said.reason, hint=said.hint, message=said.message, advice=said.advice)]


def _first(place: DocumentKey, round_: _Round, fresh: timedelta) -> tuple[Request, DocumentKey] | None:
    """The request for a document, where it is its turn; else its source's tally is told why not."""
    state = round_.states.get(place) or Health(*place)
    its_turn = turn(state, round_.now, fresh)
    if its_turn == "ask":
        return _request(place, round_)
    round_.tallies[place[0]].skipped.append((its_turn, state))
    return None


def _request(place: DocumentKey, round_: _Round) -> tuple[Request, DocumentKey]:
    name, url = place
    source, state, before = round_.sources[name], round_.states.get(place), round_.known.get(place)
    request = document_request(source, (state.moved if state else "") or url, round_.network)
    if before and not (
        state and state.unread
    ):  # else "not modified" would only say that it is as broken as it was
        request = replace(request, etag=before.etag, last_modified=before.last_modified)
    return request, place


def _read_folder(source: Source, folder: ReadFolder, config: Config) -> Iterator[Answer]:
    try:
        pages = folder(source.folder or "")
    except SourceError as e:
        yield Answer(
            Request(source.folder or "", source.id), failure_of(source.id, e, config.account.language), 0.0
        )
        return
    for page in pages:
        yield Answer(Request(page.url, source.id), page, 0.0)


def _keep(
    answers: Iterable[Answer], places: Mapping[Request, DocumentKey], round_: _Round, counter: Counter
) -> None:
    for answer in answers:
        asked = answer.request
        place = places.get(asked, (asked.subject, asked.url))
        tally = round_.tallies[place[0]]
        tally.seconds += answer.seconds
        counter.advance()
        tally.reached = tally.reached or bool(answer.status)
        round_.reached = round_.reached or bool(answer.status)
        before = tally.entries, tally.unchanged, len(tally.follow)
        failure = _take_answer(answer, place, tally, round_)
        if failure is not None:
            tally.failures.append(failure)
        if asked in places and not answer.late:
            is_read = before[1:] == (tally.unchanged, len(tally.follow))
            _note(answer, place, failure, tally, round_, tally.entries - before[0] if is_read else None)
        if len(round_.changed) >= BATCH_DOCUMENTS:
            _flush(round_)


def _take_answer(answer: Answer, place: DocumentKey, tally: Tally, round_: _Round) -> Failure | None:
    """Read an answer into the batch; or why it cannot be read."""
    result, before = answer.result, round_.known.get(place)
    if isinstance(result, Failure):
        return result
    if isinstance(result, Unchanged):
        tally.unchanged += 1
        return None
    digest = body_digest(result.body)
    if before is not None and before.digest == digest and not _was_unread(place, round_):
        tally.unchanged += 1
        return None
    try:
        reading = read_document(result, round_.sources[place[0]], round_.topics)
    except SourceError as e:
        return _refuse(e, result, place, round_)
    if reading.trouble:
        trouble = Failure(place[0], message=reading.trouble)
        tally.failures.append(say_failure(trouble, round_.language))
    tally.entries += len(reading.entries)
    tally.follow += reading.follow
    round_.batch.append(Seen(*place, replace(result, body=b""), digest, reading.entries, reading.site))
    held = sum(len(seen.entries) for seen in round_.batch)
    if len(round_.batch) >= BATCH_DOCUMENTS or held >= BATCH_ENTRIES:
        _flush(round_)
    return None


def _refuse(error: SourceError, page: Page, place: DocumentKey, round_: _Round) -> Failure:
    """Why a document could not be read. A page where a feed has been is no wrong address: somebody stands before it."""
    before = round_.states.get(place)
    if before is not None and before.succeeded is not None and _PAGE.search(page.body[:_HEAD]):
        gate = replace(error.as_failure(place[0]), hint="", advice=message("read.gate.hint"))
        return say_failure(gate, round_.language)
    return failure_of(place[0], error, round_.language)


def _was_unread(place: DocumentKey, round_: _Round) -> bool:
    state = round_.states.get(place)
    return state is not None and state.unread


def _flush(round_: _Round) -> None:
    """Keep the batch, and how its documents are doing: a night that ends here has learnt that much."""
    batch, round_.batch = round_.batch, []
    if batch:
        for seen, new in zip(batch, round_.archive.keep(batch, round_.now), strict=True):
            round_.tallies[seen.source].new += new
    if round_.reached and round_.changed:  # else it is our own network that fails
        round_.archive.note(list(round_.changed.values()))
        round_.changed.clear()


def _note(
    answer: Answer,
    place: DocumentKey,
    failure: Failure | None,
    tally: Tally,
    round_: _Round,
    entries: int | None,
) -> None:
    """How the document is doing now; `entries` are None where it is unchanged, or only leads to others."""
    before = round_.states.get(place) or Health(*place)
    if failure is None:
        state = well(before, answer, round_.now, entries)
        tally.moved = state.moved if state.moved != before.moved else tally.moved
        tally.emptied = state if state.empty and before.succeeded else tally.emptied
    else:
        unread = isinstance(answer.result, Page)
        state = note_failure(before, answer, round_.now, failure, unread)
        tally.gone = tally.gone or state.gone
    round_.changed[place] = state
