"""The demo's pictures: what their piece is about (`subjects.py`), else a valley, a lake and its far hills, at an hour and in a
season that the picture's name decides."""

from __future__ import annotations

import math
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from curate.demo.subjects import ALONE, AT_THE_WATER

Rgb = tuple[int, int, int]

WIDTH, HEIGHT = 1280, 720
SMOOTH = 2  # hills are drawn so many times larger and reduced: even edges
RIDGES = 5
SHORE = 0.76  # where the lake begins, in parts of the height


class _Hour(NamedTuple):
    """Sky from above to the horizon, the light in it, and the nearest hills."""

    zenith: Rgb
    middle: Rgb
    horizon: Rgb
    light: Rgb
    near: Rgb


_HOURS = (
    _Hour((66, 110, 160), (150, 182, 204), (250, 221, 183), (255, 240, 206), (28, 52, 62)),  # early morning
    _Hour((52, 70, 122), (186, 128, 140), (253, 190, 128), (255, 226, 170), (44, 34, 58)),  # evening
    _Hour((58, 134, 186), (146, 196, 218), (228, 240, 236), (255, 252, 236), (32, 74, 58)),  # a clear day
    _Hour((92, 120, 138), (168, 184, 188), (226, 224, 212), (250, 246, 232), (52, 66, 60)),  # mist
    _Hour((88, 116, 150), (206, 190, 170), (246, 212, 158), (255, 232, 186), (92, 54, 34)),  # autumn
)


_NIGHT = _Hour((14, 22, 48), (42, 54, 92), (112, 104, 128), (240, 234, 214), (14, 20, 34))
_SEA = _Hour((84, 138, 184), (178, 206, 218), (252, 232, 204), (255, 244, 218), (96, 128, 146))
_HOUR_OF = {"yueqiao": _NIGHT, "tingtao": _SEA}
_RIDGES_OF = {"yueqiao": 3, "tingtao": 1}  # far ones alone, so that what stands at the water is seen


def picture(seed: str) -> bytes:
    """A picture as PNG, always the same for the same name."""
    name, code = PurePosixPath(seed).stem, zlib.crc32(seed.encode())
    out = BytesIO()
    draw = ALONE.get(name)
    image = draw((WIDTH, HEIGHT)) if draw else _landscape(name, code)
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _landscape(name: str, code: int) -> Image.Image:
    hour = _HOUR_OF.get(name, _HOURS[code % len(_HOURS)])
    image = _sky(hour)
    sun = (int(WIDTH * (0.22 + (code >> 5) % 50 / 90)), int(HEIGHT * (0.24 + (code >> 11) % 20 / 100)))
    image = _lit(image, sun, 40 + (code >> 17) % 26, hour.light)
    for n in range(_RIDGES_OF.get(name, RIDGES)):
        image = _ridge(image, n, code, hour)
    if draw := AT_THE_WATER.get(name):
        image = draw(image, round(HEIGHT * SHORE))
    return _lake(image, sun[0], hour)


def _mix_colors(one: Rgb, other: Rgb, share: float) -> Rgb:
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def _sky(hour: _Hour) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        share = min(1.0, y / (HEIGHT * 0.72))
        upper = share < 0.5
        ends = (hour.zenith, hour.middle) if upper else (hour.middle, hour.horizon)
        column.putpixel((0, y), _mix_colors(*ends, share * 2 - (0 if upper else 1)))
    return column.resize((WIDTH, HEIGHT))


def _lit(image: Image.Image, sun: tuple[int, int], radius: int, light: Rgb) -> Image.Image:
    """The sun, and the sky around it lighter."""
    for reach, strength, blur in ((6.0, 0.35, 150.0), (2.2, 0.45, 46.0), (1.0, 1.0, 1.2)):
        coarse = 8 if blur > 8 else 1  # what is blurred so much is drawn small
        mask = Image.new("L", (WIDTH // coarse, HEIGHT // coarse))
        r = radius * reach
        box = [part / coarse for part in (sun[0] - r, sun[1] - r, sun[0] + r, sun[1] + r)]
        ImageDraw.Draw(mask).ellipse(box, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / coarse)).resize(
            image.size, Image.Resampling.BICUBIC
        )
        image = Image.composite(Image.new("RGB", image.size, light), image, mask)
    return image


def _ridge(image: Image.Image, n: int, code: int, hour: _Hour) -> Image.Image:
    """The n-th row of hills: nearer ones are lower, darker and rougher; the air pales those that are far."""
    near = n / (RIDGES - 1)
    base = HEIGHT * (0.44 + 0.27 * near)
    swing = HEIGHT * (0.13 - 0.06 * near)
    turn = ((code >> (3 * n)) % 628) / 100
    mask = Image.new("L", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
    points = [
        (x * SMOOTH, (base - swing * _height(x / WIDTH, turn, near)) * SMOOTH) for x in range(0, WIDTH + 4, 4)
    ]
    points += [(WIDTH * SMOOTH, HEIGHT * SMOOTH), (0, HEIGHT * SMOOTH)]
    ImageDraw.Draw(mask).polygon(points, fill=255)
    color = _mix_colors(_mix_colors(hour.horizon, hour.zenith, 0.35), hour.near, near**0.8)
    ground = Image.new("RGB", image.size, color)
    return Image.composite(ground, image, mask.resize(image.size, Image.Resampling.LANCZOS))


def _height(x: float, turn: float, near: float) -> float:
    """A ridge between about -1 and 1: long waves for its shape, short ones for rock and trees."""
    waves = (
        (1.3, 0.55),
        (2.9, 0.3),
        (6.7, 0.14),
        (15.1, 0.06),
        (37.0, 0.012 + 0.022 * near),
        (83.0, 0.02 * near),
    )
    return sum(part * math.sin(x * 6.283 * often + turn * (1 + often / 3)) for often, part in waves)


def _lake(image: Image.Image, sun: int, hour: _Hour) -> Image.Image:
    """What stands above the shore once more in the water, paler, stirred, with the light's path on it."""
    shore = round(HEIGHT * SHORE)
    depth = HEIGHT - shore
    mirror = image.crop((0, shore - depth, WIDTH, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.filter(ImageFilter.GaussianBlur(2.2))
    stirred = Image.new("RGB", mirror.size)
    for y in range(depth):
        shift = round((1 + y / 18) * math.sin(y * 0.9) + (y / 30) * math.sin(y * 0.23))
        stirred.paste(ImageChops.offset(mirror.crop((0, y, WIDTH, y + 1)), shift, 0), (0, y))
    water = Image.blend(stirred, Image.new("RGB", mirror.size, hour.middle), 0.28)
    path = Image.new("L", mirror.size)
    pen = ImageDraw.Draw(path)
    for y in range(6, depth, 5):
        wide = 20 + y * 0.5 + 16 * math.sin(y * 1.7)
        pen.line((sun - wide, y, sun + wide, y), fill=110 - y // 3, width=2)
    water = Image.composite(
        Image.new("RGB", water.size, hour.light), water, path.filter(ImageFilter.GaussianBlur(1.6))
    )
    image.paste(water, (0, shore))
    return image
