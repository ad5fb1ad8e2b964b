"""A group as a story: its best telling leads, and each of the others has a reason to be in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import NamedTuple

from curate.domain.message import Message, message
from curate.domain.model import Entry, EntryKey, MergedEntry, Story
from curate.stories.bulletins import tells_several
from curate.stories.clustering import Pair
from curate.stories.links import SimilarityGraph
from curate.text.codepoints import length

Rank = tuple[bool, bool, bool, int, bool, bool, datetime, EntryKey]

# The fuller text leads, but ten characters more are no reason: lengths are compared by doublings, and from
# this many characters on a piece is complete.
COMPLETE = 2000
# A note in brackets at the end of a title.
_NOTE = re.compile(r"\s*[（(【\[][^（）()【】\[\]]{1,20}[）)】\]]$")


class StoryMembers(NamedTuple):
    """Entries that become a story, by their numbers, and the issue and item that told its beginning."""

    members: Sequence[int]
    continues: tuple[int, int] | None = None


class _Tie(NamedTuple):
    """What an entry is tied to, and how closely."""

    entry: int
    other: int
    similarity: float

    @property
    def pair(self) -> Pair:
        return _pair(self.entry, self.other)


def told_by(
    pool: Sequence[Entry],
    parts: Sequence[StoryMembers],
    texts: Sequence[str],
    adverts: AbstractSet[int],
    found: SimilarityGraph,
) -> list[Story]:
    """The best telling of each part leads it, and why the others are in it. `texts` are the fullest plain texts of the
    pool's entries. The words that two share are asked for all at once, which takes half of the time."""
    labeled = frozenset(i for part in parts for i in _find_annotated(pool, part.members))
    rank = partial(_rank, pool, texts, adverts, labeled)
    ranked = [sorted(part.members, key=rank) if len(part.members) > 1 else part.members for part in parts]
    ties = [[_tie(members[0], i, members, found) for i in members[1:]] for members in ranked]
    shared = found.shared([tie.pair for story in ties for tie in story])
    near = _neighbors(found.affairs)
    return [
        Story(
            pool[members[0]],
            tuple(_merge(pool, members[0], tie, found, shared) for tie in story),
            part.continues,
            frozenset(pool[j].key for j in near.get(members[0], ()) if j not in members),
        )
        for part, members, story in zip(parts, ranked, ties, strict=True)
    ]


def _neighbors(pairs: Iterable[Pair]) -> Mapping[int, list[int]]:
    near: dict[int, list[int]] = defaultdict(list)
    for i, j in pairs:
        near[i].append(j)
        near[j].append(i)
    return near


def _find_annotated(pool: Sequence[Entry], members: Sequence[int]) -> list[int]:
    """Those whose title is another's with a note in brackets behind it, as listings name where a piece is from."""
    if len(members) < 2:
        return []
    titles = {pool[i].title for i in members}
    plain = [(i, _NOTE.sub("", pool[i].title)) for i in members]
    return [i for i, title in plain if title != pool[i].title and title in titles]


def _rank(
    pool: Sequence[Entry],
    texts: Sequence[str],
    adverts: AbstractSet[int],
    labeled: AbstractSet[int],
    i: int,
) -> Rank:
    """The best telling first: the editor's own, then no advert, then of this alone, then the fuller, then
    under the piece's own title, then the earlier one."""
    entry = pool[i]
    fullness = min(length(texts[i]), COMPLETE).bit_length()
    several = tells_several(entry.title)
    told = not entry.original, i in adverts, several, -fullness, i in labeled
    return *told, not entry.dated, entry.published, entry.key


def _tie(lead: int, i: int, members: Iterable[int], found: SimilarityGraph) -> _Tie:
    """Its tie to the lead, else its closest tie to another telling."""
    if similar := _similarity(_pair(i, lead), found):
        return _Tie(i, lead, similar)
    similar, other = max((_similarity(_pair(i, j), found), -j) for j in members if j != i)
    return _Tie(i, -other if similar else lead, similar)


def _pair(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)


def _similarity(pair: Pair, found: SimilarityGraph) -> float:
    is_certain = pair in found.addresses or pair in found.merged
    return 1.0 if is_certain else found.copies.get(pair) or found.events.get(pair, 0.0)


def _merge(
    pool: Sequence[Entry], lead: int, tie: _Tie, found: SimilarityGraph, shared: Mapping[Pair, list[str]]
) -> MergedEntry:
    """Why the tie's entry is in the lead's story."""
    method, why = _why(tie.pair, found, shared)
    if tie.other != lead:
        why = message("merge.via", why=why, title=pool[tie.other].title)
    return MergedEntry(pool[tie.entry], method, round(tie.similarity, 3), why)


def _why(pair: Pair, found: SimilarityGraph, shared: Mapping[Pair, list[str]]) -> tuple[str, Message]:
    """How the two are tied, and what says so."""
    if pair in found.addresses:
        return "address", message("merge.address")
    if pair in found.merged:
        return "editor", message("merge.editor")
    if pair in found.copies:
        return "copy", message("merge.copy", percent=round(100 * found.copies[pair]))
    if words := shared.get(pair):
        return "event", message("merge.event", shared=tuple(words))
    return "event", message("merge.event.plain")
