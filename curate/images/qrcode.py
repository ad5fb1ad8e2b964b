"""The account's own QR code as a small PNG: of a picture that the editor has, or made of an address."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image

from curate.domain.errors import UnreadableError
from curate.images.encode import decode

WIDEST = 430  # pixels; the smallest that the back office offers, and more than the poster shows
_SCALE = 8  # pixels of a dot


def picture_code(data: bytes) -> bytes:
    """A picture of a code, made small. UnreadableError where it is no picture."""
    image = decode(data)[0]
    if image.mode != "RGB":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image.thumbnail((WIDEST, WIDEST))
    return _png(image)


def address_code(address: str) -> bytes:
    """A code that leads to an address. UnreadableError where it is longer than a code can hold."""
    try:
        made = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode).to_image(scale=_SCALE)
    except ValueError as e:
        raise UnreadableError.of("picture.long address") from e
    dots = memoryview(made)  # type: ignore[arg-type]  # a buffer, unknown to its stubs
    height, width = dots.shape or (0, 0)
    return _png(Image.frombytes("L", (width, height), dots.tobytes()))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
