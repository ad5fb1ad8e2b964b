"""The first part of the night: sources -> pages -> entries -> (new) -> archive.

A source that fails becomes an Outcome with its reason; the others go on. Which are asked, and where, follows from
how they have been doing (polling.py). What was read is kept by the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from curate.config.schema import Config, Network, Source, Topic
from curate.domain.errors import SourceError
from curate.domain.model import Failure, Outcome, Page
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say_failure
from curate.pipeline.ports import Counter, DocumentMemory, Doors, ReadDocuments, ReadFolder, Watch
from curate.pipeline.reading.documents import DocumentAnswer, DocumentRequest
from curate.pipeline.reading.polling import note_failure, turn, well
from curate.pipeline.reading.read_answer import read_answer, read_answers
from curate.pipeline.reading.source_outcome import Tally, alike
from curate.sources import addresses
from curate.sources.requests import document_request
from curate.storage import DocumentState, Health, Seen

FOLLOW = 3  # documents that one source may point on to, for example the newest parts of a sitemap
BATCH_ENTRIES, BATCH_DOCUMENTS = 1500, 64  # so much is kept in one transaction

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


def documents_door(doors: Doors) -> ReadDocuments:
    """The door that documents come through."""
    return doors.read or partial(read_answers, doors.fetch)


def ingest(
    config: Config,
    read: ReadDocuments,
    folder: ReadFolder,
    archive: DocumentMemory,
    watch: Watch,
    now: datetime,
    fresh: timedelta = timedelta(),
    *,
    everyone: bool = False,
    before: Mapping[str, Outcome] = MappingProxyType({}),
) -> tuple[Outcome, ...]:
    """Read every enabled source and keep what is new. One Outcome for each, in the file's order.

    A document that was read less than `fresh` ago is not asked again; with `everyone`, those are asked as well
    whose turn it is not, since they failed too often or are gone. What others have read for this account `before` is not
    asked, and has the outcome that it had there.
    """
    enabled = [source for source in config.sources if source.enabled]
    sources = {source.id: source for source in enabled if source.id not in before}
    tallies = {name: Tally() for name in sources}
    known, states = archive.documents(now), dict(archive.health())
    round_ = _Round(
        sources, tallies, known, states, config.topics, config.network, config.account.language, archive, now
    )
    places = [(s.id, url) for s in sources.values() for url in addresses(s, config.network)]
    turns = [_request(p, round_) if everyone else _first(p, round_, fresh) for p in places]
    first = list(filter(None, turns))
    with watch.stage("fetch", len(places)) as counter:
        counter.advance(len(places) - len(first))
        _keep(read(first, config.topics), round_, counter)
        more = [_request((name, url), round_) for name, t in tallies.items() for url in t.follow[:FOLLOW]]
        _keep(read(more, config.topics), round_, counter)
        for source in sources.values():
            if source.folder is not None:
                _keep(_read_folder(source, folder, round_), round_, counter)
        _flush(round_)
    asked = {name: tallies[name].outcome(source, config) for name, source in sources.items()}
    if not round_.reached and asked:
        archive.note(_note_unreached(tuple(asked.values()), round_, config))
    return tuple(before.get(source.id) or asked[source.id] for source in enabled)


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


def _first(place: DocumentKey, round_: _Round, fresh: timedelta) -> DocumentRequest | None:
    """The request for a document, where it is its turn; else its source's tally is told why not."""
    state = round_.states.get(place) or Health(*place)
    its_turn = turn(state, round_.now, fresh)
    if its_turn == "ask":
        return _request(place, round_)
    round_.tallies[place[0]].skipped.append((its_turn, state))
    return None


def _request(place: DocumentKey, round_: _Round) -> DocumentRequest:
    source, url = round_.sources[place[0]], place[1]
    state, before = round_.states.get(place) or Health(*place), round_.known.get(place)
    asked = DocumentRequest(
        document_request(source, state.moved or url, round_.network),
        source,
        url,
        succeeded=state.succeeded is not None,
    )
    if before is None or state.unread:  # "not modified" would only say that it is as broken as it was
        return asked
    request = replace(asked.request, etag=before.etag, last_modified=before.last_modified)
    return replace(asked, request=request, digest=before.digest)


def _read_folder(source: Source, folder: ReadFolder, round_: _Round) -> Iterator[DocumentAnswer]:
    try:
        pages = folder(source.folder or "")
    except SourceError as e:
        pages, refused = [], Answer(Request(source.folder or "", source.id), e.as_failure(source.id), 0.0)
        yield read_answer(DocumentRequest(refused.request, source, source.folder or ""), refused, ())
    for page in pages:
        asked = replace(_request((source.id, page.url), round_), request=Request(page.url, source.id))
        yield read_answer(asked, Answer(asked.request, page, 0.0), round_.topics)


def _keep(answers: Iterable[DocumentAnswer], round_: _Round, counter: Counter) -> None:
    for read in answers:
        source, answer = read.asked.source, read.answer
        tally = round_.tallies[source.id]
        tally.seconds += answer.seconds
        counter.advance()
        tally.reached = tally.reached or bool(answer.status)
        round_.reached = round_.reached or bool(answer.status)
        if read.failure is not None:
            tally.failures.append(say_failure(read.failure, round_.language))
        elif read.reading is not None:
            _take_reading(read, tally, round_)
        else:
            tally.unchanged += 1
        if source.folder is None and not answer.late:
            _note(read, tally, round_)
        if len(round_.changed) >= BATCH_DOCUMENTS:
            _flush(round_)


def _take_reading(read: DocumentAnswer, tally: Tally, round_: _Round) -> None:
    reading, page = read.reading, read.answer.result
    assert reading is not None
    assert isinstance(page, Page)
    if reading.trouble:
        trouble = Failure(read.asked.source.id, message=reading.trouble)
        tally.failures.append(say_failure(trouble, round_.language))
    tally.entries += len(reading.entries)
    tally.follow += reading.follow
    round_.batch.append(
        Seen(read.asked.source.id, read.asked.url, page, read.digest, reading.entries, reading.site)
    )
    held = sum(len(seen.entries) for seen in round_.batch)
    if len(round_.batch) >= BATCH_DOCUMENTS or held >= BATCH_ENTRIES:
        _flush(round_)


def _flush(round_: _Round) -> None:
    """Keep the batch, and how its documents are doing: a night that ends here has learnt that much."""
    batch, round_.batch = round_.batch, []
    if batch:
        for seen, new in zip(batch, round_.archive.keep(batch, round_.now), strict=True):
            round_.tallies[seen.source].new += new
    if round_.reached and round_.changed:  # else it is our own network that fails
        round_.archive.note(list(round_.changed.values()))
        round_.changed.clear()


def _note(read: DocumentAnswer, tally: Tally, round_: _Round) -> None:
    """How the document is doing now; one that is unchanged, or only leads to others, is no sign of how many it has."""
    place, answer, reading = (read.asked.source.id, read.asked.url), read.answer, read.reading
    before = round_.states.get(place) or Health(*place)
    if read.failure is None:
        entries = len(reading.entries) if reading and not reading.follow else None
        state = well(before, answer, round_.now, entries)
        tally.moved = state.moved if state.moved != before.moved else tally.moved
        tally.emptied = state if state.empty and before.succeeded else tally.emptied
    else:
        said = say_failure(read.failure, round_.language)
        state = note_failure(before, answer, round_.now, said, unread=isinstance(answer.result, Page))
        tally.gone = tally.gone or state.gone
    round_.changed[place] = state
