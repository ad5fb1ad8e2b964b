"""Rows of a back office's export -> figures. The whole file is read or none of it: every mistake is told with its place.

rows -> blocks (a header row and what is below it) -> cells as values -> posts and figures
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from curate.audience.importer.cells import EARLIEST, clock, moment, number
from curate.audience.importer.checks import FigureKey, check_followers, no_header
from curate.audience.importer.column_names import (
    CHANNEL_WORDS,
    FOLLOWERS,
    MEASURES,
    channel_of,
    is_sum,
    label,
)
from curate.audience.importer.spreadsheet import Sheet
from curate.audience.importer.table_detection import DetectedTable, blocks, outside, pairs, single_post
from curate.audience.model import (
    ACCOUNT,
    EVERYWHERE,
    HOUR_UNKNOWN,
    Column,
    Figure,
    ImportedFile,
    Post,
    Span,
    post_key,
)
from curate.domain.errors import UnreadableError

TOLD = 5  # mistakes that are told at once; more say the same
_ONCE_MORE = "改正这几处再导入；整个文件都还没有导入。"
_OTHER = "other"  # the channel that one never seen counts as
# What adds up over hours, and over channels: times and events. One person may come in several hours.
_ADDS_UP = frozenset({"comments", "pushes", "new", "cancelled", "net"})


@dataclass(slots=True)
class _Draft:
    """What is being gathered, and what is wrong so far."""

    today: date
    posts: dict[str, Post] = field(default_factory=dict)
    figures: dict[FigureKey, float] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    doubts: dict[str, None] = field(default_factory=dict)
    withheld: int = 0
    added: dict[tuple[date, str, str, str, Span], float] = field(default_factory=lambda: defaultdict(float))

    def add(
        self, line: _DataRow, post: str, day: date, channel: str, measure: str, value: float, span: Span
    ) -> None:
        """A count that is one of several for its figure: of an hour, or of a channel never seen."""
        if not line.hourly or measure.endswith("_times") or measure in _ADDS_UP:
            self.added[day, post, channel, measure, span] += value
        else:
            self.doubts[f"按小时的{label(measure)}不能相加，没有用；要人数就按天下载"] = None

    def put(
        self, day: date, post: str, channel: str, measure: str, value: float, span: Span, at: str
    ) -> None:
        key = (day, post, channel, measure, span)
        if self.figures.get(key, value) != value:
            words = label(f"{measure}@{channel}" if channel else measure)
            self.mistakes.append(f"{at}{words} 有两个不同的数：{self.figures[key]:g} 和 {value:g}")
        self.figures[key] = value


def read(found: Sequence[Sheet], today: date) -> ImportedFile:
    """The posts and figures of a file. UnreadableError where it is no export, or where anything in it cannot be right."""
    draft = _Draft(today)
    columns, shapes = _gather(found, draft)
    if not columns:
        raise no_header(found)
    if draft.mistakes:
        more = f"；这样的错误共 {len(draft.mistakes)} 处" if len(draft.mistakes) > TOLD else ""
        raise UnreadableError("；".join(draft.mistakes[:TOLD]) + more, _ONCE_MORE)
    for key, value in draft.added.items():
        draft.figures[key] = draft.figures.get(key, 0.0) + value
    check_followers(draft.figures)
    if not draft.figures:
        raise UnreadableError(
            "有表头，但下面没有一行数据", "换一个有数据的时段再下载；个人号的数据次日中午前才有。"
        )
    for column in columns:
        if column.field and not column.sure:
            draft.doubts[f"“{column.header}”像是“{label(column.field)}”"] = None
    figures = tuple(Figure(*key[:4], value, key[4]) for key, value in draft.figures.items())
    return ImportedFile("、".join(shapes), columns, draft.posts, figures, tuple(draft.doubts), draft.withheld)


def _gather(found: Sequence[Sheet], draft: _Draft) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Fill the draft with what the sheets hold; their columns, and what each table is, in words."""
    columns: dict[Column, None] = {}
    shapes: dict[str, None] = {}
    title = single_post(found)
    tables = [blocks(name, rows) for name, rows in found]
    for (_, rows), parts in zip(found, tables, strict=True):
        for place in outside(rows, parts):
            draft.doubts[f"第 {place} 行以日期开头，却不在任何一张表里，没有读"] = None
        for block in parts:
            columns.update(dict.fromkeys(block.columns))
            shapes[_shape(block, title)] = None
            _block(block, title, draft)
    if title:
        for sheet, parts in zip(found, tables, strict=True):
            _pairs(sheet, title, parts, draft)
    return tuple(columns), tuple(shapes)


def _shape(block: DetectedTable, title: str) -> str:
    if block.has("title") or title:
        daily = (
            bool(title) or (block.has("date") and block.has("published")) or bool(_first_days(block, title))
        )
        what = "每篇内容每天的数据" if daily else "每篇内容的累计数据"
    else:
        what = "关注人数" if any(block.has(name) for name in FOLLOWERS) else "全账号每天的数据"
    return what + ("（分渠道）" if block.has("channel") else "")


@dataclass(frozen=True, slots=True)
class _DataRow:
    """A row with its keys understood."""

    at: str  # "第 3 行的"
    cells: Mapping[str, Any]  # field -> cell
    title: str
    channel: str
    day: tuple[date, int] | None  # of the counts
    pushed: tuple[date, int] | None
    hourly: bool = False  # one of a day's hours
    is_strange: bool = False  # of a channel that was never seen


