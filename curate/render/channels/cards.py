"""The cards channel: pictures for a post of pictures (贴图), a cover and one a topic, of the same selection."""

from __future__ import annotations

from typing import Any

from curate.config.schema import Look
from curate.domain.model import Digest, Section
from curate.images.cards import CardRow, CoverCard, ListCard, draw_card, draw_cover_card
from curate.render.context import MARK_SEPARATOR, bound_digest, view
from curate.render.templating import Templates
from curate.render.theme import cover_ground
from curate.render.wechat.allowed import visible

MOST_CARDS = 20  # that a post of pictures takes


def cards(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`cards/00.jpg`, the cover, then one of the must-reads where there are some, and one a topic, 1242 × 1660 pixels each."""
    digest = bound_digest(digest)
    names, ground = view(digest, look), cover_ground(templates, look)
    listed: list[Section] = names["sections_led"] if names["must_reads"] else names["sections"]
    sections = listed[: MOST_CARDS - 1]
    drawn = [draw_cover_card(_cover(digest, names), ground)]
    for n, section in enumerate(sections, 1):
        card = _list(section, names, f"{n}/{len(sections)}")
        drawn.append(draw_card(card, ground, lambda more: str(names["t"]("card_more", n=more))))
    return {f"cards/{n:02d}.jpg": data for n, data in enumerate(drawn)}


def _cover(digest: Digest, names: dict[str, Any]) -> CoverCard:
    topics = MARK_SEPARATOR.join(f"{visible(s.name)} {len(s.items)}" for s in names["sections"])
    return CoverCard(
        account=visible(digest.account),
        day=names["date"],
        title=visible(digest.name or digest.lead.title),
        facts=names["facts"],
        topics=topics,
        number=digest.number,
    )


def _list(section: Section, names: dict[str, Any], place: str) -> ListCard:
    rows = tuple(
        CardRow(names["mark"](item), visible(item.title), visible(item.source)) for item in section.items
    )
    account = visible(names["digest"].account)
    return ListCard(visible(section.name), rows, MARK_SEPARATOR.join((account, names["date"])), place)
