"""Pictures of anybody's become small files of ours, or are refused with a word; covers show what there is to see."""

from __future__ import annotations

import random
import struct
import time
import zlib
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageCms, ImageDraw

from curate.domain.errors import UnreadableError
from curate.domain.model import Image as Named
from curate.i18n.catalogue import failure_of
from curate.images.candidates import candidates, without_house_marks
from curate.images.cover import covers, crop
from curate.images.drawn_cover import draw_covers
from curate.images.encode import BYTES, WIDTH, decode, encode
from curate.images.svg_cover import SQUARE, WIDE, svg
from curate.images.typeface import has_letter, has_letters, typeface
from tests.examples import examples


def photograph(width: int = 640, height: int = 400, mode: str = "RGB", grain: int = 40) -> Image.Image:
    """Something with more than 256 colors and no sharp edges, the same each time."""
    dice = random.Random(7)
    grain_of = Image.frombytes(
        "RGB", (width // 8, height // 8), dice.randbytes(width // 8 * (height // 8) * 3)
    )
    slope = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    return Image.blend(slope, grain_of.resize((width, height)), grain / 100).convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        encode(data)
    return failure_of("", caught.value, "zh").reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_every_format_of_the_web_becomes_jpeg_or_png(kind: str) -> None:
    made = encode(saved(photograph(), kind))
    assert made.kind == kind.lower()
    assert opened(made.data).format == {"jpg": "JPEG", "png": "PNG"}[made.suffix]
    assert opened(made.data).size == (made.width, made.height) == (640, 400)


def test_a_large_picture_is_made_narrower_and_small_enough() -> None:
    noise = Image.frombytes("RGB", (3000, 2000), random.Random(1).randbytes(3000 * 2000 * 3))
    made = encode(saved(noise, quality=95))
    assert (made.width, made.height) == (WIDTH, 720)
    assert len(made.data) <= BYTES
    assert made.suffix == "jpg"


def test_it_stands_upright_and_nothing_of_its_metadata_stays() -> None:
    image = photograph(600, 400)
    ImageDraw.Draw(image).rectangle((0, 0, 200, 400), fill="red")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    exif[0x010E] = "where the author lives"
    exif.get_ifd(0x8825)[1] = "N"
    raw = saved(image, exif=exif, comment=b"a secret", quality=90)
    made = encode(raw)
    assert (made.width, made.height) == (400, 600)
    pixel = opened(made.data).getpixel((200, 30))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > 80 > pixel[1], "what was at the left is now at the top"
    for word in (b"Exif", b"secret", b"lives", b"ICC_PROFILE"):
        assert word not in made.data
    assert b"secret" in raw


def test_ink_of_print_and_wide_colors_come_out_as_a_screen_shows_them() -> None:
    red = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    ImageDraw.Draw(red).rectangle((0, 0, 100, 300), fill=(255, 0, 0, 0))
    pixel = opened(encode(saved(red)).data).convert("RGB").getpixel((300, 150))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert max(pixel[1:]) < 60
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert encode(saved(photograph(), icc_profile=profile)).width == 640, (
        "a profile of another kind is ignored"
    )
    assert encode(saved(photograph(), icc_profile=b"no profile")).width == 640
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert encode(saved(photograph(), icc_profile=srgb)).suffix == "jpg"


def test_of_a_moving_picture_the_first_frame_stays() -> None:
    frames = [Image.new("P", (400, 300), n) for n in range(3)]
    for n, frame in enumerate(frames):
        frame.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
        ImageDraw.Draw(frame).rectangle((0, 0, 150, 300), fill=3)
        assert n < 3
    made = encode(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    shown = opened(made.data)
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((300, 150)) == (255, 0, 0)


def test_drawings_and_what_shows_through_stay_sharp_as_png() -> None:
    drawing = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(drawing).line((0, 0, 600, 400), "navy", 3)
    assert encode(saved(drawing, "PNG")).suffix == "png"
    glass = photograph().convert("RGBA")
    glass.putalpha(Image.linear_gradient("L").resize(glass.size))
    made = encode(saved(glass, "PNG"))
    assert made.suffix == "png"
    assert opened(made.data).convert("RGBA").getchannel("A").getextrema()[0] == 0
    full = photograph().convert("RGBA")
    assert encode(saved(full, "PNG")).suffix == "jpg", "an alpha channel that hides nothing is none"


@pytest.mark.parametrize(
    ("image", "word"),
    [
        (Image.new("RGB", (1, 1)), "太小"),
        (photograph(280, 400), "太小"),
        (photograph(400, 140), "太小"),
        (photograph(1400, 200), "太长"),
        (photograph(300, 1000), "太长"),
        (Image.new("RGB", (600, 400), "#0a7d4f"), "一种颜色"),
        (Image.new("L", (600, 400), 250), "一种颜色"),
    ],
)
def test_dots_strips_and_single_colors_are_refused(image: Image.Image, word: str) -> None:
    assert word in refused(saved(image, "PNG"))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels, and would unpack to them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6_400, 12_000, 60_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    assert refused(png_of(side, side))


def with_scans(side: int, size: int, filler: bytes = b"") -> bytes:
    """A progressive JPEG whose last scan is repeated until it has so many bytes."""
    data = saved(Image.new("L", (side, side), 128), progressive=True, quality=50)
    at = data.rindex(b"\xff\xda")
    scan = filler + data[at:-2]
    return data[:-2] + scan * (size // len(scan)) + data[-2:]


END_IN_A_COMMENT = b"\xff\xfe\x00\x04\xff\xd9"


@pytest.mark.parametrize("data", [with_scans(3000, 40_000), with_scans(3000, 40_000, END_IN_A_COMMENT)])
def test_a_picture_of_many_scans_is_refused_before_they_are_decoded(data: bytes) -> None:
    started = time.process_time()
    assert "扫描层太多" in refused(data)
    assert time.process_time() - started < 0.5


def test_usual_progressive_pictures_are_read_and_what_is_appended_to_one_is_not_counted() -> None:
    image = photograph(1200, 800)
    film = random.Random(1).randbytes(200) + b"\xff\xda" * 5_000
    assert encode(saved(image, progressive=True) + film).width == WIDTH


CHUNK = struct.pack(">I", 0) + b"tEXt" + struct.pack(">I", zlib.crc32(b"tEXt"))


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("GIF", b"!\xfe" + b"\x01x" * 500_000 + b"\0"),
        ("GIF", b"!\xfe\x01x\0" * 200_000),
        ("JPEG", b"\xff\xe1\x00\x0aExif\0\0xx" * 90_000),
        ("PNG", CHUNK * 90_000),
    ],
    ids=["one comment", "many comments", "JPEG", "PNG"],
)
def test_a_picture_of_very_many_parts_is_refused_soon(kind: str, parts: bytes) -> None:
    whole = saved(photograph(320, 200), kind)
    table = 13 + 3 * 2 ** ((whole[10] & 7) + 1)  # of a GIF's colors
    at = {"GIF": table, "JPEG": 2, "PNG": 33}[kind]  # where its blocks begin
    data = whole[:at] + parts + whole[at:]
    started = time.process_time()
    assert "too many parts" in refused(data)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>404", b"%PDF-1.7", b"%!PS-Adobe"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert "图片读不了" in refused(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    data = saved(photograph(), kind)
    assert refused(data[: len(data) * 6 // 10])


@cache
def sample(kind: str) -> bytes:
    return saved(photograph(320, 200), kind)


@examples(150)
@given(
    st.sampled_from(("AVIF", "BMP", "GIF", "JPEG", "PNG", "WEBP")),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6),
)
def test_broken_bytes_raise_nothing_but_the_named_failure(
    kind: str, changes: list[tuple[float, bytes]]
) -> None:
    data = bytearray(sample(kind))
    for place, put in changes:
        at = int(place * (len(data) - 1))
        data[at : at + len(put)] = put
    with suppress(UnreadableError):
        assert len(encode(bytes(data)).data) <= BYTES


def test_only_formats_of_the_web_are_read() -> None:
    for kind in ("TIFF", "ICO", "PPM"):
        assert "图片读不了" in refused(saved(photograph(), kind))


def test_addresses_of_icons_trackers_and_strips_are_not_asked_for() -> None:
    fit = Named("https://a.example/photo.jpg", 1200, 800)
    unknown = Named("https://a.example/other.jpg")
    small = Named("https://a.example/small.jpg", 320, 200)
    unfit = (
        Named("https://a.example/logo.png"),
        Named("https://a.example/1x1.gif"),
        Named("https://a.example/a.jpg", 1, 1),
        Named("https://a.example/strip.jpg", 1200, 100),
        Named("https://a.example/tower.jpg", 400, 1200),
        Named("https://a.example/b.jpg", alt="二维码"),
        Named("data:image/png;base64,AAAA"),
        Named("https://a.example/" + "x" * 3000),
    )
    assert candidates([*unfit, small, unknown, fit, fit]) == (unknown, fit, small)
    assert len(candidates([Named(f"https://a.example/{n}.jpg") for n in range(9)])) == 3


def test_an_address_that_two_items_share_is_the_sites_own_mark() -> None:
    own, mark = Named("https://a.example/1.jpg"), Named("https://a.example/share.jpg")
    assert without_house_marks([(own, mark), (mark,), (mark, mark)]) == [(own,), (), ()]
    assert without_house_marks([(own, own)]) == [(own, own)]


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("size", [WIDE, SQUARE])
def test_a_crop_holds_what_there_is_to_see(at: int, size: tuple[int, int]) -> None:
    for width, height in ((2000, 900), (900, 2000)):
        image = Image.new("RGB", (width, height), "#dddddd")
        pen = ImageDraw.Draw(image)
        corner = (at * (width - 300), at * (height - 300))
        for n in range(0, 300, 20):
            pen.line((corner[0] + n, corner[1], corner[0] + 300 - n, corner[1] + 299), "red", 5)
        made = crop(image, size)
        assert made is not None
        assert made.size == size
        red = sum(1 for x in range(0, size[0], 4) for y in range(0, size[1], 4) if _is_red(made, x, y))
        assert red > 60, "the only thing in the picture is in the crop"


def _is_red(image: Image.Image, x: int, y: int) -> bool:
    pixel = image.getpixel((x, y))
    return isinstance(pixel, tuple) and pixel[0] > 200 > 120 > pixel[1]


def test_an_even_picture_is_cropped_in_its_middle_and_a_small_one_not_at_all() -> None:
    even = Image.new("RGB", (1800, 383), "navy")
    ImageDraw.Draw(even).rectangle((890, 0, 910, 383), fill="white")
    made = crop(even, WIDE)
    assert made is not None
    assert made.getpixel((450, 200)) == (255, 255, 255)
    assert crop(photograph(500, 400), WIDE) is None


def test_covers_are_two_jpegs_of_the_platforms_sizes() -> None:
    for made in (
        covers(saved(photograph(1080, 720))),
        draw_covers("Morning Brief", "A title", 312, "22 November 2026"),
    ):
        assert [(one.file, one.width, one.height) for one in made] == [
            ("cover.jpg", 900, 383),
            ("cover-square.jpg", 500, 500),
        ]
        for one in made:
            assert opened(one.data).format == "JPEG"
            assert opened(one.data).size == (one.width, one.height)
            assert len(one.data) < BYTES
    assert covers(saved(photograph(400, 300))) == ()


def test_a_drawn_cover_says_its_name_and_title_in_either_script() -> None:
    day = "2026年11月22日"
    assert draw_covers("早读", "标题", 1, day) != draw_covers("早读", "标题", 2, day)
    assert (
        len(
            {
                draw_covers(name, title, 1, day)
                for name in ("早读", "晚讀")
                for title in ("市场搬家", "市場搬家")
            }
        )
        == 4
    )
    assert draw_covers("早读 👋", "标题", 1, day) == draw_covers("早读", "标题", 1, day), (
        "left out, not drawn as a box"
    )
    assert draw_covers("", "", 0, ""), "nothing to say is a cover too"


def test_the_typeface_has_every_letter_that_it_is_said_to_have() -> None:
    font = typeface(40)
    missing = bytes(font.getmask("\U000e0001"))  # no typeface has it
    sample = [chr(c) for c in range(0x3000, 0x9FFF, 17) if has_letter(chr(c))]
    assert len(sample) > 500
    assert [c for c in sample if bytes(font.getmask(c)) == missing and c.strip()] == []
    assert not has_letters("👋")
    assert not has_letters("\U00020000")


def test_the_svg_of_a_cover_has_its_full_text() -> None:
    text = svg(
        "早读<&>", "一个很长很长的标题" * 12 + " and Latin words too", 312, "2026年11月22日", "#0f4c81"
    )
    root = etree.fromstring(text.encode())
    words = [each.text or "" for each in root.iter("{*}text")]
    assert words[0] == "早读<&>"
    assert len(words) == 5
    assert words[-2].endswith("…")
    assert words[-1] == "2026年11月22日"
    square = etree.fromstring(svg("早读", "标题" * 30, 312, "2026年11月22日", size=SQUARE).encode())
    assert (square.get("width"), square.get("height")) == ("500", "500")
    assert max(len(each.text or "") for each in square.iter() if each.get("font-weight")) <= 11, (
        "lines fit the narrower one"
    )


def test_decoding_gives_the_original_format_of_two_pictures_in_one() -> None:
    image = photograph()
    assert decode(saved(image, "MPO", save_all=True, append_images=[image]))[1] == "jpeg"
