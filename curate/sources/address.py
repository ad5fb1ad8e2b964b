"""Addresses: made absolute, and freed of what only counts readers.

Only http and https leave this module; anything else (javascript:, data:, mailto:, file:) becomes "".
"""

from __future__ import annotations

import re
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
}
_TRACKING = frozenset(name for names in _TRACKING_BY_ORIGIN.values() for name in names.split())
# Every parameter that begins so: Google Analytics and its imitators, Piwik PRO, Baidu, Alibaba
_TRACKING_PREFIXES = ("utm_", "utm-", "at_medium", "at_campaign", "ns_campaign", "ns_source", "piwik_")
# `from` may mean something; these values are left by WeChat's and Weibo's share buttons, and by feeds.
_SHARED_FROM = {"timeline", "singlemessage", "groupmessage", "appmessage", "message", "qzone", "qq"} | {
    "wechat", "weixin", "weibo", "rss", "feed", "share"
}  # fmt: skip
# A post of an official account is found by these four; scene, chksm, sessionid, key … follow the reader.
_WEIXIN_HOST = "mp.weixin.qq.com"
_WEIXIN_KEPT = {"__biz", "mid", "idx", "sn"}

# Addresses that both functions give back as they are: small letters, no query, no fragment, no default port.
_PLAIN = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?!(?:80|443)/)[1-9]\d{0,3})?/[A-Za-z0-9/._~%:@!$&'()*+,;=-]*"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_UNSAFE = re.compile(r"[ \"<>\\^`{|}]")


def absolute(url: str, *bases: str) -> str:
    """`url` as an http or https address, found from the first base that gives one; "" where none does."""
    if len(url) <= _LONGEST and _PLAIN.fullmatch(url):
        return url
    cleaned = _CONTROL.sub("", url.strip())
    if not cleaned or len(cleaned) > _LONGEST:
        return ""
    for base in ("", *bases):
        try:
            joined = urljoin(base, cleaned) if base else cleaned
            parts = urlsplit(joined)
            if parts.scheme.lower() in ("http", "https") and parts.hostname:
                return joined
        except ValueError:  # an unclosed bracket in the host, for one
            continue
    return ""


def normalise(url: str, fragment: bool = False) -> str:
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
    query = _kept(parts, host)
    kept = parts.fragment if fragment or parts.fragment.startswith(("!", "/")) else ""
    whole = urlunsplit((scheme, netloc, parts.path or "/", query, kept))
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", whole)


def _kept(parts: SplitResult, host: str) -> str:
    """The query without tracking, every other byte of it as it was."""
    if not parts.query:
        return ""
    pieces = [piece for piece in parts.query.replace("&amp;", "&").split("&") if piece]
    if host == _WEIXIN_HOST and any(piece.startswith("__biz=") for piece in pieces):
        return "&".join(piece for piece in pieces if piece.partition("=")[0] in _WEIXIN_KEPT)
    return "&".join(piece for piece in pieces if not _tracks(piece))


def _tracks(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name = unquote(name).lower()
    if name == "from":
        return value.lower() in _SHARED_FROM
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
