"""The moment that a date written by a person, a program or a Chinese web page means.

Machines: RFC 822 and 2822, ISO 8601 and the W3C's profile of it, asctime, seconds or milliseconds since
1970. People: `2小时前`, `昨天 08:30`, `11月21日 下午3:20`, `11/21/2026 8:30 AM`, `Nov 21, 2026`.

A date without a zone is in the zone that the caller gives. A date without a year is in the year that makes
it past. `CST` is China's where the zone given has China's offset, else North America's (RFC 822, 5.1).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_LONGEST = 120  # characters; what is longer is prose
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web; such dates are a program's "no date"
_CLOCKS_DIFFER = timedelta(minutes=15)  # a publisher's clock may be so much ahead of ours
_LONGEST_AGO = 10_000  # of any unit

_MONTH_NAMES = (
    ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
    ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")

# Hours east of UTC. RFC 822 5.1 names the American ones; the others stand in real feeds.
_NAMED: dict[str, float] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10,
    "bst": 1, "west": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
    "ist": 5.5, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip

_TIME = (
    r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|午后)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})?\s*分?(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?"
    r"\s*(?P<ampm>[ap]\.?m\b\.?)?"
)
_ZONE = r"\s*(?P<zone>(?:gmt|utc?)?\s*[+\-\u2212]\s*\d{1,2}:?\d{0,2}\b|z\b|[a-z]{2,4}\b)?"
_CLOCK = re.compile(rf"(?<!\d){_TIME}{_ZONE}", re.IGNORECASE)
_COMPACT = re.compile(
    r"^(\d{4})(\d\d)(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?\s*(z|[+-]\d\d:?\d\d)?$", re.I
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*([-/.年])\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?)?")
_CHINESE_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_BARE_DAY = re.compile(r"^(\d{1,2})-(\d{1,2})(?=\s|$)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s\-./]+([a-z]{3,9})\.?,?(?:[\s\-./]+(\d{4}|\d{2})(?![\d:]))?", re.I
)
_MONTH_DAY = re.compile(
    r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:\s*,?\s*(\d{4})(?![\d:]))?", re.I
)
_LONE_YEAR = re.compile(r"(?<![\d+\-:])(\d{4})(?![\d:])")
_AGO = re.compile(
    r"(\d+|半|[一二两三四五六七八九十]|an?|one)\s*(?:个)?\s*"
    r"(秒钟?|分钟?|小时|钟头|天|日|周|星期|礼拜|月|年|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
    r"\s*(?:之?前|以前|ago)",
    re.IGNORECASE,
)
_UNITS = (
    (("秒", "sec"), timedelta(seconds=1)),
    (("分", "min"), timedelta(minutes=1)),
    (("小时", "钟头", "hour", "hr"), timedelta(hours=1)),
    (("天", "日", "day"), timedelta(days=1)),
    (("周", "星期", "礼拜", "week"), timedelta(days=7)),
    (("月", "month"), timedelta(days=30)),
    (("年", "year"), timedelta(days=365)),
)
_COUNTS = {"半": 0.5, "两": 2.0, "a": 1.0, "an": 1.0, "one": 1.0} | {
    word: float(n) for n, word in enumerate("一二三四五六七八九十", start=1)
}
_DAYS_BACK = {"大前天": 3, "前天": 2, "昨天": 1, "昨日": 1, "yesterday": 1, "今天": 0, "今日": 0, "today": 0}
_JUST_NOW = re.compile(r"刚刚|刚才|片刻前|just now|moments? ago", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(本周|这周|上周|周|星期|礼拜)([一二三四五六日天])")


def parse_date(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, or None where `text` is no date. `now` is aware; it places relative dates.

    The result may lie in the future; `settle` decides what becomes of that.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).split()) if len(text) <= 4 * _LONGEST else ""
    if not folded or len(folded) > _LONGEST:
        return None
    try:
        moment = _epoch(folded) or _compact(folded, zone) or _relative(folded, now, zone)
        moment = moment or _calendar(folded, now, zone)
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):  # 31 February, year 0, an offset out of this world
        return None


def settle(moment: datetime | None, fetched: datetime) -> tuple[datetime, bool]:
    """(published, dated) for an entry: absent, absurd and future dates give way to the time of the fetch.

    A clock that is a quarter of an hour ahead is forgiven: the date is the fetch's, and still counts as said.
    """
    if moment is None or moment < _EARLIEST:
        return fetched, False
    if moment > fetched:
        return fetched, moment - fetched <= _CLOCKS_DIFFER
    return moment, True


def _epoch(text: str) -> datetime | None:
    if not text.isascii() or not text.isdigit() or len(text) not in (9, 10, 13, 16):
        return None
    seconds = int(text) / {9: 1, 10: 1, 13: 1e3, 16: 1e6}[len(text)]
    return datetime.fromtimestamp(seconds, UTC)


def _compact(text: str, zone: ZoneInfo) -> datetime | None:
    match = _COMPACT.match(text)
    if not match or not 1900 <= int(match[1]) <= 2100:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7] or "", zone))


def _relative(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    if _JUST_NOW.search(text):
        return now
    ago = _AGO.search(text)
    if ago:
        count = _COUNTS.get(ago[1].lower()) or float(ago[1][:9])
        unit = next(span for names, span in _UNITS if ago[2].lower().startswith(names))
        return now - min(count, _LONGEST_AGO) * unit
    lowered = text.lower()
    back = next((n for word, n in _DAYS_BACK.items() if lowered.startswith(word)), None)
    weekday = _WEEKDAY.match(text)
    today = now.astimezone(zone)
    if back is None and weekday:
        back = (today.weekday() - _WEEKDAYS.index(weekday[2].replace("天", "日"))) % 7
        if weekday[1] == "上周":
            back = today.weekday() - _WEEKDAYS.index(weekday[2].replace("天", "日")) + 7
    if back is None:
        return None
    day = today - timedelta(days=back)
    return _at(day.year, day.month, day.day, text, zone)


def _calendar(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A date of the calendar, with or without its year and its time of day."""
    found = _day(text)
    if not found:
        return None
    year, month, day, rest = found
    if year:
        return _at(year, month, day, rest, zone)
    year = now.astimezone(zone).year
    for candidate in (year, year - 1, year - 2, year - 3, year - 4):  # 29 February needs up to four
        try:
            moment = _at(candidate, month, day, rest, zone)
        except ValueError:
            continue
        if moment <= now + timedelta(days=1):
            return moment
    return None


