"""The pictures of an article: what the page names as its picture, then those inside the main text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from curate.domain.errors import UnreadableError
from curate.domain.model import Image
from curate.extraction.document import PageTree
from curate.extraction.dom import parse, prepare
from curate.extraction.image_elements import image_address, words_beside
from curate.text.clean import one_line
from curate.text.lines import letters_of

MOST = 20  # pictures of one article
SMALLEST = 100  # pixels of a side; icons, avatars and tracking dots are smaller

# Words in an address, a class or an alternative text that name what is not a picture of the story.
_FURNITURE = re.compile(
    r"(?:^|[^a-z])(?:logos?|icons?|favicon|avatars?|gravatar|head_?img|qr_?codes?|ewm|erweima|sprites?|pixel|"
    r"tracking|tracker|beacon|spacer|blank|transparent|loading|placeholder|emoji|emoticons?|smil(?:ey|ies)|"
    r"buttons?|btn|share|badges?|captcha|banner_ad|def_head|ads?|advert\w*|1x1|grey|gray|wx_?code|wechat_?code|"
    r"mini_?code|scan(?:me|_code))(?=[^a-z]|\d|$)"
    r"|/templates?/|/default[\w-]*\.\w+$|doubleclick|google-analytics|feedburner|scorecardresearch|二维码|头像|图标",
    re.IGNORECASE,
)
_NO_PHOTOGRAPH = re.compile(r"\.(?:svg|ico|cur)$", re.IGNORECASE)
# A picture of a formula: by what drew it, by the class that typesetters give it, or by TeX as its text.
_FORMULA_ADDRESS = re.compile(
    r"/(?:equation|mathtex|mimetex|latex|tex|render/svg|math/render)\b|codecogs\.|[?&](?:tex|latex|formula)=",
    re.IGNORECASE,
)
_FORMULA_NAME = re.compile(
    r"(?:^|[^a-z])(?:equation|mathjax|katex|latex|mwe-math|formula|math)", re.IGNORECASE
)
_FORMULA_TEXT = re.compile(r"\\[a-z]{2,}|\\[(\[]|[_^]\{|^\$.*\$$|^[\w\s()+\-*/]{1,20}=[^=]*\^")
# Words that ask to scan a code, to follow, to join: on the picture's own text, its caption, or what stands next to it.
_CODE = r"(?:二[维維]码|二維碼|小程序码|小程序碼|群码|名片|qr[\s_-]?code)"
_SCAN = re.compile(
    rf"[扫掃](?:一[扫掃]|描)|[扫掃][码碼](?:关注|關注|加|进|進|入|添|订|訂|领|領|看|查|下载|下載|咨|报|報|了解|获|獲|二|即|联|聯|$)"
    rf"|(?:请|請|微信|欢迎|歡迎|长按|長按)\S{{0,3}}[扫掃][码碼]"
    rf"|(?:长|長)按\S{{0,8}}(?:[识識][别別]|[扫掃]|图片|圖片|关注|關注|保存|{_CODE})"
    rf"|[识識][别別]\S{{0,4}}{_CODE}|(?:^|[^\w]|[请請快来來]|欢迎|歡迎)(?:关注|關注|添加|加入)\S{{0,12}}(?:公[众眾][号號]|微信|{_CODE})"
    rf"|(?:点击|點擊)?(?:上|下|左|右)方\S{{0,4}}{_CODE}|(?:加|进|進|入)(?:读者|交流|粉丝|微信)*群"
    rf"|^\S{{0,8}}{_CODE}$|\b(?:scan (?:the|this|me|to|with)|follow us)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_BLOCKS = ("p", "div", "section", "li", "blockquote", "td", "h2", "h3", "span", "pre")
_PARAGRAPHS = ("p", "section", "blockquote", "pre")
_BEGINNING = 8  # letters by which most elements are passed over at once
_GLANCE = 64  # characters that have as many letters, where an element begins with text
_MAJORITY = 0.8  # of the main text that the element must hold in which pictures are looked for


class _Named(NamedTuple):
    """A picture as a page names it, and what it says of it there, a line a text."""

    image: Image
    words: str = ""


def find(page: PageTree, url: str, paragraphs: set[str]) -> tuple[Image, ...]:
    """Absolute addresses without doubles, at most MOST; `paragraphs` holds the letters of the text's lines."""
    container = _container(page.tree, paragraphs)
    inside = container.iter("img") if container is not None else ()
    return _fit((*_list_stated(page.meta, page.about), *_inside(inside)), _base(page.tree, url))


def beside(
    meta: dict[str, str], about: Sequence[dict[str, Any]], markup: str, url: str, base: str = ""
) -> tuple[Image, ...]:
    """The same where the main text's element is known, as HTML; `base` as the page says it."""
    return _fit((*_list_stated(meta, about), *_inside(_pictures(markup))), _absolute(url, base) or url)


def in_markup(markup: str, url: str) -> tuple[Image, ...]:
    """The pictures inside the HTML that a feed sends as an entry's body, by the same measure."""
    return _fit(_inside(_pictures(markup)), url)


def _pictures(markup: str) -> Iterator[html.HtmlElement]:
    if "<img" not in markup.lower():
        return
    with suppress(UnreadableError):
        yield from parse(prepare(markup)).iter("img")


