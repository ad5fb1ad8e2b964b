"""Cells as numbers and days, however a spreadsheet writes them. ValueError with the reason in Chinese for what is neither."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from curate.audience.model import HOUR_UNKNOWN

EARLIEST = date(2012, 8, 1)  # official accounts began in August 2012
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of Excel's calendar, without a zone as cells are
_SERIALS = range(40_000, 80_000)  # 2009 to 2119: what else stands in a column of days is no serial

_NOTHING = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "/", "n/a", "na", "none", "null", "nan", "暂无", "暂无数据", "无"}
)
_WITHHELD = re.compile(
    r"(?:<|<=|≤|少于|小于|不足|低于)\d+|\d+(?:以下|\+)"
)  # "<5"; 10万+ says no number either
_NUMBER = re.compile(
    r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿|w|k|千)?(人|次|条|篇|个)?", re.IGNORECASE
)
_UNIT = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1000, "k": 1000}

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_CLOCK = re.compile(r"[T\s]*(?:(上午|下午|晚上|am|pm)\s*)?(\d{1,2})\s*[:时点]\s*(\d{1,2})?.*", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"[(\[]?\s*(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天1-7]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\s*[)\]]?\s*,?",
    re.IGNORECASE,
)
_YEARLESS = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s.*)?")


def _text(cell: object) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip().strip("'\"\ufeff\u200b").strip()


def number(cell: object) -> float | None:
    """A count; None where the cell tells none: empty, a dash, or withheld because it is small.

    ValueError, in Chinese, where it is no count.
    """
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        if cell != cell:  # NaN
            return None
        if cell != int(cell):
            raise ValueError("不是整数")
        return float(cell)
    text = _text(cell).replace("−", "-")
    if text.casefold() in _NOTHING:
        return None
    compact = re.sub(r"\s+", "", text)
    if _WITHHELD.fullmatch(compact) or compact.endswith("万+"):
        return None
    if compact.endswith("%"):
        raise ValueError("是百分比，不是数目")
    match = _NUMBER.fullmatch(compact)
    if match is None:
        raise ValueError("不是数字")
    value = float(match[2].replace(",", "") + (match[3] or "")) * _UNIT.get((match[4] or "").lower(), 1)
    if abs(value - round(value)) > 1e-6:
        raise ValueError("不是整数")
    return float(round(value)) * (-1 if match[1] == "-" else 1)


def moment(cell: object) -> tuple[date, int]:
    """A day and the hour, HOUR_UNKNOWN where the cell names none.

    ValueError, in Chinese, where it is no day.
    """
    if isinstance(cell, datetime):
        timed = (cell.hour, cell.minute, cell.second) != (0, 0, 0)
        return cell.date(), cell.hour if timed else HOUR_UNKNOWN
    if isinstance(cell, date):
        return cell, HOUR_UNKNOWN
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return moment(_SERIAL_ZERO + timedelta(days=float(cell)))
    text = _WEEKDAY.sub(" ", _text(cell), count=1).strip()
    if (match := _COMPACT.match(text)) or (match := _DAY.match(text)):
        rest = text[match.end() :]
    elif text.isdecimal() and int(text) in _SERIALS:
        return moment(int(text))
    elif _YEARLESS.fullmatch(text):
        raise ValueError("没有年份")
    else:
        raise ValueError("不是日期")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as e:
        raise ValueError("没有这一天") from e
    return day, _hour(rest)


def clock(cell: object) -> int:
    """The hour of a cell that holds a time of day alone; ValueError where it holds another thing."""
    if isinstance(cell, time):
        return cell.hour
    if isinstance(cell, timedelta) or (isinstance(cell, float) and 0 <= cell < 1):
        seconds = cell.total_seconds() if isinstance(cell, timedelta) else cell * 86_400
        return int(seconds // 3600) % 24
    text = _text(cell)
    if not text or not re.search(r"[:时点]", text):
        raise ValueError("不是钟点")
    return _hour(text)


def _hour(rest: str) -> int:
    if not rest.strip():
        return HOUR_UNKNOWN
    match = _CLOCK.fullmatch(rest)
    if match is None:
        raise ValueError("不是日期")
    hour = int(match[2])
    if (match[1] or "").lower() in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if hour > 23:
        raise ValueError("没有这个钟点")
    return hour
