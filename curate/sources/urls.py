"""Addresses: mended, made absolute, and freed of what only counts readers.

Only http and https leave this module; anything else (javascript:, data:, mailto:, file:) becomes "".
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_LONGEST = 4096  # characters; longer ones are data, not addresses

# Query parameters that name the reader, the campaign or the button, never the document; by who adds them.
_TRACKING_BY_ORIGIN = {
    "Google Ads and Analytics": "gclid gclsrc gbraid wbraid dclid _ga _gl",
    "Meta, Microsoft, TikTok, X, LinkedIn, Yandex: clicks": "fbclid msclkid ttclid twclid li_fat_id yclid ysclid",
    "Instagram: shares": "igshid igsh",
    "Mailchimp": "mc_cid mc_eid",
    "HubSpot": "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking",
    "Marketo, Drip, Vero, Kit, Omeda": "mkt_tok __s vero_id vero_conv ck_subscriber_id oly_anon_id oly_enc_id",
    "Adobe and Webtrends": "s_cid s_kwcid wt_mc wt.mc_id",
    "Matomo, formerly Piwik": "mtm_campaign mtm_source mtm_medium mtm_keyword pk_campaign pk_source pk_kwd",
    "Alibaba: super position model": "spm scm spm_from ali_trackid",
    "Bilibili": "spm_id_from vd_source share_source share_medium share_plat share_session_id share_tag share_times"
    " unique_k bbid",
    "Zhihu": "utm_psn",
    "Weibo": "weibo_id",
    "Toutiao and 36Kr: share buttons": "share_from share_token share_id share_uid share_user_id shareuid",
    "Xiaohongshu": "xhsshare xsec_source appuid apptime shareredid",
    "WeChat: forwarding": "isappinstalled nsukey sharer_shareid sharer_shareinfo",
    "X: embedded posts": "ref_src ref_url",
    "Baidu Tongji": "hmsr hmpl hmcu hmkw hmci",
    "Sessions of PHP, Java, ColdFusion and ASP": "phpsessid jsessionid cfid cftoken aspsessionid asp.net_sessionid",
}
_TRACKING = frozenset(name for names in _TRACKING_BY_ORIGIN.values() for name in names.split())
# Every parameter that begins so: Google Analytics and its imitators, Piwik PRO, Baidu, Alibaba
_TRACKING_PREFIXES = ("utm_", "utm-", "at_medium", "at_campaign", "ns_campaign", "ns_source", "piwik_")
# `from` may mean something; these values are left by WeChat's and Weibo's share buttons, and by feeds.
_SHARED_FROM = {"timeline", "singlemessage", "groupmessage", "appmessage", "message", "qzone", "qq"} | {
    "wechat", "weixin", "weibo", "rss", "feed", "share"
}  # fmt: skip
# A post of an official account is found by the first four, or by its short link alone. Other pages of the platform, and
# links that are good for some hours (they carry a signature), need what they have; only what follows the reader goes.
_WEIXIN_HOST = "mp.weixin.qq.com"
_WEIXIN_KEPT = {"__biz", "mid", "idx", "sn"}
_WEIXIN_FOUND_BY = {"mid", "idx", "sn"}
_WEIXIN_READERS = {
    "scene", "subscene", "ascene", "chksm", "key", "uin", "pass_ticket", "devicetype", "version", "lang", "nettype", "abtest_cookie", "wx_header",
    "clicktime", "enterid", "sessionid", "click_id", "poc_token", "exportkey", "countrycode", "fontscale", "mpshare", "srcid",
}  # fmt: skip
_SESSION = re.compile(r";[a-z]*sess(?:ion)?_?id=[^/?#]*", re.IGNORECASE)  # in a path

# Addresses that both functions give back as they are: small letters, no query, no fragment, no default port.
_PLAIN = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?!(?:80|443)/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?/[A-Za-z0-9/._~%:@!$&'()*+,=-]*"
)
# What of those `absolute` has to look at all the same.
_SUSPECT = re.compile(r"://(?:https?[:/]|localhost|127\.|0\.0\.0\.0)|.https?:/", re.IGNORECASE)
# One scheme or several, misspelt or not, with as many colons and slashes as somebody typed.
_SCHEMES = re.compile(r"(?:feed:/{0,2})?(?:h{0,2}t{1,3}p(s?)(?:[:：]+[/／]*|[/／]{2,}))+", re.IGNORECASE)
_INNER = re.compile(r"/https?:/{1,2}([^/]+)/", re.IGNORECASE)
# A host and not a file: the ends that no file and hardly any folder has.
_HOST = re.compile(
    r"(?:[a-z0-9][a-z0-9-]*\.)+(?:com|net|org|edu|gov|info|cn|jp|kr|tw|hk|uk|de|fr|xyz|top|site|blog|tech)"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_UNSAFE = re.compile(r"[ \"<>\\^`{|}]")

_PICTURE = re.compile(r"\.(?:ico|png|jpe?g|gif|webp|avif|svg|bmp)$", re.IGNORECASE)


def absolute(url: str, *bases: str) -> str:
    """`url` as an http or https address, found from the first base that gives one; "" where none does.

    What publishers do to addresses is mended: a scheme twice or misspelt, a host without a scheme, the host of their own
    workshop (localhost:4000), for which the first public base stands in.
    """
    if len(url) <= _LONGEST and _PLAIN.fullmatch(url) and not _SUSPECT.search(_behind(url, bases)):
        return url
    cleaned = _with_scheme(_CONTROL.sub("", url.strip()), bases)
    if not cleaned or len(cleaned) > _LONGEST:
        return ""
    for base in ("", *bases):
        try:
            joined = urljoin(base, cleaned) if base else cleaned
            parts = urlsplit(joined)
            if parts.scheme.lower() in ("http", "https") and parts.hostname:
                return _find_public(joined, parts, bases)
        except ValueError:  # an unclosed bracket in the host, for one
            continue
    return ""


def _behind(url: str, bases: tuple[str, ...]) -> str:
    """The address from its path on, where it is of the host that the document itself comes from, which is no slip."""
    root = _root(bases[-1]) if bases else ""
    return url[len(root) - 1 :] if root and url.startswith(root) else url


@lru_cache(maxsize=256)
def _root(url: str) -> str:
    """Scheme, host and port of an address, to the first slash of its path."""
    end = url.find("/", url.find("://") + 3)
    return url[: end + 1] if end > 0 else ""


def home(site: str, document: str) -> str:
    """The address of a source's own site, as its document names it; "" where it names none that the public reaches.

    A feed that names itself for its site has it at the root of its host. A picture is nobody's site, though some
    software names its icon there.
    """
    url = normalize(absolute(site, document)) if site else ""
    if not url or _is_loopback(_host(url)) or _PICTURE.search(urlsplit(url).path):
        return ""
    return urljoin(url, "/") if bare(url) == bare(normalize(document)) else url


def site_root(url: str) -> str:
    """The root of the host that an address names; "" where it names none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/" if parts.hostname else ""


