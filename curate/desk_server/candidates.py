"""What can be taken into the issue: offers of its night, what came later, and what was parked; filtered, a page a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from curate.desk.draft import items_of, keys_of
from curate.desk_server.issue_desk import IssueDesk
from curate.domain.model import Entry, EntryKey, Reason
from curate.render.wechat.allowed import safe_address
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
    """A page of the list: how many match, how many there are, and the names to filter by."""

    rows: tuple[CandidateRow, ...]
    matching: int
    total: int
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
    told = {key for item in items_of(edited.issue.sections) for key in keys_of(item)}
    every = [row for row in _every(desk, edited, wanted.tab) if row.key not in told]
    found = [row for row in every if _matches(row, wanted)]
    sources = sorted({(row.key[0], row.source) for row in every}, key=lambda pair: pair[1])
    return CandidateList(tuple(found[: wanted.shown]), len(found), len(every), tuple(sources))


def count_waiting(desk: IssueDesk, edited: Edited) -> dict[Tab, int]:
    """How many wait in each tab."""
    return {tab: list_candidates(desk, edited, Filter(tab)).total for tab in TABS}


def _every(desk: IssueDesk, edited: Edited, tab: Tab) -> Iterable[CandidateRow]:
    if tab == "offers":
        return (
            CandidateRow(
                offer.item.key,
                offer.item.title,
                offer.item.source,
                safe_address(offer.item.url),
                offer.item.topic,
                _when(desk, offer.item.published),
                offer.score,
                tuple(sorted(offer.item.why, key=lambda reason: -abs(reason.points))[:_REASONS]),
                offer.words,
                len(offer.item.also),
            )
            for offer in desk.offers
        )
    archive, config = desk.account.archive, desk.account.config
    names = {source.id: source.name for source in config.sources if source.enabled}
    entries: Sequence[Entry] = (
        archive.desk.shelf() if tab == "shelf" else archive.desk.arrivals(edited.machine.made, list(names))
    )
    return (
        CandidateRow(
            entry.key,
            entry.title,
            names.get(entry.source, entry.source),
            safe_address(entry.url),
            "",
            _when(desk, entry.published),
        )
        for entry in entries
    )


def _matches(row: CandidateRow, wanted: Filter) -> bool:
    text = f"{row.title} {row.source}".casefold()
    return (
        all(word in text for word in wanted.words.casefold().split())
        and wanted.topic in ("", row.topic)
        and wanted.source in ("", row.key[0])
    )


def _when(desk: IssueDesk, at: datetime) -> str:
    return f"{at.astimezone(desk.account.config.account.zone):%m-%d %H:%M}"
