"""What the next night may know of its readers: effects that are evident, and how the editor's lines did. Pure.

Nothing is known until there is evidence: before ENOUGH pushes there is no model at all, and of a model only those
effects speak whose posterior is sure of its direction, in at least SEEN pushes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from curate.audience.effects import Effect, Fit, fit
from curate.audience.match_posts import WHOLE
from curate.audience.model import HOUR_UNKNOWN, WINDOW
from curate.audience.posts import BY_DAY, UNITS, PublishedPost, Readership, passed_on
from curate.audience.requests import fit_requests
from curate.audience.score_interval import Counts, make_factor

ENOUGH = 20  # pushes before anything is said of effects: with fewer, luck of the day is all there is to see
SEEN = 8  # pushes in which a level must have been
FORM_SEEN = 5  # posts that each of two levels of a form needs before the form is looked at
LOST = "cancelled"
NOTHING_ASKED: Mapping[str, int] = MappingProxyType({})
CAUGHT_UP = 0.8  # share of posts of which the hour must be known

TITLE_FORMS = {
    "question": ("问句", "a question"),
    "number": ("带数字", "with a number"),
    "quote": ("带引号", "with a quotation"),
    "plain": ("平铺直叙", "plain"),
}
HOURS = {
    "night": ("夜里 0–5 点", "0–5 h"),
    "morning": ("早上 6–10 点", "6–10 h"),
    "midday": ("中午 11–13 点", "11–13 h"),
    "afternoon": ("下午 14–17 点", "14–17 h"),
    "evening": ("晚上 18–23 点", "18–23 h"),
}
LENGTHS = {"short": ("偏短", "shorter"), "middle": ("适中", "middling"), "long": ("偏长", "longer")}
_QUESTION = re.compile(
    r"[?？]|吗|为什么|为何|如何|怎么|怎样|\b(?:why|how|what|which|who|when)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:个|条|种|款|件|年|天|倍|成|次|大|招|步)")
_QUOTE = re.compile(r"[“”「」『』\"]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was learnt. `unit` says whether people or times were counted; they are never mixed."""

    unit: str = ""  # "users" or "times"; "" where nothing is known
    pushes: int = 0  # pushes with an outcome
    forward: Fit | None = None  # shares per reader
    leaving: Fit | None = None  # followers lost per follower, on the day of a push
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # Topic.id -> name
    requests: Fit | None = None  # messages that ask for an item, of those that ask for any of its issue

    def speaks(self, fit: Fit | None, factor: str, level: str) -> Effect | None:
        """A level's effect where it is evident, None where nothing may be concluded."""
        effect = fit.of(factor).get(level) if fit else None
        return effect if effect and effect.posts >= SEEN and effect.evident else None


def learn(found: Readership, today: date, asked: Mapping[str, int] = NOTHING_ASKED) -> Evidence:
    """Fit what is known of the last WINDOW; an Evidence that says nothing where there is too little.

    `asked`: how often each number was asked for by message.
    """
    recent = [one for one in found.published if one.day >= today - WINDOW]
    names = {section.id: section.name for digest in found.digests for section in digest.sections}
    units = {unit: [one for one in recent if passed_on(one.counts, unit)] for unit in UNITS}
    unit = max(UNITS, key=lambda u: (_pushes(units[u]) >= ENOUGH, u == "users", _pushes(units[u])))
    posts = units[unit]
    outcomes = [passed_on(one.counts, unit) or (0.0, 1.0) for one in posts]
    return Evidence(
        unit if posts else "",
        _pushes(posts),
        _fit_model(posts, outcomes, _FORMS),
        _fit_leaving(recent, found, today - WINDOW),
        names,
        fit_requests(found.digests, asked) if asked else None,
    )


def forward_fit(found: Readership, unit: str, today: date) -> Fit | None:
    """The same for one unit alone: the report shows people and times side by side."""
    posts = [one for one in found.published if one.day >= today - WINDOW and passed_on(one.counts, unit)]
    return _fit_model(posts, [passed_on(one.counts, unit) or (0.0, 1.0) for one in posts], _FORMS)


def _pushes(posts: Sequence[PublishedPost]) -> int:
    return len({one.number for one in posts})


