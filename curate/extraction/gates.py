"""Pages that are no article: a gate before the site, a login, a notice, a frame that a script has yet to fill.

Evidence is joined: what the page says (`notices.py`), what it calls itself, where its address has led, whether it repeats
the title that its entry is known by, and what its markup loads.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html

from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.extraction import dom
from curate.extraction.site_layout import agreement
from curate.text.clean import plain
from curate.text.encoding import decode
from curate.text.language import length
from curate.text.lines import letters_of
from curate.text.notices import (
    LONGEST,
    NEVER_TITLES,
    Notice,
    fold_script,
    has_units,
    is_common,
    kind_of,
    kind_of_title,
    notice,
    tells_of_somebody,
    units_of,
)

# Steps of a path, and parts of a host's name, that lead to such pages.
_STEPS = (
    ("blocked", "captcha verify verification challenge antibot antispider sorry validate punish waf robot wappoc_appmsgcaptcha"),
    ("login", "login signin sign_in sign-in log-in logon passport auth authorize oauth oauth2 sso cas register"),
    ("consent", "consent cookie-consent gdpr"),
    ("missing", "404 notfound not-found error_404 error404"),
)  # fmt: skip
_HOSTS = (
    ("blocked", "captcha verify challenge validate sec antispider"),
    ("login", "login passport sso accounts auth signin"),
    ("consent", "consent"),
)
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|jsp|do|action)$")
# What the makers of such gates leave in a page; an article may name them, but does not load them.
_GUARDS = re.compile(
    r"/cdn-cgi/challenge-platform|cf-browser-verification|challenges\.cloudflare\.com|ddos-guard|_incapsula_resource"
    r"|captcha-delivery|px-captcha|perimeterx|geetest|hcaptcha\.com|recaptcha/api|tcaptcha|turing\.captcha|acw_sc__v2"
    r"|aliyunwaf|__jsl_clearance|awswaf|sucuri_cloudproxy|slide-?verify|nc_1_n1z|js_verify",
    re.IGNORECASE,
)
_BARE = 60  # characters or words; with fewer a page has no text worth the name
_EMPTY = 15  # characters or words of a page that waits for its script
_ROOTS = "//*[@id='app' or @id='root' or @id='__next' or @id='__nuxt' or @id='react-root' or @id='main-app']"
_LARGEST = 500_000  # characters of a document that is looked at
_LOOKED_AT = 200_000  # characters of a page without text in which these are looked for
_REPEATED = 0.5  # of a title, from which a page repeats it
_NUMBERED = re.compile(r"[A-Za-z]*\d\w*", re.ASCII)  # of the request, which no two have in common
_SAME = 0.95  # agreement of two texts that are one


class Sighting(NamedTuple):
    """What is known of a page, for `notice_on`."""

    tree: html.HtmlElement
    title: str  # what it calls itself
    text: str  # its main text, "" where none was found
    url: str = ""  # its address after redirects
    asked: str = ""  # the address that was asked for, "" where nobody knows
    known: str = ""  # the title that the entry is known by, "" likewise


def notice_on(page: Sighting) -> Notice | None:
    """What a page is, if it is no article.

    A long main text is believed, but where neither the page's own title nor its address is an article's and the
    entry's title is nowhere on it.
    """
    at = _kind_at(page.url, page.asked)
    repeats = bool(page.known) and _repeats(page)
    is_stranger = bool(page.known) and not repeats
    own = kind_of_title(page.title)
    if length(page.text[: 20 * LONGEST]) > LONGEST:
        kind = own or at or _kind_of_move(page.url, page.asked)
        return notice(kind) if is_stranger and kind else None
    if tells_of_somebody(page.text):
        own = ""  # 浏览器停止支持旧系统 may be news
    title = page.known or ("" if own or is_common(page.title) else page.title)
    if own in NEVER_TITLES and not repeats:  # in whatever language the rest is
        return notice(own)
    if kind := kind_of(page.text, title, doubted=is_stranger):
        return notice(own if own in NEVER_TITLES else kind)
    if length(page.text) >= _BARE and not is_stranger:
        return None
    seen = _visible(page.tree)
    kind = own or kind_of(seen, title, doubted=is_stranger) or at
    if kind in ("", "message") and not repeats and length(page.text) < _BARE:
        kind = _kind_by_structure(page.tree, seen) or kind
    return notice(kind) if kind else None


def notice_of_page(page: Page, asked: str) -> Notice | None:
    """What a whole document is, where something else than an article was due: a feed, a list, a sitemap."""
    try:
        tree = dom.parse(dom.prepare(decode(page.body, page.content_type)[:_LARGEST]))
    except UnreadableError:
        return None
    title = plain(tree.findtext(".//title") or "")
    return notice_on(Sighting(tree, title, "", page.url, asked))


def same_text(one: str, other: str) -> bool:
    """Whether two main texts are one, but for a number or an address in it."""
    one, other = _NUMBERED.sub("", one), _NUMBERED.sub("", other)
    if not 0.9 <= len(one) / max(1, len(other)) <= 1.1:
        return False
    return letters_of(one) == letters_of(other) or agreement(one, other) >= _SAME


def _repeats(page: Sighting) -> bool:
    units = units_of(fold_script(page.known))
    if not units:
        return True  # made of a notice's words alone: nothing to know it by
    for text in (page.title, page.text[: 20 * LONGEST]):
        if has_units(fold_script(text), units, _REPEATED):
            return True
    stated = " ".join(
        page.tree.xpath("//meta[contains(@property, 'title')]/@content | //h1//text() | //title/text()")
    )
    return has_units(fold_script(stated), units, _REPEATED)


def _kind_at(url: str, asked: str) -> str:
    """The kind of a page by its address, where that is not the one that was asked for."""
    if not url or url == asked:
        return ""
    parts, before = urlsplit(unquote(url).lower()), urlsplit(unquote(asked).lower())
    steps = {_SUFFIX.sub("", step) for step in parts.path.split("/")} - {""}
    steps -= {_SUFFIX.sub("", step) for step in before.path.split("/")}
    hosts = set((parts.hostname or "").split(".")[:-2]) - set((before.hostname or "").split("."))
    for table, words in ((_STEPS, steps), (_HOSTS, hosts)):
        for kind, names in table:
            if words.intersection(names.split()):
                return kind
    return ""


def _kind_of_move(url: str, asked: str) -> str:
    """Whether an article's address has led to the front door."""
    return "home" if asked and urlsplit(url).path in ("", "/") and len(urlsplit(asked).path) > 1 else ""


def _kind_by_structure(tree: html.HtmlElement, seen: str) -> str:
    markup = html.tostring(tree, encoding="unicode")[:_LOOKED_AT]
    if _GUARDS.search(markup):
        return "blocked"
    if tree.xpath("//input[@type='password']"):
        return "login"
    if "weui-msg" in markup or "weui_msg" in markup:
        return "message"
    if length(seen) < _EMPTY and tree.xpath("//script") and tree.xpath(_ROOTS):
        return "script"
    return ""


def _visible(tree: html.HtmlElement) -> str:
    body = tree.find("body")
    return plain(html.tostring(tree if body is None else body, encoding="unicode")[:_LOOKED_AT])
