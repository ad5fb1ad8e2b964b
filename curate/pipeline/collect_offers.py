"""A step at the end of the night: its picks as offers, which are kept with the issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from curate.config.schema import Config
from curate.desk.offers import Offer
from curate.domain.message import shorten
from curate.domain.model import Article, EntryKey, Item, Pick, Verdict
from curate.i18n.catalogue import say
from curate.pipeline.assemble import item_of

MOST = 1_000  # offers that are kept of a night, the best
_TITLE, _WORDS = 300, 300  # characters


def offers_of(
    picks: Sequence[Pick], chosen: Collection[EntryKey], verdicts: Iterable[Verdict], config: Config
) -> tuple[Offer, ...]:
    """The best of a night's picks as offers. `chosen`: source and id of those that the issue has."""
    told = {verdict.entry.key: verdict.message for verdict in verdicts}
    ranked = sorted(picks, key=lambda pick: (pick.key not in chosen, -pick.score, pick.key))[:MOST]
    ranked.sort(key=lambda pick: (-pick.score, pick.key))
    return tuple(
        Offer(
            place,
            _short(item_of(0, pick, Article("", "", by="title"), config, config.sources_by_id)),
            round(pick.score, 4),
            pick.key in chosen,
            say(told.get(pick.key), config.account.language)[:_WORDS],
            round(pick.confidence, 4),
            shorten(told[pick.key], _WORDS) if pick.key in told else None,
        )
        for place, pick in enumerate(ranked, 1)
    )


def _short(item: Item) -> Item:
    """The item without the body of a piece of the editor's own, which the archive has."""
    return replace(item, title=item.title[:_TITLE], body="", part="")
