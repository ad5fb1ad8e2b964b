"""Entries -> stories: same address, then nearly the same text, then the same event in other words.

    entries + told -> sorted by key -> seeds (address) -> copies -> events -> groups -> lead and echoes

Every entry that comes in either leads a story or has a verdict that says why it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations
from types import MappingProxyType

from curate.curation import refrains
from curate.curation.adverts import sellers
from curate.curation.codes import length
from curate.curation.duplicates import same_address
from curate.curation.groups import Pair, average_link
from curate.curation.reading import fuller, key
from curate.curation.ties import Found, measure
from curate.curation.words import listed, say
from curate.doors import Map
from curate.model import Entry, Merge, Place, Story, Verdict

Key = tuple[str, str]
Rank = tuple[bool, bool, int, bool, datetime, Key]

# The fuller text leads, but ten characters more are no reason: lengths are compared by doublings, and from
# this many characters on a piece is complete.
COMPLETE = 2000
# A copy of this share of a group's texts belongs to the group.
OF_GROUP = 0.5
# So many sources that had not told a story before must go on with it, for it to come back as a continuation.
CONTINUING = 2
NOWHERE: Mapping[Key, Place] = MappingProxyType({})


def merge(
    entries: Sequence[Entry],
    told: Sequence[Entry] = (),
    *,
    places: Mapping[Key, Place] = NOWHERE,
    window: timedelta = timedelta(hours=72),
    never: AbstractSet[frozenset[Key]] = frozenset(),
    language: str = "zh",
    spread: Map = map,
) -> tuple[list[Story], list[Verdict]]:
    """Stories of the entries, and a verdict for every entry that leads none.

    `told` are entries of earlier issues, `places` says of which: a story that contains one is not returned,
    unless others tell something new of it since; then these are a story that `continues` the item. `window` is how far apart
    two tellings of one event may be published; `never` holds pairs of keys (source, id) that the editor keeps
    apart; `spread` is `map`, or an executor's. Entries by the editor are never merged away: each leads its own story.
    The order of the entries changes nothing.
    """
    pool, old = _pool(entries, told)
    barred = _barred(pool, never)
    addresses = same_address(pool)
    read, said = refrains.read(pool, spread)
    sells = sellers(pool, [fuller(*both) for both in read], spread)
    found = measure(pool, said, addresses, barred, window, sells, spread)
    seeds = [part for group in addresses for part in _allowed(group, barred)]
    copied = average_link(len(pool), dict.fromkeys(found.copies, 1.0), OF_GROUP, seeds=seeds, barred=barred)
    groups = average_link(len(pool), found.strength, 1.0, seeds=copied, barred=barred)
    adverts = sells(i for group in groups if len(group) > 1 for i in group)
    rank = partial(_rank, pool, read, adverts)
    stories, verdicts = _split(pool, old, groups, found, places, language, rank)
    again = {key(pool[i]) for i in old}
    verdicts += [
        Verdict(entry, False, _said("told.same", places.get(key(entry)), language))
        for entry in _once(entries)
        if key(entry) in again
    ]
    verdicts += [
        Verdict(echo.entry, False, say("merged", language, title=story.lead.title, why=echo.why))
        for story in stories
        for echo in story.echoes
    ]
    return (
        sorted(stories, key=lambda story: key(story.lead)),
        sorted(verdicts, key=lambda verdict: key(verdict.entry)),
    )


def _split(
    pool: Sequence[Entry],
    old: AbstractSet[int],
    groups: Iterable[Sequence[int]],
    found: Found,
    places: Mapping[Key, Place],
    language: str,
    rank: Callable[[int], Rank],
) -> tuple[list[Story], list[Verdict]]:
    """Groups as stories, and verdicts for what an earlier issue has told."""
    stories: list[Story] = []
    verdicts: list[Verdict] = []
    for group in groups:
        before = [i for i in group if i in old]
        fresh = [i for i in group if i not in old]
        if before and fresh:
            own = [i for i in fresh if pool[i].original]
            last = max(before, key=lambda i: (*_order(places.get(key(pool[i]))), -i))
            place = places.get(key(pool[last]))
            later = _later(pool, before, fresh, found, place)
            if later and place:
                stories.append(
                    replace(_story(pool, later, found, language, rank), continues=(place.number, place.item))
                )
            words = _said("told", place, language, title=pool[last].title)
            verdicts += [Verdict(pool[i], False, words) for i in fresh if i not in own and i not in later]
            fresh = own
        if fresh:
            stories.append(_story(pool, fresh, found, language, rank))
    return stories, verdicts


def _later(
    pool: Sequence[Entry], before: Sequence[int], fresh: Sequence[int], found: Found, place: Place | None
) -> list[int]:
    """The tellings that go on with what an issue told: dated after it, by sources that have not told it, in words
    of their own; none where fewer than CONTINUING sources do, for a single late one is an echo."""
    if place is None:
        return []
    tellers = {pool[i].source for i in before}
    known = {i for pair in (*found.addresses, *found.copies) for i in pair if any(j in before for j in pair)}
    later = [
        i
        for i in fresh
        if pool[i].dated and pool[i].published > place.made and pool[i].source not in tellers
        if i not in known and not pool[i].original
    ]
    return later if len({pool[i].source for i in later}) >= CONTINUING else []


def _order(place: Place | None) -> tuple[int, int]:
    return (place.number, -place.item) if place else (0, 0)


def _said(name: str, place: Place | None, language: str, **values: object) -> str:
    """The phrase, with the issue's number and the item's where they are known."""
    if place is None:
        return say(name, language, **values)
    return say(f"{name}.place", language, number=place.number, item=place.item, **values)


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a key, by key; of two with one key the fuller, so that the order they came in is forgotten."""
    best: dict[Key, Entry] = {}
    for entry in sorted(entries, key=lambda e: (len(e.content), len(e.summary), e.title, e.url, e.published)):
        best[key(entry)] = entry
    return [best[k] for k in sorted(best)]