def _fit_leaving(posts: Sequence[PublishedPost], found: Readership, since: date) -> Fit | None:
    """Followers lost on the day of a push, by what the issue held: one observation an issue."""
    days = {one.number: (one.day, one.hour, one.how) for one in posts}
    pushes = [
        (digest, *days.get(digest.number, (digest.date, HOUR_UNKNOWN, BY_DAY))) for digest in found.digests
    ]
    on_day = Counter(day for _, day, *_ in pushes)
    whole, outcomes = [], []
    for digest, day, hour, how in pushes:
        counts = found.followers.get(day, {})
        items = tuple(item for section in digest.sections for item in section.items)
        if (
            LOST in counts and on_day[day] == 1 and day >= since and items
        ):  # two on a day cannot be told apart
            whole.append(
                PublishedPost(digest.number, WHOLE, digest.lead.title, day, hour, items, digest.lead, digest.sharing, counts, how)
            )  # fmt: skip
            base = counts.get("followers") or _usual_followers(found)
            outcomes.append((counts[LOST], max(base, counts[LOST] + 1)))
    return _fit_model(whole, outcomes, ())


def _usual_followers(found: Readership) -> float:
    """Where the number of followers is not given: the mean of the days on which it is, else a round number.

    A constant does no harm to ratios.
    """
    known = [counts["followers"] for counts in found.followers.values() if counts.get("followers")]
    return float(np.mean(known)) if known else 10_000.0


def _fit_model(
    posts: Sequence[PublishedPost], outcomes: Sequence[tuple[float, float]], forms: Sequence[_Form]
) -> Fit | None:
    if _pushes(posts) < ENOUGH or sum(k for k, _ in outcomes) < ENOUGH:
        return None
    place = np.repeat(np.arange(len(posts)), [len(one.items) for one in posts])
    weight = np.concatenate([np.full(len(one.items), 1 / len(one.items)) for one in posts])
    factors = [
        factor
        for name, values in (
            ("topic", [item.topic for one in posts for item in one.items]),
            ("source", [item.source_id for one in posts for item in one.items]),
        )
        if (factor := make_factor(name, values))
    ]
    for name, form in forms:
        levels = form(posts)
        if sum(count >= FORM_SEEN for count in Counter(filter(None, levels)).values()) > 1:
            factor = make_factor(name, [levels[i] or "?" for i in place])
            factors += [factor] if factor else []
    return fit(
        Counts(
            np.array([k for k, _ in outcomes]),
            np.array([n for _, n in outcomes]),
            place,
            weight,
            tuple(factors),
        )
    )


def title_form(title: str) -> str:
    """What a title is: a question before one with a number, that before one with a quotation."""
    if _QUESTION.search(title):
        return "question"
    if _NUMBER.search(title):
        return "number"
    return "quote" if _QUOTE.search(title) else "plain"


def hour_band(hour: int) -> str:
    """The part of the day; "" where the hour is not known."""
    if hour == HOUR_UNKNOWN:
        return ""
    return next(name for name, end in zip(HOURS, (5, 10, 13, 17, 23), strict=True) if hour <= end)


def _hours(posts: Sequence[PublishedPost]) -> list[str]:
    bands = [hour_band(one.hour) for one in posts]
    return bands if sum(map(bool, bands)) >= CAUGHT_UP * len(bands) else [""] * len(bands)


def _lengths(posts: Sequence[PublishedPost]) -> list[str]:
    """Thirds of what this account publishes, by characters of titles and summaries."""
    sizes = [sum(len(item.title) + len(item.summary) for item in one.items) for one in posts]
    low, high = np.quantile(sizes, (1 / 3, 2 / 3))
    return ["short" if size <= low else "long" if size > high else "middle" for size in sizes]


def _leads(posts: Sequence[PublishedPost]) -> list[str]:
    """The topic that leads, where the post holds several."""
    return [one.lead.topic if one.topic == WHOLE else "" for one in posts]


_Form = tuple[str, Callable[[Sequence[Any]], list[str]]]
_FORMS: tuple[_Form, ...] = (
    ("lead", _leads),
    ("length", _lengths),
    ("title", lambda posts: [title_form(one.title) for one in posts]),
    ("hour", _hours),
    ("line", lambda posts: [one.line for one in posts]),
)
