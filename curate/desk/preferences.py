"""What the editor did with what was offered, as decisions to learn from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curate.desk.draft import Draft, items_of, keys_of
from curate.desk.events import Edit, MarkAdvert
from curate.desk.offers import Offer
from curate.domain.decisions import Decision
from curate.domain.model import EntryKey

# Where events come from that are said while an issue is looked through. What is labeled elsewhere changes the open
# issue too, and says nothing of the items that it leaves as they are.
LOOKING = frozenset({"desk", "terminal"})


def decisions_of(draft: Draft, edits: Sequence[Edit], offers: Iterable[Offer]) -> tuple[Decision, ...]:
    """The decisions of an issue that the editor has looked through: what the machine had put in was kept or dropped, what
    it offered beside was taken in or passed over.

    Passed over is only what stands above something that was taken in, because that was seen (Joachims 2002). What was
    parked, merged or marked as an advert says nothing about taste.
    """
    return (*_in_issue(draft, edits), *_beside(draft, offers))


def _in_issue(draft: Draft, edits: Sequence[Edit]) -> Iterator[Decision]:
    number = draft.machine.number
    adverts = {each.key for each in edits if isinstance(each, MarkAdvert) and each.is_advert}
    now = {item.key: (item, True) for item in items_of(draft.sections)}
    now |= {item.key: (item, False) for item in draft.dropped if item.key not in adverts}
    for item in items_of(draft.machine.sections):
        if found := now.get(item.key):
            held, taken = found
            yield Decision(number, held.topic, held.source_id, item.number, True, taken)


def _beside(draft: Draft, offers: Iterable[Offer]) -> Iterator[Decision]:
    own = {item.key for item in items_of(draft.machine.sections)}
    taken = {item.key: item.topic for item in items_of(draft.sections)}
    silent: set[EntryKey] = {key for item in items_of(draft.sections) for key in item.echo_keys}
    silent |= {item.key for item in (*draft.parked, *draft.dropped)}
    beside = [offer.item for offer in offers if offer.item.key not in own]
    seen = max((place for place, item in enumerate(beside, 1) if item.key in taken), default=0)
    for place, item in enumerate(beside[:seen], 1):
        key = item.key
        if key in taken or not silent.intersection(keys_of(item)):
            topic = taken.get(key, item.topic)
            yield Decision(draft.machine.number, topic, item.source_id, place, False, key in taken)
