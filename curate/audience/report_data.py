"""All that the readers' report tells, as values: rates with their intervals, what moved them, and what is unsure. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from curate.audience.effects import Effect, Fit
from curate.audience.evidence import ENOUGH, NOTHING_ASKED, SEEN, Evidence, forward_fit, learn
from curate.audience.match_posts import WHOLE
from curate.audience.model import Post, Record
from curate.audience.posts import BY_DAY, UNITS, PublishedPost, Readership, passed_on
from curate.audience.rates import Prior, Rate, draw_rate, pool_rates, prior

TARGET = 0.05  # the method's mark: more than 5 % of those who read a piece pass it on
EXTREMES = 3  # best and worst issues that are named
_VAGUE = Prior(0.5, 9.5)  # before three posts: about 5 %, and nearly nothing is known
LEAST_READ = 30  # readers (or reads) under which an issue is neither best nor worst
FACTORS = ("topic", "source", "lead", "length", "title", "hour", "line")


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post with its outcome."""

    one: PublishedPost
    name: str  # the topic's name; "" of a whole issue
    rates: Mapping[str, Rate]  # by unit, drawn towards the account's mean
    gained: float | None
    lost: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    rows: tuple[PostRow, ...]  # oldest first
    pushes_over_time: Mapping[
        str, tuple[tuple[date, Rate, float], ...]
    ]  # by unit: day, rate, how much was read
    overall: Mapping[str, Rate]  # by unit
    fits: Mapping[str, Fit]  # by unit
    evidence: Evidence
    best: tuple[PostRow, ...]
    worst: tuple[PostRow, ...]
    unmatched: tuple[Post, ...]
    followers: Mapping[date, Mapping[str, float]]
    pushes: Mapping[str, int]  # with an outcome, by unit
    by_day: int  # rows that stand for a whole day of the account
    times_per_person: float  # shares over people who shared; 0 where one of them is unknown

    @property
    def unit(self) -> str:
        """What the report leads with: people where they are known."""
        return self.evidence.unit or "users"


def summarize(
    record: Record, found: Readership, today: date, asked: Mapping[str, int] = NOTHING_ASKED
) -> Summary:
    """Put together what is known up to today. `asked`: how often each number was asked for by message."""
    spreads = {unit: _prior(found.published, unit) for unit in UNITS}
    evidence = learn(found, today, asked)
    rows = tuple(_row(one, found, spreads, evidence.names) for one in found.published if one.counts)
    fits = {unit: fit for unit in UNITS if (fit := forward_fit(found, unit, today))}
    unit = evidence.unit or "users"
    ranked = sorted(
        (row for row in rows if unit in row.rates and row.one.counts.get(f"read_{unit}", 0) >= LEAST_READ),
        key=lambda row: -row.rates[unit].value,
    )
    half = min(EXTREMES, len(ranked) // 2)
    overall = {u: rate for u in UNITS if (rate := pool_rates(*_outcomes(found.published, u)))}
    return Summary(
        rows,
        {unit: _over_time(found.published, unit) for unit in UNITS},
        overall,
        fits,
        evidence,
        tuple(ranked[:half]),
        tuple(ranked[::-1][:half]),
        tuple(record.posts[key] for key in found.matching.unmatched),
        found.followers,
        {u: len({row.one.number for row in rows if u in row.rates}) for u in UNITS},
        sum(row.one.how == BY_DAY for row in rows),
        _times_per_person(found.published),
    )


def _row(
    one: PublishedPost, found: Readership, spreads: Mapping[str, Prior | None], names: Mapping[str, str]
) -> PostRow:
    rates = {}
    for unit, spread in spreads.items():
        outcome = passed_on(one.counts, unit)
        if outcome and spread:
            rates[unit] = draw_rate(*outcome, spread)
    day = found.followers.get(one.day, {})
    name = "" if one.topic == WHOLE else names.get(one.topic, one.topic)
    return PostRow(one, name, rates, day.get("new"), day.get("cancelled"))


def _over_time(published: Sequence[PublishedPost], unit: str) -> tuple[tuple[date, Rate, float], ...]:
    """One point a push: of one post a topic the posts together."""
    pushes: dict[tuple[date, int], list[tuple[float, float]]] = defaultdict(list)
    for one in published:
        if outcome := passed_on(one.counts, unit):
            pushes[one.day, one.number].append(outcome)
    sums = {key: (sum(k for k, _ in all_), sum(n for _, n in all_)) for key, all_ in pushes.items()}
    spread = prior([k for k, _ in sums.values()], [n for _, n in sums.values()]) or _VAGUE
    return tuple((day, draw_rate(k, n, spread), n) for (day, _), (k, n) in sorted(sums.items()))


def _prior(published: Sequence[PublishedPost], unit: str) -> Prior | None:
    """The spread of the account's rates; before three posts, one that says nearly nothing."""
    k, n = _outcomes(published, unit)
    if not n:
        return None
    return prior(k, n) or _VAGUE


def _outcomes(published: Sequence[PublishedPost], unit: str) -> tuple[list[float], list[float]]:
    pairs = [outcome for one in published if (outcome := passed_on(one.counts, unit))]
    return [k for k, _ in pairs], [n for _, n in pairs]


def _times_per_person(published: Sequence[PublishedPost]) -> float:
    both = [c for c in (one.counts for one in published) if c.get("share_users") and c.get("share_times")]
    people = sum(c["share_users"] for c in both)
    return sum(c["share_times"] for c in both) / people if people else 0.0


def lines(summary: Summary) -> list[tuple[str, int, Rate | None, Effect | None]]:
    """The editor's lines: text, posts, the rate of its posts as it is, and its effect with all else taken into account."""
    groups: dict[str, list[PublishedPost]] = defaultdict(list)
    for row in summary.rows:
        if row.one.line and summary.unit in row.rates:
            groups[row.one.line].append(row.one)
    fit = summary.fits.get(summary.unit)
    effects = fit.of("line") if fit else {}
    return [
        (line, len(posts), pool_rates(*_outcomes(posts, summary.unit)), effects.get(line))
        for line, posts in sorted(groups.items(), key=lambda pair: -len(pair[1]))
    ]


def rank_effects(fit: Fit, factor: str) -> list[tuple[Effect, bool]]:
    """The levels of a factor, the highest first, each with whether anything may be concluded from it."""
    effects = sorted(fit.of(factor).values(), key=lambda effect: -effect.ratio)
    return [(effect, effect.posts >= SEEN and effect.evident) for effect in effects if effect.level != "?"]


def enough(summary: Summary) -> bool:
    """Whether there are pushes enough to speak of effects at all."""
    return max(summary.pushes.values(), default=0) >= ENOUGH
