"""What can be taken into the issue: offers of its night, what came later, and what was parked; filtered, a page a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from curate.desk.draft import items_of, keys_of
from curate.desk.offers import Offer
from curate.desk_server.issue_desk import IssueDesk
from curate.domain.model import Entry, EntryKey, Reason
from curate.ranking.block import find_block
from curate.render.wechat.allowed import safe_address
from curate.sources.unlisted import find_unlisted
from curate.storage.desk import Edited

Tab = Literal["offers", "arrivals", "shelf"]
TABS: tuple[Tab, ...] = ("offers", "arrivals", "shelf")
PAGE = 60  # candidates that are sent at a time
_REASONS = 4


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A line of the list. Without a score the night has not judged it."""

    key: EntryKey
    title: str
    source: str
    url: str
    topic: str  # Topic.id, or ""
    when: str
    score: float | None = None
    why: tuple[Reason, ...] = ()
    words: str = ""  # what became of it
    others: int = 0  # sources that told the same


class Filter(NamedTuple):
    """What the list is narrowed to."""

    tab: Tab = "offers"
    words: str = ""
    topic: str = ""
    source: str = ""
    shown: int = PAGE


class CandidateList(NamedTuple):
    """A page of the list: how many match, how many wait in each tab, and the names to filter by."""

    rows: tuple[CandidateRow, ...]
    matching: int
    counts: Mapping[Tab, int]
    sources: tuple[tuple[str, str], ...]  # id and name


def read_filter(form: Mapping[str, str]) -> Filter:
    """The filter as the page sends it; what makes no sense is passed over."""
    tab = next((tab for tab in TABS if tab == form.get("tab")), TABS[0])
    shown = form.get("shown", "")
    most = min(int(shown), 2000) if shown.isascii() and shown.isdecimal() else PAGE
    words = " ".join(form.get("words", "").split())[:100]
    return Filter(tab, words, form.get("section", ""), form.get("from", ""), max(most, PAGE))


def list_candidates(desk: IssueDesk, edited: Edited, wanted: Filter) -> CandidateList:
    """The page of the list that a filter asks for, without what the issue tells."""
    free = _list_free(desk, edited)
    every = free[wanted.tab]
    found = [each for each in every if _matches(each, wanted)]
    sources = sorted({(each.key.source, each.source) for each in every}, key=lambda pair: pair[1])
    rows = tuple(_row(desk, each) for each in found[: wanted.shown])
    return CandidateList(rows, len(found), {tab: len(each) for tab, each in free.items()}, tuple(sources))


class _Candidate(NamedTuple):
    """What is filtered by; only what is shown becomes a row."""

    key: EntryKey
    title: str
    source: str
    topic: str
    of: Offer | Entry


def _list_free(desk: IssueDesk, edited: Edited) -> dict[Tab, list[_Candidate]]:
    off = {source.id for source in desk.account.config.sources if not source.enabled}
    told = {key for item in items_of(edited.issue.sections) for key in keys_of(item)}
    archive, config = desk.account.archive, desk.account.config
    names = {source.id: source.name for source in config.sources if source.enabled}
    shelf = archive.desk.shelf()
    called = archive.desk.name_parked(find_unlisted(shelf, config)) | names
    offers = (_Candidate(o.item.key, o.item.title, o.item.source, o.item.topic, o) for o in desk.offers)
    arrivals = archive.desk.arrivals(edited.machine.made, list(names))

    def of_entries(entries: Sequence[Entry]) -> Iterator[_Candidate]:
        return (_Candidate(e.key, e.title, called.get(e.source, e.source), "", e) for e in entries)

    is_blocked = find_block(config.block)
    every: dict[Tab, Iterator[_Candidate]] = {
        "offers": offers,
        "arrivals": of_entries(arrivals),
        "shelf": of_entries(shelf),
    }
    return {
        tab: [
            each
            for each in found
            if each.key not in told
            and each.key.source not in off
            and not is_blocked(
                each.title, each.of.author if isinstance(each.of, Entry) else each.of.item.author
            )
        ]
        for tab, found in every.items()
    }


def _row(desk: IssueDesk, candidate: _Candidate) -> CandidateRow:
    found = candidate.of
    if isinstance(found, Entry):
        address, when = safe_address(found.url), _when(desk, found.published)
        return CandidateRow(candidate.key, candidate.title, candidate.source, address, "", when)
    return CandidateRow(
        candidate.key,
        candidate.title,
        candidate.source,
        safe_address(found.item.url),
        found.item.topic,
        _when(desk, found.item.published),
        found.score,
        tuple(sorted(found.item.why, key=lambda reason: -abs(reason.points))[:_REASONS]),
        found.words,
        len(found.item.also),
    )


def _matches(row: _Candidate, wanted: Filter) -> bool:
    text = f"{row.title} {row.source}".casefold()
    return (
        all(word in text for word in wanted.words.casefold().split())
        and wanted.topic in ("", row.topic)
        and wanted.source in ("", row.key.source)
    )


def _when(desk: IssueDesk, at: datetime) -> str:
    return f"{at.astimezone(desk.account.config.account.zone):%m-%d %H:%M}"
