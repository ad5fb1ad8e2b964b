"""Composition: which of the ranked stories an issue takes, and a verdict for every one of them."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from curate.adverts.detect import ADVERT
from curate.config.schema import OTHER, DigestSettings, Topic
from curate.domain.message import Message, all_of, message
from curate.domain.model import EntryKey, Pick, Verdict
from curate.ranking.audience_signal import READERS
from curate.ranking.reader_languages import CHINESE, find_foreign
from curate.ranking.signals import NEVER_LEADS, TELLING_UNIT
from curate.text.entry_text import NO_TEXTS, EntryTexts, fold_text
from curate.text.language import Language
from curate.text.lines import letter_pairs, letters_of

# What each further item of a topic or a source costs in the order of picking (not in the score): a little, so
# that an equal story of another topic comes first, and a clearly better one still wins.
SAME_TOPIC = 0.05
SAME_SOURCE = 0.10
# What a story costs whose text has no sentence to quote: an equal one that says more comes first.
NO_SUMMARY = 0.15
# What a further piece of an affair costs that the issue has: as much as a second source brings.
SAME_AFFAIR = TELLING_UNIT
# Titles that share this much of their character pairs are one thing to a reader, merged or not.
ALIKE = 0.60


class _Foreign(NamedTuple):
    """Which leads no issue takes for their language, and which languages it takes."""

    keys: frozenset[EntryKey]
    allowed: frozenset[Language]


@dataclass(slots=True)
class _Shelf:
    """What has been taken so far, and what the limits are."""

    settings: DigestSettings
    topics: dict[str, Topic]
    foreign: _Foreign
    bare: Collection[EntryKey] = ()  # source and id of leads without a summary
    taken: list[Pick] = field(default_factory=list)
    by_topic: Counter[str] = field(default_factory=Counter)
    by_source: Counter[str] = field(default_factory=Counter)
    told: dict[EntryKey, str] = field(default_factory=dict)  # what was taken -> its story's title
    near: dict[EntryKey, str] = field(default_factory=dict)  # what is akin to what was taken -> the same

    def take(self, pick: Pick) -> None:
        self.taken.append(pick)
        self.by_topic[pick.topic] += 1
        self.by_source[pick.story.lead.source] += 1
        self.told |= dict.fromkeys(_keys(pick), pick.story.lead.title)
        self.near |= dict.fromkeys(pick.story.akin, pick.story.lead.title)

    def quota(self, topic: str) -> int:
        known = self.topics.get(topic)
        return self.settings.per_topic if known is None or known.quota is None else known.quota

    def name_of(self, topic: str) -> str | Message:
        return self.topics[topic].name if topic in self.topics else message("other")

    def cost(self, pick: Pick) -> float:
        crowding = (
            SAME_TOPIC * self.by_topic[pick.topic] + SAME_SOURCE * self.by_source[pick.story.lead.source]
        )
        return crowding + NO_SUMMARY * self.is_bare(pick) + SAME_AFFAIR * bool(self.affair(pick))

    def affair(self, pick: Pick) -> str:
        """The title of what was taken of the pick's affair, "" where nothing was."""
        near = (self.told[name] for name in sorted(pick.story.akin) if name in self.told)
        own = (self.near[name] for name in _keys(pick) if name in self.near)
        return next(chain(near, own), "")

    def is_bare(self, pick: Pick) -> bool:
        return pick.story.lead.key in self.bare


