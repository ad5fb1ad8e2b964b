"""A digest as the site shows it: its items as rows that any list of the site can hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from curate.config.schema import Look
from curate.domain.model import Digest, Image, Item
from curate.render.context import bound_digest, items, note_of, number_of, own_words, view
from curate.render.messages import long_date, speaker
from curate.render.piece import with_names
from curate.render.templating import safe
from curate.render.wechat.allowed import safe_address, visible
from curate.site import paths
from curate.site.index_cards import Spot

_KEPT = 160  # editions held at once: five months of mornings


class CoverageLink(NamedTuple):
    """Another source's telling."""

    source: str
    title: str
    address: str


class ItemRow(NamedTuple):
    """An item with what any page says of it."""

    spot: Spot
    number: str  # what readers send to the account
    page: str  # its own page
    title: str
    summary: str
    note: str  # the editor's, as it is printed; "" where there is none
    source: str
    source_page: str
    by: str  # source, author, time
    also: str  # who else told it; "" where nobody did
    address: str  # of the original; "" where it has none
    tellings: tuple[CoverageLink, ...]
    topic: str
    date: date
    day: str
    picture: str  # "" where there is none
    image: Image | None
    body: str  # an original's own text, as safe HTML


class SectionRows(NamedTuple):
    id: str
    name: str
    icon: str
    rows: tuple[ItemRow, ...]


class Edition(NamedTuple):
    digest: Digest
    name: str  # of its folder of pictures
    day: str
    facts: str
    rows: dict[int, ItemRow]
    parts: tuple[SectionRows, ...]
    lead: ItemRow
    must_reads: tuple[ItemRow, ...]  # what stands on top beside it
    cover: str  # its wide picture; "" where there is none
    opening: tuple[str, ...]  # the editor's words for this issue alone, line by line
    closing: tuple[str, ...]


Reader = Callable[[int], Edition]


def reader(load: Callable[[int], Digest], look: Look) -> Reader:
    """Editions by number, each made once while it is in use."""
    return lru_cache(_KEPT)(lambda number: edition(load(number), str(number), look))


def edition(digest: Digest, name: str, look: Look) -> Edition:
    """An issue or a collection as the site shows it. `name`: of its folder of pictures."""
    digest = bound_digest(digest)
    names = view(digest, look)
    rows = {
        item.number: _row(item, digest, name, names["by"](item), names["also"](item))
        for item in items(digest)
    }
    parts = tuple(
        SectionRows(s.id, visible(s.name), visible(s.icon), tuple(rows[item.number] for item in s.items))
        for s in names["sections"]
    )
    return Edition(
        digest, name, names["date"], names["facts"], rows, parts, rows[digest.lead.number],
        tuple(rows[item.number] for item in names["must_reads"]),
        paths.picture(name, digest.covers[0].file) if digest.covers else "",
        tuple(own_words(digest.opening)), tuple(own_words(digest.closing)),
    )  # fmt: skip


def _row(item: Item, digest: Digest, name: str, by: str, also: str) -> ItemRow:
    number = number_of(item, digest)
    spot = Spot(int(item.code[:-2]), int(item.code[-2:])) if item.code else Spot(digest.number, item.number)
    told = (CoverageLink(visible(t.source), visible(t.title), safe_address(t.url)) for t in item.also)
    image = item.image if item.image and item.image.file else None
    return ItemRow(
        spot, number, paths.story(*spot), visible(item.title) or number, visible(item.summary),
        note_of(item, digest), visible(item.source),
        paths.source(item.source_id or item.source), by, also, safe_address(item.url), tuple(told), item.topic, digest.date,
        long_date(digest.date, digest.language), paths.picture(name, image.file) if image else "", image,
        safe(with_names(item.body, speaker(digest.language))),
    )  # fmt: skip
