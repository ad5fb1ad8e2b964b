"""What makes the site an app and lets machines find it: style, scripts, manifest, worker, icons, sitemap, robots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree

from curate.images.icon import icon, icon_svg
from curate.render.color import write_color
from curate.render.templating import require_template
from curate.render.theme import Palette
from curate.site import paths
from curate.site.index_cards import Card
from curate.site.pages import Page, Site, months

STYLE, APP, FINDER, WORKER = "site/style.css", "site/app.js", "site/search.js", "site/worker.js"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SHORT_NAME = 12  # characters under an icon, as the manifest's standard advises


def make_pwa(
    site: Site, palette: Palette, templates: Mapping[str, str], cards: Collection[Card]
) -> Iterator[Page]:
    """All of it; of the sitemaps only the months of `cards`."""
    language = site.account.language
    style = palette.rule() + "\n" + require_template(templates, STYLE, language)
    assets = {
        paths.STYLE: style.encode(),
        paths.APP: require_template(templates, APP, language).encode(),
        paths.FINDER: require_template(templates, FINDER, language).encode(),
        paths.ICON: icon_svg(write_color(palette.solid)).encode(),
        paths.MANIFEST: _manifest(site, write_color(palette.solid)),
        **{path: icon(size, write_color(palette.solid)) for size, path in paths.ICONS.items()},
    }
    yield from assets.items()
    yield paths.WORKER, _worker(site, assets, require_template(templates, WORKER, language))
    if site.url:
        yield from _sitemaps(site, {card.month for card in cards})
    where = f"Sitemap: {paths.absolute(site.url, paths.SITEMAP)}\n" if site.url else ""
    yield paths.ROBOTS, f"User-agent: *\nAllow: /\n{where}".encode()


def _manifest(site: Site, color: str) -> bytes:
    account = site.account
    made = {
        "name": account.name,
        "short_name": account.name[:_SHORT_NAME],
        "description": account.positioning,
        "lang": "en" if account.language == "en" else "zh-CN",
        "id": "./",
        "start_url": "./" + paths.HOME,
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": color,
        "icons": [
            {"src": paths.ICON, "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": path, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for size, path in paths.ICONS.items()
                for purpose in ("any", "maskable")
            ),
        ],
    }
    return (json.dumps({k: v for k, v in made.items() if v}, ensure_ascii=False, indent=1) + "\n").encode()


def _worker(site: Site, assets: Mapping[str, bytes], script: str) -> bytes:
    """The service worker, with the list of what is kept from the start: the shell and all of the newest issue."""
    kept = [paths.HOME, paths.OFFLINE, paths.ISSUES, paths.TOPICS, paths.SEARCH, paths.STYLE, paths.APP, paths.FINDER,
            paths.MANIFEST, paths.ICON]  # fmt: skip
    if site.newest:
        edition = site.read(site.newest.number)
        kept += [paths.issue(site.newest.number), *(row.page for row in edition.rows.values())]
        kept += [row.picture for row in edition.rows.values() if row.picture]
    version = hashlib.sha256(
        b"".join([*assets.values(), script.encode(), *map(str.encode, kept)])
    ).hexdigest()[:12]
    names = json.dumps([paths.link("", path) for path in dict.fromkeys(kept)], ensure_ascii=False)
    return f'const VERSION = "{version}";\nconst KEPT = {names};\n{script}'.encode()


def _sitemaps(site: Site, fresh: Collection[str]) -> Iterator[Page]:
    """A sitemap for each month, and one that names them: fifty thousand addresses are the most that one may hold."""
    every = [name for name, _ in months(site.cards.values())]
    whole = ElementTree.Element("sitemapindex", xmlns=SITEMAP)
    for name in ("pages", *every):
        place = ElementTree.SubElement(ElementTree.SubElement(whole, "sitemap"), "loc")
        place.text = paths.absolute(site.url, f"sitemap/{name}.xml")
    yield paths.SITEMAP, _xml(whole)
    lists = [paths.HOME, paths.ISSUES, paths.TOPICS, paths.SOURCES, paths.COLLECTIONS]
    lists += [*map(paths.topic, site.topics), *map(paths.source, site.sources)]
    yield (
        "sitemap/pages.xml",
        _urls(site, [*lists, *(paths.collection(review.slug) for review in site.reviews)]),
    )
    for name in sorted(fresh):
        found = [paths.month(name)]
        for card in reversed(site.of_month(name)):
            found += [paths.issue(card.number), *(row.page for row in site.read(card.number).rows.values())]
        yield f"sitemap/{name}.xml", _urls(site, found)


def _urls(site: Site, found: list[str]) -> bytes:
    root = ElementTree.Element("urlset", xmlns=SITEMAP)
    for path in found:
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = paths.absolute(
            site.url, path
        )
    return _xml(root)


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, "")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()
    )
