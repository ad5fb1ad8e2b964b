"""Names of months and days, and words for "ago", in the languages that feeds and lists come in: the Unicode CLDR's.

Loaded when a text has a name that is not English: some 0.2 s, once in a process, and in most nights never.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, cast

# Where two languages use one name for two months (listopad: October in Croatian), the one that stands first has it.
_LANGUAGES = (
    "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "is", "pl", "cs", "sk", "hu", "ro",
    "bg", "uk", "ru", "be", "hr", "sr", "sl", "bs", "mk", "sq", "lt", "lv", "et", "el", "tr", "id", "ms",
    "vi", "th", "ar", "he", "fa", "ca", "eu", "gl", "ga", "cy", "mt", "hi", "ja", "ko", "kk", "az", "ka",
    "hy",
)  # fmt: skip
_UNITS = (
    ("second", timedelta(seconds=1)), ("minute", timedelta(minutes=1)), ("hour", timedelta(hours=1)),
    ("day", timedelta(days=1)), ("week", timedelta(weeks=1)), ("month", timedelta(days=30)), ("year", timedelta(days=365)),
)  # fmt: skip
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = r"(\d{1,6})"
_SHORTEST = 3  # letters of a month's name
_COUNTS = (1, 2, 3, 5, 11, 21, 100)  # one of each plural that languages have
_ENGLISH_MONTHS = (
    ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
    ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip
_ENGLISH_DAYS = (
    ("mon", "monday"), ("tue", "tues", "tuesday"), ("wed", "weds", "wednesday"), ("thu", "thur", "thurs", "thursday"),
    ("fri", "friday"), ("sat", "saturday"), ("sun", "sunday"),
)  # fmt: skip
_MONTHS = {name: n for n, names in enumerate(_ENGLISH_MONTHS, start=1) for name in names}
_DAYS = {name: n for n, names in enumerate(_ENGLISH_DAYS) for name in names}
_DAYS_BACK = {
    "yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ontem": 1, "ieri": 1, "gisteren": 1, "igår": 1, "i går": 1,
    "eilen": 1, "wczoraj": 1, "včera": 1, "tegnap": 1, "вчера": 1, "вчора": 1, "учора": 1, "χθες": 1, "dün": 1,
    "kemarin": 1, "hôm qua": 1, "어제": 1, "昨天": 1, "前天": 2, "大前天": 3,
    "today": 0, "heute": 0, "aujourd'hui": 0, "aujourd’hui": 0, "hoy": 0, "hoje": 0, "oggi": 0, "vandaag": 0, "idag": 0,
    "i dag": 0, "tänään": 0, "dzisiaj": 0, "dziś": 0, "dnes": 0, "сегодня": 0, "сьогодні": 0, "днес": 0,
    "σήμερα": 0, "bugün": 0, "hari ini": 0, "hôm nay": 0, "오늘": 0, "今天": 0,
}  # fmt: skip
_BACK = re.compile(
    rf"(?:^|[\s:])({'|'.join(sorted(map(re.escape, _DAYS_BACK), key=len, reverse=True))})"
    r"(?=$|[\s,:·|]|\d|凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜里)",
    re.IGNORECASE,
)


def month_number(name: str) -> int:
    """1..12, or 0 where it is no month's name in any language."""
    key = _key(name)
    if _EAST_ASIAN.search(key):
        return (
            0  # there months have numbers; `parse.py` reads those, and no table is loaded for a Chinese word
        )
    return _MONTHS.get(key) or (0 if not key or key in _DAYS else _months().get(key, 0))


def weekday_number(name: str) -> int | None:
    """0 for Monday .. 6, or None where it is no day's name in any language."""
    key = _key(name)
    return _DAYS[key] if key in _DAYS else _days().get(key) if key else None


def days_back(text: str) -> int | None:
    """How many days before today a word in the text says, such as `gestern`; None where there is none."""
    match = _BACK.search(text)
    return _DAYS_BACK[match[1].lower()] if match else None


def time_ago(text: str) -> timedelta | None:
    """What `il y a 3 heures` or `3 часа назад` says; None where no language says so."""
    line = _key(text)
    match = next((match for pattern in _patterns() if (match := pattern.search(line))), None)
    if match is None:
        return None
    group = match.lastgroup or ""
    return min(int(match[group][:6]), 10_000) * dict(_UNITS)[group.partition("_")[0]]


@cache
def written_order(locale: str) -> str:
    """In which order the language writes year, month and day in numbers, such as "dmy"; "" where it is not known."""
    known = _locale(locale) if locale else None
    if known is None:
        return ""
    short, day_of_year = (
        str(found.pattern) for found in (known.date_formats["short"], known.datetime_skeletons["Md"])
    )
    order = "dm" if day_of_year.find("d") < day_of_year.find("M") else "md"
    return "y" + order if short.lstrip("\u200f").startswith("y") else order + "y"


def _key(name: str) -> str:
    """As names are compared: without dots and marks of direction, in small letters."""
    return unicodedata.normalize("NFKC", name).replace(".", "").strip(" \u200e\u200f").casefold()


def _locale(locale: str):  # type: ignore[no-untyped-def]  # babel.Locale, loaded here alone
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale.strip().replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return _locale(locale.partition("-")[0]) if "-" in locale else None


def _names(kind: str) -> Iterator[tuple[int, str]]:
    for locale in _LANGUAGES:
        table = getattr(_locale(locale), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[context][width].items():
                    yield number, _key(name)


@cache
def _months() -> dict[str, int]:
    """By name, and by beginnings of names that mean one month in all languages: `ноя` and `нояб` for `ноября`."""
    found: dict[str, int] = {}
    begun: dict[str, set[int]] = {}
    for number, name in _names("months"):
        if len(name) > 1 and not name[0].isdigit():
            found.setdefault(name, number)
            found.setdefault("ב" + name, number)  # Hebrew writes "in" as a part of the word
            for end in range(_SHORTEST, len(name)):
                begun.setdefault(name[:end], set()).add(number)
    return {name: min(numbers) for name, numbers in begun.items() if len(numbers) == 1} | found


@cache
def _days() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in _names("days"):
        if len(name) > 1:
            found.setdefault(name, number)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """For each language, one pattern of all that it can say; the group that matches names the unit."""
    return tuple(pattern for locale in _LANGUAGES if (pattern := _pattern(locale)))


def _pattern(locale: str) -> re.Pattern[str] | None:
    templates: dict[str, str] = {}
    for unit, span in _UNITS:
        for width in ("long", "short"):
            for count in _COUNTS:
                parts = _key(_format_span(-count * span, unit, width, locale)).split(str(count))
                if len(parts) == 2:
                    templates.setdefault(_NUMBER.join(map(re.escape, parts)), unit)
    named = (
        said.replace(_NUMBER, rf"(?P<{unit}_{n}>\d{{1,6}})")
        for n, (said, unit) in enumerate(templates.items())
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(named)})(?!\w)") if templates else None


def _format_span(span: timedelta, unit: str, width: Any, locale: str) -> str:
    from babel.dates import format_timedelta

    try:
        return format_timedelta(
            span,
            granularity=cast(Any, unit),
            threshold=10_000,
            add_direction=True,
            format=width,
            locale=locale,
        )
    except KeyError:  # the language has no short way to say it
        return ""