def bare(url: str) -> str:
    """An address without what moves while the page stays: scheme, `www.`, a slash at the end."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _with_scheme(url: str, bases: tuple[str, ...]) -> str:
    """The address with one scheme, where it has any, or where what it begins with is plainly a host."""
    if (found := _SCHEMES.match(url)) and "." in (rest := url[found.end() :]).partition("/")[0]:
        return f"http{found[1].lower()}://{rest}"
    first = url.partition("/")[0].lower()
    hosts = [host.removeprefix("www.") for base in bases if "." in (host := _host(base))]
    is_host = (first.startswith("www.") and first.count(".") > 1) or (
        "." in first and any(first == host or first.endswith(f".{host}") for host in hosts)
    )
    if is_host or ("/" in url and _HOST.fullmatch(first)):
        return f"{'http' if bases and not _is_secure(bases) else 'https'}://{url}"
    return url


def _is_secure(bases: tuple[str, ...]) -> bool:
    """Whether the first public base is served over TLS; true where none is."""
    public = (base for base in bases if _host(base) and not _is_loopback(_host(base)))
    return next(public, "https:").startswith("https:")


def _find_public(url: str, parts: SplitResult, bases: tuple[str, ...]) -> str:
    """The address as the public reaches it."""
    inner = _INNER.search(parts.path)
    if inner and inner[1].lower().removeprefix("www.") in {
        host.removeprefix("www.") for host in (parts.hostname or "", *map(_host, bases))
    }:
        return absolute(url[url.index(inner[0]) + 1 :], *bases)
    if not _is_loopback(parts.hostname or "") or not bases:
        return url
    if any(_is_loopback(_host(base)) and urlsplit(base).port == parts.port for base in bases[-1:]):
        return url  # the feed itself comes from there
    base = urlsplit(next((base for base in bases if _host(base) and not _is_loopback(_host(base))), ""))
    return urlunsplit(parts._replace(scheme=base.scheme, netloc=base.netloc)) if base.netloc else url


@lru_cache(maxsize=256)  # of bases, which all addresses of a document have in common
def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "0.0.0.0", "::1") or host.startswith("127.") or host.endswith(".localhost")


def normalize(url: str, fragment: bool = False) -> str:
    """One spelling for each document: the host in small letters, no default port, no tracking parameters, no
    name and password, no fragment unless it is a route (`#!…`, `#/…`) or `fragment` asks to keep it.

    "" where `url` is not an absolute http or https address. Applying it twice changes nothing.
    """
    if len(url) <= _LONGEST and _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(absolute(url))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host or any(c in host for c in ' %<>"\\^`{|}'):
        return ""
    scheme = parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[scheme]:
        netloc += f":{port}"
    query = _strip_tracking(parts, host)
    kept = parts.fragment if fragment or parts.fragment.startswith(("!", "/")) else ""
    whole = urlunsplit((scheme, netloc, _SESSION.sub("", parts.path) or "/", query, kept))
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", whole)


def _strip_tracking(parts: SplitResult, host: str) -> str:
    """The query without tracking, every other byte of it as it was."""
    if not parts.query:
        return ""
    pieces = [piece for piece in parts.query.replace("&amp;", "&").split("&") if piece]
    if host == _WEIXIN_HOST:
        pieces = _of_weixin(parts.path, pieces)
    return "&".join(piece for piece in pieces if not _tracks(piece))


def _of_weixin(path: str, pieces: list[str]) -> list[str]:
    """What finds a page of WeChat's platform, and keeps it apart from others."""
    if path.startswith("/s/") and len(path) > len("/s/"):
        return []
    names = [piece.partition("=")[0] for piece in pieces]
    if path.rstrip("/") == "/s" and _WEIXIN_FOUND_BY.issubset(names):
        return [piece for name, piece in zip(names, pieces, strict=True) if name in _WEIXIN_KEPT]
    return [piece for name, piece in zip(names, pieces, strict=True) if name.lower() not in _WEIXIN_READERS]


def _tracks(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name = unquote(name).lower()
    if name == "from":
        return value.lower() in _SHARED_FROM
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
