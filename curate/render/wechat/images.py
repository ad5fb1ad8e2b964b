"""Which pictures a pasted post carries, what the copy page lists of them, and the preview with the issue's own files.

The editor uploads pictures of other hosts anew when a post is pasted; it deletes `data:` and cannot reach a file of
this machine (RULES img-host, img-data). So the post carries a picture's own address where what stands there is a
kind that the platform takes, and was reached without cookies or referrer a moment ago; else no picture, to be put
in by hand. Either way the file lies in the issue's folder, and the copy page lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from curate.domain.model import Digest, Image, Item
from curate.images.svg_cover import FILES, SQUARE, WIDE, svg
from curate.render.context import items, with_items
from curate.render.messages import long_date
from curate.render.wechat.allowed import safe_address, visible
from curate.render.wechat.tree import parse, serialize

TAKEN = frozenset({"jpeg", "png", "gif"})  # D2, F3: no WebP, no AVIF


@dataclass(frozen=True, slots=True)
class Upload:
    """A line of the list of pictures. `pasted`: it comes with the post, and only has to be looked at."""

    number: int
    title: str
    image: Image
    pasted: bool


def address_of(image: Image) -> str:
    """The address as it stands in the post."""
    return "".join(visible(safe_address(image.url)).split())


def pasteable(digest: Digest) -> Digest:
    """The digest with only those pictures that a pasted post may carry."""
    return _with_images(digest, lambda item: item.image if item.image and _is_pasted(item.image) else None)


def addresses(digest: Digest) -> frozenset[str]:
    """The pictures' addresses that the post of this digest may name."""
    return frozenset(
        address_of(item.image) for item in items(digest) if item.image and _is_pasted(item.image)
    )


def uploads(digest: Digest, html: str) -> list[Upload]:
    """Every picture that the issue has a file of, by number, and whether the post `html` carries it."""
    carried = {element.attributes.get("src", "") for element in parse(html).walk() if element.tag == "img"}
    return [
        Upload(item.number, item.title, item.image, address_of(item.image) in carried)
        for item in items(digest)
        if item.image and item.image.file
    ]


def with_own_files(digest: Digest, html: str) -> str:
    """The post as the copy page shows it: the issue's own files in place of their addresses."""
    files = {
        address_of(item.image): item.image.file for item in items(digest) if item.image and item.image.file
    }
    root = parse(html)
    for element in root.walk():
        if element.tag == "img":
            source = element.attributes.get("src", "")
            element.attributes["src"] = files.get(source, source)
    return serialize(root)


class CoverTexts(NamedTuple):
    """What a drawn cover says."""

    account: str
    title: str
    day: str


def cover_texts(digest: Digest) -> CoverTexts:
    title = visible(digest.name or digest.lead.title)
    return CoverTexts(visible(digest.account), title, long_date(digest.date, digest.language))


def draw_lettered(digest: Digest, ground: str) -> dict[str, str]:
    """Drawn covers as SVG, by file name: wide, then square."""
    account, title, day = cover_texts(digest)
    return {
        file: svg(account, title, digest.number, day, ground, size)
        for file, size in zip(FILES, (WIDE, SQUARE), strict=True)
    }


def files_of(digest: Digest) -> tuple[str, ...]:
    """The picture files that an issue of this digest may have, covers among them."""
    named = [item.image.file for item in items(digest) if item.image and item.image.file]
    return (*named, *(cover.file for cover in digest.covers), *FILES)


def without_lost(digest: Digest, files: Collection[str]) -> Digest:
    """The digest without the pictures whose file is no longer there."""
    digest = _with_images(digest, lambda item: _find_image(item.image, files))
    return replace(digest, covers=tuple(cover for cover in digest.covers if cover.file in files))


def _find_image(image: Image | None, files: Collection[str]) -> Image | None:
    lost = image and image.file and image.file not in files
    return replace(image, file="", size=0, kind="") if image and lost else image


def _is_pasted(image: Image) -> bool:
    return bool(image.file and image.kind in TAKEN and address_of(image))


def _with_images(digest: Digest, choose: Callable[[Item], Image | None]) -> Digest:
    return with_items(digest, lambda item: replace(item, image=choose(item)))
