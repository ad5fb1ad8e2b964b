"""The first part of the night: sources -> pages -> entries -> (new) -> archive.

A source that fails becomes an Outcome with its reason; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from urllib.parse import unquote

from curate.archive import Known
from curate.archive.rows import body_digest
from curate.curation.reading import folded
from curate.doors import Counter, Doors, Watch
from curate.errors import SourceError, UnreadableError
from curate.fetch import Answer, Request, Unchanged
from curate.model import Entry, Failure, Outcome, Page
from curate.settings import Config, Source, Topic
from curate.sources import addresses, read
from curate.text.extract import extract

FOLLOW = 3  # documents that one source may point on to, for example the newest parts of a sitemap
NAMED = 3  # of a source's failures, in its reason
UNTITLED = 10  # pages that one source's untitled entries may cost in a night


@dataclass(slots=True)
class _Tally:
    """What a source has given so far; a source may have several documents."""

    entries: int = 0
    new: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)

    def outcome(self, source: Source) -> Outcome:
        if self.entries:
            status = "new" if self.new else "nothing new"
        elif self.failures:
            status = "failed"
        else:
            status = "unchanged" if self.unchanged else "empty"
        counts = (self.entries, self.new, round(self.seconds, 3))
        reasons = list(dict.fromkeys(failure.reason for failure in self.failures))
        reason = "；".join(reasons[:NAMED]) + (f" 等 {len(reasons)} 处" if len(reasons) > NAMED else "")
        hints = dict.fromkeys(failure.hint for failure in self.failures if failure.reason in reasons[:NAMED])
        return Outcome(source.id, status, *counts, reason, "；".join(filter(None, hints)))


@dataclass(frozen=True, slots=True)
class _Round:
    """What reading the answers needs to know: one for a night."""

    sources: Mapping[str, Source]
    tallies: Mapping[str, _Tally]
    known: Mapping[str, Known]
    topics: tuple[Topic, ...]
    doors: Doors
    now: datetime


def gather(config: Config, doors: Doors, watch: Watch, now: datetime) -> tuple[Outcome, ...]:
    """Read every enabled source and keep what is new. One Outcome for each, in the file's order."""
    sources = {source.id: source for source in config.sources if source.enabled}
    known, tallies = doors.archive.documents(), {name: _Tally() for name in sources}
    round_ = _Round(sources, tallies, known, config.topics, doors, now)
    first = [_request(s, url, known) for s in sources.values() for url in addresses(s, config.network)]
    with watch.stage("fetch", len(first)) as counter:
        _keep(doors.fetch(first), round_, counter)
        more = [_request(sources[n], url, known) for n, t in tallies.items() for url in t.follow[:FOLLOW]]
        _keep(doors.fetch(more) if more else (), round_, counter)
        for source in sources.values():
            if source.folder is not None:
                _keep(_folder(source, doors), round_, counter)
    return tuple(tallies[name].outcome(source) for name, source in sources.items())


def titled(entries: list[Entry], config: Config, doors: Doors, watch: Watch) -> list[Entry]:
    """The entries that have a title; where a source gave none, it is taken from the page, for the newest."""
    untitled = sorted((e for e in entries if not e.title and e.url), key=lambda e: e.published, reverse=True)
    if not untitled:
        return [entry for entry in entries if entry.title]
    counts: dict[str, int] = {}
    wanted: dict[str, Entry] = {}
    for entry in untitled:
        counts[entry.source] = counts.get(entry.source, 0) + 1
        if counts[entry.source] <= UNTITLED:
            wanted[entry.url] = entry
    sources = {source.id: source for source in config.sources}
    found: dict[tuple[str, str], Entry] = {}
    with watch.stage("titles", len(wanted)) as counter:
        for answer in doors.fetch([_request(sources[e.source], url, {}) for url, e in wanted.items()]):
            entry = wanted[answer.request.url]
            if isinstance(answer.result, Page) and (complete := _completed(entry, answer.result)):
                doors.archive.complete(complete)
                found[entry.source, entry.id] = complete
                counter.advance()
    return [whole for e in entries if (whole := found.get((e.source, e.id), e)).title]


def _completed(entry: Entry, page: Page) -> Entry | None:
    try:
        article = extract(page.body, page.url, page.content_type)
    except SourceError:
        return None
    content = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.text.split("\n"))
    published = article.published if article.published and not entry.dated else None
    return replace(
        entry,
        title=article.title,
        content=content,
        author=article.author,
        images=article.images,
        published=min(published or entry.published, page.fetched),
        dated=entry.dated or published is not None,
    )


def _request(source: Source, url: str, known: Mapping[str, Known]) -> Request:
    before = known.get(url, Known("", "", ""))
    return Request(url, source.id, before.etag, before.last_modified, source.robots, source.proxy)


def _folder(source: Source, doors: Doors) -> Iterator[Answer]:
    try:
        pages = doors.folder(source.folder or "")
    except SourceError as e:
        yield Answer(Request(source.folder or "", source.id), Failure(source.id, e.reason, e.hint), 0.0)
        return
    for page in pages:
        yield Answer(Request(page.url, source.id), page, 0.0)


def _keep(answers: Iterable[Answer], round_: _Round, counter: Counter) -> None:
    for answer in answers:
        asked, result = answer.request, answer.result
        tally = round_.tallies[asked.subject]
        tally.seconds += answer.seconds
        counter.advance()
        if isinstance(result, Failure):
            tally.failures.append(result)
        elif isinstance(result, Unchanged) or _same(result, round_.known.get(asked.url)):
            tally.unchanged += 1
        else:
            _read_into(tally, asked, result, round_)


def _read_into(tally: _Tally, asked: Request, page: Page, round_: _Round) -> None:
    try:
        reading = read(page, round_.sources[asked.subject])
        _check_topic(reading.topic, page, round_.topics)
    except SourceError as e:
        tally.failures.append(Failure(asked.subject, e.reason, e.hint))
        return
    tally.entries += len(reading.entries)
    tally.new += round_.doors.archive.add(asked.subject, asked.url, page, reading.entries, round_.now)
    tally.follow += reading.follow


def _check_topic(topic: str, page: Page, topics: tuple[Topic, ...]) -> None:
    """UnreadableError where a document asks for a topic that the account does not have."""
    names = {folded(name) for known in topics for name in (known.id, known.name)}
    if topic and folded(topic) not in names:
        name = unquote(page.url.rsplit("/", 1)[-1])
        line = next((n for n, said in enumerate(page.body.splitlines(), 1) if said.startswith(b"topic")), 1)
        raise UnreadableError(
            f"{name} 第 {line} 行：没有叫 {topic} 的栏目（no such topic）",
            f"feeds.yaml 里的栏目有：{'、'.join(known.id for known in topics)}",
        )


def _same(page: Page, before: Known | None) -> bool:
    return before is not None and before.digest == body_digest(page.body)
