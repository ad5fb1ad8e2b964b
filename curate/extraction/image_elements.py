"""An `img` element -> the address of the picture it shows in the end, and the words beside it.

Pages load pictures late: `src` holds a placeholder or nothing, and the address stands in an attribute whose name every
site chooses for itself (data-src, data-lazyload, data-echo, lazy-src, zoomfile, _src …). So attributes are judged by
what is in them, and their names only decide between several that hold an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import html

from curate.extraction.dom import text_of

WIDEST = 1600  # pixels; of a `srcset` the widest up to this is taken, for no post shows more
_NEAR = 60  # characters; a longer text beside a picture is a paragraph, not a word about it

_PLACEHOLDER = re.compile(
    r"(?:^|[^a-z])(?:blank|load(?:ing|er)|lazy(?:load)?|spacer|gr[ae]y|placeholder|transparent|pixel|1x1|default|"
    r"empty|dot|clear|none|bg)(?=[^a-z]|$)[^/]*$",
    re.IGNORECASE,
)
# The same as the whole name of a small drawing: there is no picture behind it.
_NOTHING = re.compile(
    r"(?:^|/)(?:blank|loading|lazy(?:load)?|spacer|gr[ae]y|placeholder|transparent|pixel|1x1|none|empty|dot|clear)"
    r"[\d_-]*\.(?:gif|png|svg)$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|heic)(?:$|[!@_?])", re.IGNORECASE)
_QUERY_KIND = re.compile(r"(?:^|[?&,_/])(?:wx_fmt|fmt|format|imageview2|x-oss-process)\b", re.IGNORECASE)
_LATE = re.compile(r"src|original|lazy|echo|actual|real", re.IGNORECASE)  # names of loaders
_LARGER = re.compile(
    r"orig[-_]|zoom|retina|hi-?res|large|medium|full|big|2x", re.IGNORECASE
)  # of another size
_SET = re.compile(r"srcset", re.IGNORECASE)
# What holds an address of something else: a link, another person's face, what is shown when all fails.
_OTHER = re.compile(
    r"^(?:alt|title|class|id|style|href|srcset|src|usemap|name|onerror|sizes|cite|longdesc)$"
    r"|href|link|page|error|fallback|default|placeholder|avatar|blank|loading|poster|video|lqip|blur|tiny",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")


def image_address(attributes: Mapping[str, str | None]) -> str:
    """The address of the picture as the page writes it, "" where there is none but a placeholder."""
    given = {name.lower(): (value or "").strip() for name, value in attributes.items()}
    src = given.get("src", "")
    late = [
        (name, value) for name, value in given.items() if not _OTHER.search(name) and _may_be(name, value)
    ]
    named = [value for name, value in late if _LATE.search(name) and not _LARGER.search(name)]
    if named:
        return next((value for value in named if not is_placeholder(value)), named[0])
    if src and not is_placeholder(src):
        return src
    sets = [widest(value) for name, value in given.items() if _SET.search(name)]
    others = (
        *sets,
        *(value for _, value in late),
        "" if src[:5].lower() == "data:" or _NOTHING.search(_path(src)) else src,
    )
    return next((address for address in others if address), "")


def is_placeholder(address: str) -> bool:
    """Whether the address is that of what a page shows until its pictures are there."""
    if address[:5].lower() in ("data:", "about") or address in ("#", "/"):
        return True
    return bool(_PLACEHOLDER.search(unquote(_path(address)).rsplit("/", 1)[-1]))


def widest(srcset: str) -> str:
    """The address of a `srcset` with the widest picture up to WIDEST, else the narrowest above it."""
    found: list[tuple[float, str]] = []
    for address, size, unit in _CANDIDATE.findall(srcset):
        if not is_placeholder(address):
            found.append(
                (float(size or 1) * (1 if unit == "w" else 400) if size.count(".") < 2 else 0, address)
            )
    fit = [one for one in found if one[0] <= WIDEST]
    return max(fit, key=lambda one: one[0])[1] if fit else min(found, default=(0.0, ""))[1]


def words_beside(element: html.HtmlElement) -> str:
    """What is said of the picture next to it: its caption, and short texts in its block, before it and after it."""
    return "\n".join(text for text in _texts_beside(element) if 0 < len(text) <= _NEAR)


def _texts_beside(element: html.HtmlElement) -> Iterator[str]:
    block = element
    for (
        parent
    ) in element.iterancestors():  # the largest element that holds the picture and nothing said at length
        if parent.tag in ("body", "article", "html") or len(text_of(parent, _NEAR)) > _NEAR:
            break
        block = parent
    yield (
        text_of(block, _NEAR) + " " + (element.tail or "").strip()
        if block is element
        else text_of(block, _NEAR)
    )
    for other in (block.getprevious(), block.getnext()):
        if other is not None and isinstance(other.tag, str):
            yield text_of(other, _NEAR)


def _may_be(name: str, value: str) -> bool:
    """Whether an attribute's value looks like the address of a picture."""
    if not value or len(value) > 2000 or any(c.isspace() for c in value) or value[0] in "{[<(":
        return False
    if value[:5].lower() == "data:" or _SET.search(name):
        return False
    if _FILE.search(_path(value)) or ("/" in value and _QUERY_KIND.search(value)):
        return True
    # an address without a file's ending is a picture's only where the attribute says so
    return bool(_LATE.search(name)) and value.startswith(("http://", "https://", "//", "/"))


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