def compose(
    picks: Sequence[Pick],
    settings: DigestSettings,
    topics: Sequence[Topic],
    allowed: Collection[Language] = CHINESE,
    bare: Collection[EntryKey] = (),
    texts: EntryTexts = NO_TEXTS,
) -> tuple[list[Pick], list[Verdict]]:
    """The issue's picks in reading order (sections in order, originals first in each, then by score), and a
    verdict for each candidate, the best score first.

    Greedy by score less a small cost for what there is already much of (maximal marginal relevance, Carbonell
    and Goldstein 1998), under the limits of `settings`. The editor's own pieces come before all others and only
    `settings.items` limits them. Adverts are left out, or taken last, as `settings.adverts` says. A share of the
    places, `settings.explore`, is kept for topics that the signal `readers` alone would leave without any. `allowed` are the
    languages that the issue takes; `bare` are source and id of leads in whose text there was nothing to quote: of two
    equal stories the other is taken; `texts` are those of the entries, as far as they are made.
    """
    leads = (pick.story.lead for pick in picks)
    foreign = _Foreign(find_foreign(leads, allowed, texts), frozenset(allowed))
    kept = _keep_places(picks, settings, topics, foreign)
    shelf, refused = _fill_issue(picks, settings, topics, foreign, kept, bare)
    lead = lead_of(shelf.taken)
    verdicts = [
        _make_chosen_verdict(pick, rank, pick is lead, shelf.name_of(pick.topic) if pick in kept else "")
        for rank, pick in enumerate(_rank_picks(shelf.taken), 1)
    ]
    verdicts += [_verdict(pick, False, why) for pick, why in refused]
    verdicts.sort(key=lambda v: (-v.score, v.entry.key))
    return _in_sections(shelf.taken, topics), verdicts


def _fill_issue(
    picks: Sequence[Pick],
    settings: DigestSettings,
    topics: Sequence[Topic],
    foreign: _Foreign,
    kept: Sequence[Pick] = (),
    bare: Collection[EntryKey] = (),
) -> tuple[_Shelf, list[tuple[Pick, Message]]]:
    """The issue's picks, those in `kept` before all others, and those refused with the reason."""
    shelf = _Shelf(settings, {topic.id: topic for topic in topics}, foreign, bare)
    refused: list[tuple[Pick, Message]] = []
    for pick in kept:
        shelf.take(pick)
    for waiting in _turns([pick for pick in picks if pick not in kept], settings, refused):
        _fill(shelf, waiting, refused)
    return shelf, refused


def _keep_places(
    picks: Sequence[Pick],
    settings: DigestSettings,
    topics: Sequence[Topic],
    foreign: _Foreign,
) -> list[Pick]:
    """Places for topics that would have some without the signal `readers`, and have none because of it.

    What is never shown is never read, so a topic that was once judged by its readers could not come back. The best
    pick of each such topic is kept, the best first, in at most `settings.explore` of the places.
    """
    if not settings.explore or not any(_learnt(pick) for pick in picks):
        return []
    plain = {id(p): replace(p, score=p.score - _learnt(p)) for p in picks}
    origin = {id(copy): p for p in picks for copy in (plain[id(p)],)}
    fair, _ = _fill_issue(list(plain.values()), settings, topics, foreign)
    now, _ = _fill_issue(picks, settings, topics, foreign)
    starved = [p for p in _rank_picks(fair.taken) if p.topic not in now.by_topic and not _promotes(p)]
    best = {p.topic: p for p in reversed(starved)}
    places = math.ceil(settings.explore * settings.items)
    return [origin[id(p)] for p in _rank_picks(list(best.values()))[:places]]


def _learnt(pick: Pick) -> float:
    return sum(reason.points for reason in pick.why if reason.signal == READERS)


def _fill(shelf: _Shelf, waiting: Sequence[Pick], refused: list[tuple[Pick, Message]]) -> None:
    """Take what the limits allow, the best first. Costs only grow, so a stale place in the queue is too good
    and is looked at again, never missed."""
    queue = [(shelf.cost(pick) - pick.score, pick.story.lead.key, i) for i, pick in enumerate(waiting)]
    heapq.heapify(queue)
    while queue:
        place, name, i = heapq.heappop(queue)
        pick = waiting[i]
        now = shelf.cost(pick) - pick.score
        if now > place:
            heapq.heappush(queue, (now, name, i))
        elif reason := _refusal(pick, shelf):
            refused.append((pick, all_of((reason, *_explain_charges(pick, shelf)))))
        else:
            shelf.take(pick)


def _keys(pick: Pick) -> list[EntryKey]:
    return [entry.key for entry in (pick.story.lead, *(merge.entry for merge in pick.story.echoes))]


def _explain_charges(pick: Pick, shelf: _Shelf) -> Iterator[Message]:
    """What was held against the pick, besides what there is much of."""
    if shelf.is_bare(pick):
        yield message("drop.bare")
    if affair := shelf.affair(pick):
        yield message("drop.affair", title=affair)


