"""Addresses that only lead on to another: the one they lead to, where it is written in them.

    https://www.google.com/url?sa=t&url=https://harbour.example/1&ct=ga   ->   https://harbour.example/1

What makes an address a redirector is told by two things at once: a word of leaving in its host or path, and a whole
address in its query. No list of hosts could keep up. Pure: nothing is asked of any network.
"""

from __future__ import annotations

import base64
import re
from binascii import Error
from urllib.parse import parse_qsl, unquote, urlsplit

_DEEPEST = 4  # redirectors in redirectors
_LEAVING = {
    "url", "link", "links", "link2", "redirect", "redirects", "redirector", "redirection", "redir", "jump", "jumpto", "go", "goto", "golink", "gotolink",
    "goout", "out", "outbound", "outlink", "away", "exit", "leave", "leaving", "click", "clicks", "clickthru", "apiclick", "middle", "middlem", "safecheck",
    "safelink", "safelinks", "gate", "middleb", "middlepage", "href", "linkfilter", "sinaurl", "external", "forward", "transfer", "track", "tracking", "ck", "l",
}  # fmt: skip
_WORDS = re.compile(r"[^a-z0-9]+")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]", re.IGNORECASE)
_ESCAPED = re.compile(r"https?%3a", re.IGNORECASE)
_BASE64 = re.compile(r"aHR0c[A-Za-z0-9+/_-]+={0,2}")  # "http", encoded
# Google's and the AMP project's copies of pages: the page's own address follows.
_COPY = re.compile(r"/(?:amp|[acv])/(s/)?([^/]+\.[^/]+/.+)")
_COPIES = re.compile(r"(?:www|news)\.google\.[a-z.]+|.+\.cdn\.ampproject\.org")
_BEHIND = re.compile(r"(?<=[^/]/)(https?(?:://|%3a%2f%2f).+)", re.IGNORECASE)
_YAHOO = re.compile(
    r"/RU=(https?(?:://|%3a%2f%2f)[^/]+(?:/(?!R[KS]=)[^/]*)*)/R[KS]=", re.IGNORECASE
)  # in its search
# Google News wrote the address into the article's name until 2024: protocol buffers in base64.
_GOOGLE_NEWS = re.compile(r"/(?:rss/|__i/rss/rd/)?(?:articles|read)/(CB[A-Za-z0-9_-]{20,})")
_IN_BYTES = re.compile(rb"https?://[\x21-\x7e]+")


def unwrap(url: str) -> str:
    """Where an absolute address leads to, if it is a redirector that says so; else the address as it is."""
    for _ in range(_DEEPEST):
        target = _target(url)
        if not target:
            break
        url = target
    return url


def _target(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if _ADDRESS.match(bare := unquote(parts.query)):
        return bare
    if _leads_on(host, parts.path):
        return _in_query(parts.query) or _in_path(url)
    if searched := _YAHOO.search(parts.path):
        return unquote(searched[1])
    if host == "news.google.com" and (named := _GOOGLE_NEWS.match(parts.path)):
        return _in_name(named[1])
    copied = _COPY.fullmatch(parts.path) if _COPIES.fullmatch(host) else None
    return f"http{'s' if copied[1] else ''}://{copied[2]}" if copied else ""


def _leads_on(host: str, path: str) -> bool:
    """Whether the host's own label, or a word of the path, says that one leaves here."""
    labels = host.split(".")[:-2] or [host]
    return not _LEAVING.isdisjoint([word for label in labels for word in _WORDS.split(label)]) or (
        not _LEAVING.isdisjoint(_WORDS.split(path.lower()))
    )


def _in_query(query: str) -> str:
    """The first whole address among the values."""
    for _name, value in parse_qsl(query.replace("&amp;", "&")):
        plain = unquote(value) if _ESCAPED.match(value) else value
        if plain.startswith("//"):
            plain = f"https:{plain}"
        if _BASE64.fullmatch(plain):
            plain = _decode_base64(plain).decode("utf-8", "replace")
        if _ADDRESS.match(plain):
            return plain
    return ""


def _in_path(url: str) -> str:
    """What stands behind the path: `https://site.example/away/https://other.example/1`."""
    found = _BEHIND.search(url)
    return unquote(found[1]) if found and _ADDRESS.match(unquote(found[1])) else ""


def _in_name(name: str) -> str:
    found = _IN_BYTES.search(_decode_base64(name))
    return found[0].decode("ascii") if found else ""


def _decode_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_")
    except (Error, ValueError):
        return b""
