"""Covers: 900 × 383 for the list of pushes and 1:1 for shares, cropped around what there is to see.

The crop takes the whole of one side; along the other it slides to where the edges are (their energy summed, as the
simplest models of saliency do), drawn a little towards the middle.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageFilter

from curate.images.encode import decode, jpeg
from curate.images.svg_cover import SQUARE, WIDE

ENLARGED = 1.5  # at most; beyond it a blur is worse than a drawing
STEPS = 96  # places along the long side that are compared
TOWARDS_MIDDLE = 0.25  # how much less the ends of the picture count than its middle


@dataclass(frozen=True, slots=True)
class Cover:
    file: str
    data: bytes
    width: int
    height: int


def covers(data: bytes) -> tuple[Cover, ...]:
    """Both covers of a picture; none where it would have to be enlarged too much. UnreadableError as `decode`."""
    image = decode(data)[0]
    if image.mode != "RGB":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    cropped = [crop(image, size) for size in (WIDE, SQUARE)]
    if None in cropped:
        return ()
    return tuple(save_cover(name, made) for name, made in zip(FILES, cropped, strict=True) if made)


FILES = ("cover.jpg", "cover-square.jpg")


def save_cover(file: str, image: Image.Image) -> Cover:
    """An image as one of the cover files."""
    return Cover(file, jpeg(image), image.width, image.height)


def crop(image: Image.Image, size: tuple[int, int]) -> Image.Image | None:
    """The part of that shape with most to see, at that size; None where it is too small for it."""
    ratio = size[0] / size[1]
    width, height = min(image.width, image.height * ratio), min(image.height, image.width / ratio)
    if size[0] > width * ENLARGED:
        return None
    left = _place(image, width / image.width, horizontal=True) * (image.width - width)
    top = _place(image, height / image.height, horizontal=False) * (image.height - height)
    return image.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height))


def _place(image: Image.Image, share: float, *, horizontal: bool) -> float:
    """Where a window of that share of the side stands best: 0 at its beginning, 1 at its end."""
    free = round(STEPS * (1 - share))
    if free < 1:
        return 0.5
    small = image.convert("L").resize((STEPS, STEPS), Image.Resampling.BOX)
    edges = small.filter(ImageFilter.FIND_EDGES).crop((1, 1, STEPS - 1, STEPS - 1))  # its rim is no edge
    line = edges.resize((STEPS, 1) if horizontal else (1, STEPS), Image.Resampling.BOX).tobytes()
    middle = (STEPS - 1) / 2
    energy = [
        value * (1 - TOWARDS_MIDDLE * abs(n - middle) / middle)
        + TOWARDS_MIDDLE * (1 - abs(n - middle) / middle)
        for n, value in enumerate(line)
    ]
    window = STEPS - free
    best = max(range(free + 1), key=lambda start: (round(sum(energy[start : start + window]), 6), -start))
    return best / free
