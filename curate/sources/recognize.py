"""TABLE of platforms: the feed, or the RSSHub route, behind the address of a channel, a person, a column or a repository.

A platform's pages often name no feed, though there is one by rule (YouTube, GitHub, Substack) or RSSHub has a route for it
(docs.rsshub.app). A row is a host, what stands behind it, and what that is read by. Pure: nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_SCHEME = re.compile(r"^rsshub:(?://)?/*([^/\s].*)$", re.IGNORECASE)


class Recognized(NamedTuple):
    """What an address is read by: the `url` of a feed, or the `route` of an RSSHub; `refusal` where it is neither: the key
    of what to say (i18n, `discover.…`). The others are "". `page`: the page itself may name its feed, which is better than
    the route."""

    url: str = ""
    route: str = ""
    refusal: str = ""
    page: bool = False


class Link(NamedTuple):
    """An address in parts: its host without www., m. and the like, its path without a last slash, the first value of each parameter."""

    host: str
    path: str
    query: dict[str, str]


class Platform(NamedTuple):
    """A row: which hosts (a whole match), which paths, and what is read there, by the groups of both matches together."""

    host: str
    path: str
    find: Callable[[tuple[str, ...], Link], Recognized | None]


def _feed(form: str) -> Callable[[tuple[str, ...], Link], Recognized]:
    return lambda parts, _: Recognized(url=form.format(*parts))


def _route(form: str) -> Callable[[tuple[str, ...], Link], Recognized]:
    return lambda parts, _: Recognized(route=form.format(*parts))


def _page_or_route(form: str) -> Callable[[tuple[str, ...], Link], Recognized]:
    return lambda parts, _: Recognized(route=form.format(*parts), page=True)


def _refusal(key: str) -> Callable[[tuple[str, ...], Link], Recognized]:
    return lambda _, __: Recognized(refusal=key)


def _playlist(_: tuple[str, ...], link: Link) -> Recognized | None:
    id_ = link.query.get("list", "")
    usable = re.fullmatch(r"[\w-]+", id_)
    return Recognized(url=f"https://www.youtube.com/feeds/videos.xml?playlist_id={id_}") if usable else None


def _album(_: tuple[str, ...], link: Link) -> Recognized:
    biz, album = link.query.get("__biz", ""), link.query.get("album_id", "")
    known = re.fullmatch(r"[\w+/=-]+", biz) and album.isdigit()
    return Recognized(route=f"/wechat/mp/msgalbum/{biz}/{album}") if known else Recognized(refusal="wechat")


def _homepage(_: tuple[str, ...], link: Link) -> Recognized:
    parts = [link.query.get(key, "") for key in ("__biz", "hid", "cid")]
    known = re.fullmatch(r"[\w+/=-]+", parts[0]) and parts[1].isdigit()
    route = "/".join(("/wechat/mp/homepage", *parts[: 3 if parts[2].isdigit() else 2]))
    return Recognized(route=route) if known else Recognized(refusal="wechat")


_NOT_OWNERS = "about|apps|collections|customer-stories|enterprise|explore|features|login|marketplace|new|notifications|orgs|pricing|search|settings|signup|site|sponsors|topics|trending"  # fmt: skip
_NOT_CHANNELS = "addstickers|addtheme|boost|bg|c|iv|proxy|setlanguage|share|socks"
_WEIBO_PAGES = "ajax|hot|login|newlogin|search|set|signup|tv|p|ttarticle"

PLATFORMS: tuple[Platform, ...] = (
    Platform(
        r"youtube\.com",
        r"/channel/(UC[\w-]{22})(?:/.*)?",
        _feed("https://www.youtube.com/feeds/videos.xml?channel_id={}"),
    ),
    Platform(r"youtube\.com", r"/playlist", _playlist),
    Platform(
        r"youtube\.com",
        r"/user/([\w.-]+)(?:/.*)?",
        _feed("https://www.youtube.com/feeds/videos.xml?user={}"),
    ),
    Platform(r"youtube\.com", r"/(@[^/\s]+)(?:/.*)?", _page_or_route("/youtube/user/{}")),
    Platform(r"space\.bilibili\.com", r"/(\d+)/(?:article|upload/opus|opus).*", _route("/bilibili/user/article/{}")),
    Platform(r"space\.bilibili\.com", r"/(\d+)/dynamic.*", _route("/bilibili/user/dynamic/{}")),
    Platform(r"space\.bilibili\.com", r"/(\d+)(?:/.*)?", _route("/bilibili/user/video/{}")),
    Platform(r"bilibili\.com", r"/space/(\d+)(?:/.*)?", _route("/bilibili/user/video/{}")),
    Platform(r"bilibili\.com", r"/bangumi/media/md(\d+)", _route("/bilibili/bangumi/media/{}")),
    Platform(r"live\.bilibili\.com", r"/(?:h5/)?(\d+)", _route("/bilibili/live/room/{}")),
    Platform(r"github\.com", rf"/(?!(?:{_NOT_OWNERS})/)([\w-]+)/([\w.-]+?)(?:\.git)?/tags", _feed("https://github.com/{}/{}/tags.atom")),
    Platform(
        r"github\.com",
        rf"/(?!(?:{_NOT_OWNERS})/)([\w-]+)/([\w.-]+?)(?:\.git)?/commits/([^\s]+?)(?:\.atom)?",
        _feed("https://github.com/{}/{}/commits/{}.atom"),
    ),
    Platform(
        r"github\.com",
        rf"/(?!(?:{_NOT_OWNERS})/)([\w-]+)/([\w.-]+?)(?:\.git)?(?:/releases(?:/.*)?)?",
        _feed("https://github.com/{}/{}/releases.atom"),
    ),
    Platform(r"(?!www\.|open\.)([\w-]+)\.substack\.com", r".*", _feed("https://{}.substack.com/feed")),
    Platform(r"substack\.com", r"/@([\w-]+)(?:/.*)?", _feed("https://{}.substack.com/feed")),
    Platform(r"medium\.com", r"/(@[\w.-]+)(?:/.*)?", _feed("https://medium.com/feed/{}")),
    Platform(r"(?:old\.)?reddit\.com", r"/r/(\w+)(?:/.*)?", _feed("https://www.reddit.com/r/{}/.rss")),
    Platform(r"(?:t|telegram)\.me|telegram\.dog", r"/(?:\+.*|joinchat/.*)", _refusal("invitation")),
    Platform(
        r"(?:t|telegram)\.me|telegram\.dog",
        rf"/(?:s/)?(?!(?:{_NOT_CHANNELS})(?:/|$))([A-Za-z]\w{{3,31}})(?:/\d+)?",
        _route("/telegram/channel/{}"),
    ),
    Platform(r"xiaoyuzhoufm\.com", r"/podcast/([0-9a-f]{24})", _route("/xiaoyuzhou/podcast/{}")),
    Platform(r"xiaoyuzhoufm\.com", r"/episode/.*", _refusal("episode")),
    Platform(r"zhuanlan\.zhihu\.com", r"/(?!p(?:/|$)|write|api)([\w-]+)", _route("/zhihu/zhuanlan/{}")),
    Platform(r"zhihu\.com", r"/column/([\w-]+)", _route("/zhihu/zhuanlan/{}")),
    Platform(r"zhihu\.com", r"/people/([\w.-]+)/answers", _route("/zhihu/people/answers/{}")),
    Platform(r"zhihu\.com", r"/(people|org)/([\w.-]+)/posts", _route("/zhihu/posts/{}/{}")),
    Platform(r"zhihu\.com", r"/people/([\w.-]+)(?:/.*)?", _route("/zhihu/people/activities/{}")),
    Platform(r"zhihu\.com", r"/org/([\w.-]+)(?:/.*)?", _route("/zhihu/posts/org/{}")),
    Platform(r"zhihu\.com", r"/question/(\d+)(?:/.*)?", _route("/zhihu/question/{}")),
    Platform(r"zhihu\.com", r"/collection/(\d+)", _route("/zhihu/collection/{}")),
    Platform(r"zhihu\.com", r"/topic/(\d+)(?:/.*)?", _route("/zhihu/topic/{}")),
    Platform(r"zhihu\.com", r"/hot", _route("/zhihu/hot")),
    Platform(r"daily\.zhihu\.com", r"", _route("/zhihu/daily")),
    Platform(r"weibo\.(?:com|cn)", r"/(?:u/|profile/)?(\d{5,})(?:/.*)?", _route("/weibo/user/{}")),
    Platform(r"weibo\.com", rf"/(?!(?:{_WEIBO_PAGES})(?:/|$))[\w.-]+", _refusal("weibo_name")),
    Platform(r"xiaohongshu\.com", r"/user/profile/([0-9a-f]{24})", _route("/xiaohongshu/user/{}/notes")),
    Platform(r"juejin\.cn", r"/user/(\d+)(?:/.*)?", _route("/juejin/posts/{}")),
    Platform(r"juejin\.cn", r"/column/(\d+)", _route("/juejin/column/{}")),
    Platform(r"jianshu\.com", r"/u/([\da-f]+)", _route("/jianshu/user/{}")),
    Platform(r"douban\.com", r"/people/([\w.-]+)/status(?:es)?", _route("/douban/people/{}/status")),
    Platform(r"douban\.com", r"/group/([\w.-]+)", _route("/douban/group/{}")),
    Platform(r"mp\.weixin\.qq\.com", r"/mp/appmsgalbum", _album),
    Platform(r"mp\.weixin\.qq\.com", r"/mp/homepage", _homepage),
    Platform(r"(?:.+\.)?weixin\.qq\.com", r".*", _refusal("wechat")),
)  # fmt: skip


def recognize_link(address: str) -> Recognized | None:
    """What an address is read by, by the first row that knows it; None where none does."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    link = Link(re.sub(r"^(?:www|m|mobile|web|h5)\.", "", host), parts.path.rstrip("/"), query)
    for row in PLATFORMS:
        on, at = re.fullmatch(row.host, link.host), re.fullmatch(row.path, link.path)
        found = row.find((*on.groups(), *at.groups()), link) if on and at else None
        if found is not None:
            return found
    return None


def rsshub_route(text: str) -> str:
    """The route of an address such as rsshub://zhihu/daily, which readers with an RSSHub of their own write; "" for others."""
    found = _SCHEME.match(text.strip())
    route = f"/{found[1]}" if found else ""
    return "" if re.search(r"\s|\$\{", route) else route
