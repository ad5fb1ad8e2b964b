"""Entries -> stories: same address, then nearly the same text, then the same event in other words.

    entries + told -> sorted by key -> seeds (address) -> copies -> events -> groups -> lead and echoes

Every entry that comes in either leads a story or has a verdict that says why it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from curate.curation import events
from curate.curation.adverts import ADVERT, advert
from curate.curation.duplicates import COPY, near_copies, same_address
from curate.curation.groups import Pair, average_link
from curate.curation.reading import folded, key, length, opening, text_of
from curate.curation.words import listed, say
from curate.model import Entry, Merge, Story, Verdict

Key = tuple[str, str]

# The fuller text leads, but ten characters more are no reason: lengths are compared by doublings, and from
# this many characters on a piece is complete.
COMPLETE = 2000
# Two pieces of one source are a series or a follow-up more often than one event told twice.
SAME_SOURCE = 0.75
# No tie between two tellings counts for more than twice what is needed, so that one copy pulls nobody else in.
CERTAIN = 2.0
# What numbers the parts of a series: digits, and Chinese numerals or 上中下 in brackets or at the end.
_PART = re.compile(
    r"\d+|[(（](?:[上中下]|[一二三四五六七八九十]+)[)）]|(?:[上中下]|[一二三四五六七八九十]+)$"
)
# A title of fewer characters is a heading that many entries carry; without a text it merges with nothing.
HEADING = 6


@dataclass(frozen=True, slots=True)
class _Found:
    """What was measured between entries, by their numbers: pair -> similarity, and words that events share.

    `strength` is a similarity in units of what that pair of entries needs: from 1 on, they belong together.
    """

    addresses: frozenset[Pair]
    copies: Mapping[Pair, float]
    events: Mapping[Pair, float]
    strength: Mapping[Pair, float]
    shared: Mapping[Pair, list[str]]


def merge(
    entries: Sequence[Entry],
    told: Sequence[Entry] = (),
    *,
    window: timedelta = timedelta(hours=72),
    never: AbstractSet[frozenset[Key]] = frozenset(),
    language: str = "zh",
) -> tuple[list[Story], list[Verdict]]:
    """Stories of the entries, and a verdict for every entry that leads none.

    `told` are entries of earlier issues: a story that contains one is not returned. `window` is how far apart
    two tellings of one event may be published; `never` holds pairs of keys (source, id) that the editor keeps
    apart. Entries by the editor are never merged away: each leads its own story. The order of the entries
    changes nothing.
    """
    pool, old = _pool(entries, told)
    barred = _barred(pool, never)
    addresses = same_address(pool)
    found = _measure(pool, addresses, barred, window)
    seeds = [part for group in addresses for part in _allowed(group, barred)]
    copied = average_link(len(pool), found.copies, COPY, seeds=seeds, barred=barred)
    groups = average_link(len(pool), found.strength, 1.0, seeds=copied, barred=barred)
    stories: list[Story] = []
    verdicts: list[Verdict] = []
    for group in groups:
        fresh = [i for i in group if i not in old]
        if len(fresh) < len(group):
            told_title = pool[min(set(group) & old)].title
            verdicts += [
                Verdict(pool[i], False, say("told", language, title=told_title))
                for i in fresh
                if not pool[i].original
            ]
            fresh = [i for i in fresh if pool[i].original]
        if fresh:
            stories.append(_story(pool, fresh, found, language))
    again = {key(pool[i]) for i in old}
    verdicts += [Verdict(e, False, say("told.same", language)) for e in _once(entries) if key(e) in again]
    for story in stories:
        verdicts += [
            Verdict(echo.entry, False, say("merged", language, title=story.lead.title, why=echo.why))
            for echo in story.echoes
        ]
    verdicts.sort(key=lambda verdict: key(verdict.entry))
    return sorted(stories, key=lambda story: key(story.lead)), verdicts


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
    pool = [(new | old)[k] for k in sorted(new | old)]
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


def _measure(
    pool: Sequence[Entry], addresses: Iterable[Sequence[int]], barred: AbstractSet[Pair], window: timedelta
) -> _Found:
    same = frozenset(pair for group in addresses for pair in combinations(sorted(group), 2))
    copies = near_copies(pool)
    texts = [(entry.title, opening(entry, events.OPENING)) for entry in pool]
    matrix, names = events.vectors(texts)
    floor = min(events.EVENT_HAN, events.EVENT_LATIN)
    alike = events.alike(matrix, [entry.published for entry in pool], window, floor)
    needed = {pair: _threshold(pool[pair[0]], pool[pair[1]]) for pair in alike}
    told = {
        pair: value
        for pair, value in alike.items()
        if pair not in barred and value >= needed[pair] and not any(_is_heading(texts[i]) for i in pair)
    }
    strength = {pair: min(value / needed[pair], CERTAIN) for pair, value in told.items()}
    certain = dict.fromkeys([*same, *copies], CERTAIN)
    return _Found(
        addresses=same - barred,
        copies={pair: value for pair, value in copies.items() if pair not in barred},
        events=told,
        strength={pair: value for pair, value in (strength | certain).items() if pair not in barred},
        shared={pair: events.shared_words(matrix, names, *pair) for pair in told},
    )


def _threshold(a: Entry, b: Entry) -> float:
    """How alike two tellings must be; 2 (never) for two parts of a series."""
    titles = folded(a.title).strip(), folded(b.title).strip()
    if titles[0] != titles[1] and _PART.sub("", titles[0]) == _PART.sub("", titles[1]):
        return 2.0
    if a.source == b.source:
        return SAME_SOURCE
    return max(events.threshold_of(a.title), events.threshold_of(b.title))


def _is_heading(text: tuple[str, str]) -> bool:
    title, body = text
    return length(folded(title)) < HEADING and not body


def _story(pool: Sequence[Entry], group: Sequence[int], found: _Found, language: str) -> Story:
    lead, *others = sorted(group, key=lambda i: _rank(pool[i]))
    echoes = tuple(_merge(pool, lead, i, group, found, language) for i in others)
    return Story(pool[lead], echoes)


def _rank(entry: Entry) -> tuple[bool, bool, int, bool, datetime, Key]:
    """The best telling first: the editor's own, then no advert, then the fuller, then the earlier one."""
    verdict = advert(entry)
    promotes = verdict is not None and verdict.points >= ADVERT
    fullness = min(length(text_of(entry)), COMPLETE).bit_length()
    return not entry.original, promotes, -fullness, not entry.dated, entry.published, key(entry)


def _merge(
    pool: Sequence[Entry], lead: int, i: int, group: Iterable[int], found: _Found, language: str
) -> Merge:
    """Why `i` is in the lead's story: its tie to the lead, else its closest tie to another telling."""
    others = [lead, *sorted(j for j in group if j not in (lead, i))]
    ties = [(*_tie(min(i, j), max(i, j), found, language), j) for j in others]
    method, similarity, why, other = ties[0] if ties[0][1] else max(ties, key=lambda tie: (tie[1], -tie[3]))
    if other != lead:
        why = say("merge.via", language, why=why, title=pool[other].title)
    return Merge(pool[i], method, round(similarity, 3), why)


def _tie(i: int, j: int, found: _Found, language: str) -> tuple[str, float, str]:
    pair = (i, j)
    if pair in found.addresses:
        return "address", 1.0, say("merge.address", language)
    if pair in found.copies:
        value = found.copies[pair]
        return "copy", value, say("merge.copy", language, percent=round(100 * value))
    value = found.events.get(pair, 0.0)
    if shared := found.shared.get(pair, []):
        return "event", value, say("merge.event", language, shared=listed(shared, language))
    return "event", value, say("merge.event.plain", language)
