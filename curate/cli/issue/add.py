"""Finding what `curate issue add` is asked for, and reading it: an offer of the night, or anything in the archive."""

from __future__ import annotations

from dataclasses import replace

import click

from curate.app.doors import open_doors
from curate.app.edit_issue import OpenIssue
from curate.app.take_item import Taken, read_item
from curate.cli.terminal.console import Console
from curate.config.schema import OTHER
from curate.desk.offers import find_offer
from curate.domain.model import Entry, Item, Pick, Story
from curate.pipeline.collect_offers import offers_of
from curate.pipeline.nightly import judge
from curate.pipeline.ports import Doors
from curate.render.context import items
from curate.sources.urls import normalize
from curate.storage.database.rows import hash_key


def take(opened: OpenIssue, what: str, topic: str, place: int | None) -> Taken:
    """Read what is to be added; `topic`: "" for the machine's judgement. UsageError where there is no such entry, or the
    issue has it."""
    entry, offered = _find(opened, what)
    if entry.source not in {source.id for source in opened.account.config.sources}:
        raise click.UsageError(f"来源 {entry.source} 已经不在 feeds.yaml 里。")
    console = Console(opened.account.config.account.language, quiet=True)
    doors = open_doors(opened.account, opened.now)
    offered = offered or _judge_alone(entry, opened, doors, console)
    if topic:
        offered = replace(offered, topic=topic)
    return read_item(entry, offered, opened.number, place, opened.account.config, doors, console)


def _find(opened: OpenIssue, what: str) -> tuple[Entry, Item | None]:
    """The entry that is meant, and the item as the night offered it."""
    offers = opened.account.archive.desk.offers(opened.number)
    if what.isascii() and what.isdecimal() and len(what) <= len(str(len(offers))):
        offer = next((each for each in offers if each.place == int(what)), None)
        if offer is None:
            raise click.UsageError(
                f"没有编号 {what} 的候选；curate issue show {opened.number} --offers 列出它们。"
            )
        what = hash_key(*offer.item.key)
    found = opened.account.archive.find(what) or opened.account.archive.find(normalize(what))
    if not found:
        raise click.UsageError(f"存档里没有 {what} 这一条。")
    entry = found[0]
    if entry.key in {item.key for item in items(opened.edited.issue)}:
        raise click.UsageError(f"第 {opened.number} 期里已经有“{entry.title}”。")
    offer = find_offer(offers, entry.key)
    return entry, offer.item if offer else None


def _judge_alone(entry: Entry, opened: OpenIssue, doors: Doors, console: Console) -> Item:
    """An entry that the night did not offer, judged by itself, as one that the night had alone would be."""
    picks, _ = judge([entry], opened.account.config, doors, console, opened.now)
    pick = picks[0] if picks else Pick(Story(entry), OTHER, 0.0, 0.0, ())
    return offers_of([pick], (), (), opened.account.config)[0].item
