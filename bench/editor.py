"""Whether what is learnt from an editor helps: simulated editors of fixed taste over 30 nights of real Chinese entries.

    python bench/editor.py [--seeds 20] [--first 5000] [--taste NAME] [--write]

The entries of the 59 Chinese feeds and of 60 official accounts are dealt out to 30 nights, anew for each seed. Every night
they are ranked as the night does it and twelve are taken; the editor keeps or drops each by taste, place and luck, and takes
in some of what was offered beside. `--write` puts the table into docs/engineering/judgement.md.

Constants were chosen by `chosen` on seeds below 1000; what is reported is `kept apart` and `none`, on seeds from 5000 on.
What the editor thinks of an entry hangs on the topic that the program believes it is of: sorting is not what is asked here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from harness import FEEDS, ROOT, Clock, parser, require
from public import official_feeds, real_feeds

from curate.adverts.detect import judge_adverts
from curate.config.schema import Account, Config, DigestSettings, Source, Topic
from curate.desk.apply import apply_edits
from curate.desk.events import Drop, Edit, Take
from curate.desk.offers import Offer
from curate.desk.preferences import decisions_of
from curate.domain.decisions import Decision
from curate.domain.errors import UnreadableError
from curate.domain.model import Article, Digest, Entry, EntryKey, Page, Reason, Story
from curate.pipeline.assemble import item_of, number_picks
from curate.pipeline.collect_offers import offers_of
from curate.pipeline.nightly import rank
from curate.ranking.editor_preferences import Preferences, learn_preferences
from curate.ranking.select import compose
from curate.sources import read
from curate.text.encoder import Encode, find_encoder, remember
from curate.topics.assign import Guess, assign_topics, entry_documents
from curate.topics.classifier import UNLABELED, TopicClassifier
from tests.nouns import digest

NIGHTS, ITEMS, ACCOUNTS = 30, 12, 60
NOW = datetime(2026, 11, 1, 22, tzinfo=UTC)
MARKS = ("<!-- editor -->", "<!-- /editor -->")
TOPICS = ("人工智能", "数码科技", "商业财经", "体育", "娱乐", "教育", "健康", "汽车", "社会", "文化")
IDS = ("ai", "tech", "money", "sport", "show", "school", "health", "cars", "society", "culture")


@dataclass(frozen=True)
class Taste:
    """What an editor adds to the log-odds of keeping, by topic and by source."""

    topics: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, float] = field(default_factory=dict)

    def of(self, topic: str, source: str) -> float:
        return self.topics.get(topic, 0.0) + self.sources.get(source, 0.0)


TASTES = {
    "chosen": Taste({"sport": -4.0, "ai": 2.0}, {"zh_m.thepaper.cn_5ddad51c": 3.0}),
    "kept apart": Taste(
        {"show": -4.0, "culture": 2.0}, {"zh_news.qq.com_f54341f1": 3.0, "zh_36kr.com_96a27ea1": -1.5}
    ),
    "none": Taste(),
}
# An editor without taste keeps five of six, the first ones a little more often, and takes in one of thirty offered.
KEEP, KEEP_SLOPE = 2.1, -0.2
TAKE, TAKE_SLOPE = -2.6, -0.4
LOOKED_AT = 20  # of what was offered beside


@dataclass(frozen=True)
class Pool:
    """All entries with what does not hang on the night."""

    entries: Sequence[Entry]
    guesses: Mapping[EntryKey, Guess]
    adverts: Mapping[EntryKey, Reason]
    config: Config
    encode: Encode | None


def read_pool() -> Pool:
    """Read the feeds, judge topics and adverts once, and keep for each topic the accounts that write most about it."""
    documents = {
        name.removesuffix(".xml"): body for name, body in real_feeds().items() if name.startswith("zh_")
    }
    feeds = set(documents)
    documents |= {f"account{n}": body for n, (_, body) in enumerate(official_feeds())}
    sources: dict[str, Source] = {}
    entries: dict[EntryKey, Entry] = {}
    for name, body in documents.items():
        sources[name] = Source(id=name, name=name, url="https://example.org/feed", limit=100)
        try:
            found = read(Page("https://example.org/feed", body, NOW), sources[name]).entries
        except UnreadableError:
            continue
        entries |= {EntryKey(name, entry.id): replace(entry, source=name) for entry in found if entry.title}
    topics = tuple(Topic(id=name, name=called) for name, called in zip(IDS, TOPICS, strict=True))
    encoder = find_encoder()
    encode = remember(encoder.encode) if encoder else None
    classifier = TopicClassifier(topics, encode)
    every = list(entries.values())
    classifier.fit(entry_documents(every, sources, classifier), [UNLABELED] * len(every))
    guesses = dict(zip(entries, assign_topics(every, sources, classifier), strict=True))
    kept = feeds | accounts_of(guesses, feeds)
    config = Config(
        account=Account(name="模拟"),
        topics=topics,
        sources=tuple(source for name, source in sources.items() if name in kept),
        digest=DigestSettings(items=ITEMS, per_topic=4, per_source=2),
    )
    mine = [entry for name, entry in entries.items() if name[0] in kept]
    return Pool(mine, guesses, judge_adverts(mine, encode, mine), config, encode)


def accounts_of(guesses: Mapping[EntryKey, Guess], feeds: set[str]) -> set[str]:
    """For each topic in turn the official accounts that write most about it."""
    found: set[str] = set()
    for topic in IDS:
        counts = Counter(name for (name, _), guess in guesses.items() if guess.topic == topic)
        free = [name for name, _ in counts.most_common() if name not in feeds | found]
        found.update(free[: ACCOUNTS // len(IDS)])
    return found


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--first", type=int, default=5000)
    options.add_argument("--taste", choices=TASTES)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    require(FEEDS)
    clock = Clock()
    pool = read_pool()
    print(f"{len(pool.entries)} entries of {len(pool.config.sources)} sources; {clock}", file=sys.stderr)
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    lines = [
        "| taste | | nights 1–3 | 4–6 | 8–12 | 18–22 | 28–30 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    notes = []
    for name in [chosen.taste] if chosen.taste else list(TASTES):
        with_, without = live_all(pool, TASTES[name], seeds, 1.0), live_all(pool, TASTES[name], seeds, 0.0)
        for arm, lives in (("with learning", with_), ("without", without)):
            lines.append(f"| {name} | {arm} | {' | '.join(map(interval, spans(lives)))} |")
        gain = [a - b for a, b in zip(spans(with_), spans(without), strict=True)]
        lines.append(f"| {name} | difference | {' | '.join(map(interval, gain))} |")
        notes.append(note(name, TASTES[name], with_))
    text = "\n".join([*lines, "", *notes])
    print(text, f"\n{clock}")
    if chosen.write:
        write(text)
    return 0


@dataclass(frozen=True)
class Life:
    """One seed: the expected share kept, night by night, and what was known at the end."""

    kept: np.ndarray
    known: Preferences
    first_said: int  # the night on which the signal first said anything; 0 for never


def live_all(pool: Pool, taste: Taste, seeds: Sequence[int], weight: float) -> list[Life]:
    config = pool.config.model_copy(
        update={"digest": pool.config.digest.model_copy(update={"weights": {"editor": weight}})}
    )
    return [live(replace(pool, config=config), taste, seed) for seed in seeds]


def live(pool: Pool, taste: Taste, seed: int) -> Life:
    """Thirty nights and mornings. The entries of a seed are dealt alike with learning and without."""
    deal = np.random.default_rng((seed, 1))
    nights = np.array_split(deal.permutation(len(pool.entries)), NIGHTS)
    ages = deal.uniform(0, 30, len(pool.entries))
    mood = np.random.default_rng((seed, 2))
    decisions: list[Decision] = []
    known, shares, first_said = Preferences(), [], 0
    for number, drawn in enumerate(nights, 1):
        now = NOW + timedelta(days=number)
        entries = [
            replace(pool.entries[i], published=now - timedelta(hours=float(ages[i])), dated=True)
            for i in drawn
        ]
        known = learn_preferences(decisions)
        if not first_said and any(each.is_evident for each in known.levels.values()):
            first_said = number
        machine, offers = make_issue(pool, entries, number, now, known)
        share, edits = decide(machine, offers, taste, mood)
        shares.append(share)
        draft = apply_edits(machine, edits, pool.config.topics)
        decisions += decisions_of(draft, edits, offers)
    return Life(np.array(shares), known, first_said)


def make_issue(
    pool: Pool, entries: Sequence[Entry], number: int, now: datetime, known: Preferences
) -> tuple[Digest, tuple[Offer, ...]]:
    """Rank a night's entries and put the machine's issue together, without reading a page."""
    config = pool.config
    guesses = {entry.key: pool.guesses[entry.key] for entry in entries}
    stories = [Story(entry) for entry in entries]
    picks = rank(stories, guesses, pool.adverts, config, now, pool.encode, None, (), known)
    chosen, verdicts = compose(picks, config.digest, config.topics)
    names = {source.id: source for source in config.sources}
    items = tuple(
        item_of(n, pick, Article("", "", by="title"), config, names) for n, pick in number_picks(chosen)
    )
    return digest(number, items), offers_of(picks, {pick.key for pick in chosen}, verdicts, config)


def decide(
    machine: Digest, offers: Sequence[Offer], taste: Taste, mood: np.random.Generator
) -> tuple[float, list[Edit]]:
    """What the editor does with an issue: how much of it is expected to be kept, and the edits."""
    edits: list[Edit] = []
    expected = []
    for item in machine.sections[0].items:
        odds = KEEP + KEEP_SLOPE * np.log2(item.number) + taste.of(item.topic, item.source_id)
        expected.append(1 / (1 + np.exp(-odds)))
        if mood.random() > expected[-1]:
            edits.append(Drop(item.key))
    beside = [offer.item for offer in offers if not offer.taken][:LOOKED_AT]
    for place, item in enumerate(beside, 1):
        odds = TAKE + TAKE_SLOPE * np.log2(place) + taste.of(item.topic, item.source_id)
        if mood.random() < 1 / (1 + np.exp(-odds)):
            edits.append(Take(item))
    return float(np.mean(expected)), edits


def spans(lives: Sequence[Life]) -> list[np.ndarray]:
    """The mean share of nights 1–3, 4–6, 8–12, 18–22 and 28–30 of each seed."""
    kept = np.array([life.kept for life in lives])
    return [kept[:, a - 1 : b].mean(axis=1) for a, b in ((1, 3), (4, 6), (8, 12), (18, 22), (28, 30))]


def interval(values: np.ndarray) -> str:
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    return f"{values.mean():.3f} ± {half:.3f}"


def note(name: str, taste: Taste, lives: Sequence[Life]) -> str:
    """What was evident on the last night, rightly and wrongly."""
    planted = {("topic", each) for each in taste.topics} | {("source", each) for each in taste.sources}
    said = [[level for level, each in life.known.levels.items() if each.is_evident] for life in lives]
    right = np.mean([len(planted & set(each)) for each in said])
    wrong = np.mean([len(set(each) - planted) for each in said])
    any_ = np.mean([bool(each) for each in said])
    nights = [life.first_said for life in lives if life.first_said]
    began = f", first on night {np.median(nights):.0f}" if nights else ""
    return (
        f"{name}: on night 30 {right:.1f} of {len(planted)} planted levels were told and {wrong:.2f} others, in "
        f"{any_:.0%} of {len(lives)} lives any{began}."
    )


def write(text: str) -> None:
    path = ROOT / "docs/engineering/judgement.md"
    start, end = map(re.escape, MARKS)
    page = path.read_text("utf-8")
    path.write_text(
        re.sub(rf"(?s){start}.*?{end}", lambda _: f"{MARKS[0]}\n{text}\n{MARKS[1]}", page), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
