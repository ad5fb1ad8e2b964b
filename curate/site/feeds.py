"""Feeds of the site: Atom (RFC 4287) and JSON Feed (version 1.1), of everything and of each topic; an entry an item.

An entry's id is a UUID of account and number: it stays what it is wherever the site stands. Where that is known
(`site.url`) entries link to their page there; else only to the original, because a reader could not resolve a
relative address that was copied elsewhere.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from curate.site import paths
from curate.site.editions import ItemRow
from curate.site.pages import Page, Site, rows_of

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
ENTRIES = 50
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


def feeds(site: Site, topics: Collection[str]) -> Iterator[Page]:
    """The feeds of everything, and those of these topics."""
    rows = [row for number in _newest(site) for row in site.read(number).rows.values()][:ENTRIES]
    yield paths.ATOM, atom(site, rows, site.account.name, paths.ATOM)
    yield paths.JSON, json_feed(site, rows, site.account.name, paths.JSON)
    for name in sorted(topics):
        rows = rows_of(site, name, limit=ENTRIES)
        title = f"{site.topics[name].name} · {site.account.name}"
        yield (file := paths.topic_feed(name, paths.ATOM)), atom(site, rows, title, file)
        yield (file := paths.topic_feed(name, paths.JSON)), json_feed(site, rows, title, file)


def _newest(site: Site) -> list[int]:
    """The newest issues that hold so many entries together."""
    numbers, held = [], 0
    for number, card in reversed(site.cards.items()):  # type: ignore[call-overload]
        if held >= ENTRIES:
            break
        numbers.append(number)
        held += len(card.items)
    return numbers


def urn(*parts: object) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(map(str, ("curate", *parts)))).urn


def atom(site: Site, rows: Sequence[ItemRow], title: str, path: str) -> bytes:
    """A feed document of these rows, the newest first; `path` is where it stands."""
    account = site.account
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": _language(site)})

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, tag, {k: _clean(v) for k, v in attributes.items()})
        made.text = _clean(text) or None
        return made

    add(root, "id", urn(account.name, "site", path))
    add(root, "title", title)
    if account.positioning:
        add(root, "subtitle", account.positioning)
    add(root, "updated", _moment(site, rows[0]) if rows else "1970-01-01T00:00:00+00:00")
    add(add(root, "author"), "name", account.name)
    if site.url:
        add(root, "link", rel="self", type="application/atom+xml", href=paths.absolute(site.url, path))
        add(root, "link", rel="alternate", type="text/html", href=_home(site, path))
    for row in rows:
        entry = ElementTree.SubElement(root, "entry")
        add(entry, "id", urn(account.name, "item", row.number))
        add(entry, "title", row.title)
        add(entry, "published", _moment(site, row))
        add(entry, "updated", _moment(site, row))
        if site.url:
            add(entry, "link", rel="alternate", type="text/html", href=paths.absolute(site.url, row.page))
        if row.address:
            add(entry, "link", rel="related" if site.url else "alternate", href=row.address)
        add(add(entry, "author"), "name", row.source)
        if topic := site.topics.get(row.topic):
            add(entry, "category", term=topic.id, label=topic.name)
        add(entry, "content", _content(row), type="text")
    ElementTree.indent(root, " ")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()
    )


def json_feed(site: Site, rows: Sequence[ItemRow], title: str, path: str) -> bytes:
    """The same as a JSON Feed."""
    account = site.account
    made = {
        "version": JSON_FEED,
        "title": title,
        "description": account.positioning,
        "home_page_url": _home(site, path) if site.url else "",
        "feed_url": paths.absolute(site.url, path),
        "language": _language(site),
        "authors": [{"name": account.name}],
    }
    whole = {k: v for k, v in made.items() if v} | {"items": [_item(site, row) for row in rows]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _item(site: Site, row: ItemRow) -> dict[str, Any]:
    topic = site.topics.get(row.topic)
    item = {
        "id": urn(site.account.name, "item", row.number),
        "url": paths.absolute(site.url, row.page),
        "external_url": row.address,
        "title": row.title,
        "content_text": _content(row),
        "date_published": _moment(site, row),
        "authors": [{"name": row.source}],
        "tags": [topic.name] if topic else [],
    }
    return {k: v for k, v in item.items() if v}


def _content(row: ItemRow) -> str:
    return "\n".join(part for part in (row.summary or row.title, row.note, row.number) if part)


def _moment(site: Site, row: ItemRow) -> str:
    """When an item came out: a second before the one above it, for most programs sort by time alone."""
    made = site.read(row.spot.issue).digest.made - timedelta(seconds=row.spot.item)
    return made.isoformat(timespec="seconds")


def _home(site: Site, path: str) -> str:
    """The page that a feed belongs to."""
    return paths.absolute(
        site.url, paths.HOME if "/" not in path else path.rpartition("/")[0] + "/index.html"
    )


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _language(site: Site) -> str:
    return "en" if site.account.language == "en" else "zh-CN"
