"""Which pages an issue changes, and all of them in turn.

    an issue            its page, its neighbors' (they link to it), the front
    its items           a page each; and those of the story that they continue
    its month           the month's page; the topics' pages of that month; the month's sitemap
    its topics          their newest items and feeds
    its sources         their pages
    its block           the search index of the issues that it is indexed with (finding.py)
    always              lists of months, topics, sources, collections; the worker that keeps the newest issue

Everything is a function of the digests it shows, so that a site grown issue by issue is, byte for byte, the one
that is built from nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from curate.config.schema import Config
from curate.domain.model import Digest
from curate.render.templating import filler
from curate.render.theme import own_palette
from curate.site import feeds, pages, paths, pwa, search_index
from curate.site.editions import Edition, Reader, edition
from curate.site.index_cards import Card, Catalogue, Changed, Spot, sources_in, sources_of, threads, topics_of
from curate.site.pages import Page, Review, Site

FORMAT = 3  # of what is written: another one builds everything anew
AT_ONCE = 100  # issues whose pages are made together; about as many are held


class Picture(NamedTuple):
    """A picture of the site, which is a file of an issue or of a collection."""

    path: str
    folder: str  # "issues/2026-11-22-1"
    file: str


def stamp(config: Config, templates: Mapping[str, str], version: str) -> str:
    """What all pages depend on beside the issues: another value builds everything anew."""
    parts = {
        "format": FORMAT,
        "version": version,
        "account": config.account.model_dump(mode="json"),
        "replies": config.replies,
        "look": config.look.model_dump(mode="json"),
        "topics": [(topic.id, topic.name, topic.icon) for topic in config.topics],
        "url": config.site.url,
        "templates": {
            name: text for name, text in templates.items() if name.startswith(("site/", "wechat/themes/"))
        },
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def site_of(
    config: Config,
    templates: Mapping[str, str],
    catalogue: Catalogue,
    read: Reader,
    reviews: Mapping[str, Digest],
) -> Site:
    """What all pages are made of. `reviews`: the collections by slug, the newest first."""
    cards = {card.number: card for card in catalogue.cards}
    return Site(
        account=config.account,
        replies=config.replies,
        url=config.site.url or "",
        fill=filler(templates),
        read=read,
        cards=cards,
        threads=threads(cards.values()),
        topics=topics_of(cards.values(), config.topics),
        sources=sources_of(cards.values(), pages.NEWEST),
        reviews=tuple(Review(slug, edition(digest, slug, config.look)) for slug, digest in reviews.items()),
    )


class Changes(NamedTuple):
    """What a build puts into the site, and the folders and files that go unless they were just put there."""

    pages: Iterator[Page]
    pictures: Iterator[Picture]
    swept: Collection[str]


def changes(site: Site, config: Config, templates: Mapping[str, str], changed: Changed | None) -> Changes:
    """What the issues that were changed change; all where it is None."""
    if changed is None:
        return Changes(_all_pages(site, config, templates, None, ()), _all_pictures(site, None), paths.OWN)
    fresh, before = changed
    swept = (*search_index.outgrown(site, fresh), *_list_renamed(site, fresh), *_list_outdated(before))
    return Changes(_all_pages(site, config, templates, fresh, before), _all_pictures(site, fresh), swept)


def _list_outdated(before: Sequence[Card]) -> Iterator[str]:
    """What may have to go of an issue that was put right: what is made again stays."""
    for card in before:
        yield from (paths.story(card.number, 0).rpartition("/")[0] + "/", paths.pictures(str(card.number)))
        yield search_index.block_of(card.number).folder
        for topic in card.topics:
            yield f"{paths.topic(topic.id).rpartition('/')[0]}/{card.month}."
            yield from (
                paths.topic(topic.id),
                *(paths.topic_feed(topic.id, f) for f in (paths.ATOM, paths.JSON)),
            )
        yield from (paths.source(name) for source in card.sources for name in (source.id, source.name))


def _list_renamed(site: Site, fresh: frozenset[int]) -> Iterator[str]:
    """The pages of sources that had only told the same so far, and were known by name: now they have an id."""
    before = [card for card in site.cards.values() if card.number not in fresh]
    for name in sorted(sources_in(before, before) - site.sources.keys()):
        yield paths.source(name)


def _all_pages(
    site: Site,
    config: Config,
    templates: Mapping[str, str],
    fresh: frozenset[int] | None,
    before: Sequence[Card],
) -> Iterator[Page]:
    """The pages that `fresh` issues change, of which some had these cards `before`; all where it is None.

    So many issues at a time, with the months that end in them: for its pages each digest is read once.
    """
    cards = [card for card in site.cards.values() if fresh is None or card.number in fresh]
    changed = {card.number for card in cards}
    ends = {card.month: card.number // AT_ONCE for card in cards}
    for each, group in groupby(cards, key=lambda card: card.number // AT_ONCE):
        numbers = [card.number for card in group]
        yield from _issues(site, numbers, changed)
        yield from search_index.texts(site, numbers)
        yield from _months(site, [month for month, end in ends.items() if end == each])
    yield from search_index.index(site, changed)
    yield from _no_longer_linked(site, before, changed)
    yield from _lists(site, cards, before)
    topics = {topic.id for card in (*cards, *before) for topic in card.topics}
    yield from feeds.feeds(site, topics & site.topics.keys())
    yield from pwa.make_pwa(site, own_palette(templates, config.look), templates, cards)
    yield from _always(site)


def _all_pictures(site: Site, fresh: frozenset[int] | None) -> Iterator[Picture]:
    """The pictures that those pages show."""
    for card in site.cards.values():
        if fresh is None or card.number in fresh:
            yield from _pictures(site.read(card.number), f"issues/{card.folder}")
    for review in site.reviews:
        yield from _pictures(review.edition, f"collections/{review.slug}")


def _pictures(shown: Edition, folder: str) -> Iterator[Picture]:
    files = [row.image.file for row in shown.rows.values() if row.image]
    for file in (*files, *(cover.file for cover in shown.digest.covers[:1])):
        yield Picture(paths.picture(shown.name, file), folder, file)


def _issues(site: Site, numbers: Sequence[int], changed: Collection[int]) -> Iterator[Page]:
    """The pages of these issues and their items, and those of issues that did not change but link to them."""
    order = list(site.cards)
    group = set(numbers)
    beside = {
        order[at + step]
        for at, number in enumerate(order)
        if number in group
        for step in (-1, 1)
        if 0 <= at + step < len(order) and order[at + step] not in changed
    }
    linked = {
        spot
        for spots in set(site.threads.values())
        if any(spot.issue in group for spot in spots)
        for spot in spots
        if spot.issue not in changed
    }
    for number in sorted(group | beside):
        yield pages.of_issue(site, number)
    for spot in sorted({Spot(number, item) for number in group for item in site.read(number).rows} | linked):
        yield pages.of_story(site, spot)


def _months(site: Site, months: Sequence[str]) -> Iterator[Page]:
    for month in months:
        yield pages.of_month(site, month)
        for name in site.topics:
            if any(topic.id == name for card in site.of_month(month) for topic in card.topics):
                yield pages.of_topic(site, name, month)


def _no_longer_linked(site: Site, before: Sequence[Card], changed: Collection[int]) -> Iterator[Page]:
    """The pages of items that an issue went on with before it was put right, and of their stories."""
    spots = {Spot(issue, item) for card in before for _, issue, item in card.continues}
    linked = {each for spot in spots for each in site.threads.get(spot, (spot,))}
    for spot in sorted(linked):
        card = site.cards.get(spot.issue)
        if card and spot.issue not in changed and spot.item in card.items:
            yield pages.of_story(site, spot)


def _lists(site: Site, cards: Sequence[Card], before: Sequence[Card]) -> Iterator[Page]:
    every = (*cards, *before)
    for name in sorted({topic.id for card in every for topic in card.topics} & site.topics.keys()):
        yield pages.of_topic(site, name)
    names = sources_in(every, site.cards.values()) | {s.name for card in before for s in card.sources}
    for name in sorted(names & site.sources.keys()):
        yield pages.of_source(site, name)


def _always(site: Site) -> Iterator[Page]:
    if site.newest:
        yield pages.of_issue(site, site.newest.number, home=True)
    else:
        yield pages.plain(site, paths.HOME, "empty", "today")
    yield pages.of_issues(site)
    yield pages.of_topics(site)
    yield pages.of_sources(site)
    yield pages.of_collections(site)
    for review in site.reviews:
        yield pages.of_collection(site, review)
    yield pages.plain(site, paths.SEARCH, "search", "search")
    yield pages.plain(site, paths.OFFLINE, "offline", "offline")
    yield pages.plain(site, paths.MISSING, "missing", "missing")
