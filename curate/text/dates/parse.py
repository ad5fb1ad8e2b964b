"""The moment that a date written by a person, a program or a Chinese web page means.

    text -> one form (date_text) -> seconds since 1970 | digits alone | a whole date | told from now | a day without year

Machines: RFC 822 and 2822, ISO 8601 and the W3C's profile of it, asctime, seconds or milliseconds since
1970. People: `2小时前`, `昨天 08:30`, `11月21日 下午3:20`, `11/21/2026 8:30 AM`, `21 de novembro de 2026`.
A whole date comes before all else in the text: `周三, 15 Jul 2020` is no Wednesday of this week.

A date without a zone is in the zone that the caller gives. A date without a year is in the year that makes
it past. `CST` is China's where the zone given has China's offset, else North America's (RFC 822, 5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from curate.text.dates.clock import offset, time_of_day
from curate.text.dates.east_asian import fold_date
from curate.text.dates.names import month_number, written_order
from curate.text.dates.relative import moment_ago, recent_day

_LONGEST = 120  # characters; what is longer is prose
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web; such dates are a program's "no date"
CLOCKS_DIFFER = timedelta(minutes=15)  # a publisher's clock may be so much ahead of ours
_A_DAY = timedelta(days=1)
_BUDDHIST = 543  # years that Thailand's calendar is ahead

_EPOCH = re.compile(
    r"(?:/Date\()?(?:(\d{9,10}|\d{13}|\d{16})(?:\.\d*)?|(\d(?:\.\d+)?e\+?\d\d?))(?:[+-]\d{4})?(?:\)/)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"^(\d{4})(\d\d)(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?\s*(z|[+-]\d\d:?\d\d)?$", re.I
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
_CHINESE = re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*[月/.-](?:\s*(\d{1,2})(?!\d)\s*[日号]?)?")
_YEAR_MONTH = re.compile(r"(?<![\d.:/-])(\d{4})[-/.](\d{1,2})(?![\d.:])")
_CHINESE_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_DAY_CHINESE_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s,]+(\d{1,2})\s*月(?:[\s,]+(\d{4})(?![\d:]))?")
_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})[\s,/]*(?:tháng|thg\.?|th)\s*(\d{1,2})(?!\d)(?:[\s,/]*(?:năm\s*)?(\d{4})(?![\d:]))?",
    re.I,
)
# Three numbers, the year last; or two of three, with strokes.
_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,2})(\.\s?|[/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/]|[.:-]\d)")
_NAME = r"([^\W\d_][^\s\d,/()\[\]-]{1,20})"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|[ºª°])?(?:[\s\-./]+|(?=d['’]))(?:de[lr]?\s+|d['’])?{_NAME}"
    r"[.,]*(?:(?:[\s\-./]+)(?:del?\s+)?(\d{4}|\d{2})(?![\d:]))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"{_NAME}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:\s*,?\s*(\d{{4}})(?![\d:]))?", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"{_NAME}(?:\s+de)?,?\s+(\d{{4}})")
_LONE_YEAR = re.compile(r"(?<![\d+\-:.])(\d{4})(?![\d:])")
_SPLIT = re.compile(
    r"(?:(?P<d>\d{1,2})\s+(?P<y>\d{4})[-/.年](?P<m>\d{1,2})月?|(?P<y2>\d{4})[-/.年](?P<m2>\d{1,2})月?\s+(?P<d2>\d{1,2})日?)"
)


class _Day(NamedTuple):
    year: int  # 0 where none is written
    month: int
    day: int
    rest: str  # what is left of the text, with the time of day


def parse_date(text: str, now: datetime, zone: ZoneInfo, locale: str = "") -> datetime | None:
    """The moment in UTC, or None where `text` is no date. `now` is aware; it places relative dates.

    `locale` (a tag, such as "fr") says what `05/11/2026` means: the 5th of November, but in American English.
    The result may lie in the future; `settle` decides what becomes of that.
    """
    folded = fold_date(text) if len(text) <= 4 * _LONGEST else ""
    if not folded or len(folded) > _LONGEST:
        return None
    try:
        moment = _epoch(folded) or _compact(folded, zone) or _parse_date(folded, now, zone, locale)
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):  # 31 February, year 0, an offset out of this world
        return None


def whole_date(text: str, zone: ZoneInfo, locale: str = "") -> datetime | None:
    """The moment in UTC of the first date in the text that has year, month and day, or None.

    Unlike `parse_date` it needs no `now`, and takes nothing from before the web.
    """
    folded = fold_date(text) if len(text) <= 4 * _LONGEST else ""
    if not folded or len(folded) > _LONGEST or not any(map(str.isdigit, folded)):
        return None
    try:
        moment = _epoch(folded) or _compact(folded, zone)
        days = (day for day in _days(folded, locale) if day.year)
        moment = moment or next((found for day in days if (found := _whole(day, zone))), None)
        return moment.astimezone(UTC) if moment and moment >= EARLIEST else None
    except (ValueError, OverflowError):
        return None


def settle(moment: datetime | None, fetched: datetime) -> tuple[datetime, bool]:
    """(published, dated) for an entry: absent, absurd and future dates give way to the time of the fetch.

    A clock that is a quarter of an hour ahead is forgiven: the date is the fetch's, and still counts as said.
    """
    if moment is None or moment < EARLIEST:
        return fetched, False
    if moment > fetched:
        return fetched, moment - fetched <= CLOCKS_DIFFER
    return moment, True


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text) if text.isascii() else None
    if not match:
        return None
    seconds = float(match[1] or match[2])
    for unit, most in ((1.0, 1e10), (1e3, 1e13), (1e6, 1e16)):
        if 1e8 <= seconds / unit < 1e10 and seconds < most:
            return datetime.fromtimestamp(int(seconds / unit), UTC)
    return None


def _compact(text: str, zone: ZoneInfo) -> datetime | None:
    match = _COMPACT.match(text)
    if not match or not 1900 <= int(match[1]) <= 2100:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return datetime(year, month, day, hour, minute, second, tzinfo=offset(match[7] or "", zone))


def _parse_date(text: str, now: datetime, zone: ZoneInfo, locale: str) -> datetime | None:
    """A whole date, else what is told from now, else a day of the calendar without its year."""
    days = [*_days(text, locale), *_months(text)] if any(map(str.isdigit, text)) else []
    if whole := [moment for day in days if day.year and (moment := _whole(day, zone))]:
        return next((moment for moment in whole if moment <= now + _A_DAY), whole[0])
    if any(day.year for day in days):
        return None
    if moment := moment_ago(text, now):
        return moment
    for day in days:
        if moment := _latest(day, now, zone):
            return moment
    return recent_day(text, now, zone)


def _whole(found: _Day, zone: ZoneInfo) -> datetime | None:
    year = found.year - _BUDDHIST if 2400 < found.year < 2700 else found.year
    try:
        return time_of_day(date(year, found.month, found.day), found.rest, zone)
    except ValueError:
        return None


def _latest(found: _Day, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The day in the latest year in which it is past; 29 February needs up to four."""
    this_year = now.astimezone(zone).year
    for year in range(this_year, this_year - 5, -1):
        moment = _whole(found._replace(year=year), zone)
        if moment and moment <= now + _A_DAY:
            return moment
    return None


