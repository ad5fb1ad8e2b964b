"""What is wrong with an export as a whole: followers that do not add up, columns that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from curate.audience.importer.spreadsheet import Sheet
from curate.audience.model import Span
from curate.domain.errors import UnreadableError

FigureKey = tuple[date, str, str, str, Span]
"""Day, post, channel, measure, span."""


def check_followers(figures: Mapping[FigureKey, float]) -> None:
    """Followers must add up: a column that slipped shows here. Raises UnreadableError."""
    for (day, post, channel, measure, span), net in figures.items():
        if measure != "net":
            continue
        new = figures.get((day, post, channel, "new", span))
        cancelled = figures.get((day, post, channel, "cancelled", span))
        if new is not None and cancelled is not None and new - cancelled != net:
            raise UnreadableError(
                f"{day} 的净增 {net:g} 不等于新增 {new:g} 减取消 {cancelled:g}",
                "多半是列错了位；在后台重新下载一次。",
            )


def no_header(found: Sequence[Sheet]) -> UnreadableError:
    """No header was known: the file's own columns are listed, so that a person sees which file it is."""
    rows = [row for _, sheet in found for row in sheet if any(str(cell).strip() for cell in row)]
    if not rows:
        return UnreadableError("表格里一个字也没有", "在公众号后台“数据分析”里重新下载一次。")
    widest = max(rows[:30], key=lambda row: sum(bool(str(cell).strip()) for cell in row))
    names = "、".join(str(cell).strip()[:20] for cell in widest if str(cell).strip())
    return UnreadableError(
        f"认不出这是什么数据；它的列是：{names[:300]}",
        "要的是后台“数据分析”里下载的内容分析、流量分析或用户增长；列名变了就告诉我们，加一行就能认出来。",
    )
