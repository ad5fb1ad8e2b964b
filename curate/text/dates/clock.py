"""A time of day and its zone in a text, as machines and people write them, put on a day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Hours east of UTC. RFC 822 5.1 names the American ones; the others stand in real feeds.
_NAMED: dict[str, float] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10,
    "bst": 1, "west": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
    "ist": 5.5, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8, "awst": 8, "bjt": 8, "prc": 8, "jst": 9, "kst": 9,
    "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "北京时间": 8, "中国标准时间": 8, "中国时间": 8, "台北时间": 8, "香港时间": 8, "日本时间": 9,
}  # fmt: skip
HALVES = r"(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚|夜里|午后)"
_CLOCK = re.compile(
    rf"(?<![\d.])(?P<half>{HALVES}|\b[ap]\.?m\b\.?)?\s*"
    r"(?P<hour>\d{1,2})\s*(?P<colon>[:点]|时(?!间))\s*(?P<minute>\d{1,2}|半)?\s*分?(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?"
    r"\s*(?P<ampm>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>[\[(]?[a-z]+/[a-z_]+(?:/[a-z_]+)?|[\[(]?(?:gmt|utc?)?\s*[+\-\u2212]\s*\d{1,2}:?\d{0,2}\b"
    rf"|{'|'.join(name for name in _NAMED if not name.isascii())}|z\b|[a-z]{{2,4}}\b)?",
    re.IGNORECASE,
)
# `kl. 08.30`, `klo 8.30`, `8.30 Uhr`, `8h30`, `08 h 30`: what other languages have for the colon.
_OTHER_COLONS = re.compile(
    r"\b(?:kl|klo|um|ore|alle|às|a las)\.?\s*(\d{1,2})[.h](\d\d)\b|\b(\d{1,2})\.(\d\d)(?=\s*(?:uhr|ч))|\b(\d{1,2})\s?h\s?(\d\d)\b",
    re.IGNORECASE,
)


def find_clock(text: str) -> re.Match[str] | None:
    """The time of day in `text`: groups half, hour, minute, second, ampm and zone; None where there is none."""
    return _CLOCK.search(_OTHER_COLONS.sub(lambda match: ":".join(filter(None, match.groups())), text))


def time_of_day(day: date, text: str, zone: ZoneInfo) -> datetime:
    """That day at the time of day in `text`, midnight where there is none; ValueError where there is no such time."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    match = find_clock(text)
    if not match:
        return midnight
    half, ampm = match["half"] or "", (match["ampm"] or match["half"] or "").lower()
    hour, minute = int(match["hour"]), 30 if match["minute"] == "半" else int(match["minute"] or 0)
    second = min(int(match["second"] or 0), 59)
    if (half in ("下午", "傍晚", "晚上", "晚", "夜里", "午后") or ampm.startswith("p")) and hour < 12:
        hour += 12
    elif (half == "凌晨" or ampm.startswith("a")) and hour == 12:
        hour = 0
    elif half == "中午" and hour < 3:
        hour += 12
    next_day = timedelta(days=1) if hour == 24 else timedelta()
    there = offset(match["zone"] or "", zone)
    return (
        midnight.replace(hour=hour % 24 if hour == 24 else hour, minute=minute, second=second, tzinfo=there)
        + next_day
    )


def offset(text: str, zone: ZoneInfo) -> tzinfo:
    """The zone that a suffix names; the one given where it names none that can be."""
    name = text.strip("[( ").replace("\u2212", "-")
    if "/" in name:
        return _place(name, zone)
    name = name.lower().replace(" ", "")
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


def _place(name: str, zone: ZoneInfo) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # a name of no place, or one that leads out of the data
        return zone
