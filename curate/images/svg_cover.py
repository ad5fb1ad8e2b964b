"""Drawn covers as SVG: account, date and the lead's title in full, in the fonts of the browser that shows them."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

WIDE, SQUARE = (900, 383), (500, 500)  # pixels (RULES cover)
FILES = ("cover.svg", "cover-square.svg")
COLOR = "#0a7d4f"  # of the ground, where the account has none
_SIZE, _STEP = 38, 52  # of the title's letters and lines, in pixels
_MARGIN = 40
_MOST = 3  # lines of the title
_CLOSING = "，。、：；！？）》」』】”’…%"  # never begin a line
WEIGHT = ' font-weight="700"'


def bars(number: int, width: int, height: int) -> list[tuple[int, int, int, float]]:
    """Bars from the ground up at the right: left edge, top, width, and how much lighter than the ground."""
    count = 7
    room = max(width * 0.48, width - height * 1.3)
    step = room / count
    made = []
    for n in range(count):
        height_of = 0.2 + 0.62 * ((number * 37 + n * 53) % 89) / 88  # every number has a skyline of its own
        left = width - room + n * step
        made.append(
            (round(left), round(height * (1 - height_of)), round(step * 0.72), 0.08 + 0.025 * (n % 4))
        )
    return made


class Line(NamedTuple):
    """A line of text where it stands: left edge, baseline, height of the letters, in pixels."""

    text: str
    x: int
    baseline: int
    size: int
    bold: bool = False


def layout(account: str, heading: str, day: str, size: tuple[int, int]) -> list[Line]:
    """The texts of a cover of that size: the account's name, at most three lines of the heading, the day."""
    width, height = size
    room = min(width - 2 * _MARGIN, _SIZE * 15)  # more than fifteen characters are hard to take in
    title = wrap_lines(heading, 2 * room // _SIZE, _MOST)
    return [
        Line(account, _MARGIN, 74, 30),
        *(Line(line, _MARGIN, 150 + _STEP * n, _SIZE, True) for n, line in enumerate(title)),
        Line(day, _MARGIN, height - 43, 26),
    ]


def svg(
    account: str, heading: str, number: int, day: str, color: str = COLOR, size: tuple[int, int] = WIDE
) -> str:
    """A cover with its full text, for a browser. The platform takes no SVG: the copy page saves it as PNG."""
    width, height = size
    shapes = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{height - y}" fill="#fff" fill-opacity="{light:.3f}"/>'
        for x, y, w, light in bars(number, width, height)
    )
    texts = "".join(
        f'<text x="{line.x}" y="{line.baseline}" font-size="{line.size}"{WEIGHT if line.bold else ""}>{escape(line.text)}</text>'
        for line in layout(account, heading, day, size)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="{escape(color)}"/>{shapes}'
        "<g fill=\"#fff\" font-family=\"'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',"
        f'sans-serif">{texts}</g></svg>\n'
    )


def wrap_lines(text: str, longest: int, most: int) -> list[str]:
    """At most so many lines; Chinese breaks anywhere, Latin words stay whole where they can."""
    lines, line, room = [], "", 0
    for word in _words(text, longest):
        size = sum(1 + (c > "\u2e7f") for c in word)
        if line and room + size > longest:
            lines.append(line.strip())
            line, room = "", 0
        line, room = line + word, room + size
    lines.append(line.strip())
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _words(text: str, longest: int) -> list[str]:
    words: list[str] = []
    for c in " ".join(text.split()):
        joins = words and c <= "\u2e7f" and words[-1][-1] <= "\u2e7f" and words[-1][-1] != " "
        if words and (c in _CLOSING or (joins and len(words[-1]) < longest)):
            words[-1] += c
        else:
            words.append(c)
    return words
