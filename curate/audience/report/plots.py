"""The report's curves, drawn by matplotlib into SVG that takes its colors and letters from the page around it.

Text stays text (no outlines), so that the page's own fonts write Chinese; every color is a name of the page's
style sheet, so that one drawing serves light and dark. Nothing is asked of the network.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import matplotlib.dates
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator, PercentFormatter

# A color of the page -> the one that stands for it while drawing; all are replaced in what is written.
_COLORS = {
    "ink": "#010101",
    "soft": "#020202",
    "line": "#030303",
    "accent": "#040404",
    "bad": "#050505",
    "good": "#060606",
}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a title may hold a dollar sign
    "font.size": 11,
    "axes.edgecolor": _COLORS["line"],
    "axes.labelcolor": _COLORS["soft"],
    "xtick.color": _COLORS["soft"],
    "ytick.color": _COLORS["soft"],
    "text.color": _COLORS["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": _COLORS["line"],
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
}
_WIDTH, _HALF = 8.0, 5.2  # inches, of a whole column and of half of one; the page scales the drawing
_MARK = 0.75  # inches beside the axis of days: the mark's words, where no point can be; the same below one another
_ROW = 0.34  # height of a row of whiskers
_LETTER = 0.16  # width of a Chinese letter at the font's size
_LONGEST = 18  # letters of a row's name
_SPAN = 9  # days that an axis shows at least: two pushes stand beside each other, not at its ends
_NAMED = 8  # days that are all named on an axis, where they do not stand too close
Point = tuple[date, float, float, float]  # day, value, low, high


def timeline(points: Sequence[Point], title: str, target: float = 0.0, target_words: str = "") -> str:
    """Rates over time with their intervals, against the line of the mark where there is one."""

    def draw(axes: Any) -> None:
        days = [day for day, *_ in points]
        values = [100 * value for _, value, *_ in points]
        low = [100 * (value - below) for _, value, below, _ in points]
        high = [100 * (above - value) for _, value, _, above in points]
        axes.errorbar(
            days, values, yerr=(low, high), fmt="o", markersize=3.5, color=_COLORS["accent"],
            ecolor=_COLORS["soft"], elinewidth=0.8, alpha=0.9,
        )  # fmt: skip
        if target:
            axes.axhline(100 * target, color=_COLORS["good"], linewidth=1.2, linestyle="--")
            axes.annotate(
                target_words, (1.0, 100 * target), xycoords=("axes fraction", "data"), xytext=(5, 0),
                textcoords="offset points", color=_COLORS["good"], fontsize=10, va="center",
            )  # fmt: skip
        axes.set_ylim(0, 1.08 * max([100 * target, *(v + h for v, h in zip(values, high, strict=True))]))
        axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
        _days(axes, days)

    return _draw_plot(draw, title, 2.7, right=_MARK)


def bars(
    days: Sequence[date], up: Sequence[float], down: Sequence[float], title: str, labels: Sequence[str] = ()
) -> str:
    """Counts by day: upwards, and what is lost downwards (empty where nothing can be lost). `labels` stand on the bars."""

    def draw(axes: Any) -> None:
        color, width = "good" if any(down) else "accent", _bar_width(days)
        made = axes.bar(days, up, width=width, color=_COLORS[color])
        if labels:
            axes.bar_label(made, labels=labels, fontsize=10, color=_COLORS["soft"], padding=2)
            axes.margins(y=0.2)
        if any(down):
            axes.bar(days, [-count for count in down], width=width, color=_COLORS["bad"])
            axes.axhline(0, color=_COLORS["line"], linewidth=0.8)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{abs(count):,.0f}"))
        _days(axes, days)

    return _draw_plot(draw, title, 2.2, right=_MARK)


def whiskers(
    rows: Sequence[tuple[str, float, float, float, bool]], title: str, *, more_is_good: bool = True
) -> str:
    """Ratios with their intervals, 1 in the middle, on a scale on which twice and half are as far; sure ones stand out."""
    least = min([0.5, *(low for _, _, low, _, _ in rows)])
    most = max([2.0, *(high for _, _, _, high, _ in rows)])
    least, most = max(least, 0.1), min(most, 10.0)

    def draw(axes: Any) -> None:
        for place, (_, ratio, low, high, sure) in enumerate(reversed(rows)):
            color = _COLORS[("good" if (ratio > 1) == more_is_good else "bad") if sure else "soft"]
            axes.plot(
                (max(low, least), min(high, most)), (place, place), color=color, linewidth=2 if sure else 1.2
            )
            if least <= ratio <= most:
                axes.plot(ratio, place, "o", color=color, markersize=6 if sure else 4.5)
        axes.axvline(1, color=_COLORS["line"], linewidth=1)
        axes.set_xscale("log")
        axes.set_xlim(least / 1.05, most * 1.05)
        marks = (0.5, 0.7, 1, 1.5, 2, 3) if most / least < 8 else (0.1, 0.2, 0.5, 1, 2, 5, 10)
        ticks = [tick for tick in marks if least <= tick <= most]
        axes.xaxis.set_major_locator(FixedLocator(ticks))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda ratio, _: f"{ratio:g}×"))
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_yticks(range(len(rows)), [_short(name) for name, *_ in reversed(rows)])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")

    letters = max((len(_short(name)) for name, *_ in rows), default=1)
    return _draw_plot(draw, title, 0.6 + _ROW * len(rows), 0.15 + _LETTER * letters, _HALF)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _bar_width(days: Sequence[date]) -> float:
    """In days: most of the way to the next push, and never more than a twelfth of the axis."""
    return min(0.8 * _least_gap(days), _span(days) / 12)


def _least_gap(days: Sequence[date]) -> int:
    each = sorted(set(days))
    return min(((after - day).days for day, after in pairwise(each)), default=1)


def _span(days: Sequence[date]) -> int:
    return max((max(days) - min(days)).days + 1, _SPAN)


def _days(axes: Any, days: Sequence[date]) -> None:
    """The axis of days: those of the pushes where they are few, else usual steps; nothing finer than a day."""
    dates: Any = matplotlib.dates  # without types
    span, each = _span(days), sorted(set(days))
    middle = (dates.date2num(each[0]) + dates.date2num(each[-1])) / 2
    half = (span - 1) / 2 + max(0.6 * _bar_width(days), 0.02 * span)
    axes.set_xlim(middle - half, middle + half)
    if len(each) <= _NAMED and _least_gap(days) >= span / 12:
        axes.xaxis.set_major_locator(FixedLocator(list(dates.date2num(each))))
        axes.xaxis.set_major_formatter(dates.DateFormatter("%m-%d"))
    else:
        locator = dates.AutoDateLocator(minticks=3, maxticks=8)
        formats = ["%Y", "%m-%d", "%m-%d", "", "", ""]
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(
            dates.ConciseDateFormatter(locator, formats=formats, show_offset=False)
        )
    axes.grid(axis="y")


def _draw_plot(
    draw: Callable[[Any], None],
    title: str,
    height: float,
    left: float = 0.6,
    width: float = _WIDTH,
    right: float = 0.2,
) -> str:
    """The drawing as an element of a page; `left` and `right` are the room beside the axes, in inches."""
    with mpl.rc_context(_STYLE | {"svg.hashsalt": title}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # the page's fonts have the letters that this one lacks
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((left / width, 0.4 / height, 1 - (left + right) / width, 1 - 0.55 / height))
        draw(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _of_the_page(out.getvalue(), title)


def _of_the_page(svg: str, title: str) -> str:
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    for name, color in _COLORS.items():
        svg = svg.replace(color, f"var(--{name})")
    svg = re.sub(r"font-family: [^;\"]+;?\s*", "", svg)
    svg = re.sub(r"<style.*?</style>", "", svg, count=1, flags=re.DOTALL)
    head = f'<svg role="img" aria-label="{escape(title, quote=True)}"'
    return re.sub(r'^<svg([^>]*?) width="[^"]*"', rf"{head}\1", svg.replace("\n", " ")).replace(
        ' height="', ' data-height="', 1
    )