def _days(text: str, locale: str) -> Iterator[_Day]:
    """The days that the text may mean, the likeliest first."""
    if match := _SPLIT.fullmatch(text):
        year, month, day = (int(match[name] or match[name + "2"]) for name in "ymd")
        yield _Day(year, month, day, "")
    if match := _YEAR_FIRST.search(text):
        yield _Day(int(match[1]), int(match[3]), int(match[4]), _around(text, match))
    if (match := _CHINESE.search(text)) and match[3]:
        yield _Day(int(match[1]), int(match[2]), int(match[3]), _around(text, match))
    if match := _CHINESE_DAY.search(text):
        yield _Day(0, int(match[1]), int(match[2]), _around(text, match))
    for pattern in (_DAY_CHINESE_MONTH, _VIETNAMESE):
        if match := pattern.search(text):
            yield _with_year(text, match, int(match[2]), match[1])
    yield from _find_named_days(text)
    yield from _numeric(text, locale)


def _months(text: str) -> Iterator[_Day]:
    """The first days of the months that the text names without a day."""
    if (match := _CHINESE.search(text)) and not match[3]:
        yield _Day(int(match[1]), int(match[2]), 1, _around(text, match))
    if match := _YEAR_MONTH.search(text):
        yield _Day(int(match[1]), int(match[2]), 1, _around(text, match))
    if (match := _MONTH_YEAR.fullmatch(text)) and (month := month_number(match[1])):
        yield _Day(int(match[2]), month, 1, "")


def _find_named_days(text: str) -> Iterator[_Day]:
    """Days whose month is a word in some language."""
    for pattern, day, name in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.search(text)
        while match:
            if month := month_number(match[name]):
                yield _with_year(text, match, month, match[day])
                return
            match = pattern.search(text, match.end(1))


def _numeric(text: str, locale: str) -> Iterator[_Day]:
    match = _NUMERIC.search(text)
    if match is None:
        return
    first, mark, second, year = int(match[1]), match[2].strip(), int(match[3]), match[4]
    if not year and mark == ".":
        return  # a version, or a time of day
    rest = _around(text, match)
    order = written_order(locale) or ("dmy" if year and mark != "/" else "mdy")
    days = [_Day(_century(year), second, first, rest), _Day(_century(year), first, second, rest)]
    if order.index("m") < order.index("d"):
        days.reverse()
    if year and len(year) == 2:  # `26.11.30`, as Korea and Japan write it
        days.insert(0 if order[0] == "y" else 2, _Day(_century(match[1]), second, int(year), rest))
    yield from days


def _with_year(text: str, match: re.Match[str], month: int, day: str) -> _Day:
    """asctime writes the year after the time of day, Hungarian and Latvian before the month."""
    rest = _around(text, match)
    if match[3]:
        return _Day(_century(match[3]), month, int(day), rest)
    late = _LONE_YEAR.search(rest)
    return (
        _Day(int(late[1]), month, int(day), _around(rest, late)) if late else _Day(0, month, int(day), rest)
    )


def _around(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :].lstrip("Tt ")


def _century(year: str | None) -> int:
    """Two digits are read as RFC 2822 4.3 reads them."""
    if not year:
        return 0
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
