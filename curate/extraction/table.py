"""Tables of a web page as rows of text: what back offices and their helpers save under a spreadsheet's name."""

from __future__ import annotations

from typing import TypeAlias

from curate.extraction.site_layout import tree_of
from curate.text.clean import one_line

MOST_CELLS = 2_000_000
_WIDEST = 500  # columns that a cell may span

Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]  # first and last place, row and column from 0


def rows_of(page: str) -> tuple[list[list[str]], list[Range]]:
    """The rows of all tables in their order, and the places that cells span over several rows. ValueError where there
    are more than MOST_CELLS cells. A cell that spans columns stands at the left end of its span."""
    rows: list[list[str]] = []
    spans: list[Range] = []
    held: dict[int, int] = {}  # column -> rows below that a cell from above still takes
    cells = 0
    for found in tree_of(page).css("tr"):
        row: list[str] = []
        for cell in found.css("td, th"):
            while held.get(len(row), 0) > 0:
                held[len(row)] -= 1
                row.append("")
            down, across = (_span(cell.attributes.get(name)) for name in ("rowspan", "colspan"))
            if down > 1:
                spans.append(((len(rows), len(row)), (len(rows) + down - 1, len(row))))
            for column in range(len(row), len(row) + across):
                held[column] = down - 1
            row += [one_line(cell.html or ""), *[""] * (across - 1)]
            cells += across
            if cells > MOST_CELLS:
                raise ValueError("too many cells")
        rows.append(row)
    return rows, spans


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _WIDEST) if value and value.isdecimal() and len(value) < 6 else 1
