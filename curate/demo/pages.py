"""The demo's web pages: articles with all that surrounds an article in life, lists and home pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from curate.demo.content import DemoPiece, DemoSite, moment, plain
from curate.demo.scenery import HEIGHT, WIDTH

_WORDS = {
    "zh": {
        "home": "首页", "about": "关于我们", "hot": "热门阅读", "related": "相关阅读", "share": "分享到",
        "by": "作者：", "login": "登录", "search": "搜索", "contact": "联系我们", "privacy": "隐私政策",
        "letter": "订阅我们的通讯，每周一封，不打扰。", "rights": "本站内容未经许可不得转载",
        "comments": "评论", "none": "暂无评论，欢迎留下你的看法。", "before": "上一篇", "next": "下一篇",
    },
    "en": {
        "home": "Home", "about": "About us", "hot": "Most read", "related": "Read next", "share": "Share",
        "by": "By ", "login": "Sign in", "search": "Search", "contact": "Contact", "privacy": "Privacy",
        "letter": "Get our letter, once a week.", "rights": "All rights reserved",
        "comments": "Comments", "none": "Nobody has commented yet.", "before": "Earlier", "next": "Later",
    },
}  # fmt: skip


def words(site: DemoSite) -> dict[str, str]:
    return _WORDS["en" if site.language.startswith("en") else "zh"]


def body_html(site: DemoSite, piece: DemoPiece) -> str:
    """The piece's own text as HTML; pictures have relative addresses, as many sites write them."""
    out = []
    for block in piece.blocks:
        if block.startswith("## "):
            out.append(f"<h2>{escape(block[3:])}</h2>")
        elif block.startswith("!["):
            caption = escape(block[2:].rstrip("]"))
            out.append(
                f'<figure><img src="/img/{piece.id}.png" width="{WIDTH}" height="{HEIGHT}" alt="{caption}">'
                f"<figcaption>{caption}</figcaption></figure>"
            )
        elif block.startswith("- "):
            out.append(
                "<ul>" + "".join(f"<li>{escape(row[2:])}</li>" for row in block.splitlines()) + "</ul>"
            )
        else:
            out.append(f"<p>{escape(block)}</p>")
    return "\n".join(out)


def _head(site: DemoSite, title: str, extra: str = "") -> str:
    feed = ""
    if site.kind in ("rss20", "rss092", "rdf", "atom", "json") and "hidden" not in site.options:
        kind = {"atom": "application/atom+xml", "json": "application/feed+json"}.get(
            site.kind, "application/rss+xml"
        )
        feed = f'<link rel="alternate" type="{kind}" title="{escape(site.name)}" href="{site.path}">'
    return (
        f'<!DOCTYPE html>\n<html lang="{site.language}">\n<head><meta charset="{site.encoding}">'
        f"<title>{escape(title)}</title>{feed}{extra}"
        "<style>body{max-width:60em;margin:auto;font-family:sans-serif}aside{float:right;width:16em}</style>"
        "<script>window.dataLayer=window.dataLayer||[];</script></head>\n"
    )


def _navigation(site: DemoSite) -> str:
    w = words(site)
    tags = list(dict.fromkeys(tag for piece in site.pieces for tag in piece.tags))[:6]
    links = "".join(f'<li><a href="/tag/{escape(tag)}">{escape(tag)}</a></li>' for tag in tags)
    return (
        f'<header class="site-header"><a class="logo" href="/">{escape(site.name)}</a>'
        f'<nav class="menu"><ul><li><a href="/">{w["home"]}</a></li>{links}'
        f'<li><a href="/login">{w["login"]}</a></li></ul></nav>'
        f'<form action="/search"><input name="q" placeholder="{w["search"]}"></form></header>\n'
    )


def _links(site: DemoSite, pieces: list[DemoPiece], heading: str, css: str) -> str:
    rows = "".join(f'<li><a href="{site.url(p)}">{escape(plain(p.title))}</a></li>' for p in pieces)
    return f'<div class="{css}"><h3>{heading}</h3><ul>{rows}</ul></div>'


def _footer(site: DemoSite) -> str:
    w = words(site)
    return (
        f'<footer class="footer"><p>{w["letter"]}</p><p><a href="/about">{w["about"]}</a> | '
        f'<a href="/contact">{w["contact"]}</a> | <a href="/privacy">{w["privacy"]}</a></p>'
        f"<p>© {escape(site.name)} · {w['rights']}</p></footer>\n</body></html>\n"
    )


def _write_date(site: DemoSite, piece: DemoPiece, now: datetime) -> str:
    when = moment(piece.day, piece.clock, now)
    return f"{when:%d %B %Y, %H:%M}" if site.language.startswith("en") else f"{when:%Y-%m-%d %H:%M}"


