"""Accounts whose readers are made up: what is true of them is known, so what is learnt can be held against it.

An account has six topics and 24 sources; a night has 36 candidates, an issue twelve of them. The rate at which a post is
passed on is the mean of its items' appeal times the luck of the push (lognormal), then people decide one by one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.audience.evidence import Evidence, learn
from curate.audience.match_posts import WHOLE, Matching
from curate.audience.posts import PublishedPost, Readership
from curate.config.schema import Account, DigestSettings, Source, Topic
from curate.domain.model import Digest, Entry, EntryKey, Item, Pick, Reason, Section, Story
from curate.i18n.catalogue import say
from curate.ranking.audience_signal import READERS
from curate.ranking.select import compose, lead_of
from curate.ranking.signals import Context, response

Vector = NDArray[np.float64]

TOPICS = tuple(Topic(id=f"t{i}", name=f"栏目{i}") for i in range(6))
SOURCES = {f"s{i}": Source(name=f"来源{i}", id=f"s{i}", url="https://s.example/feed") for i in range(24)}
START = date(2026, 1, 1)
CANDIDATES, ITEMS = 36, 12
LUCK = 0.35  # standard deviation of a push's rate on the logarithmic scale
READ, RATE, LEAVING = 1200, 0.04, 0.0012  # readers of a push, and shares of them and of followers
FOLLOWERS = 20_000
EVERY = 10  # nights after which evidence is learnt anew


@dataclass(frozen=True)
class World:
    """What is true: each topic's and source's appeal, and what makes followers leave; on the logarithmic scale."""

    topic: Vector
    source: Vector
    leaving: Vector  # by source


def planted(rng: np.random.Generator) -> World:
    topic, leaving = np.zeros(6), np.zeros(24)
    topic[0], leaving[0] = np.log(2.0), np.log(3.0)
    return World(topic, np.zeros(24), leaving)


def null(rng: np.random.Generator) -> World:
    return World(np.zeros(6), np.zeros(24), np.zeros(24))


def varied(rng: np.random.Generator) -> World:
    """All differ: most topics within a factor of 1.4 of the usual, most sources within 1.3."""
    return World(rng.normal(0, 0.35, 6), rng.normal(0, 0.25, 24), rng.normal(0, 0.35, 24))


def losing(rng: np.random.Generator) -> World:
    """One source costs followers three times as often, and nothing else differs."""
    return World(np.zeros(6), np.zeros(24), planted(rng).leaving)


WORLDS: dict[str, Callable[[np.random.Generator], World]] = {
    "planted": planted,
    "losing": losing,
    "null": null,
    "varied": varied,
}


@dataclass
class Life:
    """An account as it goes on: what it published and what readers did."""

    world: World
    rng: np.random.Generator
    by_topic: bool = False  # one post a topic instead of one an issue
    published: list[PublishedPost] = field(default_factory=list)
    followers: dict[date, dict[str, float]] = field(default_factory=dict)
    digests: list[Digest] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)  # the rate of what was chosen, without any luck
    leaving: list[float] = field(default_factory=list)  # followers that leave because of it, likewise

    def __post_init__(self) -> None:
        self._topic = {f"t{i}": math.exp(x) for i, x in enumerate(self.world.topic)}
        self._source = {f"s{i}": math.exp(x) for i, x in enumerate(self.world.source)}
        self._leaving = {f"s{i}": math.exp(x) for i, x in enumerate(self.world.leaving)}

    def push(self, night: int, items: Sequence[Item]) -> None:
        """Publish an issue; readers read, share and leave."""
        day = START + timedelta(days=night)
        groups = defaultdict(list)
        for item in items:
            groups[item.topic].append(item)
        self.digests.append(_digest(night, day, groups))
        parts = (
            [(topic, tuple(group)) for topic, group in groups.items()]
            if self.by_topic
            else [(WHOLE, tuple(items))]
        )
        for topic, group in parts:
            n = float(round(READ / len(parts) * math.exp(0.3 * self.rng.standard_normal())))
            k = float(self.rng.binomial(int(n), min(RATE * self.appeal(group) * self._luck(), 0.9)))
            counts = {"read_users": n, "share_users": k}
            self.published.append(
                PublishedPost(night, topic, "", day, 20, group, group[0], "", counts, "title")
            )
        lost = LEAVING * FOLLOWERS * sum(self._leaving[item.source_id] for item in items) / len(items)
        counts = {
            "new": 20.0,
            "cancelled": float(self.rng.poisson(lost * self._luck())),
            "followers": float(FOLLOWERS),
        }
        self.followers[day] = counts
        self.leaving.append(lost)
        self.expected.append(RATE * self.appeal(items))

    def appeal(self, items: Sequence[Item]) -> float:
        return sum(self._topic[item.topic] * self._source[item.source_id] for item in items) / len(items)

    def _luck(self) -> float:
        """Lognormal, 1 in the mean."""
        return math.exp(LUCK * self.rng.standard_normal() - LUCK**2 / 2)

    def evidence(self) -> Evidence:
        found = Readership(tuple(self.published), self.followers, {}, Matching({}, ()), tuple(self.digests))
        return learn(found, START + timedelta(days=len(self.digests)))


def _digest(night: int, day: date, groups: dict[str, list[Item]]) -> Digest:
    sections = tuple(Section(topic, f"栏目{topic[1:]}", "", tuple(items)) for topic, items in groups.items())
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    lead = sections[0].items[0]
    return Digest("号", "", "zh", "Asia/Shanghai", night, day, 1, lead, sections, (), 5, made)


class Candidate(NamedTuple):
    topic: str
    source: str
    score: float
    name: str


def candidates(night: int, rng: np.random.Generator, count: int = CANDIDATES) -> list[Candidate]:
    """A source mostly writes on one topic; scores are what all other signals come to."""
    sources = rng.integers(0, len(SOURCES), count)
    usual = rng.random(count) < 0.8
    topics = np.where(usual, sources % len(TOPICS), rng.integers(0, len(TOPICS), count))
    scores = rng.normal(2.0, 0.6, count)
    return [
        Candidate(f"t{t}", f"s{s}", float(x), f"{night}-{i}")
        for i, (t, s, x) in enumerate(zip(topics, sources, scores, strict=True))
    ]


def item_of(candidate: Candidate, number: int, day: datetime) -> Item:
    return Item(
        number, candidate.name, "", "", candidate.source, day, candidate.topic, source_id=candidate.source, entry=candidate.name
    )  # fmt: skip


# Titles without a shared pair of characters, so that none is left out as too much alike.
_LETTERS = [chr(0x4E00 + i) for i in range(20_000)]


def _story(candidate: Candidate, night: int, day: datetime) -> Story:
    place = int(candidate.name.split("-")[1])
    title = "".join(_LETTERS[(night * 997 + place * 131 + n * 7919) % 20_000] for n in range(8))
    return Story(Entry(candidate.source, candidate.name, "", title, day))


def editorial(
    life: Life,
    nights: int,
    settings: DigestSettings,
    offers: np.random.Generator,
    *,
    asks: bool,
    known: Evidence | None = None,
) -> int:
    """Nights with the real composition and, where `asks`, the real signal, which learns as it goes or says what is `known`.

    Returns how many places exploration kept.
    """
    evidence = known
    kept = 0
    account = Account(name="号")
    for night in range(nights):
        day = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=night)
        offered = candidates(night, offers)
        if asks and known is None and night % EVERY == 0:
            evidence = life.evidence()
        topics = {EntryKey(c.source, c.name): c.topic for c in offered}
        context = Context(day, account, SOURCES, timedelta(days=2), {}, topics, readers=evidence)
        picks = []
        for candidate in offered:
            story = _story(candidate, night, day)
            why = [Reason("rest", candidate.score)]
            said = response(story, context) if asks else Reason(READERS, 0.0)
            if said.points:
                why.append(said)
            picks.append(Pick(story, candidate.topic, 1.0, sum(r.points for r in why), tuple(why)))
        chosen, verdicts = compose(picks, settings, TOPICS)
        kept += sum("留的位置" in say(verdict.message, "zh") for verdict in verdicts if verdict.picked)
        lead = lead_of(chosen)
        ordered = sorted(chosen, key=lambda pick: pick is not lead)
        life.push(
            night,
            [
                item_of(Candidate(p.topic, p.story.lead.source, 0, p.story.lead.id), i, day)
                for i, p in enumerate(ordered, 1)
            ],
        )
    return kept
