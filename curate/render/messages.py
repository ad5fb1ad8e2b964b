"""How posts and the copy page speak: their sentences from the catalogues, and how they write dates, times and names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from curate.domain.model import Digest, Item
from curate.i18n.catalogue import CATALOGUES
from curate.i18n.catalogue import speaker as part_speaker
from curate.render.wechat.allowed import visible

Measure = Callable[[str], int]  # how long a text is, as whoever takes it counts

_NAMED = 3  # other tellers named before "and more"

_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def speaker(language: str) -> Callable[..., str]:
    """A function `t(key, **values)` for templates. An unknown key is a KeyError; an unknown language speaks zh."""
    return part_speaker("post", language)


def say_with_name(say: Callable[..., str], digest: Digest) -> Callable[..., str]:
    """The same function, which says a collection's name where an issue has its number (`…_named`)."""

    def say_named(key: str, **values: object) -> str:
        own = f"{key}_named"
        return (
            say(own, **values, name=visible(digest.name))
            if f"post.{own}" in CATALOGUES["zh"]
            else say(key, **values)
        )

    return say_named if digest.name else say


_MONTHS_APART = 10  # 11月21日 read in September is last year's, but no reader would think so


def long_date(day: date, language: str) -> str:
    if language == "en":
        return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def clock(item: Item, digest: Digest) -> str:
    """When the item appeared, in the account's time zone; with its day unless that is the issue's, and with
    its year instead of the hour where a day alone would be taken for one of this year."""
    moment = item.published.astimezone(ZoneInfo(digest.timezone))
    hour = f"{moment:%H:%M}"
    if moment.date() == digest.date:
        return hour
    if (digest.date - moment.date()).days > _MONTHS_APART * 30:
        month = f"{_MONTHS[moment.month - 1][:3]} {moment.year}"
        return (
            f"{moment.day} {month}"
            if digest.language == "en"
            else f"{moment:%Y}年{moment.month}月{moment.day}日"
        )
    if digest.language == "en":
        return f"{moment.day} {_MONTHS[moment.month - 1][:3]}, {hour}"
    return f"{moment.month}月{moment.day}日 {hour}"


def others(item: Item, language: str) -> str:
    """The other sources that told it, each once; "" where there are none."""
    names = list(dict.fromkeys(t.source for t in item.also if t.source and t.source != item.source))
    if not names:
        return ""
    joined = (", " if language == "en" else "、").join(names[:_NAMED])
    return speaker(language)("also" if len(names) <= _NAMED else "also_many", names=joined, n=len(names))


def cut_text(text: str, limit: int) -> str:
    """At most `limit` characters; what is cut ends with an ellipsis."""
    text = " ".join(visible(text).split())
    return text if len(text) <= limit else visible(text[: _seam(text, limit - 1)]).rstrip() + "…"


def cut_to(text: str, limit: int, measure: Measure) -> str:
    """The text within a limit: whole lines of it, and where the first is too long by itself, its beginning."""
    if measure(text) <= limit:
        return text
    lines = text.split("\n")
    for count in range(len(lines) - 1, 0, -1):
        if measure(kept := "\n".join(lines[:count])) <= limit:
            return kept
    low, high = 0, len(lines[0])
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(cut_text(lines[0], middle)) <= limit else (low, middle - 1)
    return cut_text(lines[0], low) if low else ""


def _seam(text: str, at: int) -> int:
    """The last place up to `at` that parts no emoji: none before what joins, colors or completes one."""
    while at > 0 and (
        text[at - 1] == "\u200d" or text[at] in "\u200d\ufe0f\u20e3" or "🏻" <= text[at] <= "🏿"
    ):
        at -= 1
    return at


def count_utf16(text: str) -> int:
    """Units of UTF-16: what JavaScript calls the length, and so do most pages and services."""
    return len(text.encode("utf-16-le", "replace")) // 2


def count_halves(text: str) -> int:
    """Characters where a letter of ASCII is half of one, rounded up."""
    units = count_utf16(text)
    return -((sum(c < "\x80" for c in text) - 2 * units) // 2)