def _fit(named: Iterable[_Named], base: str) -> tuple[Image, ...]:
    """What may be a picture of the story. One that asks to be scanned where it stands is none in the page's head."""
    every = [one._replace(image=replace(one.image, url=_absolute(base, one.image.url))) for one in named]
    refused = {"", *(one.image.url for one in every if asks_to_be_scanned(one.words))}
    found: dict[str, Image] = {}
    for image, _ in every:
        if (
            image.url in refused
            or image.url in found
            or too_small(image)
            or is_furniture(image.url, image.alt)
        ):
            continue
        found[image.url] = image
    return tuple(found.values())[:MOST]


def _list_stated(meta: dict[str, str], about: Sequence[dict[str, Any]]) -> Iterator[_Named]:
    for key in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        if meta.get(key):
            width, height = meta.get("og:image:width", ""), meta.get("og:image:height", "")
            image = Image(meta[key], _pixels(width), _pixels(height), meta.get("og:image:alt", ""))
            yield _Named(image, image.alt)
            break
    for thing in about[:1]:
        value = thing.get("image")
        for one in value[:3] if isinstance(value, list) else [value]:
            address = one.get("url") if isinstance(one, dict) else one
            if isinstance(address, str):
                yield _Named(Image(address))


def _container(tree: html.HtmlElement, paragraphs: set[str]) -> html.HtmlElement | None:
    """The deepest element that holds most of the main text; other blocks count where paragraphs are not most of it."""
    found = _blocks_of(tree, _PARAGRAPHS, paragraphs)
    if sum(map(len, found)) < _MAJORITY * sum(map(len, paragraphs)):
        found = _blocks_of(tree, _BLOCKS, paragraphs)
    weight: dict[html.HtmlElement, int] = {}
    for letters, element in found.items():
        for ancestor in element.iterancestors():
            weight[ancestor] = weight.get(ancestor, 0) + len(letters)
    most = _MAJORITY * sum(map(len, found))
    holders = [element for element, held in weight.items() if held >= most]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _blocks_of(
    tree: html.HtmlElement, tags: Iterable[str], paragraphs: set[str]
) -> dict[str, html.HtmlElement]:
    """The first element of these tags that holds a paragraph and nothing else, by the paragraph's letters."""
    found: dict[str, html.HtmlElement] = {}
    longest = max(map(len, paragraphs), default=0)
    beginnings = {paragraph[:_BEGINNING] for paragraph in paragraphs}
    for element in tree.iter(*tags):
        letters = _letters(element, longest, beginnings)
        if letters in paragraphs:
            found.setdefault(letters, element)
    return found


def _letters(element: html.HtmlElement, most: int, beginnings: set[str]) -> str:
    """Letters and digits inside; "" where there are more than `most`, or where they begin as no paragraph does."""
    letters = letters_of((element.text or "")[:_GLANCE])
    if len(letters) >= _BEGINNING and letters[:_BEGINNING] not in beginnings:
        return ""  # most are passed over here
    letters = ""
    try:
        for piece in element.itertext():
            if piece.isspace():
                continue
            was_short = len(letters) < _BEGINNING
            letters += letters_of(piece)
            if len(letters) > most:
                return ""
            if was_short and len(letters) >= _BEGINNING and letters[:_BEGINNING] not in beginnings:
                return ""
    except UnicodeDecodeError:  # libxml2 may let a broken byte through
        return ""
    return letters


def _inside(elements: Iterable[html.HtmlElement]) -> Iterator[_Named]:
    for element in elements:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        address = image_address(dict(element.attrib))
        if not address or _FURNITURE.search(name) or _FORMULA_NAME.search(name) or element.get("eeimg"):
            continue
        style = {key.lower(): int(value) for key, value in _STYLE.findall(element.get("style") or "")}
        width = _pixels(element.get("data-w") or element.get("width") or "") or style.get("width", 0)
        height = _pixels(element.get("height") or "") or style.get("height", 0)
        alt = one_line(element.get("alt") or "")
        yield _Named(Image(address, width, height, alt), f"{alt}\n{words_beside(element)}")


def _pixels(value: str) -> int:
    match = _NUMBER.match(value)
    return int(match[1]) if match else 0


def too_small(image: Image) -> bool:
    """Whether its declared size is that of an icon, an avatar or a tracking dot."""
    return 0 < image.width < SMALLEST or 0 < image.height < SMALLEST


def is_furniture(address: str, alt: str) -> bool:
    """Whether address or alternative text name a logo, an icon, an advert: what is not a picture of the story."""
    path = unquote(urlsplit(address).path)
    if _NO_PHOTOGRAPH.search(path) or _FURNITURE.search(path) or _FURNITURE.search(alt[:40]):
        return True
    formula = _FORMULA_ADDRESS.search(unquote(address)) or _FORMULA_TEXT.search(alt)
    return bool(formula) or asks_to_be_scanned(f"{alt}\n{path.rsplit('/', 1)[-1]}")


def asks_to_be_scanned(words: str) -> bool:
    """Whether what is said of a picture, a line a text, asks to scan it: another account's code, or a shop's."""
    return any(_SCAN.search(line.strip()) for line in words.split("\n"))


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
