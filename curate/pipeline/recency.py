"""What is new, where a source gives no dates: its pages say when, and what a first reading finds is the stock of years.

An entry without a date counts as of the night that first saw it. That is right for what a source adds, and wrong for what
it had before anybody read it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from curate.domain.message import Message, message
from curate.domain.model import Article, Entry, EntryKey, Pick, Verdict
from curate.pipeline.ports import Complete


class Lookback(NamedTuple):
    """What an issue looks back on: all that was published after a time, and what the editor parked, however old."""

    since: datetime
    zone: ZoneInfo  # of the days that are named
    parked: Collection[EntryKey] = ()

    def tell_age(self, entry: Entry) -> Message | None:
        """That the entry is from before; None where it is not, or was parked."""
        if entry.published >= self.since or entry.key in self.parked:
            return None
        return message("drop.old", day=f"{entry.published.astimezone(self.zone):%Y-%m-%d}")


def recent(
    entries: list[Entry],
    first_read: Callable[[Collection[str]], Collection[EntryKey]],
    lookback: Lookback,
) -> tuple[list[Entry], list[Verdict]]:
    """The entries that may be tonight's; and what became of those that their pages, or a first reading, say are older.

    `first_read` gives the undated entries of sources that came when these were read for the first time.
    """
    undated = [e for e in entries if not e.dated and not e.original and e.key not in lookback.parked]
    read = first_read({entry.source for entry in undated}) if undated else ()
    stock = {entry.key for entry in undated} & set(read)
    kept, dropped = [], []
    for entry in entries:
        if told := lookback.tell_age(entry):
            dropped.append(Verdict(entry, False, told))
        elif entry.key in stock:
            dropped.append(Verdict(entry, False, message("drop.stock")))
        else:
            kept.append(entry)
    return kept, dropped


def settle_dates(
    picks: Sequence[Pick],
    articles: Mapping[EntryKey, Article],
    complete: Complete,
    lookback: Lookback,
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
        if dated is not lead and (told := lookback.tell_age(dated)):
            dropped.append(Verdict(dated, False, told, pick.score, pick.topic, pick.why))
        else:
            kept.append(pick)
    return kept, dropped


def _dated_by_page(entry: Entry, article: Article) -> Entry:
    """The entry with its page's date, where its source gave none and the page has one; else as it is."""
    if entry.dated or entry.original or article.published is None:
        return entry
    return replace(entry, published=min(article.published, entry.published), dated=True)
