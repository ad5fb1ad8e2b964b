"""A step of the night: candidates without a title get one from their pages, and what cannot be printed is told.

Most entries have a title from their reader (`sources/titles.py` makes one of a note's first sentence); what is left says
nothing by itself, as the addresses of a sitemap do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from curate.config.schema import Source
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Entry, Page, Verdict
from curate.pipeline.ports import Complete, Fetch, Watch
from curate.sources.requests import page_request
from curate.sources.titles import find_shared, first_sentence, is_title

UNTITLED = 10  # pages that one source's untitled entries may cost in a night


def title_entries(
    entries: Sequence[Entry], sources: Mapping[str, Source], fetch: Fetch, complete: Complete, watch: Watch
) -> tuple[list[Entry], list[Verdict]]:
    """The entries that have a title and an address; and what became of the others.

    Where a source gave no title, and no words that would do for one, it is taken from the page, for the newest; what
    the page says is kept (`complete`).
    """
    found = {
        e.key: e for e in _from_pages([e for e in entries if not e.title and e.url], sources, fetch, watch)
    }
    for entry in found.values():
        complete(entry)
    whole = [found.get(e.key, e) for e in entries]
    usable = [e for e in whole if e.title and (e.url or e.original)]
    dropped = [
        Verdict(e, False, message("drop.unaddressed" if e.title else "drop.untitled"))
        for e in whole
        if not e.title or not (e.url or e.original)
    ]
    return usable, dropped


def _from_pages(
    untitled: Sequence[Entry], sources: Mapping[str, Source], fetch: Fetch, watch: Watch
) -> list[Entry]:
    """Entries completed from their pages: a few of each source, the newest."""
    if not untitled:
        return []
    counts: dict[str, int] = {}
    wanted: dict[str, Entry] = {}
    for entry in sorted(untitled, key=lambda e: e.published, reverse=True):
        counts[entry.source] = counts.get(entry.source, 0) + 1
        if counts[entry.source] <= UNTITLED:
            wanted[entry.url] = entry
    completed: list[Entry] = []
    with watch.stage("titles", len(wanted)) as counter:
        for answer in fetch([page_request(sources[e.source], url) for url, e in wanted.items()]):
            entry = wanted[answer.request.url]
            if isinstance(answer.result, Page) and (complete := _complete_entry(entry, answer.result)):
                completed.append(complete)
                counter.advance()
    return _with_own_titles(completed, sources)


def _with_own_titles(completed: list[Entry], sources: Mapping[str, Source]) -> list[Entry]:
    """Without those whose page is called as its site is: then what it says first is its title."""
    common = find_shared((urlsplit(entry.url).netloc, entry.title) for entry in completed)
    told = []
    for entry in completed:
        host = urlsplit(entry.url).netloc
        own = (host, entry.title) not in common and is_title(entry.title, sources[entry.source].name, host)
        if title := entry.title if own else first_sentence(entry.content):
            told.append(replace(entry, title=title))
    return told


def _complete_entry(entry: Entry, page: Page) -> Entry | None:
    from curate.extraction.extract import extract  # slow to import, and rarely needed

    try:
        article = extract(page.body, page.url, page.content_type, asked=entry.url, fetched=page.fetched)
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
