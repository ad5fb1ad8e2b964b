"""`curate sources test`: what a source would give, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from curate.app.doors import fetcher
from curate.config.schema import Config, Source
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Entry, Failure, Page
from curate.fetch import Answer, Request
from curate.fetch.folder import read_folder
from curate.i18n.catalogue import say_failure
from curate.pipeline.reading.ingest import FOLLOW
from curate.sources import Reading, addresses
from curate.sources.read_document import read
from curate.sources.requests import document_request
from curate.text.clean import clean_html, plain


class Trial(NamedTuple):
    """What one document of a source gave: a reading, or why there is none."""

    url: str
    reading: Reading | None
    failure: Failure | None


def trials(source: Source, config: Config, folder: Path) -> Iterator[Trial]:
    """Every document of the source, with those that they point on to, as a night would read them. No archive is touched."""
    for trial in _trials(source, config, folder):
        failure = trial.failure and say_failure(trial.failure, config.account.language)
        yield trial._replace(failure=failure)


def _trials(source: Source, config: Config, folder: Path) -> Iterator[Trial]:
    first = [_trial(answer, source) for answer in _answers(source, config, folder)]
    yield from first
    onward = [url for trial in first if trial.reading for url in trial.reading.follow][:FOLLOW]
    yield from (_trial(answer, source) for answer in _fetch_all(onward, source, config))


def as_json(source: Source, tried: Sequence[Trial]) -> dict[str, Any]:
    """`{source, parser, site, entries, failure}`; what is there of each entry is in `_entry`."""
    readings = [trial.reading for trial in tried if trial.reading]
    failure = next((trial.failure for trial in tried if trial.failure), None)
    parsers = dict.fromkeys(reading.parser or source.reader for reading in readings)
    sites = [site for reading in readings if (site := reading.site)]
    return {
        "source": source.name,
        "parser": "+".join(parsers),
        "site": source.site or next(iter(sites), ""),
        "entries": [_entry(entry) for reading in readings for entry in reading.entries],
        "failure": {"reason": failure.reason, "hint": failure.hint} if failure else None,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "id": entry.id,
        "published": entry.published.isoformat() if entry.dated else None,
        "summary": plain(entry.summary),
        "content": plain(entry.content),
        "html": clean_html(entry.content),
        "author": entry.author,
        "images": [image.url for image in entry.images],
        "categories": list(entry.categories),
    }


def _answers(source: Source, config: Config, folder: Path) -> list[Answer]:
    if source.folder is not None:
        pages = read_folder(folder / source.folder, datetime.now(UTC))
        return [Answer(Request(page.url, source.id), page, 0.0) for page in pages]
    return _fetch_all(addresses(source, config.network), source, config)


def _fetch_all(urls: Sequence[str], source: Source, config: Config) -> list[Answer]:
    requests = [document_request(source, url, config.network) for url in urls]
    found = (
        {answer.request.url: answer for answer in fetcher(config, datetime.now(UTC))(requests)}
        if urls
        else {}
    )
    return [found[request.url] for request in requests if request.url in found]


def _trial(answer: Answer, source: Source) -> Trial:
    url, page = answer.request.url, answer.result
    if not isinstance(page, Page):
        failure = page if isinstance(page, Failure) else Failure(source.id, message=message("read.nothing"))
        return Trial(url, None, failure)
    try:
        reading = read(page, source)
    except SourceError as e:
        return Trial(url, None, e.as_failure(source.id))
    return Trial(url, reading, Failure(source.id, message=reading.trouble) if reading.trouble else None)
