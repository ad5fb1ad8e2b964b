"""The site's icon: a page of a digest, three lines on the account's color. No typeface: it looks the same everywhere."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

SMOOTH = 2  # drawn so many times larger and reduced: even edges
# Left, top, right, bottom of each line in parts of the side; within the middle 80 %, which no mask cuts away.
LINES = ((0.26, 0.28, 0.74, 0.40), (0.26, 0.47, 0.74, 0.55), (0.26, 0.63, 0.58, 0.71))
NUMBER = (0.63, 0.60, 0.77, 0.74)  # the dot that an item's number stands for


@lru_cache(maxsize=8)  # each change of an issue builds the site, with the same icons
def icon(side: int, color: str) -> bytes:
    """A square PNG of that side."""
    large = side * SMOOTH
    image = Image.new("RGB", (large, large), ImageColor.getrgb(color)[:3])
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in LINES:
        box = (left * large, top * large, right * large, bottom * large)
        pen.rounded_rectangle(box, radius=(bottom - top) * large / 2, fill="white")
    pen.ellipse(tuple(share * large for share in NUMBER), fill="#ffd48a")
    out = BytesIO()
    image.reduce(SMOOTH).quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def icon_svg(color: str) -> str:
    """The same as SVG, with round corners, for the browser's tab."""
    lines = "".join(
        f'<rect x="{left * 100:g}" y="{top * 100:g}" width="{(right - left) * 100:g}" '
        f'height="{(bottom - top) * 100:g}" rx="{(bottom - top) * 50:g}" fill="#fff"/>'
        for left, top, right, bottom in LINES
    )
    middle, radius = (NUMBER[0] + NUMBER[2]) * 50, (NUMBER[2] - NUMBER[0]) * 50
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" rx="22" fill="{color}"/>{lines}'
        f'<circle cx="{middle:g}" cy="{(NUMBER[1] + NUMBER[3]) * 50:g}" r="{radius:g}" fill="#ffd48a"/></svg>\n'
    )
