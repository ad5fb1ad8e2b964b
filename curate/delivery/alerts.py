"""What a person is told of a night without asking, and when it is told again. Pure.

The same trouble is told on the night it comes, on the third night, then once a week; and once more when it is over. A night
is a day in the account's zone: running twice tells nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from curate.domain.message import Message
from curate.domain.model import Failure

Kind = Literal["issue", "failure", "health"]
THIRD, WEEK = 3, 7  # nights


@dataclass(frozen=True, slots=True)
class Condition:
    """What a night found. `key` is what the same thing has tomorrow; an issue has none, for each is new."""

    kind: Kind
    said: Message | Failure
    key: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was wrong on the last night: on how many in a row, the last of them, and the last that was told."""

    nights: int
    last: str  # ISO day
    told: int  # which night of the trouble
    kind: Kind = "failure"


@dataclass(frozen=True, slots=True)
class AlertState:
    """What is wrong, by key."""

    troubles: Mapping[str, Trouble] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alerts:
    """What is to be told now: conditions with the night of their trouble (0 for an issue), and what is over."""

    told: tuple[tuple[Condition, int], ...]
    over: tuple[tuple[str, Trouble], ...]
    state: AlertState


def find_due(conditions: Sequence[Condition], state: AlertState, today: date) -> Alerts:
    """What of a night's conditions is to be told, what is over, and the state for the next night."""
    troubles: dict[str, Trouble] = {}
    told: list[tuple[Condition, int]] = []
    for condition in conditions:
        if not condition.key:
            told.append((condition, 0))
            continue
        before = state.troubles.get(condition.key)
        nights = _count_nights(before, today)
        is_due = before is None or (nights > before.nights and _is_due(nights))
        if is_due:
            told.append((condition, nights))
        last_told = nights if is_due else before.told if before else 0
        troubles[condition.key] = Trouble(nights, today.isoformat(), last_told, condition.kind)
    over = tuple((key, each) for key, each in state.troubles.items() if key not in troubles)
    return Alerts(tuple(told), over, AlertState(troubles))


def _count_nights(before: Trouble | None, today: date) -> int:
    if before is None:
        return 1
    return before.nights + (before.last != today.isoformat())


def _is_due(nights: int) -> bool:
    return nights == THIRD or (nights > THIRD and (nights - 1) % WEEK == 0)
