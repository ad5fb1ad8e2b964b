"""TABLE of rank: each signal looks at one story and gives points with a reason; the score is their sum.

A signal's points are meant to lie in -2..2 before the weight that feeds.yaml gives it; 1 is "a good reason to
read this first". A third-party package adds its own under the entry point group `curate.signals`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from curate.adverts.clickbait import hype
from curate.adverts.detect import ADVERT
from curate.config.schema import Account, Source
from curate.domain.message import message
from curate.domain.model import EntryKey, MergedEntry, Reason, Story
from curate.domain.plugins import extend_table
from curate.ranking.audience_signal import READERS, learnt
from curate.ranking.editor_signal import EDITOR, preference_reason
from curate.stories.bulletins import Bulletin
from curate.text.codepoints import length
from curate.text.entry_text import EntryTexts, contains, fold_text, text_of
from curate.text.stopwords import is_stop
from curate.text.tokenize import segment

if TYPE_CHECKING:  # scipy is loaded by those who have evidence
    from curate.audience.evidence import Evidence
    from curate.ranking.editor_preferences import Preferences

GROUP = "curate.signals"

# Freshness halves in this share of the lookback: with 48 hours, what was published 16 hours ago counts half.
HALF_LIFE = 1 / 3
# A source of the usual weight 1 adds half a point, so that weight 2 outdoes half a day of age.
SOURCE_UNIT = 0.5
# Each doubling of the number of sources adds this: the fourth source says less than the second.
TELLING_UNIT = 0.6
# A merge that is less likely than this to be right earns no points.
CONFIDENT = 0.7
# A copy shows that an editor elsewhere chose the piece, but is no second witness.
COPY_SHARE = 0.4
# An audience keyword in the title, and in the text only; at most AUDIENCE_MOST in all.
AUDIENCE_TITLE = 0.4
AUDIENCE_TEXT = 0.15
AUDIENCE_MOST = 1.0
# Closeness to the positioning says less than keywords that the editor chose one by one. By meaning, the closest gets
# the most; by words alone, each adds a unit.
POSITIONING_UNIT = 0.1
POSITIONING_MOST = 0.3
# What positioning sentences are made of: such words say how an account tells, not what it is about. A list, because
# frequency does not tell them apart (教育 and 经济 are as usual as 知道).
POSITIONING_EMPTY = (
    "知道 每天 每日 每周 每晚 每月 昨天 昨日 今天 今日 今晚 明天 早上 早晨 清晨 晚上 一天 一周 本周 时间 分钟 小时 十分 十分钟 "
    "什么 发生 事情 大事 值得 关心 关注 了解 看清 看懂 看完 读懂 读完 阅读 帮助 帮你 分享 提供 带来 告诉 一份 清单 读者 大家 "
    "人们 最新 重要 真正 更多 daily day today yesterday know knowing worth reading read readers people minutes happened"
)
# How far into a text the audience's words are looked for: what a piece is about, it says at its beginning.
OPENING = 600
# Less than THIN characters of text gives no points, FULL and more the whole of SUBSTANCE; logarithmic between.
THIN = 60
FULL = 1500
SUBSTANCE = 0.6
# A certain advert loses more than anything else can bring.
ADVERT_COST = 2.0
# The loudest title loses less than a second telling brings: hype is a matter of taste.
HYPE_COST = 0.6
# Its title tells the reader nothing, or what others tell better.
BULLETIN_COST = 0.4
# The editor wrote it for today's readers.
ORIGINAL = 1.5
# A little: that several go on telling it counts under `tellings` already.
CONTINUITY = 0.3
# Not a signal of its own: marks a story that must not lead an issue, whatever its score.
NEVER_LEADS = "never leads"


@dataclass(frozen=True, slots=True)
class Context:
    """What signals may know besides the story."""

    now: datetime
    account: Account
    sources: Mapping[str, Source]  # by Source.id
    lookback: timedelta
    weights: Mapping[str, float]  # of signals, by name; 1 where absent
    topics: Mapping[EntryKey, str] = field(default_factory=dict)  # (source, entry id) of a lead -> Topic.id
    adverts: Mapping[EntryKey, Reason] = field(default_factory=dict)  # how likely a lead is one
    closeness: Mapping[EntryKey, float] = field(
        default_factory=dict
    )  # how near a lead is to the positioning by meaning (0..1); empty where that cannot be told
    bulletins: Mapping[EntryKey, Bulletin] = field(
        default_factory=dict
    )  # leads whose titles tell no piece of news by themselves
    readers: Evidence | None = None  # what earlier issues' readers did; None where nothing is known
    editor: Preferences | None = None  # what the editor kept and dropped; None where nothing is known
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)  # ("topic" or "source", id) -> name
    texts: EntryTexts = field(default_factory=dict)  # those of leads, as far as they are made


Signal = Callable[[Story, Context], Reason]


def freshness(story: Story, context: Context) -> Reason:
    """1 for what was published now, halving with age (exponential decay); half of that for what has no date."""
    age = max(context.now - story.lead.published, timedelta(0))
    half_life = max(context.lookback * HALF_LIFE, timedelta(hours=1))
    points = 0.5 ** (age / half_life)
    if not story.lead.dated:
        return Reason("freshness", points / 2, message=message("freshness.undated"))
    minutes = int(age.total_seconds()) // 60
    unit, n = ("days", minutes // 1440) if minutes >= 2880 else ("hours", minutes // 60)
    if minutes < 60:
        unit, n = "minutes", minutes
    return Reason("freshness", points, message=message(f"freshness.{unit}", n=n))


def source(story: Story, context: Context) -> Reason:
    """The trust that feeds.yaml gives the source of the lead telling."""
    known = context.sources.get(story.lead.source)
    name = known.name if known else story.lead.source
    weight = known.weight if known else 1.0
    return Reason("source", SOURCE_UNIT * weight, message=message("source", name=name, weight=weight))


def tellings(story: Story, context: Context) -> Reason:
    """How many independent sources tell it; copies count for less, the same source again and what may be another
    event for nothing."""
    independent = _independent(story)
    copied = {e.entry.source for e in _sure(story)} - independent - {story.lead.source}
    points = TELLING_UNIT * math.log2(1 + len(independent) + COPY_SHARE * len(copied))
    if independent:
        why = message("tellings", n=len(independent | copied))
    else:
        why = message("tellings.copies", n=len(copied))
    return Reason("tellings", points, message=why)


def _independent(story: Story) -> set[str]:
    """The other sources that tell it in words of their own."""
    return {e.entry.source for e in _sure(story) if e.method == "event"} - {story.lead.source}


def _sure(story: Story) -> list[MergedEntry]:
    return [e for e in story.echoes if e.method != "event" or e.similarity >= CONFIDENT]


def audience(story: Story, context: Context) -> Reason:
    """Closeness to what the audience cares about: the account's keywords, then the words of its positioning."""
    title = text_of(story.lead, context.texts).title
    text = fold_text(text_of(story.lead, context.texts).read_opening(OPENING))
    in_title = [word for word in context.account.audience if contains(title, word)]
    in_text = [w for w in context.account.audience if w not in in_title and contains(text, w)]
    points = min(AUDIENCE_TITLE * len(in_title) + AUDIENCE_TEXT * len(in_text), AUDIENCE_MOST)
    found = in_title + in_text
    near = [w for w in _split_positioning(context.account.positioning) if contains(f"{title}\n{text}", w)]
    if context.closeness:
        points += POSITIONING_MOST * context.closeness.get(story.lead.key, 0.0)
    else:
        points += min(POSITIONING_UNIT * len(near), POSITIONING_MOST)
    name = "audience" if found else "positioning" if near else "positioning.near"
    shared = tuple((found or near)[:3])
    return Reason("audience", points, message=message(name, shared=shared) if shared else message(name))


