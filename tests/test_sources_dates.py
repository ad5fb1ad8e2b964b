from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.dates.parse import parse_date, settle

CHINA = ZoneInfo("Asia/Shanghai")
WORLD = ZoneInfo("UTC")
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # Sunday noon in Shanghai


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, 21 Nov 2026 08:30:00 GMT", utc(2026, 11, 21, 8, 30)),
        ("Sat, 21 Nov 2026 08:30:00 +0800", utc(2026, 11, 21, 0, 30)),
        ("21 Nov 2026 08:30 EST", utc(2026, 11, 21, 13, 30)),
        ("Sat, 21 Nov 26 08:30:00 PDT", utc(2026, 11, 21, 15, 30)),
        ("Mi, 04 Jan 2017 17:36:24 +0000", utc(2017, 1, 4, 17, 36, 24)),
        ("Sat, 21 November 2026 8:30:00 Z", utc(2026, 11, 21, 8, 30)),
        ("Sat, 21-Nov-2026 08:30:00 GMT", utc(2026, 11, 21, 8, 30)),
        ("Sat Nov 21 08:30:00 2026", utc(2026, 11, 21, 8, 30)),
        ("Sat Nov 21 08:30:00 UTC 2026", utc(2026, 11, 21, 8, 30)),
        ("Sat, 21 Nov 2026 24:00:00 GMT", utc(2026, 11, 22)),
        ("Sat, 21 Nov 2026 08:30:60 GMT", utc(2026, 11, 21, 8, 30, 59)),
        ("Sat, 21 Nov 2026 08:30:00 GMT+8", utc(2026, 11, 21, 0, 30)),
        ("2026-11-21T08:30:00Z", utc(2026, 11, 21, 8, 30)),
        ("2026-11-21T08:30:00.123456789Z", utc(2026, 11, 21, 8, 30)),
        ("2026-11-21 08:30:00+08:00", utc(2026, 11, 21, 0, 30)),
        ("2026-11-21T08:30:00-0500", utc(2026, 11, 21, 13, 30)),
        ("2026-11-21T08:30+08", utc(2026, 11, 21, 0, 30)),
        ("20261121T083000Z", utc(2026, 11, 21, 8, 30)),
        ("20261121", utc(2026, 11, 21)),
        ("2026-11", utc(2026, 11, 1)),
        ("1795249800", utc(2026, 11, 21, 8, 30)),
        ("1795249800000", utc(2026, 11, 21, 8, 30)),
        ("11/21/2026 8:30 AM", utc(2026, 11, 21, 8, 30)),
        ("11/21/2026 8:30:00 p.m.", utc(2026, 11, 21, 20, 30)),
        ("21/11/2026 08:30", utc(2026, 11, 21, 8, 30)),
        ("21.11.2026 08:30", utc(2026, 11, 21, 8, 30)),
        ("November 21st, 2026", utc(2026, 11, 21)),
        ("Nov 21, 2026 12:05 AM", utc(2026, 11, 21, 0, 5)),
    ],
)
def test_machines_write_dates_in_many_ways(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚刚", NOW),
        ("2小时前", NOW - timedelta(hours=2)),
        ("2 个小时之前", NOW - timedelta(hours=2)),
        ("半小时前", NOW - timedelta(minutes=30)),
        ("15分钟前", NOW - timedelta(minutes=15)),
        ("30秒前", NOW - timedelta(seconds=30)),
        ("3天前", NOW - timedelta(days=3)),
        ("两周前", NOW - timedelta(days=14)),
        ("an hour ago", NOW - timedelta(hours=1)),
        ("昨天 08:30", utc(2026, 11, 21, 0, 30)),
        ("前天晚上9点", utc(2026, 11, 20, 13, 0)),
        ("今天 07:05", utc(2026, 11, 21, 23, 5)),
        ("11月21日 08:30", utc(2026, 11, 21, 0, 30)),
        ("11月21日 下午3:20", utc(2026, 11, 21, 7, 20)),
        ("11-21 08:30", utc(2026, 11, 21, 0, 30)),
        ("2026年11月21日", utc(2026, 11, 20, 16, 0)),
        ("2026年11月21日 上午9时05分", utc(2026, 11, 21, 1, 5)),
        ("2026年11月21日08:30", utc(2026, 11, 21, 0, 30)),
        ("２０２６年１１月２１日　０８：３０", utc(2026, 11, 21, 0, 30)),
        ("发布时间：2026-11-21 08:30:05", utc(2026, 11, 21, 0, 30, 5)),
        ("2026/11/21 8:30", utc(2026, 11, 21, 0, 30)),
        ("2026-11-21 凌晨12:10", utc(2026, 11, 20, 16, 10)),
        ("星期五 08:30", utc(2026, 11, 20, 0, 30)),
        ("Sat, 21 Nov 2026 08:30:00 CST", utc(2026, 11, 21, 0, 30)),
    ],
)
def test_chinese_pages_write_dates_for_people(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, CHINA) == expected


def test_a_date_without_zone_is_in_the_zone_given_and_cst_follows_it() -> None:
    assert parse_date("2026-11-21 08:30", NOW, WORLD) == utc(2026, 11, 21, 8, 30)
    assert parse_date("2026-11-21 08:30", NOW, CHINA) == utc(2026, 11, 21, 0, 30)
    assert parse_date("21 Nov 2026 08:30:00 CST", NOW, WORLD) == utc(2026, 11, 21, 14, 30)
    assert parse_date("21 Nov 2026 08:30:00 +9900", NOW, WORLD) == utc(2026, 11, 21, 8, 30)


def test_a_day_without_a_year_that_would_lie_ahead_was_last_year() -> None:
    assert parse_date("12月31日 10:00", NOW, CHINA) == utc(2025, 12, 31, 2)
    assert parse_date("2月29日", NOW, CHINA) == utc(2024, 2, 28, 16)
    assert parse_date("Dec 31", NOW, WORLD) == utc(2025, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "置顶",
        "31 Feb 2026",
        "2026-13-40",
        "0000-00-00 00:00:00",
        "v1.2",
        "x" * 9999,
        "99:99",
        "5月",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, NOW, CHINA) is None


@given(st.text(max_size=60) | st.text("0123456789-/:.年月日时分前天TZ+ 上午下午ago", max_size=40))
def test_any_text_gives_an_aware_moment_or_none(text: str) -> None:
    moment = parse_date(text, NOW, CHINA)
    assert moment is None or moment.tzinfo is UTC


@given(st.integers(800_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_iso_and_rfc_822_round_trip(moment: datetime) -> None:
    assert parse_date(moment.astimezone(CHINA).isoformat(), NOW, WORLD) == moment
    assert parse_date(moment.strftime("%d %b %Y %H:%M:%S +0000"), NOW, CHINA) == moment


def test_absent_future_and_absurd_dates_become_the_time_of_the_fetch() -> None:
    assert settle(None, NOW) == (NOW, False)
    assert settle(NOW + timedelta(hours=8), NOW) == (NOW, False)
    assert settle(NOW + timedelta(minutes=5), NOW) == (NOW, True)
    assert settle(datetime(1970, 1, 1, tzinfo=UTC), NOW) == (NOW, False)
    assert settle(NOW - timedelta(days=1), NOW) == (NOW - timedelta(days=1), True)
