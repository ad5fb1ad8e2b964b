"""The pictures of an article: what the page names as its picture, then those inside the main text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from curate.errors import UnreadableError
from curate.model import Image
from curate.text.clean import one_line
from curate.text.dom import Attributes, parse, prepare

MOST = 20  # pictures of one article
SMALLEST = 100  # pixels of a side; icons, avatars and tracking dots are smaller

# Words in an address, a class or an alternative text that name what is not a picture of the story.
_FURNITURE = re.compile(
    r"(?:^|[^a-z])(?:logos?|icons?|favicon|avatars?|gravatar|head_?img|qr_?codes?|ewm|erweima|sprites?|pixel|"
    r"tracking|tracker|beacon|spacer|blank|transparent|loading|placeholder|emoji|emoticons?|smil(?:ey|ies)|"
    r"buttons?|btn|share|badges?|captcha|banner_ad|def_head|ads?|advert\w*|1x1|grey|gray)(?=[^a-z]|\d|$)"
    r"|/templates?/|/default[\w-]*\.\w+$|doubleclick|google-analytics|feedburner|scorecardresearch|二维码|头像|图标",
    re.IGNORECASE,
)
_NO_PHOTOGRAPH = re.compile(r"\.(?:svg|ico|cur)$", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo", "data-url", "src")
_NUMBER = re.compile(r"^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_BLOCKS = ("p", "div", "section", "li", "blockquote", "td", "h2", "h3", "span", "pre")
_MAJORITY = 0.8  # of the main text that the element must hold in which pictures are looked for
_NOT_LETTER = re.compile(r"[\W_]+")


def find(
    tree: html.HtmlElement, meta: dict[str, str], about: list[dict[str, Any]], url: str, paragraphs: set[str]
) -> tuple[Image, ...]:
    """Absolute addresses without doubles, at most MOST; `paragraphs` holds the letters of the text's lines."""
    container = _container(tree, paragraphs)
    inside = container.iter("img") if container is not None else ()
    return _fit((*_stated(meta, about), *_inside(inside)), _base(tree, url))


def beside(
    meta: dict[str, str], about: list[dict[str, Any]], inside: Iterable[Attributes], url: str, base: str = ""
) -> tuple[Image, ...]:
    """The same where the main text's element is known, and with it the `img` inside; `base` as the page says it."""
    return _fit((*_stated(meta, about), *_inside(inside)), _absolute(url, base) or url)


def in_markup(markup: str, url: str) -> tuple[Image, ...]:
    """The pictures inside the HTML that a feed sends as an entry's body, by the same measure."""
    if "<img" not in markup.lower():
        return ()
    try:
        return _fit(_inside(parse(prepare(markup)).iter("img")), url)
    except UnreadableError:
        return ()


def _fit(images: Iterable[Image], base: str) -> tuple[Image, ...]:
    found: dict[str, Image] = {}
    for image in images:
        address = _absolute(base, image.url)
        if not address or address in found or too_small(image) or is_furniture(address, image.alt):
            continue
        found[address] = Image(address, image.width, image.height, image.alt)
    return tuple(found.values())[:MOST]


def _stated(meta: dict[str, str], about: list[dict[str, Any]]) -> Iterator[Image]:
    for key in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        if meta.get(key):
            width, height = meta.get("og:image:width", ""), meta.get("og:image:height", "")
            yield Image(meta[key], _pixels(width), _pixels(height), meta.get("og:image:alt", ""))
            break
    for thing in about[:1]:
        value = thing.get("image")
        for one in value[:3] if isinstance(value, list) else [value]:
            address = one.get("url") if isinstance(one, dict) else one
            if isinstance(address, str):
                yield Image(address)


def _container(tree: html.HtmlElement, paragraphs: set[str]) -> html.HtmlElement | None:
    """The deepest element that holds most of the main text."""
    weight: dict[html.HtmlElement, int] = {}
    seen: set[str] = set()
    total = 0
    longest = max(map(len, paragraphs), default=0)
    for element in tree.iter(*_BLOCKS):
        letters = _letters(element, longest)
        if letters in seen or letters not in paragraphs:
            continue
        seen.add(letters)
        total += len(letters)
        for ancestor in element.iterancestors():
            weight[ancestor] = weight.get(ancestor, 0) + len(letters)
    holders = [element for element, held in weight.items() if held >= _MAJORITY * total]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _letters(element: html.HtmlElement, most: int) -> str:
    """Letters and digits inside; "" where there are more than `most`."""
    letters = ""
    try:
        for piece in element.itertext():
            letters += _NOT_LETTER.sub("", piece)
            if len(letters) > most:
                return ""
    except UnicodeDecodeError:  # libxml2 may let a broken byte through
        return ""
    return letters


def _inside(elements: Iterable[Attributes]) -> Iterator[Image]:
    for element in elements:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        address = next(
            (v for key in _LAZY if (v := (element.get(key) or "").strip()) and v[:5] != "data:"), ""
        )
        if not address or _FURNITURE.search(name):
            continue
        style = {key.lower(): int(value) for key, value in _STYLE.findall(element.get("style") or "")}
        width = _pixels(element.get("data-w") or element.get("width") or "") or style.get("width", 0)
        height = _pixels(element.get("height") or "") or style.get("height", 0)
        yield Image(address, width, height, one_line(element.get("alt") or ""))


def _pixels(value: str) -> int:
    match = _NUMBER.match(value)
    return int(match[1]) if match else 0


def too_small(image: Image) -> bool:
    """Whether its declared size is that of an icon, an avatar or a tracking dot."""
    return 0 < image.width < SMALLEST or 0 < image.height < SMALLEST


def is_furniture(address: str, alt: str) -> bool:
    """Whether address or alternative text name a logo, an icon, an advert: what is not a picture of the story."""
    path = unquote(urlsplit(address).path)
    return bool(_NO_PHOTOGRAPH.search(path) or _FURNITURE.search(path) or _FURNITURE.search(alt[:40]))


def _base(tree: html.HtmlElement, url: str) -> str:
    stated = next((v for element in tree.iter("base") if (v := (element.get("href") or "").strip())), "")
    return _absolute(url, stated) or url


def _absolute(base: str, address: str) -> str:
    """An http(s) address, or ""."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc and " " not in joined else ""