def substance(story: Story, context: Context) -> Reason:
    """Whether there is something to read: length of the text that came with the feed, logarithmic."""
    n = length(text_of(story.lead, context.texts).whole)
    share = math.log(max(n, THIN) / THIN) / math.log(FULL / THIN)
    name = "substance.full" if n >= FULL / 2 else "substance.thin"
    return Reason("substance", SUBSTANCE * min(share, 1.0), message=message(name, n=n))


def loudness(story: Story, context: Context) -> Reason:
    """A title that shouts or teases costs points."""
    likelihood, hints = hype(story.lead.title)
    shared = tuple(message(f"hint.{name}") for name in hints)
    return Reason("hype", -HYPE_COST * likelihood, message=message("hype", shared=shared))


def promotion(story: Story, context: Context) -> Reason:
    """A likely advert costs points, the likelier the more; what another source tells too, in words of its own, is news
    whatever it is about, so that a mere doubt costs nothing."""
    found = context.adverts.get(story.lead.key)
    if found is None or (found.points < ADVERT and _independent(story)):
        return Reason("advert", 0.0)
    return replace(found, points=-ADVERT_COST * found.points)


def bulletin(story: Story, context: Context) -> Reason:
    """The title of a column's issue, or one that tells several pieces of news, costs points."""
    found = context.bulletins.get(story.lead.key)
    if found is None or story.lead.original:
        return Reason("bulletin", 0.0)
    return Reason("bulletin", -BULLETIN_COST, message=message(f"bulletin.{found}"))


