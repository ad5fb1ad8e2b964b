"""Entries -> stories: same address, then nearly the same text, then the same event in other words.

    entries + told -> sorted by key -> seeds (address) -> copies -> events -> groups -> lead and echoes

Every entry that comes in either leads a story or has a verdict that says why it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from curate.adverts.detect import sellers
from curate.domain.mapping import Map
from curate.domain.message import Message, Value, message
from curate.domain.model import Entry, EntryKey, IssuePlace, MergedEntry, Story, Verdict
from curate.stories import boilerplate
from curate.stories.clustering import Pair, average_link
from curate.stories.document_frequency import NOTHING_READ, DocumentFrequency
from curate.stories.links import SimilarityGraph, measure
from curate.stories.near_duplicates import same_address
from curate.stories.story import StoryMembers, told_by
from curate.text.encoder import Encode
from curate.text.entry_text import NO_TEXTS, EntryText, EntryTexts, text_of

# A copy of this share of a group's texts belongs to the group.
OF_GROUP = 0.5
ANY = 1e-9  # an average that any link has
# So many sources that had not told a story before must go on with it, for it to come back as a continuation.
CONTINUING = 2
NOWHERE: Mapping[EntryKey, IssuePlace] = MappingProxyType({})


def merge(
    entries: Sequence[Entry],
    told: Sequence[Entry] = (),
    *,
    places: Mapping[EntryKey, IssuePlace] = NOWHERE,
    window: timedelta = timedelta(hours=72),
    never: AbstractSet[frozenset[EntryKey]] = frozenset(),
    together: AbstractSet[frozenset[EntryKey]] = frozenset(),
    spread: Map = map,
    read: DocumentFrequency = NOTHING_READ,
    encode: Encode | None = None,
    wordwise: AbstractSet[EntryKey] = frozenset(),
    texts: EntryTexts = NO_TEXTS,
) -> tuple[list[Story], list[Verdict]]:
    """Stories of the entries, and a verdict for every entry that leads none.

    `told` are entries of earlier issues, `places` says of which: a story that contains one is not returned,
    unless others tell something new of it since; then these are a story that `continues` the item. `window` is how far apart
    two tellings of one event may be published; `never` holds pairs of keys that the editor keeps
    apart, `together` those that the editor merged; `spread` is `map`, or an executor's; `read` tells which words are common, `encode` what
    entries mean; `wordwise` are those that are compared by their words alone, and never asked whether they sell. Entries by the editor are never merged away: each leads its own story.
    `texts` are those that are made already.
    The order of the entries changes nothing.
    """
    pool, old = _pool(entries, told)
    barred = _find_barred(pool, never)
    addresses = same_address(pool)
    whole = [text_of(entry, texts) for entry in pool]
    said = boilerplate.without_refrains(whole, spread)
    by_words = [i for i, entry in enumerate(pool) if entry.key in wordwise]
    sells, meaning = sellers(whole, spread, encode, by_words), _embed_texts(whole, by_words, encode)
    found = measure(whole, said, addresses, barred, window, sells, spread, read, meaning)
    found = replace(found, merged=_pairs(pool, together) - barred)
    groups = _groups(pool, addresses, found, barred)
    adverts = frozenset(sells(i for group in groups if len(group) > 1 for i in group))
    parts, verdicts = _split_groups(pool, old, groups, found, places)
    stories = told_by(pool, parts, [text.whole for text in whole], adverts, found)
    verdicts += _refuse_told(entries, {pool[i].key for i in old}, places)
    verdicts += [_make_merged_verdict(story, echo) for story in stories for echo in story.echoes]
    return (
        sorted(stories, key=lambda story: story.lead.key),
        sorted(verdicts, key=lambda verdict: verdict.entry.key),
    )


def _refuse_told(
    entries: Iterable[Entry], told: AbstractSet[EntryKey], places: Mapping[EntryKey, IssuePlace]
) -> list[Verdict]:
    """Verdicts for entries that an earlier issue had themselves."""
    again = _once(entry for entry in entries if entry.key in told)
    return [Verdict(entry, False, _make_message("told.same", places.get(entry.key))) for entry in again]


def _embed_texts(
    pool: Sequence[EntryText], by_words: Sequence[int], encode: Encode | None
) -> NDArray[np.float32] | None:
    """A vector for each entry, of zeros for those that are compared by their words."""
    asked = np.setdiff1d(np.arange(len(pool)), by_words)
    vectors = encode([pool[i].gist for i in asked]) if encode and len(asked) else None
    if vectors is None or not by_words:
        return vectors
    found = np.zeros((len(pool), vectors.shape[1]), np.float32)
    found[asked] = vectors
    return found


def _groups(
    pool: Sequence[Entry],
    addresses: Iterable[Iterable[int]],
    found: SimilarityGraph,
    barred: AbstractSet[Pair],
) -> list[list[int]]:
    """Entries that are one story: what is certain first, then copies, then events."""
    seeds = [part for group in addresses for part in _split_barred(group, barred)]
    certain = dict.fromkeys(found.merged, 1.0)
    seeds = average_link(len(pool), certain, ANY, seeds=seeds, barred=barred) if certain else seeds
    copied = average_link(len(pool), dict.fromkeys(found.copies, 1.0), OF_GROUP, seeds=seeds, barred=barred)
    return average_link(len(pool), found.strength, 1.0, seeds=copied, barred=barred)


def _make_merged_verdict(story: Story, echo: MergedEntry) -> Verdict:
    return Verdict(echo.entry, False, message("merged", title=story.lead.title, why=echo.why))


def _split_groups(
    pool: Sequence[Entry],
    old: AbstractSet[int],
    groups: Iterable[Sequence[int]],
    found: SimilarityGraph,
    places: Mapping[EntryKey, IssuePlace],
) -> tuple[list[StoryMembers], list[Verdict]]:
    """What of the groups becomes stories, and verdicts for what an earlier issue has told."""
    parts: list[StoryMembers] = []
    verdicts: list[Verdict] = []
    for group in groups:
        before = [i for i in group if i in old]
        fresh = [i for i in group if i not in old]
        if before and fresh:
            own = [i for i in fresh if pool[i].original]
            last = max(before, key=lambda i: (*_order(places.get(pool[i].key)), -i))
            place = places.get(pool[last].key)
            later = _later(pool, before, fresh, found, place)
            if later and place:
                parts.append(StoryMembers(later, (place.number, place.item)))
            told = _make_message("told", place, title=pool[last].title)
            verdicts += [Verdict(pool[i], False, told) for i in fresh if i not in own and i not in later]
            fresh = own
        if fresh:
            parts.append(StoryMembers(fresh))
    return parts, verdicts


def _later(
    pool: Sequence[Entry],
    before: Sequence[int],
    fresh: Sequence[int],
    found: SimilarityGraph,
    place: IssuePlace | None,
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


def _order(place: IssuePlace | None) -> tuple[int, int]:
    return (place.number, -place.item) if place else (0, 0)


def _make_message(name: str, place: IssuePlace | None, **values: Value) -> Message:
    """That it was told before, with the issue's number and the item's where they are known."""
    if place is None:
        return message(name, **values)
    return message(f"{name}.place", number=place.number, item=place.item, **values)


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a key, by key; of two with one key the fuller, so that the order they came in is forgotten."""
    best: dict[EntryKey, Entry] = {}
    for entry in sorted(entries, key=lambda e: (len(e.content), len(e.summary), e.title, e.url, e.published)):
        best[entry.key] = entry
    return [best[k] for k in sorted(best)]


