"""Dates as the world writes them, beside those of machines and of Chinese pages (test_sources_dates.py)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from curate.text.dates.parse import parse_date

WORLD = ZoneInfo("UTC")
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # a Monday


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 novembre 2026", utc(2026, 11, 30)),
        ("lundi 30 novembre 2026 à 8h30", utc(2026, 11, 30, 8, 30)),
        ("1er novembre 2026", utc(2026, 11, 1)),
        ("30. November 2026, 8:30 Uhr", utc(2026, 11, 30, 8, 30)),
        ("Montag, 30. November 2026, 08.30 Uhr", utc(2026, 11, 30, 8, 30)),
        ("30 de noviembre de 2026", utc(2026, 11, 30)),
        ("lunes, 30 de noviembre de 2026, 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 de novembro de 2026 08h30", utc(2026, 11, 30, 8, 30)),
        ("seg., 30 de nov. de 2026", utc(2026, 11, 30)),
        ("lunedì 30 novembre 2026", utc(2026, 11, 30)),
        ("30 nov 2026 ore 8.30", utc(2026, 11, 30, 8, 30)),
        ("maandag 30 november 2026 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 november 2026 kl. 08.30", utc(2026, 11, 30, 8, 30)),
        ("mandag den 30. november 2026", utc(2026, 11, 30)),
        ("30. marraskuuta 2026 klo 8.30", utc(2026, 11, 30, 8, 30)),
        ("ma 30. marraskuuta 2026", utc(2026, 11, 30)),
        ("poniedziałek, 30 listopada 2026", utc(2026, 11, 30)),
        ("30 listopadu 2026", utc(2026, 11, 30)),
        ("30. 11. 2026 8:30", utc(2026, 11, 30, 8, 30)),
        ("pondělí 30. listopadu 2026", utc(2026, 11, 30)),
        ("2026. november 30. 8:30", utc(2026, 11, 30, 8, 30)),
        ("2026. november 30., hétfő", utc(2026, 11, 30)),
        ("30 noiembrie 2026", utc(2026, 11, 30)),
        ("30 ноября 2026 г., 08:30", utc(2026, 11, 30, 8, 30)),
        ("Понедельник, 30 ноября 2026", utc(2026, 11, 30)),
        ("30 ноя 2026, 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 листопада 2026", utc(2026, 11, 30)),
        ("30 лістапада 2026", utc(2026, 11, 30)),
        ("30 ноември 2026", utc(2026, 11, 30)),
        ("30. studenoga 2026.", utc(2026, 11, 30)),
        ("30. novembar 2026", utc(2026, 11, 30)),
        ("30. новембар 2026.", utc(2026, 11, 30)),
        ("2026 m. lapkričio 30 d.", utc(2026, 11, 30)),
        ("2026. gada 30. novembris", utc(2026, 11, 30)),
        ("30. november 2026", utc(2026, 11, 30)),
        ("30 Νοεμβρίου 2026", utc(2026, 11, 30)),
        ("Δευτέρα, 30 Νοεμβρίου 2026 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 Kasım 2026 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 Kasım 2026 Pazartesi", utc(2026, 11, 30)),
        ("30 November 2026", utc(2026, 11, 30)),
        ("Senin, 30 November 2026 08:30 WIB", utc(2026, 11, 30, 1, 30)),
        ("30 Agustus 2026", utc(2026, 8, 30)),
        ("30 Desember 2025", utc(2025, 12, 30)),
        ("30 Disember 2025", utc(2025, 12, 30)),
        ("Thứ Hai, 30/11/2026 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 tháng 11, 2026", utc(2026, 11, 30)),
        ("ngày 30 tháng 11 năm 2026", utc(2026, 11, 30)),
        ("30 thg 11, 2026", utc(2026, 11, 30)),
        ("30 พฤศจิกายน 2569", utc(2026, 11, 30)),
        ("30 พ.ย. 2569 08:30", utc(2026, 11, 30, 8, 30)),
        ("30 نوفمبر 2026", utc(2026, 11, 30)),
        ("٣٠ نوفمبر ٢٠٢٦", utc(2026, 11, 30)),
        ("30 בנובמבר 2026", utc(2026, 11, 30)),
        ("30 नवंबर 2026", utc(2026, 11, 30)),
    ],
)
def test_months_have_names_in_every_language(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026년 11월 30일 오전 8:30", utc(2026, 11, 30, 8, 30)),
        ("2026년 11월 30일 월요일 8시 30분", utc(2026, 11, 30, 8, 30)),
        ("2026. 11. 30. 오후 3:20", utc(2026, 11, 30, 15, 20)),
        ("26.11.30 08:30", utc(2026, 11, 30, 8, 30)),
        ("2026年11月30日(月) 08:30", utc(2026, 11, 30, 8, 30)),
        ("令和8年11月30日", utc(2026, 11, 30)),
        ("令和6年11月30日 08:30", utc(2024, 11, 30, 8, 30)),
        ("令和元年5月1日", utc(2019, 5, 1)),
        ("民國115年11月30日", utc(2026, 11, 30)),
        ("民國113年1月2日", utc(2024, 1, 2)),
        ("二〇二六年十一月三十日", utc(2026, 11, 30)),
        ("二〇二六 年 十一 月 三十 日", utc(2026, 11, 30)),
        ("二零二六年十一月三十日 上午八点三十分", utc(2026, 11, 30, 8, 30)),
        ("二○二六年十一月二十一日", utc(2026, 11, 21)),
        ("十一月二十日", utc(2026, 11, 20)),
        ("2026年十一月卅日", utc(2026, 11, 30)),
        ("2026年11月30日 星期一 农历十月廿二", utc(2026, 11, 30)),
        ("2026年11月30日 丙午年十月廿二", utc(2026, 11, 30)),
    ],
)
def test_dates_of_east_asia_come_in_eras_and_numerals(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 15, 2020 - 08:30", utc(2020, 7, 15, 8, 30)),
        ("Wed, 07/15/2020 - 08:30", utc(2020, 7, 15, 8, 30)),
        ("15 July, 2020 - 8:30am", utc(2020, 7, 15, 8, 30)),
        ("2020-07-15 - 08:30", utc(2020, 7, 15, 8, 30)),
        ("mardi, 20 oct. 2026 08:30:00 +0200", utc(2026, 10, 20, 6, 30)),
        ("mié, 15 jul 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("ср, 15 июл 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("水, 15 7月 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("수, 15 7월 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("śr., 15 lip 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("Çar, 15 Tem 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
        ("週三, 15 七月 2020 08:30:00 GMT", utc(2020, 7, 15, 8, 30)),
    ],
)
def test_a_whole_date_comes_before_the_words_beside_it(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1795998600.25", utc(2026, 11, 30, 0, 30)),
        ("1.7959986E9", utc(2026, 11, 30, 0, 30)),
        ("1.7959986E12", utc(2026, 11, 30, 0, 30)),
        ("/Date(1795998600000)/", utc(2026, 11, 30, 0, 30)),
        ("/Date(1795998600000+0800)/", utc(2026, 11, 30, 0, 30)),
    ],
)
def test_seconds_since_1970_are_dates_in_every_form_of_number(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3h ago", utc(2026, 11, 30, 7)),
        ("3 h ago", utc(2026, 11, 30, 7)),
        ("45m ago", utc(2026, 11, 30, 9, 15)),
        ("2d ago", utc(2026, 11, 28, 10)),
        ("1w ago", utc(2026, 11, 23, 10)),
        ("2mo ago", utc(2026, 10, 1, 10)),
        ("1 day, 3 hours ago", utc(2026, 11, 29, 7)),
        ("1 hour and 20 minutes ago", utc(2026, 11, 30, 8, 40)),
        ("Posted about 3 hours ago by admin", utc(2026, 11, 30, 7)),
        ("a few minutes ago", utc(2026, 11, 30, 9, 57)),
        ("30分鐘前", utc(2026, 11, 30, 9, 30)),
        ("2小時前", utc(2026, 11, 30, 8)),
        ("3時間前", utc(2026, 11, 30, 7)),
        ("5分前", utc(2026, 11, 30, 9, 55)),
        ("2日前", utc(2026, 11, 28, 10)),
        ("3시간 전", utc(2026, 11, 30, 7)),
        ("30분 전", utc(2026, 11, 30, 9, 30)),
        ("1小时20分钟前", utc(2026, 11, 30, 8, 40)),
        ("三十分钟前", utc(2026, 11, 30, 9, 30)),
        ("一个半小时前", utc(2026, 11, 30, 8, 30)),
        ("兩個小時前", utc(2026, 11, 30, 8)),
        ("3個月前", utc(2026, 9, 1, 10)),
        ("2ヶ月前", utc(2026, 10, 1, 10)),
        ("1か月前", utc(2026, 10, 31, 10)),
        ("3 週前", utc(2026, 11, 9, 10)),
        ("十二小时前", utc(2026, 11, 29, 22)),
        ("几小时前", utc(2026, 11, 30, 7)),
        ("il y a 3 heures", utc(2026, 11, 30, 7)),
        ("vor 3 Stunden", utc(2026, 11, 30, 7)),
        ("hace 2 días", utc(2026, 11, 28, 10)),
        ("há 5 minutos", utc(2026, 11, 30, 9, 55)),
        ("5 minuti fa", utc(2026, 11, 30, 9, 55)),
        ("3 часа назад", utc(2026, 11, 30, 7)),
        ("3 jam yang lalu", utc(2026, 11, 30, 7)),
        ("3 giờ trước", utc(2026, 11, 30, 7)),
    ],
)
def test_so_long_ago_is_told_in_many_ways(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gestern, 08:30 Uhr", utc(2026, 11, 29, 8, 30)),
        ("hier à 8h30", utc(2026, 11, 29, 8, 30)),
        ("вчера в 08:30", utc(2026, 11, 29, 8, 30)),
        ("어제 08:30", utc(2026, 11, 29, 8, 30)),
        ("昨晚 8:30", utc(2026, 11, 29, 20, 30)),
        ("昨晚八点半", utc(2026, 11, 29, 20, 30)),
        ("昨日 08:30", utc(2026, 11, 29, 8, 30)),
        ("发布于 昨天 08:30", utc(2026, 11, 29, 8, 30)),
        ("今早 7:05", utc(2026, 11, 30, 7, 5)),
        ("Friday 08:30", utc(2026, 11, 27, 8, 30)),
        ("vendredi 8h30", utc(2026, 11, 27, 8, 30)),
        ("пятница, 08:30", utc(2026, 11, 27, 8, 30)),
        ("金曜日 08:30", utc(2026, 11, 27, 8, 30)),
        ("上周五 08:30", utc(2026, 11, 27, 8, 30)),
    ],
)
def test_days_of_this_week_are_told_by_words(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("作者：张三 时间：2026-11-29", utc(2026, 11, 29)),
        ("[11-29]", utc(2026, 11, 29)),
        ("(2026-11-29)", utc(2026, 11, 29)),
        ("29 2026-11", utc(2026, 11, 29)),
        ("2026-11 29", utc(2026, 11, 29)),
        ("2026/11/29 23:05", utc(2026, 11, 29, 23, 5)),
        ("29-11-2026", utc(2026, 11, 29)),
        ("29.11.26", utc(2026, 11, 29)),
        ("2026.11.29", utc(2026, 11, 29)),
    ],
)
def test_numbers_alone_are_days(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29/11/2026 10:30 (GMT+7)", utc(2026, 11, 29, 3, 30)),
        ("Chủ nhật, 29/11/2026, 10:30 (GMT+7)", utc(2026, 11, 29, 3, 30)),
        ("Mon, 30 Nov 2026 08:30:00 Asia/Shanghai", utc(2026, 11, 30, 0, 30)),
        ("2026-11-30 08:30 北京时间", utc(2026, 11, 30, 0, 30)),
        ("2026-11-30T08:30:00+08:00[Asia/Shanghai]", utc(2026, 11, 30, 0, 30)),
        ("v2026.1.2-rc", utc(2026, 1, 2)),
        ("May 2026", utc(2026, 5, 1)),
        ("novembre 2026", utc(2026, 11, 1)),
        ("2026年11月", utc(2026, 11, 1)),
    ],
)
def test_zones_have_names(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW, WORLD) == expected


@pytest.mark.parametrize(
    "text",
    [
        "今日头条",
        "来源：今日头条",
        "2小时的纪录片",
        "5月",
        "丙午年十月廿二",
        "农历十月廿二",
        "第30期",
        "30 comments",
        "3.5",
        "1.2.3",
        "12 views",
        "may be",
        "周刊",
        "周一围",
        "2025-2026赛季",
        "Chapter 3",
        "5 min read",
        "Mars 2020 rover",
        "阅读 1023",
        "10:30-11:30",
    ],
)
def test_words_and_numbers_that_only_look_like_dates_are_none(text: str) -> None:
    assert parse_date(text, NOW, WORLD) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("05/11/2026", "fr", utc(2026, 11, 5)),
        ("05/11/2026", "vi", utc(2026, 11, 5)),
        ("05/11/2026", "en-GB", utc(2026, 11, 5)),
        ("05/11/2026", "en-US", utc(2026, 5, 11)),
        ("05/11/2026", "", utc(2026, 5, 11)),
        ("12/05/2026", "", utc(2026, 5, 12)),  # the other reading lies ahead
        ("5/11", "sv", utc(2026, 11, 5)),
        ("26/11/05", "ja", utc(2026, 11, 5)),
    ],
)
def test_the_language_says_in_which_order_a_date_is_written(
    text: str, language: str, expected: datetime
) -> None:
    assert parse_date(text, NOW, WORLD, language) == expected
