"""Colors in light and after the platform's dark-mode conversion, and their contrast.

The conversion is our own account of the algorithm that wechatjs/mp-darkmode documents (doc/cn/principle.md,
src/modules/constant.js, v1.2.1): backgrounds first, then text against the new background. Contrast is that of
WCAG 2 (relative luminance).
"""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple


class Color(NamedTuple):
    """Red, green and blue in 0..255, alpha in 0..1."""

    r: float
    g: float
    b: float
    a: float = 1.0


LIGHT_TEXT = Color(25, 25, 25)  # #191919, defaults of the platform's page
LIGHT_PAGE = Color(255, 255, 255)
DARK_TEXT = Color(163, 163, 163)  # #a3a3a3
DARK_PAGE = Color(25, 25, 25)  # #191919

# Thresholds of the conversion; brightness 0..255, lightness 0..100.
NEAR_WHITE = 250
BRIGHTEST_BACKGROUND = 190
LEAST_OFFSET = 65
BRIGHT_BACKGROUND = 100
GREY_LIGHTNESS = 40
DARKEST_LIGHTNESS = 22
IGNORED_ALPHA = 0.05
LEAST_ON_DEEP = 4.5  # contrast of white, WCAG 2 level AA

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.I)
_NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
_RGB = re.compile(rf"rgba?\(\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+{_NUMBER}(?:[\s,/]+{_NUMBER})?\s*\)", re.I)
_NAMED = {"white": LIGHT_PAGE, "black": Color(0, 0, 0), "transparent": Color(0, 0, 0, 0.0)}


def parse_color(text: str) -> Color | None:
    """A hex or rgb()/rgba() color, or one of white, black, transparent; None for anything else."""
    text = text.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) > 4 else "".join(c * 2 for c in found[1])
        r, g, b, *a = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
        return Color(r, g, b, a[0] / 255 if a else 1.0)
    if found := _RGB.fullmatch(text):
        return _clamp_color(float(found[1]), float(found[2]), float(found[3]), float(found[4] or 1))
    return None


def write_color(value: Color) -> str:
    """The shortest CSS form."""
    if value.a < 1:
        return f"rgba({value.r:.0f},{value.g:.0f},{value.b:.0f},{value.a:.3g})"
    return f"#{round(value.r):02x}{round(value.g):02x}{round(value.b):02x}"


def over(top: Color, under: Color) -> Color:
    """`top` laid over the opaque `under`."""
    return Color(*(t * top.a + u * (1 - top.a) for t, u in zip(top[:3], under[:3], strict=True)))


def brightness(value: Color) -> float:
    """Perceived brightness, 0..255 (W3C AERT)."""
    return (value.r * 299 + value.g * 587 + value.b * 114) / 1000


def contrast(one: Color, other: Color) -> float:
    """1..21 of two opaque colors (WCAG 2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(value: Color) -> float:
    def linear(channel: float) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(value.r) + 0.7152 * linear(value.g) + 0.0722 * linear(value.b)


def dark_background(value: Color) -> Color:
    """What a background becomes in dark mode: grays are turned over, bright tints dimmed."""
    _, lightness, saturation = hsl(value)
    page = hsl(DARK_PAGE)[1]
    if (saturation == 0 and lightness > GREY_LIGHTNESS) or brightness(value) > NEAR_WHITE:
        grey = min(100.0, 100 + page - lightness) * 2.55
        return Color(grey, grey, grey, value.a)
    if brightness(value) > BRIGHTEST_BACKGROUND:
        return _brought_to(BRIGHTEST_BACKGROUND, value)
    return with_lightness(value, DARKEST_LIGHTNESS) if lightness < DARKEST_LIGHTNESS else value


def deep(value: Color) -> bool:
    """Whether a colored background stays dark enough at night not to glare: white can be read on it."""
    return contrast(LIGHT_PAGE, over(dark_background(value), DARK_PAGE)) >= LEAST_ON_DEEP


def dark_text(value: Color, background: Color) -> Color:
    """What text (or a border) becomes on a background that is already converted."""
    under = brightness(background) * background.a + brightness(DARK_PAGE) * (1 - background.a)
    own = brightness(value)
    offset = abs(under - own)
    most = brightness(DARK_TEXT) - brightness(DARK_PAGE)
    if own >= NEAR_WHITE:
        return value
    if offset > most and under <= brightness(DARK_PAGE) + 2:
        return _brought_to(most + under, value)
    if offset >= LEAST_OFFSET:
        return value
    lightness = hsl(value)[1]
    if under >= BRIGHT_BACKGROUND:
        if lightness > 90 - GREY_LIGHTNESS:
            return dark_text(with_lightness(value, 90 - lightness), background)
        return _brought_to(min(most, under - LEAST_OFFSET), value)
    if lightness <= GREY_LIGHTNESS:
        return dark_text(with_lightness(value, 90 - lightness), background)
    return _brought_to(min(most, under + LEAST_OFFSET), value)


def _clamp_color(r: float, g: float, b: float, a: float) -> Color:
    r, g, b = (max(0.0, min(255.0, channel)) for channel in (r, g, b))
    return Color(r, g, b, min(1.0, a))


def hsl(value: Color) -> tuple[float, float, float]:
    """Hue 0..1, lightness and saturation 0..100."""
    h, lightness, s = colorsys.rgb_to_hls(value.r / 255, value.g / 255, value.b / 255)
    return h, lightness * 100, s * 100


def with_lightness(value: Color, lightness: float) -> Color:
    """The color with another lightness, 0..100; hue and saturation stay."""
    h, _, s = hsl(value)
    r, g, b = colorsys.hls_to_rgb(h, lightness / 100, s / 100)
    return Color(r * 255, g * 255, b * 255, value.a)


def with_saturation(value: Color, saturation: float) -> Color:
    """The color with another saturation, 0..100; hue and lightness stay."""
    h, lightness, _ = hsl(value)
    r, g, b = colorsys.hls_to_rgb(h, lightness / 100, saturation / 100)
    return Color(r * 255, g * 255, b * 255, value.a)


def _brought_to(target: float, value: Color) -> Color:
    """The color scaled to a perceived brightness; what a full channel cannot give, another one does."""
    ratio = target / max(brightness(value), 1e-9)
    r, g, b = (min(255.0, channel * ratio) for channel in value[:3])
    if g == 0 or r == 255 or b == 255:
        g = (target * 1000 - r * 299 - b * 114) / 587
    elif r == 0:
        r = (target * 1000 - g * 587 - b * 114) / 299
    elif b == 0 or g == 255:
        b = (target * 1000 - r * 299 - g * 587) / 114
    return _clamp_color(r, g, b, value.a)
