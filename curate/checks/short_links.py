"""Short addresses: services that hide where a link leads, by their hosts, and by the form that they all have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

# Services that are used most; others are known by their form.
HOSTS = frozenset(
    [
        "t.cn",
        "url.cn",
        "dwz.cn",
        "suo.im",
        "suo.nz",
        "w.url.cn",
        "3.cn",
        "u.nu",
        "t.hk",
        "mrw.so",
        "sourl.cn",
        "c1n.cn",
        "985.so",
        "dwz.win",
        "bit.ly",
        "bitly.com",
        "j.mp",
        "tinyurl.com",
        "goo.gl",
        "t.co",
        "ow.ly",
        "is.gd",
        "v.gd",
        "buff.ly",
        "rb.gy",
        "cutt.ly",
        "rebrand.ly",
        "shorturl.at",
        "tiny.cc",
        "lnkd.in",
        "dlvr.it",
        "t.ly",
        "b23.tv",
        "v.douyin.com",
        "m.tb.cn",
        "e.tb.cn",
        "u.jd.com",
        "xhslink.com",
        "sohu.gg",
    ]
)
_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:https?://)?((?:[a-z0-9-]{1,20}\.){1,2}[a-z]{2,4})/([A-Za-z0-9_-]{1,12}(?:\.[A-Za-z0-9]{3,10})?)(?![\w/?=&%#-]|\.\w)",
    re.ASCII,
)
_LONGEST_HOST = 7  # characters, as a.example cannot be: what is shortened has a short host
_DRAWN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])|(?=.*[a-z])(?=.*[A-Z])")  # a path that nobody chose


def find_short_links(text: str) -> Iterator[str]:
    """Every short address in a text."""
    for match in _ADDRESS.finditer(text):
        if _is_short(match[1].lower(), match[2]):
            yield match[0]


def is_short(url: str) -> bool:
    """Whether an address is one."""
    parts = urlsplit(url)
    return bool(parts.hostname) and not parts.query and _is_short(parts.hostname or "", parts.path.strip("/"))


def _is_short(host: str, path: str) -> bool:
    if not path or "/" in path:
        return False
    host = host.removeprefix("www.")
    return host in HOSTS or (len(host) <= _LONGEST_HOST and len(path) <= 10 and bool(_DRAWN.match(path)))
