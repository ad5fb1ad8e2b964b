"""The demo's machine-readable documents: RSS 0.92, 1.0 and 2.0, Atom, JSON Feed and a sitemap, oddities included."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from curate.demo.content import DemoPiece, DemoSite, last_day, moment
from curate.demo.pages import body_html

TRACKING = "utm_source=rss&utm_medium=feed&utm_campaign=daily&spm=a2c.11.0.7"
AHEAD = timedelta(days=2, hours=3)  # how far the flag `future` puts a date


def state_date(piece: DemoPiece, now: datetime) -> datetime | None:
    """The date that the document gives, which is not always when the piece came out."""
    if "undated" in piece.flags:
        return None
    when = moment(piece.day, piece.clock, now)
    return when + AHEAD if "future" in piece.flags else when


def _link(site: DemoSite, piece: DemoPiece) -> str:
    address = site.url(piece)
    if "relative" in site.options:
        address = address.removeprefix(site.base)
    return f"{address}?{TRACKING}" if "tracking" in site.options else address


def _escape_twice(piece: DemoPiece, text: str) -> str:
    return escape(escape(text, {'"': "&quot;"})) if "twice" in piece.flags else escape(text)


def _title(piece: DemoPiece) -> str:
    return _escape_twice(piece, piece.title)


def _tag(name: str, value: str) -> str:
    return f"<{name}>{value}</{name}>" if value else ""


def _rss_date(site: DemoSite, when: datetime | None) -> str:
    if when is None:
        return ""
    return f"{when:%Y-%m-%d %H:%M:%S}" if "naive" in site.options else format_datetime(when)


def _rss_item(site: DemoSite, piece: DemoPiece, now: datetime) -> str:
    guid = "" if "noguid" in site.options else f'<guid isPermaLink="false">{site.id}-{piece.id}</guid>'
    full = f"<content:encoded><![CDATA[{body_html(site, piece)}]]></content:encoded>"
    return "".join(
        (
            "<item>\n",
            _tag("title", _title(piece)),
            _tag("link", escape(_link(site, piece))),
            guid,
            _tag("dc:creator", escape(piece.author)),
            _tag("pubDate", _rss_date(site, state_date(piece, now))),
            "".join(_tag("category", escape(tag)) for tag in piece.tags),
            _tag("description", _escape_twice(piece, piece.summary)),
            full if "full" in site.options else "",
            "\n</item>\n",
        )
    )


def rss20(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """RSS 2.0; guids, dates, links and bodies as the site's options have them."""
    return (
        f'<?xml version="1.0" encoding="{site.encoding}"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{escape(site.name)}</title><link>{site.base}/</link>"
        f"<description>{escape(site.about)}</description><language>{site.language}</language>\n"
        + "".join(_rss_item(site, piece, now) for piece in pieces)
        + "</channel>\n</rss>\n"
    )


def rss092(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """RSS 0.92: a title, a link and a description; no guid and no date for an item."""
    items = "".join(
        f"<item><title>{_title(piece)}</title><link>{escape(_link(site, piece))}</link>"
        f"<description>{escape(piece.summary)}</description></item>\n"
        for piece in pieces
    )
    return (
        '<?xml version="1.0"?>\n<rss version="0.92">\n<channel>\n'
        f"<title>{escape(site.name)}</title><link>{site.base}/</link>"
        f"<description>{escape(site.about)}</description><language>{site.language}</language>\n"
        f"{items}</channel>\n</rss>\n"
    )


def rdf(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """RSS 1.0, with Dublin Core for dates and authors."""
    sequence = "".join(f'<rdf:li rdf:resource="{site.url(piece)}"/>' for piece in pieces)
    items = ""
    for piece in pieces:
        when = state_date(piece, now)
        items += (
            f'<item rdf:about="{site.url(piece)}"><title>{_title(piece)}</title>'
            f"<link>{escape(_link(site, piece))}</link><description>{escape(piece.summary)}</description>"
            f"{_tag('dc:date', when.isoformat() if when else '')}{_tag('dc:creator', escape(piece.author))}"
            f"{''.join(_tag('dc:subject', escape(tag)) for tag in piece.tags)}</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{site.base}{site.path}"><title>{escape(site.name)}</title><link>{site.base}/</link>'
        f"<description>{escape(site.about)}</description><items><rdf:Seq>{sequence}</rdf:Seq></items></channel>\n"
        f"{items}</rdf:RDF>\n"
    )


def atom(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """Atom 1.0 with relative links under xml:base and HTML bodies."""
    newest = max((moment(piece.day, piece.clock, now) for piece in pieces), default=now)
    entries = ""
    for piece in pieces:
        when = state_date(piece, now)
        stamp = when.isoformat() if when else ""
        terms = "".join('<category term="' + escape(tag) + '"/>' for tag in piece.tags)
        entries += (
            f'<entry><title type="html">{_title(piece)}</title>'
            f'<link rel="alternate" type="text/html" href="{escape(_link(site, piece))}"/>'
            f"<id>tag:{site.host},2024:{piece.id}</id>{_tag('published', stamp)}{_tag('updated', stamp)}"
            f"{_tag('author', _tag('name', escape(piece.author)))}"
            f'{terms}<summary type="text">{escape(piece.summary)}</summary>'
            f'<content type="html">{escape(body_html(site, piece))}</content></entry>\n'
        )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}"'
        f' xml:base="{site.base}/">\n<title>{escape(site.name)}</title><id>{site.base}/</id>'
        f'<link rel="self" href="{site.path}"/><link href="{site.base}/"/><updated>{newest.isoformat()}</updated>\n'
        f"{entries}</feed>\n"
    )


def json_feed(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """JSON Feed 1.1."""
    items = []
    for piece in pieces:
        when = state_date(piece, now)
        item: dict[str, object] = {
            "id": f"{site.id}:{piece.id}",
            "url": _link(site, piece),
            "title": piece.title,
            "summary": piece.summary,
            "content_html": body_html(site, piece),
            "tags": list(piece.tags),
            "authors": [{"name": piece.author}] if piece.author else [],
        }
        items.append(item | ({"date_published": when.isoformat()} if when else {}))
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": f"{site.base}/",
        "feed_url": f"{site.base}{site.path}",
        "description": site.about,
        "language": site.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def sitemap(site: DemoSite, pieces: tuple[DemoPiece, ...], now: datetime) -> str:
    """A news sitemap; old pages that are no articles are in it too, and articles whose title only the page has."""
    rows = "".join(
        _tag("url", _tag("loc", site.base + path) + _tag("lastmod", str(last_day(now) - timedelta(days=age))))
        + "\n"
        for path, age in (("/", 400), ("/about", 730))
    )
    for piece in pieces:
        when = state_date(piece, now)
        stamp = when.isoformat() if when else ""
        title = "" if "untitled" in piece.flags else _tag("news:title", _title(piece))
        rows += (
            f"<url><loc>{escape(_link(site, piece))}</loc>{_tag('lastmod', stamp)}<news:news><news:publication>"
            f"<news:name>{escape(site.name)}</news:name><news:language>zh-cn</news:language></news:publication>"
            f"{_tag('news:publication_date', stamp)}{title}</news:news></url>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'
    )


RENDERERS: dict[str, tuple[Callable[[DemoSite, tuple[DemoPiece, ...], datetime], str], str]] = {
    "rss20": (rss20, "application/rss+xml"),
    "rss092": (rss092, "text/xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
    "sitemap": (sitemap, "application/xml"),
}
"""By the kind of a site: what writes its document, and the media type it is sent as."""
