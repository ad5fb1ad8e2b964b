"""What a parser found, before anything is decided about it; and the one place that turns it into entries.

Every reader ends here, so addresses, dates, titles and identity are treated alike whatever the format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from curate.config.schema import Source
from curate.domain.model import OPENING, Entry, Image, Page
from curate.sources.authors import author_name
from curate.sources.identity import Claim, identify
from curate.sources.parameters import constant, without
from curate.sources.redirectors import unwrap
from curate.sources.titles import titles_of, without_publisher
from curate.sources.urls import absolute, normalize
from curate.text.clean import cut_opening, one_line
from curate.text.dates.parse import parse_date, settle

CHINA = ZoneInfo("Asia/Shanghai")
WORLD = ZoneInfo("UTC")

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_HAN_IN_A_TITLE = 2  # characters on the average that make titles Chinese
_LONGEST_TITLE = 500  # characters; the digest cuts far shorter
_MOST_IMAGES = 20
_MOST_CATEGORIES = 20


class Raw(NamedTuple):  # made a third as fast again as a frozen dataclass, by the ten thousand
    """An item as sent. Addresses may be relative, texts may be HTML."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""  # the description, also where it is the whole text
    content: str = ""  # the text, where it is sent beside the description
    author: str = ""
    date: str = ""  # as written
    moment: datetime | None = None  # as the parser understood it; used where `date` says nothing to us
    images: tuple[Image, ...] = ()
    categories: tuple[str, ...] = ()
    origin: str = ""  # the link before a counting redirector was put in front of it
    enclosure: str = ""  # what is attached, a recording as a rule: where it is if there is no page
    publisher: str = ""  # who published it first, where the document is an aggregator's


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as a parser understood it."""

    items: tuple[Raw, ...]
    title: str = ""
    site: str = ""
    language: str = ""
    base: str = ""  # xml:base of the document's element


def entries(
    items: Sequence[Raw],
    page: Page,
    source: Source,
    zone: ZoneInfo,
    *bases: str,
    locale: str = "",
    name: str = "",
) -> tuple[Entry, ...]:
    """The entries of one document, in its order, without doubles and without those that say nothing.

    A summary that is the content's beginning is left to whoever wants it: it is OPENING here.

    Dates without a zone are in `zone`; dates in numbers are in the order that `locale` writes them in.

    `bases` are tried in turn for relative addresses, the page's own last; `name` is what the document calls itself. Links
    that differ only in their fragment keep it: a page of notes with one address and many anchors is many things. An entry
    is known by its link as sent, so that its identity does not change where we learn to write addresses shorter.
    """
    bases = (*bases, page.url)
    said = [item for item in items if item.title.strip() or item.link.strip() or item.content or item.summary]
    links = [absolute(item.link, *bases) if item.link else absolute(item.guid) for item in said]
    places = [_address(item, link, bases) for item, link in zip(said, links, strict=True)]
    sent = _spell_links(links)
    printed = _plain_of_words(sent if places == links else _spell_links(places))
    claims = [
        Claim(
            "" if item.guid in (item.link, link) else item.guid.strip(),
            url,
            one_line(item.title[: 20 * _LONGEST_TITLE])[:_LONGEST_TITLE],
            item.content or item.summary,
        )
        for item, link, url in zip(said, links, sent, strict=True)
    ]
    titles = titles_of([(claim.title, claim.content) for claim in claims], name, source.name)
    fetched = page.fetched.astimezone(UTC)
    made: dict[str, Entry] = {}
    for item, url, title, identity in zip(said, printed, titles, identify(claims), strict=True):
        if identity not in made:
            moment = parse_date(item.date, fetched, zone, locale) if item.date else None
            dated = settle(moment or item.moment, fetched)
            known_as = (identity, url, without_publisher(title, item.publisher))
            made[identity] = _entry(item, known_as, dated, source.id or source.name, bases)
    return tuple(made.values())


def _spell_links(links: Sequence[str]) -> list[str]:
    """Addresses in one spelling each, with the fragment where nothing else tells two of them apart."""
    plainly = [normalize(link) for link in links]
    sharing = {url for url, count in Counter(plainly).items() if count > 1}
    return [
        normalize(link, fragment=True) if url in sharing else url
        for link, url in zip(links, plainly, strict=True)
    ]


def _plain_of_words(urls: list[str]) -> list[str]:
    """Addresses without the parameters that all of their host have in common, where they stay apart without them."""
    common = constant([url for url in urls if "?" in url])
    if not common:
        return urls
    shorter = [without(url, common.get(urlsplit(url).netloc, ())) for url in urls]
    return shorter if len(set(shorter)) == len(set(urls)) else urls


def _address(item: Raw, link: str, bases: Sequence[str]) -> str:
    """Where the item is: its link before any redirector, its link, a guid that is an address, what is attached to it."""
    place = (absolute(item.origin) if item.origin else "") or link
    place = place or absolute(item.guid) or (absolute(item.enclosure, *bases) if item.enclosure else "")
    return unwrap(place) if place else ""


def storable(text: object) -> str:
    """A field as a parser found it: text without NUL and without halves of surrogate pairs, which no database
    takes; "" where it is of another type. Escapes and references can write both."""
    if not isinstance(text, str):
        return ""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "").strip()


def zone_of(locale: str, texts: Sequence[str]) -> ZoneInfo:
    """Where dates without a zone are meant: China's time in a Chinese document, else UTC."""
    tag = locale.strip().lower().replace("_", "-")
    if tag.startswith("zh"):
        return CHINA
    if tag and not tag.startswith("en"):  # which is what software writes for whatever it is
        return WORLD
    joined = "".join(texts[:50])
    han = len(_HAN.findall(joined))
    is_chinese = han >= _HAN_IN_A_TITLE * max(1, min(len(texts), 50)) and not _KANA.search(joined)
    return CHINA if is_chinese else WORLD


def newest(found: Sequence[Entry], limit: int) -> tuple[Entry, ...]:
    """At most `limit` entries, the newest, in the document's order; undated ones count as new."""
    if len(found) <= limit:
        return tuple(found)
    ranked = sorted(range(len(found)), key=lambda n: (-found[n].published.timestamp(), n))
    return tuple(found[n] for n in sorted(ranked[:limit]))


def _entry(
    item: Raw,
    known_as: tuple[str, str, str],
    when: tuple[datetime, bool],
    source: str,
    bases: tuple[str, ...],
) -> Entry:
    identity, url, title = known_as
    published, dated = when
    images = (replace(image, url=absolute(image.url, *bases)) for image in item.images[:_MOST_IMAGES])
    is_all = "<" in item.summary and not item.content
    categories = (one_line(category[:400])[:100] for category in item.categories[:_MOST_CATEGORIES])
    return Entry(
        source=source,
        id=identity,
        url=url,
        title=title,
        published=published,
        dated=dated,
        summary=OPENING if is_all else cut_opening(item.summary),
        content=item.summary if is_all else item.content,
        author=_names(item),
        images=tuple({image.url: image for image in images if image.url}.values()),
        categories=tuple(dict.fromkeys(filter(None, categories))),
    )


def _names(item: Raw) -> str:
    """The publisher that an aggregator names, then the author."""
    names = (one_line(item.publisher), author_name(item.author))
    return " · ".join(dict.fromkeys(filter(None, names)))[:200]
