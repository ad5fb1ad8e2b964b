"""When an article's page says that it was published: in its head or its data, else where readers see it.

What is written is read by the grammar of feeds' dates (`parse.py`). A line that readers see is believed only where it has a
whole date: a day without a year may be anything there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from curate.extraction.document import BYLINE_LENGTH, PageTree
from curate.extraction.dom import text_of
from curate.text.dates.parse import EARLIEST, parse_date, whole_date

_CHINA, _WORLD = ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
_METAS = (
    "article:published_time", "og:published_time", "datepublished", "og:release_date", "weibo:article:create_at",
    "pubdate", "publishdate", "publish_date", "publish-date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dc.date", "date", "article.published", "apub:time", "bytedance:published_time",
)  # fmt: skip
_SCRIPT = re.compile(
    r"(?:publish_time|publishTime|createTime|create_time|oriCreateTime|ct(?<!\wct))[\"']?\s*[:=]\s*[\"']?"
    r"(?P<time>\d{13}(?!\d)|\d{10}(?!\d)|20\d\d[^\"'<>;]{6,20})"
)
# What a line with a whole date has at the least; most lines have it not.
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[0-5])\d\d(?!\d)|[〇零一二三四五六七八九]{4}\s*年|令和|平成|民[国國]")
# Behind one of these a year may have two digits, as 百家号 writes it, or be left out.
_LABEL = re.compile(
    r"(?:发[布表]|發[布佈表]|刊登|刊發|刊发)(?:时间|時間|日期|于|於)\s*[:：]?\s*|日期\s*[:：]\s*"
)
_LABELED = 40  # characters behind it
_GLUED = re.compile(r"(?<=[-/.]\d\d)(?=\d\d:\d\d)")  # day and time of day that were two elements


class _Place(NamedTuple):
    """What a date without more words means on a page."""

    zone: ZoneInfo
    locale: str  # as the page declares it, such as "en-GB"; "" where nobody knows
    fetched: datetime | None = None  # what 昨天 is told from


def find_published(
    page: PageTree, lines: Sequence[str], text_language: str, fetched: datetime | None = None
) -> datetime | None:
    """When it was published, in UTC. A time without zone is China's on a Chinese page, else UTC.

    `text_language` is the text's, "zh" or "en"; `fetched` is when the page came, by which 昨天 08:30 is understood.
    """
    declared = (page.tree.get("lang") or "").strip()
    if stated := stated_date(page.meta, page.about, text_language, declared):
        return stated
    place = _place(text_language, declared)._replace(fetched=fetched)
    for element in page.marks.dates:
        said = element.get("datetime") or element.get("content") or text_of(element)
        if found := _read(said, place):
            return found
    for script in page.tree.iter("script"):
        if (match := _SCRIPT.search(script.text or "")) and (found := whole_date(match["time"], *place[:2])):
            return found
    seen = (*page.small_texts, *(line for line in lines[:3] if len(line) <= BYLINE_LENGTH))
    return next((found for line in seen if (found := _date_in(line, place))), None)


def stated_date(
    meta: dict[str, str], about: Sequence[dict[str, Any]], text_language: str, declared: str = ""
) -> datetime | None:
    """The date in the page's head or JSON-LD, or None; `declared` is the page's language as its root declares it."""
    place = _place(text_language, declared)
    values = [value for thing in about if isinstance(value := thing.get("datePublished"), str)]
    values += [meta[key] for key in _METAS if key in meta]
    return next((found for value in values if (found := whole_date(value, *place[:2]))), None)


def _place(text_language: str, declared: str) -> _Place:
    is_chinese = text_language == "zh"
    return _Place(_CHINA if is_chinese else _WORLD, declared or ("zh" if is_chinese else ""))


def _read(text: str, place: _Place) -> datetime | None:
    zone, locale, fetched = place
    found = parse_date(text, fetched, zone, locale) if fetched else whole_date(text, zone, locale)
    return found if found and found >= EARLIEST else None


def _date_in(line: str, place: _Place) -> datetime | None:
    line = _GLUED.sub(" ", line)
    if match := _LABEL.search(line):
        return _read(line[match.end() :][:_LABELED], place)
    return whole_date(line, place.zone, place.locale) if _YEAR.search(line) else None
