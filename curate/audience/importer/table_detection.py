"""Finding tables within a sheet: exports put titles above them, two header rows over them, and several in one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from curate.audience.importer.cells import clock, moment
from curate.audience.importer.column_names import (
    CHANNELS,
    KEYS,
    MEASURES,
    channel_of,
    field_of,
    label,
    normalize_header,
)
from curate.audience.importer.spreadsheet import Row
from curate.audience.model import Column
from curate.domain.errors import UnreadableError

_LOWER = frozenset({"人数", "次数", "人", "次"})  # the lower of two header rows
_SINGLE = ("数据概况", "数据趋势明细", "阅读转化")  # sections of one post's own workbook


@dataclass(frozen=True, slots=True)
class DetectedTable:
    """A table: its columns, and its rows with their place in the sheet (from 1)."""

    sheet: str  # "" or "表“…”"
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, Row], ...]

    def has(self, name: str) -> bool:
        return any(column.field == name for column in self.columns)


def blocks(name: str, rows: Sequence[Row]) -> list[DetectedTable]:
    """The tables of a sheet that hold counts by day or by post; UnreadableError where one lacks what it needs."""
    found = []
    place = 0
    while place < len(rows):
        header, depth = _header(rows, place)
        if header is None:
            place += 1
            continue
        end = place + depth
        while end < len(rows) and not _ends(rows, end, header):
            end += 1
        body = tuple((i + 1, rows[i]) for i in range(place + depth, end) if not _is_note(rows[i]))
        found.append(_check_columns(DetectedTable(f"表“{name}”" if name else "", header, body)))
        place = end
    return found


def _ends(rows: Sequence[Row], place: int, header: Sequence[Column]) -> bool:
    """Whether a table is over before this row: another begins, or a title of one stands alone. An empty row, a day
    without any count, or a note in the middle is neither: what comes after it must not be lost."""
    filled = _list_filled(rows[place])
    if len(filled) == 1:
        return _is_note(rows[place]) and not _goes_on(rows, place, header)
    words = all(isinstance(cell, str) and not any(map(str.isdecimal, cell)) for cell in filled)
    return bool(filled) and words and _header(rows, place)[0] is not None


def _is_note(row: Row) -> bool:
    """Whether a row says nothing, or is one cell that is no day."""
    filled = _list_filled(row)
    return not filled or (len(filled) == 1 and not _is_day(filled[0]))


def _goes_on(rows: Sequence[Row], place: int, header: Sequence[Column]) -> bool:
    """Whether below a note there are more rows of the same table: their days are where its days are."""
    at = [i for i, column in enumerate(header) if column.field in ("date", "published")]
    for below in range(place + 1, len(rows)):
        if len(_list_filled(rows[below])) > 1:
            return any(i < len(rows[below]) and _is_day(rows[below][i]) for i in at)
    return False


def _is_day(cell: object) -> bool:
    try:
        moment(cell)
    except ValueError:
        return False
    return True


def outside(rows: Sequence[Row], tables: Sequence[DetectedTable]) -> list[int]:
    """Places of rows that begin with a day and belong to no table."""
    within = {place for table in tables for place, _ in table.rows}
    return [
        place
        for place, row in enumerate(rows, 1)
        if place not in within and len(filled := _list_filled(row)) > 1 and _is_day(filled[0])
    ]


def single_post(sheets: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """The title of the one post that a workbook is about, "" where it is about several: it stands above all sections,
    which are one below another or each on a sheet."""
    alone = [
        str(_list_filled(row)[0]).strip() for _, rows in sheets for row in rows if len(_list_filled(row)) == 1
    ]
    if not any(text in _SINGLE for text in (*alone, *(name.strip() for name, _ in sheets))):
        return ""
    return alone[0] if alone and alone[0] not in _SINGLE and not _is_day(alone[0]) else ""


def pairs(name: str, rows: Sequence[Row], tables: Sequence[DetectedTable]) -> Iterator[tuple[int, str, Any]]:
    """Names with their count beside them, outside of tables: place, field, cell. A section such as 推荐转化 counts for its
    channel alone."""
    within = {place for table in tables for place, _ in table.rows}
    channel = _section_channel(name)
    for place, row in enumerate(rows, 1):
        filled = _list_filled(row)
        if len(filled) == 1 and place not in within:
            channel = _section_channel(str(filled[0]))
        if place in within or len(filled) != 2 or field_of(filled[1]) not in (None, ("", True)):
            continue
        known = field_of(filled[0])
        if known and known[1] and known[0].partition("@")[0] in MEASURES:
            yield place, known[0] if "@" in known[0] or not channel else f"{known[0]}@{channel}", filled[1]


def _section_channel(title: str) -> str:
    """The channel that a section is about by its title: 推荐转化 is 推荐; "" for all of them."""
    names = sorted((one for names in CHANNELS.values() for one in names), key=len, reverse=True)
    about = next((one for one in names if title.strip().startswith(one)), "")
    return (channel_of(about) or "") if about else ""


def _list_filled(row: Row) -> list[Any]:
    return [cell for cell in row if str(cell).strip() not in ("", "None")]


def _header(rows: Sequence[Row], place: int) -> tuple[tuple[Column, ...] | None, int]:
    """The header that begins at a row and how many rows it has; None where none does."""
    row = rows[place]
    if place + 1 < len(rows):
        lower = [normalize_header(cell) for cell in _list_filled(rows[place + 1])]
        if len(lower) > 1 and all(text in _LOWER for text in lower) and _list_filled(row):
            joined = _columns(_join_headers(row, rows[place + 1]))
            if joined:
                return joined, 2
    return _columns(row), 1


def _join_headers(upper: Row, lower: Row) -> list[str]:
    """阅读 over 人数 and 次数 is 阅读人数 and 阅读次数; a merged cell holds its text at its left end only."""
    names, last = [], ""
    for i, below in enumerate(lower):
        above = str(upper[i]).strip() if i < len(upper) and upper[i] is not None else ""
        last = above or last
        under = normalize_header(below)
        names.append(last + {"人": "人数", "次": "次数"}.get(under, under) if under else above)
    return names


def _columns(row: Row) -> tuple[Column, ...] | None:
    """A row as a header: at least a key and a count that are surely known, and no cell that is a number."""
    cells = ["" if cell is None else str(cell).strip() for cell in row]
    known = [field_of(cell) for cell in cells]
    keys = [k for k in known if k and k[0] in KEYS and k[1]]
    counts = [k for k in known if k and k[0].partition("@")[0] in MEASURES]
    if len([cell for cell in cells if cell]) < 2 or not (
        (keys and (counts or len(keys) > 1)) or len(counts) > 2
    ):
        return None
    if any(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in row):
        return None
    return tuple(Column(cell, *(field or ("", False))) for cell, field in zip(cells, known, strict=True))


def _check_columns(block: DetectedTable) -> DetectedTable:
    block = _settle_columns(block)
    names = [column.field for column in block.columns if column.field]
    listed = "、".join(column.header for column in block.columns if column.header)
    for name in names:
        if names.count(name) > 1:
            twice = "、".join(f"“{c.header}”" for c in block.columns if c.field == name)
            raise UnreadableError(
                f"{block.sheet}{twice}都像是“{label(name)}”", "删掉多余的一列，或改成后台原来的列名。"
            )
    if not (block.has("date") or block.has("published")):
        raise UnreadableError(
            f"{block.sheet}没有日期一栏；它的列是：{listed}",
            "要有“日期”或“发表时间”；在后台下载明细，不要汇总。",
        )
    if not any(name.partition("@")[0] in MEASURES for name in names):
        raise UnreadableError(
            f"{block.sheet}没有一栏是阅读、分享、收藏或关注的数目；它的列是：{listed}", "下载时勾选这些指标。"
        )
    return block


def _settle_columns(block: DetectedTable) -> DetectedTable:
    """The block with one column a field where that can be told: a name in the table beats a likeness, a column of clocks
    beside one of days is their hour, and of two columns alike in every row the first is taken."""
    columns = list(block.columns)
    for name in {column.field for column in columns if column.field}:
        same = [i for i, column in enumerate(columns) if column.field == name]
        sure = [i for i in same if columns[i].sure]
        if len(same) > 1 and sure:
            for i in set(same) - set(sure):
                columns[i] = replace(columns[i], field="")
        for i in sure[1:] if name in MEASURES else ():
            if _cells(block, i) == _cells(block, sure[0]):
                columns[i] = replace(columns[i], field="")
        if name in ("date", "published") and len(sure) == 2:
            for i in sure:
                if _are_clocks(_cells(block, i)):
                    columns[i] = replace(columns[i], field="clock")
    return replace(block, columns=tuple(columns))


def _cells(block: DetectedTable, column: int) -> list[Any]:
    return [row[column] for _, row in block.rows if column < len(row)]


def _are_clocks(cells: Sequence[Any]) -> bool:
    filled = _list_filled(cells)
    try:
        return bool([clock(cell) for cell in filled])
    except ValueError:
        return False