def lead_of(picks: Sequence[Pick]) -> Pick | None:
    """The pick that leads the issue: the best score among those that are no adverts and may lead.

    Where there is no such pick, the best of what there is; None only for an empty issue.
    """
    ranked = _rank_picks([p for p in picks if _may_lead(p)] or picks)
    return ranked[0] if ranked else None


def must_reads_of(picks: Sequence[Pick], most: int) -> list[Pick]:
    """What stands on top of an issue: its lead, then the best of what may lead; at most `most`."""
    lead = lead_of(picks)
    fit = [p for p in _rank_picks(picks) if p is not lead and _may_lead(p)]
    return [lead, *fit][: max(1, most)] if lead else []


def _may_lead(pick: Pick) -> bool:
    return not _promotes(pick) and all(reason.signal != NEVER_LEADS for reason in pick.why)


def _turns(
    picks: Sequence[Pick], settings: DigestSettings, refused: list[tuple[Pick, Message]]
) -> tuple[list[Pick], list[Pick], list[Pick]]:
    """Who is asked first: originals, then all others, then adverts where they are only demoted."""
    originals: list[Pick] = []
    others: list[Pick] = []
    adverts: list[Pick] = []
    for pick in picks:
        turn = originals if pick.story.lead.original else adverts if _promotes(pick) else others
        turn.append(pick)
    if settings.adverts == "demote":
        return originals, others, adverts
    for pick in adverts:
        why = (pick.advert.message or pick.advert.words) if pick.advert else ""
        refused.append((pick, message("drop.advert", why=why)))
    return originals, others, []


def _refusal(pick: Pick, shelf: _Shelf) -> Message | None:
    """Why the pick cannot be taken, None where it can."""
    settings, lead, score = shelf.settings, pick.story.lead, round(pick.score, 3)
    if len(shelf.taken) >= settings.items:
        return message("drop.items", score=score, n=settings.items)
    if lead.original:
        return None
    if lead.key in shelf.foreign.keys:
        names = tuple(message(f"language.{name}") for name in sorted(shelf.foreign.allowed))
        return message("drop.language", languages=names)
    quota, name = shelf.quota(pick.topic), shelf.name_of(pick.topic)
    if quota == 0:
        return message("drop.closed", name=name)
    if shelf.by_topic[pick.topic] >= quota:
        return message("drop.topic", score=score, name=name, n=quota)
    if shelf.by_source[lead.source] >= settings.per_source:
        return message("drop.source", score=score, n=settings.per_source)
    for other in shelf.taken:
        if _overlap(lead.title, other.story.lead.title) >= ALIKE:
            return message("drop.alike", title=other.story.lead.title)
    return None


def _overlap(a: str, b: str) -> float:
    """Jaccard similarity of the titles' character pairs, letters and digits only."""
    first, second = _pairs(a), _pairs(b)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=4096)
def _pairs(title: str) -> frozenset[str]:
    return letter_pairs(letters_of(fold_text(title)))


def _promotes(pick: Pick) -> bool:
    return pick.advert is not None and pick.advert.points >= ADVERT


def _rank_picks(picks: Sequence[Pick]) -> list[Pick]:
    return sorted(picks, key=lambda p: (-p.score, p.story.lead.key))


def _in_sections(picks: Sequence[Pick], topics: Sequence[Topic]) -> list[Pick]:
    """Sections by Topic.order, then as in the file, Other last; originals first in each, then by score."""
    ordered = sorted(range(len(topics)), key=lambda i: (topics[i].order, i))
    place = {topics[i].id: n for n, i in enumerate(ordered)} | {OTHER: len(topics)}
    return sorted(
        _rank_picks(picks), key=lambda p: (place.get(p.topic, len(topics)), not p.story.lead.original)
    )


def _make_chosen_verdict(pick: Pick, rank: int, leads: bool, explored: str | Message) -> Verdict:
    score = round(pick.score, 3)
    if explored:
        why = message("pick.explore", name=explored, score=score)
    elif leads:
        why = message("pick.lead", score=score)
    elif pick.story.lead.original:
        why = message("pick.original")
    elif _promotes(pick):
        why = message("pick.demoted")
    else:
        why = message("pick", rank=rank, score=score)
    return _verdict(pick, True, why)


def _verdict(pick: Pick, picked: bool, why: Message) -> Verdict:
    return Verdict(pick.story.lead, picked, why, pick.score, pick.topic, pick.why)
