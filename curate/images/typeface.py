"""The typeface of drawn covers: which characters it has, and the typeface itself. `fonts/README.md` says what it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont

FILE = "NotoSansCJKsc-Bold-subset.otf"
_OTHERS = frozenset(
    "—…·“”‘’《》「」『』【】〔〕￥€£°℃©®™–•、。，！？：；（）％＋－／＝～｜"
)  # beside the standards


def has_letter(character: str) -> bool:
    """Whether the typeface has the character: ASCII, GB 2312, Big 5, and a few marks."""
    if " " <= character <= "~" or character in _OTHERS:
        return True
    return any(_encodes(character, standard) for standard in ("gb2312", "big5"))


def has_letters(text: str) -> bool:
    return all(map(has_letter, text))


def typeface(size: float) -> ImageFont.FreeTypeFont:
    """The typeface at a size in pixels."""
    return ImageFont.truetype(BytesIO(_bytes()), size)


def _encodes(character: str, standard: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _bytes() -> bytes:
    return files("curate.images").joinpath("fonts", FILE).read_bytes()
