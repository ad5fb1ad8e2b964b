"""Numbers as values: 三百四十万, 3.4 million and 3,400,000 are one; what two languages have in common of an event.

Years, dates, clock times and counts under a dozen are left out: everybody has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
    "万亿": 1_000_000_000_000,
}
_SMALL = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
# each begins with characters that are found fast
_ARABIC = re.compile(
    r"(\d(?<![A-Za-z0-9.:-]\d)(?:\d{0,2}(?:,\d{3})+|\d*))(\.\d+)?(?![\d.]*\d)"
    r"\s?(万亿|千亿|百亿|千万|百万|万|亿|hundred|thousand|million|billion)?(?=(\W|[a-z]+|.)?)",
    re.IGNORECASE,
)
_DIGIT = "[零〇一二两三四五六七八九十百千万亿]"
_CHINESE = re.compile(
    rf"(?P<whole>{_DIGIT}{_DIGIT}+)(?:点(?P<part>[零〇一二三四五六七八九]+)(?P<scale>[万亿]?))?(?=(?P<after>.)?)"
)
_SMALL_WORDS, _SCALE_WORDS = "|".join(_SMALL), "hundred|thousand|million|billion"
_FIRST = "|".join(
    rf"{letter}(?<!\w{letter})(?:{'|'.join(word[1:] for word in words)})"
    for letter, words in groupby(sorted(_SMALL), key=itemgetter(0))
)
_ENGLISH = re.compile(
    rf"(?:{_FIRST})\b(?:[- ](?:and )?(?:{_SMALL_WORDS}|{_SCALE_WORDS})\b)*"
)  # in lower case: without regard to case it takes five times as long
# A day as titles write it: 2021年6月16日, 2021-06-16, 6月16日, 20210616, 0616, 16日, 周三.
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[.年/-]\s?(?P<m1>\d{1,2})\s?[.月/-]\s?(?P<d1>\d{1,2})日?(?!\d)"
    r"|(?<!\d)(?P<m2>\d{1,2})\s?月\s?(?P<d2>\d{1,2})\s?[日号]?(?!\d)"
    r"|(?<!\d)(?:(?:20)?[0-3]\d)?(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-2]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d年?(?!\d)|(?<!\d)\d{1,2}[日号](?!\w)|(?:周|星期)[一二三四五六日天]"
)
_PERHAPS_DATE = re.compile(r"\d|[周期][一二三四五六日天]")  # a glance, for the expression takes its time
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# What follows a number that is a date or a time of day, and no quantity.
_CALENDAR = frozenset("年月日号时点分")
_LEAST = 12


def without_dates(text: str) -> str:
    """The text without its days, which say when and not what."""
    return _DATE.sub(" ", text) if _PERHAPS_DATE.search(text) else text


def days_of(text: str) -> frozenset[tuple[int, int]]:
    """The days that a title names, as month and day; weekdays and years alone are none."""
    matches = _DATE.finditer(text) if _PERHAPS_DATE.search(text) else ()
    found = ([int(n) for n in match.groups() if n] for match in matches)
    return frozenset((day[0], day[1]) for day in found if day)


def numbers_of(text: str) -> frozenset[str]:
    """The numbers in Arabic digits, as they are written, without thousands' commas."""
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))


def values(text: str) -> list[str]:
    """The quantities of a text, each in one spelling: `=3400000`, `=1.4`."""
    found = [*_arabic(text), *_chinese(text), *_english(text)]
    return [f"={value:.0f}" if value == int(value) else f"={value:g}" for value in found]


def _arabic(text: str) -> Iterator[float]:
    for match in _ARABIC.finditer(text):
        whole, part, scale, after = match[1], match[2] or "", match[3], match[4] or ""
        value = float(whole.replace(",", "") + part) * (_SCALES[scale.lower()] if scale else 1)
        plain = not (part or scale or "," in whole)
        if plain and (after in _CALENDAR or after == ":" or 1900 <= value <= 2100 or len(whole) > 9):
            continue
        if value >= _LEAST or part:
            yield value


def _chinese(text: str) -> Iterator[float]:
    for match in _CHINESE.finditer(text):
        value = _of_chinese(match["whole"])
        if match["part"]:
            digits = "".join(str(_DIGITS[c]) for c in match["part"])
            value = float(f"{value or 0:.0f}.{digits}") * _GREAT.get(match["scale"], 1)
        if value is None or value < _LEAST or 1900 <= value <= 2100:
            continue
        if value >= 60 or (match["after"] or "") not in _CALENDAR:
            yield value


def _of_chinese(run: str) -> float | None:
    """The value of a Chinese numeral, None for digits in a row (a year, a telephone number) and other runs."""
    total = section = digit = 0
    if not any(c in _UNITS or c in _GREAT for c in run):
        return None
    for c in run:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            total = (total + section + digit) * _GREAT[c] or _GREAT[c]
            section = digit = 0
    return float(total + section + digit)


def _english(text: str) -> Iterator[float]:
    for match in _ENGLISH.finditer(text.lower()):
        total = current = 0
        for word in re.findall(r"[a-z]+", match[0]):
            if word in _SMALL:
                current += _SMALL[word]
            elif word == "hundred":
                current = (current or 1) * 100
            elif word in _SCALES:
                total += (current or 1) * _SCALES[word]
                current = 0
        if total + current >= _LEAST and not 1900 <= total + current <= 2100:
            yield float(total + current)
