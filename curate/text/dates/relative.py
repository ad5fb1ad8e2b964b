"""Dates told from now: `3小时前`, `1h 20m ago`, `昨天 08:30`, `星期五 08:30`, `8:30`. Texts as `fold_date` leaves them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from curate.text.dates.clock import HALVES, find_clock, time_of_day
from curate.text.dates.names import days_back, time_ago, weekday_number

_LONGEST_AGO = 10_000  # of any unit
_COUNT = r"(?:\d{1,9}|半|[一二两三四五六七八九十几数]|\b(?:an?|one|two|three|few)\b)"
_UNIT = (
    r"(?:秒钟?|分钟?|个半小时|小时|时间|钟头|天|日间|日|周间|周|星期|礼拜|[ヶかカケヵ箇]?月|年"
    r"|seconds?|secs?|s|minutes?|mins?|months?|mths?|mos?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|years?|yrs?|y)(?![a-z])"
)
_PART = rf"({_COUNT})\s*(?:个)?\s*({_UNIT})"
_AGO = re.compile(rf"((?:{_PART}\.?[\s,]*(?:and\s+)?){{1,4}}?)(?:多)?\s*(?:之?前|以前|ago\b)", re.IGNORECASE)
_PARTS = re.compile(_PART, re.IGNORECASE)
_BARE = re.compile(
    r"(\d{1,3})\s?(m|min|h|hr|d|w)", re.IGNORECASE
)  # as short posts have it beside their author
_UNITS = (
    (("秒", "s"), timedelta(seconds=1)),
    (("分", "min"), timedelta(minutes=1)),
    (("小时", "时", "钟头", "h"), timedelta(hours=1)),
    (("个半小时",), timedelta(hours=1)),
    (("天", "日", "d"), timedelta(days=1)),
    (("周", "星期", "礼拜", "w"), timedelta(days=7)),
    (("月", "ヶ", "か", "カ", "ケ", "ヵ", "箇", "mo", "mth"), timedelta(days=30)),
    (("年", "y"), timedelta(days=365)),
    (("m",), timedelta(minutes=1)),
)
_COUNTS = {"半": 0.5, "两": 2.0, "几": 3.0, "数": 3.0, "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "few": 3.0} | {
    word: float(n) for n, word in enumerate("一二三四五六七八九十", start=1)
}  # fmt: skip
_JUST_NOW = re.compile(r"刚刚|刚才|片刻前|たった今|방금|just now|moments? ago|^now$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:(本周|这周|上周|周|星期|礼拜)([一二三四五六日天])|([月火水木金土日]|[월화수목금토일])[曜요]日?일?)"
    rf"(?=$|[\s,(:]|\d|{HALVES})"
)
_WEEKDAYS = ("一二三四五六日", "月火水木金土日", "월화수목금토일")
_NAMED_DAY = re.compile(r"([^\W\d_][^\s\d,:]{1,20}(?: [^\W\d_][^\s\d,:]{0,8})?),?\s*(.*)")


def moment_ago(text: str, now: datetime) -> datetime | None:
    """So long before `now` as the text says, or None."""
    if _JUST_NOW.search(text):
        return now
    ago = _AGO.search(text)
    said = _PARTS.findall(ago[1]) if ago else _BARE.findall(text) if _BARE.fullmatch(text) else []
    if said:
        return now - sum((_span(count.lower(), unit.lower()) for count, unit in said), timedelta())
    return now - span if any(map(str.isdigit, text)) and (span := time_ago(text)) else None


def recent_day(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The day that the text names without a date: today, yesterday, last Friday; with its time of day."""
    today = now.astimezone(zone)
    back = days_back(text)
    if back is None:
        back = _since_weekday(text, today.date())
    if back is not None:
        day = today - timedelta(days=back)
        return time_of_day(day.date(), text, zone)
    clock = find_clock(text)
    if clock and clock[0].strip() == text and clock["minute"] and not clock["zone"]:
        moment = time_of_day(today.date(), text, zone)
        return moment if moment <= now else moment - timedelta(days=1)
    return None


def _span(count: str, unit: str) -> timedelta:
    number = _COUNTS.get(count) or float(count)
    if unit == "个半小时":
        number += 0.5
    size = next(span for names, span in _UNITS if unit.startswith(names))
    return min(number, _LONGEST_AGO) * size


def _since_weekday(text: str, today: date) -> int | None:
    """Days since the weekday that the text begins with, if nothing but a time of day follows it."""
    if match := _WEEKDAY.match(text):
        name = (match[2] or match[3]).replace("天", "日")
        weekday = next(names.index(name) for names in _WEEKDAYS if name in names)
        since = today.weekday() - weekday
        return since + 7 if match[1] == "上周" else since % 7
    named = _NAMED_DAY.fullmatch(text)
    if named and (not named[2] or find_clock(named[2])) and (number := weekday_number(named[1])) is not None:
        return (today.weekday() - number) % 7
    return None