def _pool(entries: Iterable[Entry], told: Iterable[Entry]) -> tuple[list[Entry], frozenset[int]]:
    """Everything that is compared, in a fixed order, and the numbers of what was told before."""
    old = {key(entry): entry for entry in _once(told)}
    new = {key(entry): entry for entry in _once(entries)}
    every = new | old
    pool = [every[k] for k in sorted(every)]
    return pool, frozenset(i for i, entry in enumerate(pool) if key(entry) in old)


def _barred(pool: Sequence[Entry], never: AbstractSet[frozenset[Key]]) -> frozenset[Pair]:
    """Pairs that must not meet: what the editor keeps apart, and any two pieces of the editor's own."""
    number = {key(entry): i for i, entry in enumerate(pool)}
    kept_apart = [sorted(number[k] for k in pair if k in number) for pair in never]
    originals = [i for i, entry in enumerate(pool) if entry.original]
    return frozenset(
        [(pair[0], pair[1]) for pair in kept_apart if len(pair) == 2] + list(combinations(originals, 2))
    )


def _allowed(group: Iterable[int], barred: AbstractSet[Pair]) -> list[list[int]]:
    """The group, taken apart where two of its members must not meet."""
    parts: list[list[int]] = []
    for i in sorted(group):
        for part in parts:
            if not any((j, i) in barred for j in part):
                part.append(i)
                break
        else:
            parts.append([i])
    return parts


def _story(
    pool: Sequence[Entry], group: Sequence[int], found: Found, language: str, rank: Callable[[int], Rank]
) -> Story:
    if len(group) == 1:
        return Story(pool[group[0]])
    lead, *others = sorted(group, key=rank)
    echoes = tuple(_merge(pool, lead, i, group, found, language) for i in others)
    return Story(pool[lead], echoes)


def _rank(pool: Sequence[Entry], read: Sequence[tuple[str, str]], adverts: AbstractSet[int], i: int) -> Rank:
    """The best telling first: the editor's own, then no advert, then the fuller, then the earlier one."""
    entry = pool[i]
    fullness = min(length(fuller(*read[i])), COMPLETE).bit_length()
    return not entry.original, i in adverts, -fullness, not entry.dated, entry.published, key(entry)


def _merge(
    pool: Sequence[Entry], lead: int, i: int, group: Iterable[int], found: Found, language: str
) -> Merge:
    """Why `i` is in the lead's story: its tie to the lead, else its closest tie to another telling."""
    other, similar = lead, _similarity(min(i, lead), max(i, lead), found)
    if not similar:
        similar, other = max((_similarity(min(i, j), max(i, j), found), -j) for j in group if j != i)
        other = lead if not similar else -other
    method, why = _why(min(i, other), max(i, other), found, language)
    if other != lead:
        why = say("merge.via", language, why=why, title=pool[other].title)
    return Merge(pool[i], method, round(similar, 3), why)


def _similarity(i: int, j: int, found: Found) -> float:
    pair = (i, j)
    return 1.0 if pair in found.addresses else found.copies.get(pair) or found.events.get(pair, 0.0)


def _why(i: int, j: int, found: Found, language: str) -> tuple[str, str]:
    """How the two are tied, and that in words."""
    pair = (i, j)
    if pair in found.addresses:
        return "address", say("merge.address", language)
    if pair in found.copies:
        return "copy", say("merge.copy", language, percent=round(100 * found.copies[pair]))
    if shared := found.shared(pair):
        return "event", say("merge.event", language, shared=listed(shared, language))
    return "event", say("merge.event.plain", language)
