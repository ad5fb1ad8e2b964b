"""Bytes of anybody's -> a small JPEG or PNG of ours. Pillow decodes, under limits; nothing of the original stays.

checked -> first frame -> upright -> sRGB -> at most 1,080 px wide -> JPEG, or PNG for drawings and transparency
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from curate.domain.errors import UnreadableError
from curate.images.candidates import good_ratio
from curate.images.provenance import is_generated

WIDTH = 1080  # pixels; wider is not shown (RULES img_paste)
BYTES = 1_000_000  # below the API's 1 MB for a picture in the body (RULES img_body)
SMALLEST = (300, 150)  # pixels; stretched over a phone's screen, less is a blur
MOST_PIXELS = 16_000_000  # 64 MB decoded, and as much again to work on, of what has to be decoded whole
MOST_JPEG_PIXELS = 60_000_000  # a JPEG is decoded at a fraction of its size; telephones make 50 million
MOST_SCANNED = 300_000_000  # pixels times scans of a JPEG, a third of a second: ten scans of 30 million
OPENING_READS = 6_000  # of a file's beginning, in each of which all that was read so far may be copied
MOST_READS = 200_000  # of the whole file; PNG of 10 MB in pieces of 1 kB has 40,000
QUALITIES = (86, 78, 70, 60, 45)  # of JPEG, until it is small enough
COLORS = 256  # at most so many: a drawing or a screenshot, which JPEG would smear
EVEN = 12  # of 255: a picture whose channels vary by less is one color

# What the web sends; every other format of Pillow's is code that nobody needs to reach. A plugin is there once loaded.
_PLUGINS = (JpegImagePlugin, PngImagePlugin, GifImagePlugin, WebPImagePlugin, AvifImagePlugin, BmpImagePlugin)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP")

# In a JPEG: a marker that is no part of a scan's data, and those that no segment follows.
_MARKER, _ALONE = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])"), (b"\x01", b"\xd8")

# What Pillow's decoders raise on broken data, beside its own errors (an OSError, and for size its own).
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file of ours. `kind` is the original's format, in small letters."""

    data: bytes
    suffix: str  # "jpg" or "png"
    width: int
    height: int
    kind: str
    is_generated: bool = False  # its original says that a machine made it


class _Counted(BytesIO):
    """A file that may be read only so often: Pillow goes through markers, blocks and chunks one by one."""

    left = OPENING_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError("too many parts")
        return super().read(size)


def encode(data: bytes) -> Encoded:
    """The picture in `data` as a file of at most BYTES and WIDTH, upright, without metadata.

    UnreadableError where it is no picture, is broken or too large, or is too small, too long or too even to show.
    """
    image, kind = decode(data)
    if image.width < SMALLEST[0] or image.height < SMALLEST[1]:
        raise UnreadableError.of("picture.small", "picture.hint", width=image.width, height=image.height)
    if not good_ratio(image.width, image.height):
        raise UnreadableError.of("picture.ratio", "picture.hint", width=image.width, height=image.height)
    if _is_even(image):
        raise UnreadableError.of("picture.even", "picture.hint")
    return _encode(image, kind, data)


def encode_chosen(data: bytes) -> Encoded:
    """The same for a picture that the editor chose, of whatever size and shape. UnreadableError where it is no picture,
    is broken or too large."""
    return _encode(*decode(data), data)


def is_animation(data: bytes) -> bool:
    """Whether it is a GIF that moves and that Pillow can read to its second picture."""
    try:
        with Image.open(_Counted(data), formats=("GIF",)) as opened:
            return bool(getattr(opened, "is_animated", False))
    except _BROKEN:
        return False


def _encode(image: Image.Image, kind: str, data: bytes) -> Encoded:
    drawn = image.mode == "RGBA" or image.getcolors(COLORS) is not None
    if image.width > WIDTH:
        image = image.resize((WIDTH, max(1, round(image.height * WIDTH / image.width))), reducing_gap=3.0)
    made = (_png(image) if drawn else b"") or jpeg(image)
    suffix = "png" if made[:4] == b"\x89PNG" else "jpg"
    return Encoded(made, suffix, image.width, image.height, kind, is_generated(data))


def decode(data: bytes) -> tuple[Image.Image, str]:
    """The first frame, upright, in sRGB (mode RGB, or RGBA where something shows through), and its format.

    UnreadableError where it is no picture of a known format, is broken, cut short, or has too many pixels, scans or
    parts: what it costs is bounded, whatever the file says.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file = _Counted(data)
            with Image.open(file, formats=FORMATS) as opened:
                file.left += MOST_READS
                kind = {"MPO": "jpeg"}.get(opened.format or "", (opened.format or "").lower())
                most = MOST_JPEG_PIXELS if kind == "jpeg" else MOST_PIXELS
                if opened.width * opened.height > most:
                    raise UnreadableError.of(
                        "picture.pixels", "picture.hint", width=opened.width, height=opened.height
                    )
                if kind == "jpeg" and not _few_scans(data, MOST_SCANNED // (opened.width * opened.height)):
                    raise UnreadableError.of("picture.scans", "picture.hint")
                opened.draft("RGB", (2 * WIDTH, 2 * WIDTH))  # JPEG decodes straight to about this size
                return _plain(opened), kind
    except _BROKEN as e:
        why = f"{type(e).__name__} {str(e)[:80]}"
        raise UnreadableError.of("picture.unreadable", "picture.hint", why=why) from e


def _few_scans(data: bytes, most: int) -> bool:
    """Whether a JPEG has at most so many scans. Each goes over all of its pixels, however few bytes it has itself:
    the last scan of a progressive one, repeated, is decoded again and again."""
    at = 0
    while found := _MARKER.search(data, at):
        kind, at = found[1], found.end()
        if kind == b"\xd9":  # the end of the picture
            break
        most -= kind == b"\xda"
        if most < 0:
            return False
        if kind not in _ALONE:
            at += int.from_bytes(data[at : at + 2], "big")
    return True


def jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG of at most BYTES, on white where something shows through."""
    if image.mode != "RGB":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    for quality in QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= BYTES:
            break
    return out.getvalue()


def _plain(opened: Image.Image) -> Image.Image:
    """The first frame with its turn and its colors applied, and nothing else of it."""
    opened.seek(0)
    profile = opened.info.get("icc_profile")
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    image: Image.Image = opened
    see_through = image.has_transparency_data
    if profile and image.mode in ("RGB", "CMYK") and not see_through:
        image = _to_srgb(image, profile)
    image = image.convert("RGBA" if see_through else "RGB")
    if see_through and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()  # comments and profiles are written anew from here
    return image


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colors of a wider space as a screen without that profile shows them; as they are where it is broken."""
    try:
        made = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        return image
    return made or image


def _is_even(image: Image.Image) -> bool:
    small = image.resize((64, 64), Image.Resampling.BOX)
    bands = [band.getextrema() for band in small.split()]
    return all(isinstance(high, int | float) and high - low < EVEN for low, high in bands)  # type: ignore[operator]


def _png(image: Image.Image) -> bytes:
    """The picture as PNG of at most 256 colors; b"" where that is larger than a post may carry."""
    out = BytesIO()
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    image.quantize(COLORS, method=method).save(out, "PNG", optimize=True)
    return out.getvalue() if out.tell() <= BYTES else b""