def _block(block: DetectedTable, title: str, draft: _Draft) -> None:
    first = _first_days(block, title)
    if first and not title:
        draft.doubts["没有发表日期一栏：按每个标题最早的一天算作发表那天"] = None
    for place, cells in _lines(block, draft):
        at = f"{block.sheet}第 {place} 行的"
        if is_sum(cells.get("date") or cells.get("published") or cells.get("title") or ""):
            continue
        day = _moment(cells, "date", at, draft) if block.has("date") else None
        pushed = _moment(cells, "published", at, draft) if block.has("published") else None
        if None in (day or not block.has("date"), pushed or not block.has("published")):
            continue
        channel, is_strange = _channel(cells, draft)
        name = str(cells.get("title") or title).strip()
        line = _DataRow(at, cells, name, channel, day, pushed, block.has("hour"), is_strange)
        _row(line, draft, first, about_posts=block.has("title") or bool(title))


def _row(line: _DataRow, draft: _Draft, first: Mapping[str, date], *, about_posts: bool) -> None:
    counted, hour = line.day or line.pushed or (draft.today, HOUR_UNKNOWN)
    post = ACCOUNT
    span: Span = "day"
    if not about_posts and not line.day:
        draft.mistakes.append(f"{line.at}数目是按发表日期的，却没有标题一栏，看不出是哪一篇")
        return
    if about_posts:
        if not line.title:
            draft.mistakes.append(f"{line.at}标题是空的")
            return
        known = first.get(line.title)
        published, hour = line.pushed or ((known, HOUR_UNKNOWN) if known else (counted, hour))
        if published > counted:
            draft.mistakes.append(f"{line.at}统计日期 {counted} 早于发表日期 {published}")
            return
        post = post_key(line.title, published)
        draft.posts[post] = Post(line.title, published, hour)
        if not (line.day and (line.pushed or known)):
            span, counted = "total", published
    for name, cell in line.cells.items():
        measure, _, own = name.partition("@")
        if measure in MEASURES and (value := _value(cell, measure, line.at, draft)) is not None:
            channel = own or line.channel
            if line.hourly or (line.is_strange and not own):
                draft.add(line, post, counted, channel, measure, value, span)
            else:
                draft.put(counted, post, channel, measure, value, span, line.at)


def _value(cell: object, measure: str, at: str, draft: _Draft) -> float | None:
    """The count of a cell; None where it has none, or none that can be right."""
    try:
        value = number(cell)
    except ValueError as e:
        draft.mistakes.append(f"{at}{label(measure)}“{str(cell)[:20]}”{e}")
        return None
    if value is None:
        draft.withheld += 1
    elif value < 0 and measure != "net":
        draft.mistakes.append(f"{at}{label(measure)}是负数：{value:g}")
        return None
    return value


def _channel(cells: Mapping[str, Any], draft: _Draft) -> tuple[str, bool]:
    """The channel of a row, and whether it was never seen: then it counts as the others."""
    if "channel" not in cells:
        return EVERYWHERE, False
    found = channel_of(cells["channel"])
    if found is None:
        draft.doubts[
            f"渠道“{str(cells['channel']).strip()[:20]}”没有见过，算作“{CHANNEL_WORDS[_OTHER][0]}”"
        ] = None
        return _OTHER, True
    return found, False


def _moment(cells: Mapping[str, Any], name: str, at: str, draft: _Draft) -> tuple[date, int] | None:
    cell = cells.get(name)
    try:
        found = moment(cell)
    except ValueError as e:
        draft.mistakes.append(f"{at}{label(name)}“{str(cell)[:20]}”{e}")
        return None
    if not EARLIEST <= found[0] <= draft.today:
        late = "还没有到" if found[0] > draft.today else "早于公众号的开始"
        draft.mistakes.append(f"{at}{label(name)} {found[0]} {late}")
        return None
    if name == "published" and "clock" in cells and found[1] == HOUR_UNKNOWN:
        with suppress(ValueError):  # a day without its hour is a day
            return found[0], clock(cells["clock"])
    return found


def _first_days(block: DetectedTable, title: str) -> dict[str, date]:
    """Title -> its first day, where the days are those of the counts and none of publication is given.

    Empty where every title has one day alone, which then is that of its publication.
    """
    if block.has("published") or not block.has("date") or not (block.has("title") or title):
        return {}
    days: dict[str, set[date]] = defaultdict(set)
    for _, cells in _lines(block, None):
        with suppress(ValueError):  # told where the row is read
            days[str(cells.get("title") or title).strip()].add(moment(cells.get("date"))[0])
    if not title and all(len(found) == 1 for found in days.values()):
        return {}
    return {name: min(found) for name, found in days.items() if name and found}


def _lines(block: DetectedTable, draft: _Draft | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row by field. A row that goes on beyond its header has slipped: it is a mistake, told to `draft`."""
    width = max((i for i, column in enumerate(block.columns, 1) if column.header), default=0)
    for place, row in block.rows:
        if over := [cell for cell in row[width:] if str(cell).strip() not in ("", "None")]:
            if draft:
                draft.mistakes.append(
                    f"{block.sheet}第 {place} 行比表头多出 {len(over)} 格（多半是 1,203 这样的数没有加引号）"
                )
            continue
        yield place, {c.field: cell for c, cell in zip(block.columns, row, strict=False) if c.field}


def _pairs(sheet: Sheet, title: str, parts: Sequence[DetectedTable], draft: _Draft) -> None:
    """The counts of one post's workbook that stand beside their names: 阅读(次) | 1234."""
    name, rows = sheet
    found = [(key, post) for key, post in draft.posts.items() if post.title == title]
    for place, field_name, cell in pairs(name, rows, parts):
        if not found:
            draft.mistakes.append("没有“数据趋势明细”，看不出是哪一天发表的")
            return
        key, post = found[0]
        measure, _, channel = field_name.partition("@")
        at = f"第 {place} 行的"
        if (value := _value(cell, measure, at, draft)) is not None:
            draft.put(post.published, key, channel, measure, value, "total", at)
