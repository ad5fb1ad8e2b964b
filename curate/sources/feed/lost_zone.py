"""China's time that a program wrote as if it were UTC: `Mon, 30 Nov 2026 17:00:00 GMT` at five in the afternoon there.

Such dates lie eight hours ahead. One of them proves it for the document, if all its dates are written so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from curate.sources.item import Raw
from curate.text.dates.parse import CLOCKS_DIFFER, parse_date

_FIRST_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]|\"items\"")
_WRITTEN = re.compile(
    rb"(?:<(?:[\w.-]+:)?(?:pubDate|published|updated|date|created|modified)(?:\s[^<>]{0,200})?>\s*(?:<!\[CDATA\[)?"
    rb"|\"date_(?:published|modified)\"\s*:\s*\")\s*([^<\]\"]{6,60})"
)
_AS_UTC = re.compile(rb"(?:\b(?:GMT|UTC?)|\dZ|[+-]00:?00)\s*\Z")


def restore_zone(items: tuple[Raw, ...], body: bytes, fetched: datetime, zone: ZoneInfo) -> tuple[Raw, ...]:
    """The items with their dates in `zone`, where the document proves that they were written as UTC; else as they are."""
    offset = fetched.astimezone(zone).utcoffset() or timedelta()
    if offset <= timedelta():
        return items
    moments = [item.moment or (parse_date(item.date, fetched, zone) if item.date else None) for item in items]
    ahead = [moment - fetched for moment in moments if moment and moment - fetched > CLOCKS_DIFFER]
    if not ahead or max(ahead) > offset + CLOCKS_DIFFER or not _are_all_utc(body):
        return items
    return tuple(
        item._replace(date="", moment=moment - offset) if moment else item
        for item, moment in zip(items, moments, strict=True)
    )


def _are_all_utc(body: bytes) -> bool:
    first = _FIRST_ITEM.search(body)
    written: Sequence[bytes] = _WRITTEN.findall(body, first.start()) if first else ()
    return bool(written) and all(_AS_UTC.search(date) for date in written)