def article(site: DemoSite, piece: DemoPiece, shown: tuple[DemoPiece, ...], now: datetime) -> str:
    """An article's page. `classic` sites wrap it in nested divisions without meta data, the others in HTML 5."""
    w, title = words(site), plain(piece.title)
    others = [other for other in shown if other.id != piece.id]
    aside = f"<aside class='sidebar'>{_links(site, others[:5], w['hot'], 'hot')}</aside>"
    related = _links(site, others[5:8] or others[:2], w["related"], "related-posts")
    share = f'<div class="share">{w["share"]} <a href="#">微信</a> <a href="#">微博</a> <a href="#">Email</a></div>'
    body, when = body_html(site, piece), moment(piece.day, piece.clock, now)
    if "classic" in site.options:
        return (
            _head(site, f"{title}_{site.name}")
            + f'<body><div id="wrap">{_navigation(site)}<div class="crumbs"><a href="/">{w["home"]}</a> &gt; '
            f'{escape("/".join(piece.tags))}</div><div class="main"><div class="left"><h1>{escape(title)}</h1>'
            f'<div class="info"><span>{_write_date(site, piece, now)}</span> <span>{w["by"]}{escape(piece.author)}</span>'
            f'</div><div class="content" id="zoom">{body}</div>{share}{related}</div>'
            f'<div class="right">{aside}</div></div></div>' + _footer(site)
        )
    meta = (
        f'<meta name="author" content="{escape(piece.author)}"><meta property="og:title" content="{escape(title)}">'
        f'<meta property="article:published_time" content="{when.isoformat()}">'
        f'<meta name="description" content="{escape(piece.summary)}">'
        f'<link rel="canonical" href="{site.url(piece)}">'
    )
    return (
        _head(site, f"{title} - {site.name}", meta)
        + f"<body>{_navigation(site)}{aside}<main><article><h1>{escape(title)}</h1>"
        f'<p class="byline">{escape(piece.author)} <time datetime="{when.isoformat()}">{_write_date(site, piece, now)}</time>'
        f'</p><div class="entry-content">{body}</div></article>{share}'
        f'<section class="comments"><h3>{w["comments"]}</h3><p>{w["none"]}</p></section>{related}</main>'
        + _footer(site)
    )


def speak_time(when: datetime, at: datetime) -> str:
    """A time as Chinese list pages write it: 35分钟前, 2小时前, 昨天 18:20, 11月21日 08:30."""
    age = at - when
    if age < timedelta(hours=1):
        return f"{max(1, int(age.total_seconds() // 60))}分钟前"
    if age < timedelta(hours=12) and when.date() == at.date():
        return f"{int(age.total_seconds() // 3600)}小时前"
    if when.date() == at.date() - timedelta(days=1):
        return f"昨天 {when:%H:%M}"
    return f"{when.month}月{when.day}日 {when:%H:%M}"


def list_page(site: DemoSite, shown: tuple[DemoPiece, ...], now: datetime, at: datetime) -> str:
    """A page of links without a feed; relative links, times as people say them, a pinned row without a time."""
    rows = ""
    for piece in shown:
        when = "" if "undated" in piece.flags else speak_time(moment(piece.day, piece.clock, now), at)
        rows += (
            f'<li class="news-item"><h3><a href="/a/{piece.id}.html">{escape(plain(piece.title))}</a></h3>'
            f'<p class="intro">{escape(piece.summary)}</p><span class="date">{when}</span></li>\n'
        )
    return (
        _head(site, site.name)
        + f'<body>{_navigation(site)}<div class="banner"><a href="/about">{escape(site.about)}</a></div>'
        f'<ul class="news-list">{rows}</ul><div class="pages"><a href="/list?page=2">2</a></div>'
        + _footer(site)
    )


def home(site: DemoSite, shown: tuple[DemoPiece, ...]) -> str:
    """A site's front page: links, and in its head the address of the feed."""
    return (
        _head(site, site.name)
        + f"<body>{_navigation(site)}<p>{escape(site.about)}</p>"
        + _links(site, list(shown), words(site)["hot"], "list")
        + _footer(site)
    )


def live(site: DemoSite, shown: tuple[DemoPiece, ...], now: datetime) -> str:
    """The one page that all items of a flash-news source link to."""
    rows = "".join(
        f"<li><span>{_write_date(site, piece, now)}</span> <b>{escape(plain(piece.title))}</b>"
        f"<p>{escape(piece.summary)}</p></li>\n"
        for piece in shown
    )
    return _head(site, site.name) + f"<body>{_navigation(site)}<ol class='live'>{rows}</ol>" + _footer(site)
