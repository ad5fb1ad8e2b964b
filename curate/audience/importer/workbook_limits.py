"""What is in a workbook, looked at before it is decoded: a file of a kilobyte may ask for more cells than there is room."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from curate.domain.errors import UnreadableError

MOST_BYTES = 80 * 1024 * 1024  # of all parts, unpacked; 200,000 rows of a dozen columns are some 60 MB
MOST_PARTS = 500
MOST_CELLS = 4_000_000  # of a sheet's rectangle, empty ones too: decoding makes room for all of them
MOST_TEXT = 400 * 1024 * 1024  # bytes of all cells, as if each held the longest of the shared texts
_CHUNK = 1 << 16
_KEPT = 256  # bytes of a chunk that are looked at again with the next
_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]{0,200})")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TEXTS = "xl/sharedStrings.xml"
_OTHERS = (
    (re.compile(r"content\.xml"), "ODS 表格"),
    (re.compile(r"xl/.*\.bin"), "XLSB 表格"),
    (re.compile(r"word/.*"), "Word 文档"),
)
_SPLIT = "分时段导出，每次最多三个月。"
_SAVE_AS = "用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。"
_AGAIN = "在公众号后台“数据分析”里重新下载一次，不要中途打开或改名。"
_BROKEN = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)


@dataclass(slots=True)
class _Extent:
    """How far a sheet's cells reach from its first, and how many there are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def take(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.cells += 1


def check(data: bytes) -> None:
    """Refuse a packed workbook that is none, or whose parts or cells are more than an export has; UnreadableError.

    Sizes are counted while unpacking as well: what a packed file says of itself may be wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = book.namelist()
            _kind(names)
            if len(names) > MOST_PARTS:
                raise UnreadableError(f"文件里有 {len(names)} 个部分，不像后台的表格", _SPLIT)
            _check_size(sum(part.file_size for part in book.infolist()))
            _measure(book, names)
    except _BROKEN as e:
        raise UnreadableError("表格文件坏了或没有下载完", _AGAIN) from e


def _kind(names: list[str]) -> None:
    if any(_SHEET.fullmatch(name) for name in names):
        return
    for pattern, what in _OTHERS:
        if any(pattern.fullmatch(name) for name in names):
            raise UnreadableError(f"这是{what}，不是后台的表格", _SAVE_AS)
    raise UnreadableError("这是压缩包，不是表格", "先解压，再导入里面的 .xls、.xlsx 或 .csv。")


def _measure(book: zipfile.ZipFile, names: list[str]) -> None:
    size = cells = longest = 0
    for name in names:
        extent, length = _Extent(), 0
        for chunk in _chunks(book, name):
            size += len(chunk) - _KEPT
            _check_size(size)
            if _SHEET.fullmatch(name):
                _extend(extent, chunk)
                check_extent(extent.rows, extent.columns)
            elif name == _TEXTS:
                parts = chunk[_KEPT:].split(b"</si>")
                longest = max(longest, length + len(parts[0]), *map(len, parts[1:]), 0)
                length = len(parts[-1]) + (length if len(parts) == 1 else 0)
        cells += extent.cells
    if cells * longest > MOST_TEXT:
        raise UnreadableError("有一格的文字太长，不像后台的表格", _SPLIT)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise UnreadableError(f"表格解开后超过 {MOST_BYTES // 2**20} MB，不像后台的表格", _SPLIT)


def check_extent(rows: int, columns: int) -> None:
    """Refuse a sheet that reaches further than any export's; UnreadableError."""
    if rows * columns > MOST_CELLS:
        raise UnreadableError(
            f"有一张表占了 {rows:,} 行 {columns:,} 列，不像后台的表格",
            "删掉表格外面多余的格子，另存后再导入。",
        )


def _extend(extent: _Extent, chunk: bytes) -> None:
    """A cell without a place of its own follows the one before it."""
    row, column = max(extent.rows, 1), 0
    for match in _CELL.finditer(chunk):
        place = _PLACE.search(match[2])
        if match[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
        else:
            row, column = (int(place[2]), _column(place[1])) if place else (row, column + 1)
            extent.take(row, column)


def _chunks(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces, each behind the end of the one before it."""
    kept = b" " * _KEPT
    with book.open(name) as part:
        while piece := part.read(_CHUNK):
            yield kept + piece
            kept = (kept + piece)[-_KEPT:]


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return max(column, 1)
