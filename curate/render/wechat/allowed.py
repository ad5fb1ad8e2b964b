"""What the WeChat editor keeps: tags, attributes and CSS properties, and the clean-up of characters.

Sources are named by the ids that `rules.SOURCES` explains.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(text.split())


# Counted in published article bodies (S1f) and seen to survive the editor (U, P).
SAFE_TAGS = words("section p span strong br img table tbody tr td sup")
# Taken away by the platform, some with all that is in them (D1, S1f).
DROPPED_TAGS = words(
    "script style link meta base iframe object embed form input button select textarea label canvas audio "
    "video noscript template frame applet dialog"
)
REWRITTEN_TAGS = words("div b i u s del font dl dt dd")  # U
UNPROVEN_TAGS = words(
    "article main header footer aside nav figure figcaption details summary center ins mark kbd ruby big "
    "tt address code small blockquote"
)
LIST_TAGS = frozenset({"ul", "ol", "li"})
CARD_TAGS = frozenset({"mp-common-profile", "mp-common-miniprogram", "mp-miniprogram", "mp-common-videosnap"})
BLOCK_TAGS = words(
    "section p table tbody thead tr td th div ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre hr "
    "article main header footer aside nav figure figcaption details summary center address"
)

ATTRIBUTES = {  # S1f
    "*": frozenset({"style", "leaf", "textstyle", "data-ignore-width", "data-ignore-dm"}),
    "img": frozenset({"src", "data-src", "alt", "data-w", "data-ratio", "data-type"}),
    "a": frozenset({"href", "target"}),
    "td": frozenset({"colspan", "rowspan", "width", "valign", "align"}),
    "th": frozenset({"colspan", "rowspan"}),
    "svg": frozenset({"viewbox", "xmlns", "width", "height"}),
}

CSS_ALLOWED = words(
    "color background-color font-size font-weight font-style line-height letter-spacing text-align "
    "text-decoration text-indent vertical-align word-break overflow-wrap white-space margin margin-top "
    "margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left "
    "border border-top border-right border-bottom border-left border-color border-style border-width "
    "border-radius border-collapse box-sizing width max-width height min-height display overflow "
    "overflow-x table-layout list-style-type flex justify-content align-items flex-shrink float clear"
)
CSS_DENIED = words(
    "position top right bottom left z-index animation transition transform filter clip-path content "
    "counter-reset counter-increment cursor caret-color pointer-events opacity font-family "
    "background-image background text-shadow -webkit-text-stroke writing-mode columns column-count "
    "grid-template-columns object-fit aspect-ratio gap visibility"
)
CSS_INHERITED = words(
    "color font-size font-weight font-style line-height letter-spacing text-align text-indent word-break "
    "overflow-wrap white-space list-style-type border-collapse"
)

GUARD = '<p style="font-size:0;line-height:0;margin:0;">&nbsp;</p>'  # P, T1, T5: first and last
GUARD_STYLE = {"font-size": "0", "line-height": "0", "margin": "0"}
DEEPEST = 12  # the public checker counts to 15, its text says 10 (S1, S1e)
HTML_LIMIT = 20_000  # characters of HTML that the API takes (D1)
TEXT_LIMIT = 50_000  # characters of text by paste (F3)
WIDEST_PX = 120  # a fixed width above this breaks a screen of 320 to 677 px (S1)
LEAST_LINE_HEIGHT = 1.4  # S1
LEAST_CONTRAST = 4.5  # WCAG 2, level AA
LONGEST_ADDRESS = 4096  # characters
LINK_HOST = "https://mp.weixin.qq.com/"  # the only links that ordinary accounts keep (T1, T4, T6)
IMAGE_HOSTS = ("https://mmbiz.qpic.cn/", "http://mmbiz.qpic.cn/", "https://mmbiz.qlogo.cn/")

FORBIDDEN_VALUE = re.compile(
    r"var\(|calc\(|hsla?\(|color-mix\(|url\(|gradient|expression|attr\(|env\(|javascript|[\\<>@{}]", re.I
)
# Zero-width and directional characters (RULES ws-zero), and controls that no editor keeps. A joiner stays between
# emoji, where it makes one picture of two (UTS 51): a family is no row of people.
_EMOJI = "\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
INVISIBLE = re.compile(
    f"(?<![\ufe0f{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])|"
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text without characters that show nothing or turn the direction of what follows."""
    return INVISIBLE.sub("", text)


def safe_address(url: str) -> str:
    """The address if it is http or https and no longer than browsers take, else ""."""
    url = visible(url).strip()
    return url if len(url) <= LONGEST_ADDRESS and re.match(r"https?://[^\s/?#]", url, re.I) else ""


def bare_address(url: str) -> str:
    """The address for a line of plain text: what would end it there is escaped."""
    return "".join(
        f"%{ord(c):02X}" if c in ' <>"' else c for c in safe_address(url) if not c.isspace() or c == " "
    )
