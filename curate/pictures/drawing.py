"""Covers drawn where the lead has no picture: bars of the account's colour, the issue's number and its date.

Pillow carries one typeface, for Latin letters and digits. Chinese would need a font file of ten megabytes, or one
that may not be there; so the account's name is drawn only where that typeface has its letters, and `cover.svg`, which
a browser shows in its own fonts, holds the full text.
"""

from __future__ import annotations

from datetime import date
from html import escape

from PIL import Image, ImageColor, ImageDraw, ImageFont

from curate.pictures.cover import FILES, SQUARE, WIDE, Cover, saved

COLOUR = "#0a7d4f"
SMOOTH = 2  # drawn so many times larger and reduced: even edges
_NAME = 28  # characters of an account's name that fit


def drawn(account: str, number: int, day: date, colour: str = COLOUR) -> tuple[Cover, ...]:
    """Both covers: number and date, and the account's name where the typeface has its letters."""
    name = account if len(account) <= _NAME and all(" " <= c < "\x7f" for c in account) else ""
    return tuple(
        saved(file, _draw(size, name, number, day, colour))
        for file, size in zip(FILES, (WIDE, SQUARE), strict=True)
    )


def _draw(size: tuple[int, int], name: str, number: int, day: date, colour: str) -> Image.Image:
    width, height = size[0] * SMOOTH, size[1] * SMOOTH
    ground = ImageColor.getrgb(colour)[:3]
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    for x, top, share, light in bars(number, width, height):
        tint = tuple(round(c + (255 - c) * light) for c in ground)
        pen.rectangle((x, top, x + share, height), fill=tint)
    unit = height / 383
    margin = round(40 * unit)
    figures = str(number)
    largest = min(150 * unit, (width - 2 * margin) / (0.62 * len(figures)))
    bottom = height - margin
    pen.text((margin, bottom), f"{day:%Y.%m.%d}", "white", ImageFont.load_default(34 * unit), "ls")
    pen.text((margin - 6 * unit, bottom - 52 * unit), figures, "white", ImageFont.load_default(largest), "ls")
    if name:
        room = min(40 * unit, (width - 2 * margin) / (0.56 * len(name)))
        pen.text((margin, margin), name, "white", ImageFont.load_default(room), "lt")
    return image.resize(size, Image.Resampling.LANCZOS)


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


def svg(account: str, heading: str, number: int, day: str, colour: str = COLOUR) -> str:
    """The wide cover with its full text, for a browser: account, date, number, and the lead's title."""
    width, height = WIDE
    shapes = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{height - y}" fill="#fff" fill-opacity="{light:.3f}"/>'
        for x, y, w, light in bars(number, width, height)
    )
    lines = "".join(
        f'<text x="40" y="{150 + 52 * n}" font-size="38" font-weight="700">{escape(line)}</text>'
        for n, line in enumerate(_lines(heading))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="{escape(colour)}"/>{shapes}'
        "<g fill=\"#fff\" font-family=\"'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',"
        'sans-serif"><text x="40" y="74" font-size="30">'
        f'{escape(account)}</text>{lines}<text x="40" y="340" font-size="26">{escape(day)}</text></g></svg>\n'
    )


_LINE = 30  # halves of a Chinese character that fit beside the bars


def _lines(text: str) -> list[str]:
    """At most three lines; Chinese breaks anywhere, Latin words stay whole where they can."""
    lines, line, room = [], "", 0
    for word in _words(text):
        size = sum(1 + (c > "\u2e7f") for c in word)
        if line and room + size > _LINE:
            lines.append(line.strip())
            line, room = "", 0
        line, room = line + word, room + size
    lines.append(line.strip())
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:-1] + "…"]


def _words(text: str) -> list[str]:
    words: list[str] = []
    for c in " ".join(text.split()):
        joins = words and c <= "\u2e7f" and words[-1][-1] <= "\u2e7f" and words[-1][-1] != " "
        if joins and len(words[-1]) < _LINE:
            words[-1] += c
        else:
            words.append(c)
    return words