def _day(text: str) -> tuple[int, int, int, str] | None:
    """(year or 0, month, day, what is left of the text)."""
    if match := _YEAR_FIRST.search(text):
        rest = text[: match.start()] + " " + text[match.end() :].lstrip("Tt ")
        return int(match[1]), int(match[3]), int(match[4] or 1), rest
    if match := _CHINESE_DAY.search(text) or _BARE_DAY.search(text):
        return 0, int(match[1]), int(match[2]), text[match.end() :]
    if match := _DOTTED.search(text):
        return int(match[3]), int(match[2]), int(match[1]), text[match.end() :]
    if match := _SLASHED.search(text):
        first, second = int(match[1]), int(match[2])
        month, day = (second, first) if first > 12 else (first, second)
        return _century(match[3]), month, day, text[match.end() :]
    return _named_month(text)


def _named_month(text: str) -> tuple[int, int, int, str] | None:
    for match in _DAY_MONTH.finditer(text):
        month = _MONTHS.get(match[2].lower())
        if month:
            year, rest = _year_after(match[3], text[match.end() :])
            return year, month, int(match[1]), rest
    for match in _MONTH_DAY.finditer(text):
        month = _MONTHS.get(match[1].lower())
        if month:
            year, rest = _year_after(match[3], text[match.end() :])
            return year, month, int(match[2]), rest
    return None


def _year_after(year: str | None, rest: str) -> tuple[int, str]:
    """asctime writes the year after the time of day."""
    if year:
        return _century(year), rest
    late = _LONE_YEAR.search(rest)
    return (int(late[1]), rest[: late.start()] + rest[late.end() :]) if late else (0, rest)


def _century(year: str | None) -> int:
    """Two digits are read as RFC 2822 4.3 reads them."""
    if not year:
        return 0
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)


def _at(year: int, month: int, day: int, text: str, zone: ZoneInfo) -> datetime:
    """That day at the time of day in `text`, midnight where there is none."""
    match = _CLOCK.search(text)
    if not match:
        return datetime(year, month, day, tzinfo=zone)
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    half, ampm = match["half"] or "", (match["ampm"] or "").lower()
    if (half in ("下午", "傍晚", "晚上", "夜里", "午后") or ampm.startswith("p")) and hour < 12:
        hour += 12
    elif (half == "凌晨" or ampm.startswith("a")) and hour == 12:
        hour = 0
    elif half == "中午" and hour < 3:
        hour += 12
    midnight_after = timedelta(days=1) if hour == 24 else timedelta()
    hour = hour % 24 if hour == 24 else hour
    there = _offset(match["zone"] or "", zone)
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=there) + midnight_after


def _offset(text: str, zone: ZoneInfo) -> tzinfo:
    """The zone that a suffix names; the one given where it names none that can be."""
    name = text.strip().lower().replace("\u2212", "-").replace(" ", "")
    if name == "cst" and datetime(2026, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=8):
        return timezone(timedelta(hours=8))
    if name in _NAMED:
        return timezone(timedelta(hours=_NAMED[name]))
    match = re.fullmatch(r"(?:gmt|utc?)?([+-])(\d{1,2}):?(\d\d)?", name) or re.fullmatch(
        r"([+-])(\d\d)(\d\d)", name
    )
    if not match:
        return zone
    span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if span > timedelta(hours=14):
        return zone
    return timezone(span if match[1] == "+" else -span)
