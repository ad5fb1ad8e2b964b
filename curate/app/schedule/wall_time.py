"""A time of day in a zone: the moments at which it comes, and what other clocks show then. Pure.

On the day on which clocks go forward a time may not exist: the night is then at that moment as the clock before would have
had it, an hour later by the new one. On the day on which they go back it comes twice: the first counts. So there is one
moment a day, and no day without one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

ClockFace: TypeAlias = Callable[[datetime], datetime]  # a moment -> the same with a clock's own hours
DAYS_AHEAD = 366  # within which every change of a zone comes


def find_next(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment after another one at which it is that time in the zone, in UTC."""
    day = after.astimezone(zone).date() - timedelta(days=1)
    while (moment := find_moment(day, at, zone)) <= after:
        day += timedelta(days=1)
    return moment


def find_last(until: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The last moment up to another one at which it was that time in the zone, in UTC."""
    day = until.astimezone(zone).date() + timedelta(days=1)
    while (moment := find_moment(day, at, zone)) > until:
        day -= timedelta(days=1)
    return moment


def find_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The one moment of a day at which it is that time in the zone, in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def list_clock_times(after: datetime, at: time, zone: ZoneInfo, face: ClockFace) -> tuple[time, ...]:
    """The times that another clock shows at these moments within a year, the next one first: one where the two zones change
    together or never."""
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(DAYS_AHEAD))
    moments = (find_next(after, at, zone), *(find_moment(day, at, zone) for day in days))
    return tuple(dict.fromkeys(face(moment).time() for moment in moments))


def is_fixed(after: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone keeps one distance to UTC for a year."""
    days = (after + timedelta(days=n) for n in range(DAYS_AHEAD))
    return len({day.astimezone(zone).utcoffset() for day in days}) == 1
