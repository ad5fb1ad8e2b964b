"""What a person pastes as the address of a feed, and when two addresses are one subscription. Pure."""

from __future__ import annotations

import re

from curate.config.validators import trim_address
from curate.sources.urls import normalize

# What stands around an address in a chat or a list: brackets and quotes, and the full stop of its sentence.
_BEFORE = "《〈「『【（“‘<([{\"'`"
_AFTER = "》〉」』】）”’>\"'`、。，；！,;"
_PAIRS = {")": "(", "]": "[", "}": "{"}  # an address may have both within
_WIDE = str.maketrans("：／．？＝＆＃＿－％", ":/.?=&#_-%")
_WIDE_SCHEME = re.compile(r"^(?:https?|feed)[:：][/／]{2}[^/／]*", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:feeds?:(?://)?)?https?://[^\s《》〈〉「」『』【】（）“”‘’<>\"`，。；！、]+", re.IGNORECASE
)
_HOST = re.compile(
    r"(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?(?:[/?#]\S*)?|localhost(?::\d+)?(?:/\S*)?|[\d.]+:\d+(?:/\S*)?"
)


def pasted_address(text: str) -> str:
    """The one address in what was pasted, with its scheme; "" where there is none or more than one.

    Blanks, unseen characters, quotes and brackets around it go, and so does full-width punctuation where an
    address has none. An address without a scheme is read as https.
    """
    bare = _unwrap_address("".join(text.strip().splitlines()))
    bare = _WIDE_SCHEME.sub(lambda match: match[0].translate(_WIDE), bare)
    if bare.lower().startswith(("http://", "https://")) and not re.search(r"\s", bare):
        return bare
    found = list(dict.fromkeys(map(trim_address, _WITHIN.findall(text))))
    if len(found) == 1:
        return _unwrap_address(found[0]).rstrip(".")
    if found or not _HOST.fullmatch(bare.translate(_WIDE)):
        return ""
    return f"https://{bare.translate(_WIDE)}"


def _unwrap_address(text: str) -> str:
    """Without what stands around an address; a closing bracket that was opened within it stays."""
    bare = str(trim_address(text)).lstrip(_BEFORE).rstrip(_AFTER)
    while bare[-1:] in _PAIRS and bare.count(bare[-1]) > bare.count(_PAIRS[bare[-1]]):
        bare = bare[:-1].rstrip(_AFTER)
    return str(trim_address(bare))


def subscription_key(url: str) -> str:
    """The same for all spellings of one feed's address: http and https, with and without www. and a last slash,
    with and without tracking parameters."""
    web = normalize(trim_address(url))
    return web.partition("://")[2].removeprefix("www.").rstrip("/") or url
