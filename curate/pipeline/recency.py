"""What is new, where a source gives no dates: its pages say when, and what a first reading finds is the stock of years.

An entry without a date counts as of the night that first saw it. That is right for what a source adds, and wrong for what
it had before anybody read it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from curate.domain.message import Message, message
from curate.domain.model import Article, Entry, EntryKey, Pick, Verdict
from curate.pipeline.ports import Complete


def recent(
    entries: list[Entry],
    first_read: Callable[[Collection[str]], Collection[EntryKey]],
    since: datetime,
    zone: ZoneInfo,
) -> tuple[list[Entry], list[Verdict]]:
    """The entries that may be tonight's; and what became of those that their pages, or a first reading, say are older.

    `first_read` gives the undated entries of sources that came when these were read for the first time.
    """
    undated = {entry.source for entry in entries if not entry.dated and not entry.original}
    stock = first_read(undated) if undated else frozenset()
    kept, dropped = [], []
    for entry in entries:
        if entry.published < since:
            dropped.append(Verdict(entry, False, _age(entry, zone)))
        elif not entry.dated and not entry.original and entry.key in stock:
            dropped.append(Verdict(entry, False, message("drop.stock")))
        else:
            kept.append(entry)
    return kept, dropped


def settle_dates(
    picks: Sequence[Pick],
    articles: Mapping[EntryKey, Article],
    complete: Complete,
    since: datetime,
    zone: ZoneInfo,
) -> tuple[list[Pick], list[Verdict]]:
    """The picks with the dates that their pages say, where their sources said none, without those that are too old; and
    what became of these. The dates are kept (`complete`), so that nothing old is a candidate again."""
    kept, dropped = [], []
    for pick in picks:
        lead = pick.story.lead
        article = articles.get(lead.key)
        dated = _dated_by_page(lead, article) if article else lead
        if dated is not lead:
            complete(dated)
            pick = replace(pick, story=replace(pick.story, lead=dated))
        if dated is not lead and dated.published < since:
            told = _age(dated, zone)
            dropped.append(Verdict(dated, False, told, pick.score, pick.topic, pick.why))
        else:
            kept.append(pick)
    return kept, dropped


def _dated_by_page(entry: Entry, article: Article) -> Entry:
    """The entry with its page's date, where its source gave none and the page has one; else as it is."""
    if entry.dated or entry.original or article.published is None:
        return entry
    return replace(entry, published=min(article.published, entry.published), dated=True)


def _age(entry: Entry, zone: ZoneInfo) -> Message:
    """That the entry's date is before what an issue looks back on."""
    return message("drop.old", day=f"{entry.published.astimezone(zone):%Y-%m-%d}")
