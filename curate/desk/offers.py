"""What a night had to offer: every story that was ranked, with its score, its reasons and what became of it.

It is kept with the issue, so that an editor can take what the machine left out, and so that it is known later what was
offered, at which place, and what was taken: without the places nothing honest can be learnt from the choices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curate.domain.message import Message
from curate.domain.model import EntryKey, Item


@dataclass(frozen=True, slots=True)
class Offer:
    """A story as it was offered. Its item has no summary and no picture of its own yet: its page was not read."""

    place: int  # 1.. by score
    item: Item  # `number` is 0
    score: float
    taken: bool  # by the machine
    words: str  # what became of it
    confidence: float  # in its topic, 0..1
    message: Message | None = None  # what `words` say


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers of one night, in their order."""

    offers: tuple[Offer, ...]


def find_offer(offers: Iterable[Offer], key: EntryKey) -> Offer | None:
    """The offer of this source and id; None where the night had none."""
    return next((offer for offer in offers if offer.item.key == key), None)
