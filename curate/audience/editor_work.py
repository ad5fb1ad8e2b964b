"""The editor's work in numbers: how much of what the machine chose was kept, and how long it took. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple, TypeVar

from curate.audience.rates import Rate, alone

K = TypeVar("K")


class Choice(NamedTuple):
    """What became of one of the machine's items."""

    day: date  # of its issue
    topic: str  # the names, as they are shown
    source: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How much was kept of what is called so, with its 90 % interval."""

    name: str
    kept: int
    offered: int
    rate: Rate


class WeekMinutes(NamedTuple):
    """How long it took in a week from opening an issue to copying it."""

    median: float
    issues: int


@dataclass(frozen=True, slots=True)
class EditorWork:
    """All that the report tells of it; `weeks` by their Mondays."""

    overall: KeptShare
    weeks: Mapping[date, KeptShare]
    topics: tuple[KeptShare, ...]  # the most offered first
    sources: tuple[KeptShare, ...]
    taken_in: int  # of what was offered beside
    minutes: Mapping[date, WeekMinutes]


def sum_up_work(
    choices: Iterable[Choice], taken_in: int, minutes: Iterable[tuple[date, float]]
) -> EditorWork | None:
    """Sum up the choices about issues that the editor has looked through; None without any. `minutes`: of
    each issue that was copied, from its opening."""
    every = list(choices)
    spent: dict[date, list[float]] = defaultdict(list)
    for day, each in minutes:
        spent[monday_of(day)].append(each)
    if not every and not spent:
        return None
    return EditorWork(
        _share_of("", every),
        {
            day: _share_of("", found)
            for day, found in sorted(_groups((monday_of(c.day), c) for c in every).items())
        },
        _rank_shares((c.topic, c) for c in every),
        _rank_shares((c.source, c) for c in every),
        taken_in,
        {day: WeekMinutes(median(found), len(found)) for day, found in sorted(spent.items())},
    )


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _rank_shares(choices: Iterable[tuple[str, Choice]]) -> tuple[KeptShare, ...]:
    found = [_share_of(name, each) for name, each in _groups(choices).items()]
    return tuple(sorted(found, key=lambda share: (-share.offered, share.name)))


def _groups(choices: Iterable[tuple[K, Choice]]) -> dict[K, list[Choice]]:
    found: dict[K, list[Choice]] = defaultdict(list)
    for name, choice in choices:
        found[name].append(choice)
    return found


def _share_of(name: str, choices: list[Choice]) -> KeptShare:
    kept, offered = sum(choice.is_kept for choice in choices), len(choices)
    rate = alone(kept, offered)
    return KeptShare(name, kept, offered, Rate(rate.value, rate.low, 1.0 if kept == offered else rate.high))
