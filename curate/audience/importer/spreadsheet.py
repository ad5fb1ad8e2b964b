"""Bytes of a spreadsheet -> rows of cells. UnreadableError, in words, for whatever is none.

What a file is, its first bytes say, not its name: back offices call text and web pages `.xls`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from curate.audience.importer import workbook_limits
from curate.audience.importer.column_names import field_of
from curate.domain.errors import UnreadableError
from curate.extraction.table import Range, rows_of
from curate.text.encoding import decode

Row: TypeAlias = Sequence[Any]
Sheet: TypeAlias = tuple[str, list[Row]]

LARGEST = 20 * 1024 * 1024  # bytes; three months by day, post and channel are some 200 kB
MOST_ROWS = 200_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;|，"
_SAVE_AS = "用 Excel 或 WPS 打开它，另存为 .xlsx 或“CSV UTF-8”，再导入。"
_AGAIN = "在公众号后台“数据分析”里重新下载一次，不要中途打开或改名。"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"SQLite format 3", "数据库"),
)


def sheets(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx or .xls, or the one of a CSV, each with its name; cells as the format types them.

    UnreadableError where the file is no table, or too large.
    """
    if not data.strip():
        raise UnreadableError("文件是空的", _AGAIN)
    if len(data) > LARGEST:
        raise UnreadableError(
            f"文件有 {len(data) // 2**20} MB，太大了（最多 {LARGEST // 2**20} MB）",
            "分时段导出，每次最多三个月。",
        )
    for mark, what in _FOREIGN:
        if data.startswith(mark):
            raise UnreadableError(f"这是{what}，不是表格", "要的是后台下载的 .xls、.xlsx 或 .csv。")
    found = _workbook(data) if data.startswith((_ZIP, _OLE)) else [("", _text(data))]
    if any(len(rows) > MOST_ROWS for _, rows in found):
        raise UnreadableError(f"有一张表超过 {MOST_ROWS} 行", "分时段导出，每次最多三个月。")
    return found


def _workbook(data: bytes) -> list[Sheet]:
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("表格有密码", "在 Excel 里去掉密码，另存后再导入。")
    if data.startswith(_ZIP):
        workbook_limits.check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found: list[Sheet] = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            workbook_limits.check_extent(sheet.total_height + 1, sheet.total_width + 1)
            cells: list[Row] = list(sheet.to_python(skip_empty_area=False))
            found.append((name, _spread_merged(cells, sheet.merged_cell_ranges or ())))
    except PasswordError as e:
        raise UnreadableError("表格有密码", "在 Excel 里去掉密码，另存后再导入。") from e
    except (CalamineError, OSError, ValueError) as e:
        raise UnreadableError("表格文件坏了或没有下载完", _AGAIN) from e
    return found


def _spread_merged(rows: list[Row], merged: Sequence[Range]) -> list[Row]:
    """The rows with what a cell holds that was merged over several of them; a header holds for one row alone."""
    made = [list(row) for row in rows]
    for (top, column), (bottom, _) in merged:
        if bottom > top < len(made) and column < len(made[top]):
            value = made[top][column]
            if field_of(value) not in (None, ("", True)):
                continue
            for row in made[top + 1 : bottom + 1]:
                if column < len(row) and row[column] in ("", None):
                    row[column] = value
    return list(made)


def _text(data: bytes) -> list[Row]:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<body", b"<div")):
        return _page(data)
    text = decode(data)
    if "\ufffd" in text or "\x00" in text:
        raise UnreadableError("认不出文字编码，有的字是乱码", _SAVE_AS)
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep="):  # Excel's own hint
        text = "\n".join(lines[1:])
    delimiter = max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines[:20]), default=0))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_unwrap_cell(cell) for cell in row] for row in rows]
    except csv.Error as e:
        raise UnreadableError(f"CSV 写坏了：引号没有配对（{e}）", _SAVE_AS) from e


def _unwrap_cell(cell: str) -> str:
    """A cell without the formula that keeps a spreadsheet from reading a number or a day in it: `="2026-11-20"`."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _page(data: bytes) -> list[Row]:
    """The tables of a web page that goes by a spreadsheet's name."""
    try:
        rows, spans = rows_of(decode(data, "text/html"))
    except ValueError as e:
        raise UnreadableError("网页里的表格太大，不像后台的表格", _SAVE_AS) from e
    if not any(rows):
        raise UnreadableError("这其实是网页，里面没有表格", _SAVE_AS)
    return _spread_merged(list(rows), spans)
