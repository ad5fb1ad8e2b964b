"""What the demo's pictures show where their piece has a subject: a phone that can be opened, a bridge at night, a ship at sea."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFilter

Rgb: TypeAlias = tuple[int, int, int]
Pen: TypeAlias = ImageDraw.ImageDraw

SMOOTH = 2  # shapes are drawn so many times larger and reduced: even edges
DESK: tuple[Rgb, Rgb] = ((226, 221, 209), (176, 171, 160))  # by the window, and away from it
CASE, COVER, INSIDE = (46, 60, 66), (58, 122, 112), (34, 40, 44)
BATTERY, BOARD, BRASS = (92, 100, 104), (40, 92, 74), (206, 168, 92)
LAMP: Rgb = (255, 214, 148)


def _large(size: tuple[int, int]) -> tuple[Image.Image, Pen]:
    """A clear sheet, larger than the picture, and its pen."""
    sheet = Image.new("RGBA", (size[0] * SMOOTH, size[1] * SMOOTH))
    return sheet, ImageDraw.Draw(sheet)


def _lay(image: Image.Image, sheet: Image.Image, shadow: int = 0, turn: float = 0) -> Image.Image:
    """The picture with a sheet laid on it, turned by some degrees, over its own soft shadow."""
    small = sheet.reduce(SMOOTH)  # turned when it is small: four times as fast
    if turn:
        small = small.rotate(turn, Image.Resampling.BICUBIC)
    if shadow:
        coarse = small.getchannel("A").reduce(4).filter(ImageFilter.GaussianBlur(shadow / 4))
        mask = coarse.resize(image.size, Image.Resampling.BILINEAR).point(lambda v: v * 0.42)
        under = Image.new("RGB", image.size, (52, 48, 44))
        image.paste(under, (shadow // 2, shadow), mask)
    image.paste(small.convert("RGB"), (0, 0), small.getchannel("A"))
    return image


def _glow(image: Image.Image, points: Sequence[tuple[float, float]], radius: float) -> Image.Image:
    """Lamps, and the light around them."""
    for reach, strength in ((5.0, 0.30), (2.2, 0.55), (0.8, 1.0)):
        mask = Image.new("L", image.size)
        pen = ImageDraw.Draw(mask)
        for x, y in points:
            r = radius * reach
            pen.ellipse((x - r, y - r, x + r, y + r), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(radius * reach / 2.4))
        image = Image.composite(Image.new("RGB", image.size, LAMP), image, mask)
    return image


def _box(pen: Pen, left: float, top: float, right: float, bottom: float, radius: float, color: Rgb) -> None:
    edges = [edge * SMOOTH for edge in (left, top, right, bottom)]
    pen.rounded_rectangle(edges, radius * SMOOTH, fill=color)


def _disc(pen: Pen, x: float, y: float, radius: float, color: Rgb) -> None:
    pen.ellipse([edge * SMOOTH for edge in (x - radius, y - radius, x + radius, y + radius)], fill=color)


def draw_phone(size: tuple[int, int]) -> Image.Image:
    """A phone on a desk, its back beside it, the battery to be seen, four screws in a row."""
    ground = (
        Image.radial_gradient("L")
        .resize((2 * size[0], 2 * size[1]))
        .crop((size[0] * 3 // 4, size[1] // 2, size[0] * 7 // 4, size[1] * 3 // 2))
    )
    image = Image.composite(Image.new("RGB", size, DESK[1]), Image.new("RGB", size, DESK[0]), ground)
    cover, pen = _large(size)
    _box(pen, 300, 120, 560, 620, 44, COVER)
    _box(pen, 312, 132, 548, 608, 36, (66, 136, 124))
    for y in (186, 256):
        _disc(pen, 372, y, 30, (40, 88, 82))
        _disc(pen, 372, y, 20, DESK[1])
    image = _lay(image, cover, 18, 9)
    phone, pen = _large(size)
    _box(pen, 640, 96, 920, 640, 48, CASE)
    _box(pen, 652, 108, 908, 628, 40, INSIDE)
    _box(pen, 668, 124, 892, 276, 18, BOARD)
    for n in range(7):
        _box(pen, 760 + 18 * n, 140 + 10 * (n % 3), 772 + 18 * n, 168 + 12 * (n % 4), 2, (58, 118, 96))
    for y in (168, 232):
        _disc(pen, 716, y, 29, (24, 28, 32))
        _disc(pen, 716, y, 18, (64, 84, 104))
        _disc(pen, 710, y - 6, 5, (196, 212, 224))
    _box(pen, 676, 296, 884, 556, 16, BATTERY)
    _box(pen, 696, 316, 864, 330, 4, (128, 138, 142))
    _box(pen, 696, 344, 800, 354, 4, (116, 126, 130))
    _box(pen, 848, 452, 884, 540, 6, (222, 196, 92))
    _box(pen, 676, 574, 884, 612, 8, (60, 66, 70))
    for x, y in ((662, 118), (898, 118), (662, 618), (898, 618)):
        _disc(pen, x, y, 6, (18, 22, 24))
    image = _lay(image, phone, 22, -7)
    tools, pen = _large(size)
    for n in range(4):
        x, y = 1010 + 46 * n, 560 + 5 * n
        _disc(pen, x, y, 14, BRASS)
        _disc(pen, x, y, 10, (226, 192, 122))
        for dx, dy in ((7, 2), (2, 7)):
            _box(pen, x - dx, y - dy, x + dx, y + dy, 1, (132, 100, 48))
    _box(pen, 1000, 286, 1130, 330, 20, (178, 74, 56))
    _box(pen, 1126, 300, 1240, 316, 4, (150, 152, 152))
    return _lay(image, tools, 10, 4)


def draw_bridge(image: Image.Image, shore: int) -> Image.Image:
    """A footbridge with its lamps over the water, from one edge to the other."""
    width, _ = image.size
    sheet, pen = _large(image.size)
    steel: Rgb = (24, 30, 44)

    def deck(x: float) -> float:
        return shore - 46 - 58 * math.sin(math.pi * (x / width))

    way = [(x * SMOOTH, deck(x) * SMOOTH) for x in range(-8, width + 9, 8)]
    back = [(x, y + 15 * SMOOTH) for x, y in reversed(way)]
    pen.polygon([*way, *back], fill=steel)
    for tower in (width * 0.3, width * 0.7):
        top = deck(tower) - 226
        pen.line([(tower * SMOOTH, top * SMOOTH), (tower * SMOOTH, shore * SMOOTH)], steel, 17 * SMOOTH)
        for n in range(-8, 9):
            end = tower + n * width * 0.033
            ends = [(tower * SMOOTH, (top + 6) * SMOOTH), (end * SMOOTH, deck(end) * SMOOTH)]
            pen.line(ends, (58, 68, 90), 2 * SMOOTH)
    image = _lay(image, sheet)
    lamps = [(x, deck(x) - 7) for x in range(28, width, 62)]
    return _glow(image, lamps, 4.6)


def draw_ship(image: Image.Image, shore: int) -> Image.Image:
    """A research vessel coming home: hull, bridge, mast, the frame at its stern."""
    sheet, pen = _large(image.size)

    def part(points: Sequence[tuple[float, float]], color: Rgb) -> None:
        pen.polygon([((330 + x) * SMOOTH, (shore - y) * SMOOTH) for x, y in points], fill=color)

    white, shade, hull, red = (240, 240, 234), (204, 208, 208), (38, 62, 92), (164, 62, 48)
    part(((0, 70), (560, 78), (640, 116), (604, 0), (26, 0)), hull)
    part(((26, 12), (610, 12), (604, 0), (26, 0)), red)
    part(((250, 74), (520, 78), (520, 140), (250, 140)), white)
    part(((250, 140), (480, 140), (480, 186), (270, 186)), shade)
    part(((330, 186), (470, 186), (452, 236), (350, 236)), white)
    for row, (left, right, y) in enumerate(((268, 508, 104), (286, 470, 158), (356, 448, 208))):
        for x in range(left, right, 26):
            part(
                ((x, y), (x + 14, y), (x + 14, y + 12), (x, y + 12)), (58, 84, 108) if row else (74, 98, 120)
            )
    part(((396, 236), (408, 236), (404, 356), (400, 356)), shade)
    part(((368, 300), (436, 300), (436, 304), (368, 304)), shade)
    part(((286, 186), (322, 186), (318, 240), (290, 240)), red)
    part(((40, 72), (54, 72), (30, 214), (20, 210)), (214, 152, 58))
    part(((100, 72), (114, 72), (92, 214), (82, 210)), (214, 152, 58))
    part(((20, 214), (92, 214), (92, 200), (20, 200)), (214, 152, 58))
    part(((150, 72), (226, 72), (226, 104), (150, 104)), (196, 108, 64))
    return _lay(image, sheet)


# What stands at the water before it is mirrored, by the name of the piece that the picture belongs to.
AT_THE_WATER: dict[str, Callable[[Image.Image, int], Image.Image]] = {
    "yueqiao": draw_bridge,
    "tingtao": draw_ship,
}
ALONE: dict[str, Callable[[tuple[int, int]], Image.Image]] = {"shiguang": draw_phone}
