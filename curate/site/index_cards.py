"""What the site knows of every issue without reading it again: a card an issue, kept beside the site.

An archive of a thousand issues is sixty megabytes of digests; its cards are a third of one. From the cards alone it
is decided which pages an issue changes, and only the digests that those pages show are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from curate.config.schema import OTHER, Topic
from curate.domain.model import Digest
from curate.render.context import items


class Spot(NamedTuple):
    """Where an item stands: its issue and its place in it."""

    issue: int
    item: int


@dataclass(frozen=True, slots=True)
class TopicCard:
    id: str
    name: str
    icon: str
    items: int


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What a source brought to an issue. `id` is "" where it only told the same: then its name tells who it is."""

    id: str
    name: str
    url: str
    led: tuple[int, ...]  # items that are its telling
    echoed: int  # items that it told as well


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    folder: str
    stamp: str  # of the stored digest: another one means that the issue was changed
    day: date
    items: tuple[int, ...]  # their numbers, 1.. unless one was taken out
    topics: tuple[TopicCard, ...]
    sources: tuple[SourceCard, ...]
    continues: tuple[tuple[int, int, int], ...]  # item here, and the issue and item that told the beginning

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All cards, by number. `stamp` is that of the look: templates, settings, the program."""

    stamp: str
    cards: tuple[Card, ...]


class Stored(NamedTuple):
    """An issue as the archive lists it."""

    number: int
    folder: str
    stamp: str


def card(stored: Stored, digest: Digest) -> Card:
    """The card of an issue."""
    every = items(digest)
    homes = {credit.name: credit.url for credit in digest.credits}
    led: dict[tuple[str, str], list[int]] = {}
    echoed: dict[str, int] = {}
    for item in every:
        led.setdefault((item.source_id or item.source, item.source), []).append(item.number)
        for name in {telling.source for telling in item.also} - {item.source}:
            echoed[name] = echoed.get(name, 0) + 1
    sources = [
        SourceCard(id_, name, homes.get(name, ""), tuple(numbers), echoed.pop(name, 0))
        for (id_, name), numbers in led.items()
    ]
    return Card(
        stored.number,
        stored.folder,
        stored.stamp,
        digest.date,
        tuple(item.number for item in every),
        tuple(TopicCard(s.id, s.name, s.icon, len(s.items)) for s in digest.sections if s.items),
        (
            *sources,
            *(SourceCard("", name, homes.get(name, ""), (), echoed[name]) for name in sorted(echoed)),
        ),
        tuple((item.number, *item.continues) for item in every if item.continues),
    )


def catalogue(
    stamp: str, listed: Iterable[Stored], old: Catalogue | None, load: Callable[[int], Digest]
) -> Catalogue:
    """The cards of what the archive lists; only what `old` does not have, or has otherwise, is loaded."""
    known = {(c.number, c.folder, c.stamp): c for c in old.cards} if old else {}
    cards = (known.get(stored) or card(stored, load(stored.number)) for stored in sorted(listed))
    return Catalogue(stamp, tuple(cards))


class Changed(NamedTuple):
    """The issues whose pages are to be made, and the card of the one that was put right, as it was before."""

    fresh: frozenset[int]
    before: tuple[Card, ...] = ()


def find_changes(old: Catalogue | None, new: Catalogue) -> Changed | None:
    """What is to be made; None where everything is: nothing was there, the look is another one, or an issue is gone or
    was changed to which others may refer. The last one may change: nothing came after it."""
    if old is None or old.stamp != new.stamp:
        return None
    before = {card.number: card for card in old.cards}
    fresh = {card.number for card in new.cards if before.get(card.number) != card}
    last = max(before, default=0)
    if before.keys() - {card.number for card in new.cards} or any(number < last for number in fresh):
        return None
    return Changed(frozenset(fresh), (before[last],) if last in fresh else ())


def threads(cards: Iterable[Card]) -> dict[Spot, tuple[Spot, ...]]:
    """Each item of a story that was told over several issues -> all of them, in order."""
    cards = list(cards)
    there = {Spot(card.number, item) for card in cards for item in card.items}
    group: dict[Spot, list[Spot]] = {}
    for card_ in cards:
        for item, issue, first in card_.continues:
            here, before = Spot(card_.number, item), Spot(issue, first)
            if before not in there or here == before:
                continue  # of an issue that is lost
            one, other = group.setdefault(here, [here]), group.setdefault(before, [before])
            if one is not other:
                one.extend(other)
                group.update(dict.fromkeys(other, one))
    return {spot: tuple(sorted(spots)) for spot, spots in group.items()}


def topics_of(cards: Iterable[Card], known: Iterable[Topic]) -> dict[str, TopicCard]:
    """Every topic by id with all its items counted: those of feeds.yaml in its order and by its names, then what
    there was besides by its last name, and what belongs to no topic at the end."""
    found: dict[str, TopicCard] = {}
    for card_ in cards:
        for topic in card_.topics:
            before = found.get(topic.id)
            total = topic.items + (before.items if before else 0)
            found[topic.id] = TopicCard(topic.id, topic.name, topic.icon, total)
    named = {topic.id: topic for topic in known}
    for name in named.keys() & found.keys():
        found[name] = TopicCard(name, named[name].name, named[name].icon, found[name].items)
    places = {name: n for n, name in enumerate(named)}
    ordered = sorted(found, key=lambda name: (name == OTHER, places.get(name, len(places))))
    return {name: found[name] for name in ordered}


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """What a source brought in all issues."""

    id: str
    name: str  # the newest
    url: str
    led: int
    echoed: int
    last: date
    spots: tuple[Spot, ...]  # the newest items that are its telling, newest first


def sources_of(cards: Iterable[Card], newest: int) -> dict[str, SourceTotal]:
    """Every source by id, the most fruitful first; `newest` items of each are named."""
    cards = sorted(cards, key=lambda card: -card.number)
    ids = _ids(cards)
    led: dict[str, list[Spot]] = {}
    echoed: dict[str, int] = {}
    latest: dict[str, tuple[SourceCard, date]] = {}
    homes: dict[str, str] = {}
    for card_ in cards:
        for source in card_.sources:
            name = source.id or ids.get(source.name, source.name)
            led.setdefault(name, []).extend(Spot(card_.number, item) for item in source.led)
            echoed[name] = echoed.get(name, 0) + source.echoed
            latest.setdefault(name, (source, card_.day))
            homes.setdefault(name, "")
            homes[name] = homes[name] or source.url
    totals = (
        SourceTotal(
            name, latest[name][0].name, homes[name], len(led[name]), echoed[name], latest[name][1],
            tuple(led[name][:newest]),
        )
        for name in latest
    )  # fmt: skip
    return {total.id: total for total in sorted(totals, key=lambda t: (-t.led, -t.echoed, t.id))}


def sources_in(cards: Iterable[Card], every: Iterable[Card]) -> set[str]:
    """The ids of the sources of some issues. `every`: where names that only told the same are looked up."""
    ids = _ids(every)
    return {source.id or ids.get(source.name, source.name) for card_ in cards for source in card_.sources}


def _ids(cards: Iterable[Card]) -> Mapping[str, str]:
    """Display name -> id, where an item of that name was ever published."""
    return {source.name: source.id for card_ in cards for source in card_.sources if source.id}
