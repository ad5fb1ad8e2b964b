"""Covers drawn where the lead has no picture: account, title and date on the account's color, and a skyline of bars.

The layout is that of `svg_cover.py`, whose SVG serves where the typeface lacks a letter: a browser has others.
"""

from __future__ import annotations

from PIL import Image, ImageColor, ImageDraw

from curate.images.cover import FILES, Cover, save_cover
from curate.images.encode import jpeg
from curate.images.svg_cover import COLOR, SQUARE, WIDE, Line, bars, layout
from curate.images.typeface import has_letter, typeface

LANDSCAPE = (960, 540)  # pixels, 16:9
SMOOTH = 2  # drawn so many times larger and reduced: even edges


def draw_covers(account: str, title: str, number: int, day: str, color: str = COLOR) -> tuple[Cover, ...]:
    """Both covers. Characters that the typeface lacks, emoji among them, are left out, not drawn as boxes."""
    return tuple(
        save_cover(file, _draw(size, _lay_out(account, title, day, size), number, color))
        for file, size in zip(FILES, (WIDE, SQUARE), strict=True)
    )


def draw_landscape(account: str, title: str, number: int, day: str, color: str = COLOR) -> bytes:
    """The same as one JPEG of 16:9, which other places than WeChat ask for."""
    return jpeg(_draw(LANDSCAPE, _lay_out(account, title, day, LANDSCAPE), number, color))


def _lay_out(account: str, title: str, day: str, size: tuple[int, int]) -> list[Line]:
    texts = [" ".join("".join(c for c in text if has_letter(c)).split()) for text in (account, title, day)]
    return layout(texts[0], texts[1], texts[2], size)


def _draw(size: tuple[int, int], lines: list[Line], number: int, color: str) -> Image.Image:
    width, height = size[0] * SMOOTH, size[1] * SMOOTH
    ground = ImageColor.getrgb(color)[:3]
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    for x, top, share, light in bars(number, width, height):
        tint = tuple(round(c + (255 - c) * light) for c in ground)
        pen.rectangle((x, top, x + share, height), fill=tint)
    for line in lines:
        font = typeface(line.size * SMOOTH)
        pen.text((line.x * SMOOTH, line.baseline * SMOOTH), line.text, "white", font, "ls")
    return image.reduce(SMOOTH)
