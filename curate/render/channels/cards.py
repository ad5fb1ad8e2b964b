"""The cards channel: pictures for a post of pictures (贴图), a cover and one a topic, of the same selection."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from curate.config.schema import Look
from curate.domain.model import Digest, Section
from curate.images.cards import CardRow, CoverCard, ListCard, draw_card, draw_cover_card
from curate.render.context import MARK_SEPARATOR, bound_digest, view
from curate.render.messages import speaker
from curate.render.templating import Templates
from curate.render.theme import cover_ground
from curate.render.wechat.allowed import visible

MOST_CARDS = 20  # that a post of pictures takes


def cards(digest: Digest, templates: Templates, look: Look, most: int = MOST_CARDS) -> dict[str, bytes]:
    """`cards/00.jpg`, the cover, then one of the must-reads where there are some, and one a topic, 1242 × 1660 pixels each;
    at most so many."""
    digest = bound_digest(digest)
    names, ground = view(digest, look), cover_ground(templates, look)
    listed: list[Section] = names["sections_led"] if names["must_reads"] else names["sections"]
    sections = listed[: most - 1]
    drawn = [_draw_cover(_cover(digest, names), ground)]
    for n, section in enumerate(sections, 1):
        drawn.append(
            _draw_list(_list(section, names, f"{n}/{len(sections)}"), ground, str(names["language"]))
        )
    return {f"cards/{n:02d}.jpg": data for n, data in enumerate(drawn)}


_draw_cover = lru_cache(maxsize=2)(draw_cover_card)


@lru_cache(maxsize=MOST_CARDS)
def _draw_list(card: ListCard, ground: str, language: str) -> bytes:
    """The card, drawn once for all that want it: two channels, and each look at the sizes of what they make."""
    say = speaker(language)
    return draw_card(card, ground, lambda more: say("card_more", n=more))


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
