"""A link that the editor pasted -> an item that the issue can take: its page is asked for, once, and read like any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.app.account import OpenAccount
from curate.app.doors import open_doors
from curate.app.issue.take_item import Taken, judge_alone, read_item, with_source
from curate.config.schema import Config, Source
from curate.desk.draft import items_of, keys_of
from curate.desk.offers import find_offer
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Entry, Failure, Page
from curate.extraction.page_head import read_head
from curate.fetch import Answer, Request
from curate.pipeline.ports import Doors, Watch
from curate.sources.urls import normalize
from curate.storage.desk import Edited

# Shared texts have words around their link.
_LINK = re.compile(r"https?://[^\s<>\"'“”‘’《》【】（），。；]+", re.IGNORECASE)
_ID = 80  # characters that a source's id may have


class LinkError(SourceError):
    """A pasted link leads to nothing that the issue can take; `reason` says why."""


class _Pasted(NamedTuple):
    entry: Entry
    site: str = ""  # what its site is called, where it says so
    answer: Answer | None = None  # where the page was asked for


def take_link(
    text: str, edited: Edited, account: OpenAccount, watch: Watch, now: datetime, topic: str = "",
    place: int | None = None,
) -> Taken:  # fmt: skip
    """Read the page that a pasted text leads to, and keep it in the archive. `topic`: "" for the machine's judgement.

    LinkError where there is no link, the page cannot be had, or the issue has it already.
    """
    url = find_link(text)
    if not url:
        raise LinkError.of("link.none", "link.none.hint")
    doors = open_doors(account, now)
    pasted = _find_known(url, account) or _ask_page(url, account, doors, now)
    told = {key: item for item in items_of(edited.issue.sections) for key in keys_of(item)}
    if item := told.get(pasted.entry.key):
        raise LinkError.of("link.there", title=item.title)
    config = with_source(account.config, pasted.entry, account.archive, pasted.site)
    offer = find_offer(account.archive.desk.offers(edited.machine.number), pasted.entry.key)
    offered = offer.item if offer else judge_alone(pasted.entry, config, account.archive, watch, now)
    if topic:
        offered = replace(offered, topic=topic)
    if pasted.answer:
        doors = replace(doors, fetch=_with_answer(doors, pasted.answer))
    return read_item(pasted.entry, offered, edited.machine.number, place, config, doors, watch)


def find_link(text: str) -> str:
    """The first address in a text; "" where there is none."""
    found = _LINK.search(text.strip())
    return normalize(found[0]) if found else ""


def _find_known(url: str, account: OpenAccount) -> _Pasted | None:
    """The entry that has this address; what comes from a source goes before what was pasted before."""
    found = account.archive.find(url)
    known = {source.id for source in account.config.sources}
    best = sorted(found, key=lambda entry: entry.source not in known)[:1]
    return _Pasted(best[0]) if best else None


def _ask_page(url: str, account: OpenAccount, doors: Doors, now: datetime) -> _Pasted:
    """Ask for a page and keep what it is called. robots.txt is for crawlers; one page that a person named is no crawl."""
    answer = next(iter(doors.fetch([Request(url, url, robots=False)])))
    page = answer.result
    if not isinstance(page, Page):
        told = page if isinstance(page, Failure) else Failure(url, message=message("read.nothing"))
        raise LinkError(told.reason, told.hint, message=told.message, advice=told.advice)
    try:
        head = read_head(page.body, page.url, page.content_type, page.fetched)
    except SourceError as e:
        raise LinkError(e.reason, e.hint, message=e.message, advice=e.advice) from e
    source = _source_at(page.url, account.config)
    host = _host(page.url)[:_ID]
    at = head.published or now
    entry = Entry(
        source.id if source else host, url, url, head.title, min(at, now), dated=head.published is not None
    )
    account.archive.add(entry.source, url, page, [entry], now)
    return _Pasted(entry, head.site or host, answer)


def _source_at(url: str, config: Config) -> Source | None:
    """The account's source of this host, where only one is."""
    host = _host(url)
    found = [s for s in config.sources if host in {_host(str(each)) for each in (s.site, s.url) if each}]
    return found[0] if len(found) == 1 else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _with_answer(doors: Doors, known: Answer) -> Callable[[Iterable[Request]], Iterator[Answer]]:
    """The door to the network, which has this answer already."""

    def fetch(requests: Iterable[Request]) -> Iterator[Answer]:
        waiting = list(requests)
        yield from (replace(known, request=each) for each in waiting if each.url == known.request.url)
        if rest := [each for each in waiting if each.url != known.request.url]:
            yield from doors.fetch(rest)

    return fetch