def _pool(entries: Iterable[Entry], told: Iterable[Entry]) -> tuple[list[Entry], frozenset[int]]:
    """Everything that is compared, in a fixed order, and the numbers of what was told before."""
    old = {entry.key: entry for entry in _once(told)}
    new = {entry.key: entry for entry in _once(entries)}
    every = new | old
    pool = [every[k] for k in sorted(every)]
    return pool, frozenset(i for i, entry in enumerate(pool) if entry.key in old)


def _find_barred(pool: Sequence[Entry], never: AbstractSet[frozenset[EntryKey]]) -> frozenset[Pair]:
    """Pairs that must not meet: what the editor keeps apart, and any two pieces of the editor's own."""
    originals = [i for i, entry in enumerate(pool) if entry.original]
    return _pairs(pool, never) | frozenset(combinations(originals, 2))


def _pairs(pool: Sequence[Entry], keys: AbstractSet[frozenset[EntryKey]]) -> frozenset[Pair]:
    """Pairs of keys as pairs of numbers, where the pool has both."""
    number = {entry.key: i for i, entry in enumerate(pool)} if keys else {}
    known = (sorted(number[k] for k in pair if k in number) for pair in keys)
    return frozenset((pair[0], pair[1]) for pair in known if len(pair) == 2)


def _split_barred(group: Iterable[int], barred: AbstractSet[Pair]) -> list[list[int]]:
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
