"""A part of a picture that the editor chose."""

from __future__ import annotations

from typing import NamedTuple

from curate.domain.errors import UnreadableError
from curate.images.encode import Encoded, decode, encode, jpeg

RATIOS: dict[str, tuple[int, int]] = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1)}
LEAST = 30  # percent of the largest part of a shape


class Crop(NamedTuple):
    """Which part: its shape, its size, and where it lies in the room that is left, from left and top; all in percent."""

    ratio: str  # of RATIOS
    x: float = 50
    y: float = 50
    size: float = 100  # of the largest part of that shape


def box_of(width: int, height: int, crop: Crop) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the part, in pixels of a picture of this size; always within it."""
    across, down = RATIOS[crop.ratio]
    unit = min(width / across, height / down) * _within(crop.size, LEAST) / 100
    part = max(1, round(across * unit)), max(1, round(down * unit))
    left, top = (
        round((whole - own) * _within(at) / 100)
        for whole, own, at in zip((width, height), part, crop[1:3], strict=True)
    )
    return left, top, left + part[0], top + part[1]


def crop_picture(data: bytes, crop: Crop) -> Encoded:
    """The part of a picture as a file of ours. UnreadableError where the shape is unknown, the picture cannot be read, or the
    part is too small to show."""
    if crop.ratio not in RATIOS:
        raise UnreadableError(f"没有 {crop.ratio} 这个比例（no such shape）", f"可以用 {'、'.join(RATIOS)}。")
    image, _ = decode(data)
    part = image.crop(box_of(image.width, image.height, crop))
    return encode(jpeg(part))


def _within(value: float, least: float = 0) -> float:
    return min(max(value, least), 100)
