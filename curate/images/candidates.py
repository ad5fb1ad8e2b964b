"""Which addresses are worth asking for: no icons, trackers or logos, the likeliest first, and as JPEG where that is had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from curate.domain.model import Image
from curate.extraction.images import is_furniture, too_small
from curate.images.renditions import as_jpeg

TRIED = 3  # pictures that are asked for one item
LONGEST_ADDRESS = 2048  # characters
ENOUGH = 600  # pixels of declared width from which one picture is as good as another
NARROWEST, WIDEST = 0.5, 3.5  # width : height, as declared and as it is


def candidates(images: Iterable[Image]) -> tuple[Image, ...]:
    """At most TRIED, the likeliest first: those of a declared size that is too small come after the others.

    Where the server makes JPEG of a picture too, that is asked for, and the address as it was found after it.
    """
    kept = {image.url: image for image in images if _may_be_shown(image)}
    likeliest = sorted(kept.values(), key=lambda image: 0 < image.width < ENOUGH)[:TRIED]
    asked = (replace(image, url=url) for image in likeliest for url in (as_jpeg(image.url), image.url))
    return tuple({image.url: image for image in asked}.values())


def without_house_marks(found: Sequence[tuple[Image, ...]]) -> list[tuple[Image, ...]]:
    """Each item's candidates without an address that another item has too: a site's own mark, not a picture."""
    seen = Counter(url for images in found for url in {image.url for image in images})
    return [tuple(image for image in images if seen[image.url] == 1) for images in found]


def good_ratio(width: int, height: int) -> bool:
    """Whether the shape is a picture's: banners and strips are not."""
    return NARROWEST <= width / height <= WIDEST


def _may_be_shown(image: Image) -> bool:
    return (
        image.url.startswith(("http://", "https://"))
        and len(image.url) <= LONGEST_ADDRESS
        and not too_small(image)
        and not is_furniture(image.url, image.alt)
        and not (image.width and image.height and not good_ratio(image.width, image.height))
    )
