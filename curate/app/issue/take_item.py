"""An entry that the issue does not have -> an item that it can take: its page is read and its picture fetched now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha1
from typing import NamedTuple

from curate.config.schema import OTHER, Config
from curate.desk.events import Take
from curate.domain.model import Article, Entry, EntryKey, Failure, Item, Pick, Story
from curate.i18n.catalogue import say_failures
from curate.pipeline.assemble import credits_of, cut_piece, item_of
from curate.pipeline.collect_offers import offers_of
from curate.pipeline.full_text import articles as find_articles
from curate.pipeline.full_text import part_findings
from curate.pipeline.illustrate import illustrate
from curate.pipeline.memory import recall
from curate.pipeline.nightly import judge
from curate.pipeline.ports import Doors, Fetch, Watch
from curate.pipeline.summarize import with_summaries
from curate.sources.unlisted import find_unlisted, with_unlisted
from curate.storage import Archive

ALL = "all"  # of digest.images


class Taken(NamedTuple):
    """What is to be decided, the pictures that go with it, and what could not be had."""

    event: Take
    files: dict[str, bytes]
    failures: tuple[Failure, ...]


def with_source(config: Config, entry: Entry, archive: Archive, name: str = "") -> Config:
    """The settings with a source for an entry of none that they have: of a page that was pasted, or of a source that went.
    `name`: what it is called, where that is known; else it may have been parked under its name."""
    if not find_unlisted([entry], config):
        return config
    names = {entry.source: name} if name else archive.desk.name_parked([entry])
    return with_unlisted(config, [entry], names)


def judge_alone(entry: Entry, config: Config, archive: Archive, watch: Watch, now: datetime) -> Item:
    """An entry that the night did not offer, as an item: judged by itself, as one that a night had alone would be."""
    picks, _ = judge([entry], config, recall(archive, config, now), watch, now)
    pick = picks[0] if picks else Pick(Story(entry), OTHER, 0.0, 0.0, ())
    return offers_of([pick], (), (), config)[0].item


def read_item(
    entry: Entry, offered: Item, number: int, place: int | None, config: Config, doors: Doors, watch: Watch
) -> Taken:
    """Read what an entry says in full. `offered`: the item as it was offered, with its topic, reasons and tellings;
    `number`: the issue's. Where no text can be had it comes with its title alone."""
    sources = config.sources_by_id
    pick = Pick(Story(entry, continues=offered.continues), offered.topic, 1.0, 0.0, offered.why)
    found, failed, told = part_findings(find_articles([entry], sources, doors.fetch, doors.archive))
    articles = found or {pick.key: Article(entry.title, "", by="title")}
    articles = with_summaries(articles, [pick], config.digest)
    item = item_of(0, pick, articles[pick.key], config, sources)
    item = replace(item, also=offered.also, echo_keys=offered.echo_keys)
    item, files, lost = _illustrate_item(item, pick, articles, config, doors.fetch, watch)
    homes = credits_of([pick], sources, doors.archive.sites())
    event = Take(cut_piece(item, number, config), place, homes)
    return Taken(event, files, say_failures((*failed.values(), *told, *lost), config.account.language))


def _illustrate_item(
    item: Item,
    pick: Pick,
    articles: Mapping[EntryKey, Article],
    config: Config,
    fetch: Fetch,
    watch: Watch,
) -> tuple[Item, dict[str, bytes], list[Failure]]:
    """The item with its picture under a name that no number and no other item has, where every item has one."""
    if config.digest.images != ALL:
        return replace(item, image=None), {}, []
    made = illustrate([pick], pick, articles, ALL, config.sources_by_id, fetch, watch)
    image = made.images.get(pick.key)
    if image is None:
        return replace(item, image=None), {}, made.failures
    mark = sha1("\0".join(pick.key).encode(), usedforsecurity=False).hexdigest()[:10]
    file = f"images/{mark}.{image.file.rpartition('.')[2]}"
    return replace(item, image=replace(image, file=file)), {file: made.files[image.file]}, made.failures
