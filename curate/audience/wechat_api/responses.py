"""What the official interfaces answer, as posts and figures. ValueError, KeyError or TypeError where it is something else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from curate.audience.importer.column_names import channel_of
from curate.audience.model import ACCOUNT, EVERYWHERE, Figure, Post, post_key

Answer: TypeAlias = Mapping[str, Any]
PostKeys: TypeAlias = Mapping[str, str]  # msgid -> post_key of posts that are known
Read: TypeAlias = tuple[dict[str, Post], list[Figure]]

_ALL = 99999999
# Who read: user_source of getuserread.
_SOURCES = {
    0: "message",
    1: "chat",
    2: "moments",
    4: "home",
    5: "other",
    6: "recommended",
    7: "search",
    _ALL: EVERYWHERE,
}
# Where to it was passed on: share_scene of getusershare.
_SCENES = {1: "chat", 2: "moments", 3: "other", 255: "other"}
# field of the older family -> measure and channel
_COUNTS: dict[str, tuple[str, str]] = {
    "int_page_read_user": ("read_users", EVERYWHERE),
    "int_page_read_count": ("read_times", EVERYWHERE),
    "ori_page_read_user": ("original_users", EVERYWHERE),
    "ori_page_read_count": ("original_times", EVERYWHERE),
    "share_user": ("share_users", EVERYWHERE),
    "share_count": ("share_times", EVERYWHERE),
    "add_to_fav_user": ("favourite_users", EVERYWHERE),
    "add_to_fav_count": ("favourite_times", EVERYWHERE),
    "target_user": ("delivered", EVERYWHERE),
    "int_page_from_session_read_user": ("read_users", "message"),
    "int_page_from_session_read_count": ("read_times", "message"),
    "int_page_from_hist_msg_read_user": ("read_users", "home"),
    "int_page_from_hist_msg_read_count": ("read_times", "home"),
    "int_page_from_feed_read_user": ("read_users", "moments"),
    "int_page_from_feed_read_count": ("read_times", "moments"),
    "int_page_from_friends_read_user": ("read_users", "chat"),
    "int_page_from_friends_read_count": ("read_times", "chat"),
    "int_page_from_other_read_user": ("read_users", "other"),
    "int_page_from_other_read_count": ("read_times", "other"),
}
# field of the newer family -> measure, all channels together
_DETAILS: dict[str, str] = {
    "read_user": "read_users",
    "share_user": "share_users",
    "collection_user": "favourite_users",
    "zaikan_user": "wow_users",
    "like_user": "like_users",
    "comment_count": "comments",
    "read_subscribe_user": "followed",
    "redirect_ori_page_user": "original_users",
    "send_page_count": "pushes",
}


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def _rows(answer: Answer) -> Iterator[Answer]:
    rows = answer.get("list")
    if not isinstance(rows, list):
        raise ValueError("list")
    yield from rows


def _read_counts(row: Answer, day: date, post: str, span: Any) -> list[Figure]:
    return [
        Figure(day, post, channel, measure, float(row[name]), span)
        for name, (measure, channel) in _COUNTS.items()
        if isinstance(row.get(name), (int, float))
    ]


def _read_details(row: Answer, day: date, post: str, span: Any) -> list[Figure]:
    found = [
        Figure(day, post, EVERYWHERE, measure, float(row[name]), span)
        for name, measure in _DETAILS.items()
        if isinstance(row.get(name), (int, float))
    ]
    for source in row.get("read_user_source") or ():
        channel = channel_of(source.get("scene_desc", ""))
        if channel and isinstance(source.get("user_count"), (int, float)):
            found.append(Figure(day, post, channel, "read_users", float(source["user_count"]), span))
    return found


def _post(row: Answer) -> tuple[str, Post]:
    msgid = str(row.get("msgid") or "")
    title = str(row.get("title") or "").strip() or f"（没有标题：{msgid}）"
    post = Post(title, _day(row["ref_date"]), msgid=msgid)
    return post_key(title, post.published), post


def article_total(answer: Answer, known: PostKeys) -> Read:
    """Posts of one day: counts since publication, up to each day after it."""
    posts, figures = {}, []
    for row in _rows(answer):
        key, post = _post(row)
        posts[key] = post
        for detail in row.get("details") or ():
            figures += _read_counts(detail, _day(detail["stat_date"]), key, "total")
        for detail in row.get("detail_list") or ():
            figures += _read_details(detail, _day(detail["stat_date"]), key, "total")
    return posts, figures


def article_summary(answer: Answer, known: PostKeys) -> Read:
    """What every post read that day had that day. A post is named by its msgid alone; one of fewer than three counts
    is withheld, which is no zero."""
    figures = []
    for row in _rows(answer):
        if key := known.get(str(row.get("msgid") or "")):
            figures += _read_counts(row, _day(row["ref_date"]), key, "day")
    return {}, figures


def user_read(answer: Answer, known: PostKeys) -> Read:
    """What the whole account had; by channel only reads are told (the rest stands under all channels)."""
    return {}, _add_up(
        [
            replace(figure, channel=channel)
            for row in _rows(answer)
            if (channel := _SOURCES.get(int(row.get("user_source", _ALL)))) is not None
            for figure in _read_counts(row, _day(row["ref_date"]), ACCOUNT, "day")
            if channel == EVERYWHERE or figure.measure.startswith("read_")
        ]
    )


def user_share(answer: Answer, known: PostKeys) -> Read:
    """Where to the account's posts were passed on. Rows by source of the reader repeat what the row of all says."""
    return {}, _add_up(
        [
            replace(figure, channel=_SCENES.get(int(row.get("share_scene", 255)), "other"))
            for row in _rows(answer)
            if int(row.get("user_source", _ALL)) == _ALL
            for figure in _read_counts(row, _day(row["ref_date"]), ACCOUNT, "day")
        ]
    )


def biz_summary(answer: Answer, known: PostKeys) -> Read:
    figures: list[Figure] = []
    for row in _rows(answer):
        figures += _read_details(row.get("detail") or {}, _day(row["ref_date"]), ACCOUNT, "day")
    return {}, figures


def user_summary(answer: Answer, known: PostKeys) -> Read:
    """Followers gained and lost, over all sources they came from."""
    names = {"new_user": "new", "cancel_user": "cancelled"}
    return {}, _add_up(
        [
            Figure(_day(row["ref_date"]), ACCOUNT, EVERYWHERE, measure, float(row[name]))
            for row in _rows(answer)
            for name, measure in names.items()
            if isinstance(row.get(name), (int, float))
        ]
    )


def user_cumulate(answer: Answer, known: PostKeys) -> Read:
    return {}, [
        Figure(_day(row["ref_date"]), ACCOUNT, EVERYWHERE, "followers", float(row["cumulate_user"]))
        for row in _rows(answer)
    ]


def _add_up(figures: Sequence[Figure]) -> list[Figure]:
    """Rows of one day, channel and measure are parts of one count."""
    sums: dict[tuple[date, str, str, str], float] = {}
    for figure in figures:
        key = (figure.day, figure.post, figure.channel, figure.measure)
        sums[key] = sums.get(key, 0.0) + figure.value
    return [Figure(*key, value) for key, value in sums.items()]