def original(story: Story, context: Context) -> Reason:
    """The editor's own pieces come first."""
    return Reason("original", ORIGINAL if story.lead.original else 0.0, message=message("original"))


def continuity(story: Story, context: Context) -> Reason:
    """Readers know the beginning of it, and others go on telling it."""
    if story.continues is None:
        return Reason("continuity", 0.0)
    number, item = story.continues
    sources = {story.lead.source, *(echo.entry.source for echo in story.echoes)}
    why = message("continuity", number=number, item=item, n=len(sources))
    return Reason("continuity", CONTINUITY, message=why)


def response(story: Story, context: Context) -> Reason:
    """What readers did with earlier pieces of this topic and this source; nothing until that is evident."""
    if context.readers is None:
        return Reason(READERS, 0.0)
    topic = context.topics.get(story.lead.key, "")
    return learnt(context.readers, topic, story.lead.source, context.sources)


def preference(story: Story, context: Context) -> Reason:
    """What the editor did with earlier offers of this topic and this source; nothing until that is evident."""
    if context.editor is None:
        return Reason(EDITOR, 0.0)
    topic = context.topics.get(story.lead.key, "")
    return preference_reason(context.editor, topic, story.lead.source, context.names)


SIGNALS: dict[str, Signal] = {
    "freshness": freshness,
    "source": source,
    "tellings": tellings,
    "audience": audience,
    "substance": substance,
    "hype": loudness,
    "advert": promotion,
    "bulletin": bulletin,
    "original": original,
    "continuity": continuity,
    READERS: response,
    EDITOR: preference,
}


def signals() -> dict[str, Signal]:
    """The table with what installed packages add; a built-in name cannot be taken over."""
    return extend_table(SIGNALS, GROUP)


def score(
    story: Story, context: Context, table: Mapping[str, Signal] = SIGNALS
) -> tuple[float, tuple[Reason, ...]]:
    """The story's score and its reasons, the weightiest first; the score is the sum of their points.

    Points are rounded to thousandths before they are added, so that what the editor sees adds up.
    """
    reasons = []
    for name, signal in table.items():
        reason = signal(story, context)
        points = round(reason.points * context.weights.get(name, 1.0), 3)
        if points:
            reasons.append(replace(reason, signal=name, points=points))
    reasons.sort(key=lambda reason: (-abs(reason.points), reason.signal))
    known = context.sources.get(story.lead.source)
    if known and known.weight == 0:
        reasons.append(Reason(NEVER_LEADS, 0.0, message=message("source.never", name=known.name)))
    if any(reason.signal == "bulletin" for reason in reasons):
        reasons.append(Reason(NEVER_LEADS, 0.0, message=message("bulletin.never")))
    return round(math.fsum(reason.points for reason in reasons), 3), tuple(reasons)


@lru_cache(maxsize=64)
def _split_positioning(sentence: str) -> tuple[str, ...]:
    """The words of the positioning that say something: two characters or more, each once."""
    words = [fold_text(word) for word in segment([sentence])[0]] if sentence else []
    return tuple(
        dict.fromkeys(
            w
            for w in words
            if len(w) > 1
            and any(map(str.isalnum, w))
            and not is_stop(w)
            and w not in POSITIONING_EMPTY.split()
        )
    )
