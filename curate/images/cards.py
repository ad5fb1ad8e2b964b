"""Cards of a post of pictures (贴图), 3:4: a cover with what leads, and lists of titles. Drawn in our typeface.

What the typeface lacks, emoji among it, is left out. Letters are as large as the list allows; what fits at no size is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw

from curate.images.encode import jpeg
from curate.images.svg_cover import bars, wrap_lines
from curate.images.typeface import has_letter, typeface

CARD_SIZE = (1242, 1660)  # pixels, 3:4
_MARGIN = 96
_ROOM = CARD_SIZE[0] - 2 * _MARGIN  # pixels of a line
_TOP, _FOOT = 330, 150  # heights of the band and of what stands below the list
_SIZES = (70, 62, 56, 50, 44, 38)  # of titles, the largest that fits
_MOST_LINES = 3  # of a title
_MOST_LETTERS = 600
_PAPER, _INK, _GREY = "#fbfaf7", "#1c1c1c", "#767676"


class CardRow(NamedTuple):
    """A title on a card, what stands before it, and its source."""

    mark: str
    title: str
    note: str


class ListCard(NamedTuple):
    """A list of titles under a heading."""

    heading: str
    rows: tuple[CardRow, ...]
    left: str  # below the list, at the left
    right: str  # and at the right


class CoverCard(NamedTuple):
    """The first card: whose it is, of which day, what leads, and what else there is."""

    account: str
    day: str
    title: str
    facts: str
    topics: str
    number: int  # its skyline is the issue's own


class _Layout(NamedTuple):
    size: int
    rows: list[tuple[CardRow, list[str]]]  # with the lines of its title


def draw_cover_card(card: CoverCard, color: str) -> bytes:
    """The first card as JPEG, on a ground that white can be read on."""
    ground = ImageColor.getrgb(color)[:3]
    width, height = CARD_SIZE
    image = Image.new("RGB", CARD_SIZE, ground)
    pen = ImageDraw.Draw(image)
    for x, top, share, light in bars(card.number, width, height):
        pen.rectangle((x, top, x + share, height), fill=tuple(round(c + (255 - c) * light) for c in ground))
    _write(pen, _MARGIN, 170, card.account, 60, "white")
    _write(pen, _MARGIN, 240, card.day, 40, "white")
    size, lines = 92, _wrap(card.title, 92, 6)
    for n, line in enumerate(lines):
        _write(pen, _MARGIN, 470 + n * round(size * 1.36), line, size, "white")
    for n, line in enumerate(_wrap(card.topics, 44, 4)):
        _write(pen, _MARGIN, height - 420 + n * 66, line, 44, "white")
    _write(pen, _MARGIN, height - 110, card.facts, 40, "white")
    return jpeg(image)


def draw_card(card: ListCard, color: str, say_more: Callable[[int], str]) -> bytes:
    """A list of titles as JPEG; `say_more` says how many more there are."""
    image = Image.new("RGB", CARD_SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    width, height = CARD_SIZE
    pen.rectangle((0, 0, width, _TOP - 90), fill=color)
    _write(pen, _MARGIN, 155, card.heading, 76, "white")
    laid = _lay_out(card.rows)
    y = _TOP
    for row, lines in laid.rows:
        y = _write_row(pen, y, row, lines, laid.size)
    if hidden := len(card.rows) - len(laid.rows):
        _write(pen, _MARGIN, height - _FOOT, say_more(hidden), 36, _GREY)
    _write(pen, _MARGIN, height - 66, card.left, 34, _GREY)
    right = _clean(card.right)
    _write(pen, width - _MARGIN - round(typeface(34).getlength(right)), height - 66, right, 34, _GREY)
    return jpeg(image)


def _lay_out(rows: tuple[CardRow, ...]) -> _Layout:
    """The largest letters with which all rows fit; at the smallest, those that do."""
    room = CARD_SIZE[1] - _TOP - _FOOT - 30
    for size in _SIZES:
        laid = _Layout(size, list(_fit(rows, size, room)))
        if len(laid.rows) == len(rows):
            break
    return laid


def _fit(rows: tuple[CardRow, ...], size: int, room: int) -> Iterator[tuple[CardRow, list[str]]]:
    for row in rows:
        lines = _wrap(f"{row.mark} {row.title}", size, _MOST_LINES)
        room -= _height(lines, size)
        if room < 0:
            return
        yield row, lines


def _height(lines: list[str], size: int) -> int:
    return len(lines) * _step(size) + round(size * 1.75)


def _step(size: int) -> int:
    return round(size * 1.36)


def _write_row(pen: ImageDraw.ImageDraw, y: int, row: CardRow, lines: list[str], size: int) -> int:
    for n, line in enumerate(lines):
        _write(pen, _MARGIN, y + n * _step(size), line, size, _INK)
    _write(
        pen, _MARGIN, y + len(lines) * _step(size) - round(size * 0.14), row.note, round(size * 0.66), _GREY
    )
    return y + _height(lines, size)


def _wrap(text: str, size: int, most: int) -> list[str]:
    """Lines that fit between the margins: counted first, since Latin letters differ, and measured then."""
    text, longest = _clean(text), 2 * _ROOM // size
    lines = wrap_lines(text, longest, most)
    while longest > 8 and any(typeface(size).getlength(line) > _ROOM for line in lines):
        longest -= 2
        lines = wrap_lines(text, longest, most)
    return lines


def _write(pen: ImageDraw.ImageDraw, x: int, baseline: int, text: str, size: int, color: str) -> None:
    """One line, cut where it would run over the margin."""
    text, font = _clean(text)[: 8 * _ROOM // size], typeface(size)
    while text and x + font.getlength(text) > CARD_SIZE[0] - _MARGIN + 1:
        text = text.removesuffix("…")[:-1] + "…" if len(text) > 1 else ""
    pen.text((x, baseline), text, color, font, "ls")


def _clean(text: str) -> str:
    """What can be drawn of a text, and no more of it than a card could hold: it is measured letter by letter."""
    return " ".join("".join(c for c in text[:_MOST_LETTERS] if has_letter(c)).split())
