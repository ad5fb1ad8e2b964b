"""Covers drawn where the lead has no picture: bars of the account's colour, the issue's number and its date.

Pillow carries one typeface, for Latin letters and digits. Chinese would need a font file of ten megabytes, or one
that may not be there; so the account's name is drawn only where that typeface has its letters. `lettering.py` has the
full text, for a browser.
"""

from __future__ import annotations

from datetime import date

from PIL import Image, ImageColor, ImageDraw, ImageFont

from curate.pictures.cover import FILES, Cover, saved
from curate.pictures.lettering import COLOUR, SQUARE, WIDE, bars

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
    figures = str(number) if number else f"{day:%m}"  # a collection has no number: its month
    largest = min(150 * unit, (width - 2 * margin) / (0.62 * len(figures)))
    bottom = height - margin
    pen.text((margin, bottom), f"{day:%Y.%m.%d}", "white", ImageFont.load_default(34 * unit), "ls")
    pen.text((margin - 6 * unit, bottom - 52 * unit), figures, "white", ImageFont.load_default(largest), "ls")
    if name:
        room = min(40 * unit, (width - 2 * margin) / (0.56 * len(name)))
        pen.text((margin, margin), name, "white", ImageFont.load_default(room), "lt")
    return image.resize(size, Image.Resampling.LANCZOS)
