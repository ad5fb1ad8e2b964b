"""An issue while it is put right: its sections and the item that leads; `finish` numbers all through.

A draft stands for a digest that can be printed: it always has an item, and its lead is one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curate.config.schema import OTHER, Topic
from curate.domain.message import message
from curate.domain.model import Credit, Digest, EntryKey, Image, Item, Section
from curate.i18n.catalogue import say
from curate.ranking.signals import NEVER_LEADS
from curate.render.headlines import offer_headlines
from curate.render.piece import body_in_post
from curate.site.paths import story
from curate.sources.urls import site_root
from curate.text.clean import plain
from curate.text.language import reading_minutes


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes of `machine`. `topics` are those of today, in the order of the post."""

    machine: Digest
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]
    lead: EntryKey
    headline: str
    opening: str
    closing: str
    sharing: str
    covers: tuple[Image, ...]
    homes: tuple[Credit, ...] = ()  # sites of sources that the machine's issue does not name
    dropped: tuple[Item, ...] = ()
    parked: tuple[Item, ...] = ()


def draft_of(machine: Digest, topics: Sequence[Topic]) -> Draft:
    """The draft on which nothing was decided yet."""
    return Draft(
        machine,
        tuple(sorted(topics, key=lambda topic: topic.order)),
        machine.sections,
        machine.lead.key,
        machine.headline,
        machine.opening,
        machine.closing,
        machine.sharing,
        machine.covers,
    )


def keys_of(item: Item) -> tuple[EntryKey, ...]:
    """The entries that an item tells: its own, and the other tellings'."""
    return item.key, *item.echo_keys


def points_of(item: Item) -> float:
    """An item's score: the sum of its reasons' points."""
    return sum(reason.points for reason in item.why)


def items_of(sections: Sequence[Section]) -> Iterator[Item]:
    """The items in reading order."""
    return (item for section in sections for item in section.items)


def find_item(draft: Draft, key: EntryKey) -> Item | None:
    """The item of this key; None where the draft does not hold it."""
    return next((item for item in items_of(draft.sections) if item.key == key), None)


def change_item(draft: Draft, key: EntryKey, change: Callable[[Item], Item]) -> Draft:
    """The draft with one item changed; as it was where it does not hold it."""
    sections = tuple(
        replace(section, items=tuple(change(item) if item.key == key else item for item in section.items))
        for section in draft.sections
    )
    return replace(draft, sections=sections)


def insert_item(draft: Draft, item: Item, place: int | None) -> Draft:
    """The draft with an item more, at `place` (0..) of its topic's section, or where its score puts it."""
    sections = list(draft.sections)
    at = next((n for n, section in enumerate(sections) if section.id == item.topic), None)
    if at is None:
        at = next(
            (n for n, s in enumerate(sections) if _rank(draft, s.id) > _rank(draft, item.topic)),
            len(sections),
        )
        sections.insert(at, _frame(draft, item.topic))
    items = sections[at].items
    if place is None:
        place = next((n for n, each in enumerate(items) if _order(each) > _order(item)), len(items))
    place = min(max(place, 0), len(items))
    sections[at] = replace(sections[at], items=(*items[:place], item, *items[place:]))
    return replace(draft, sections=tuple(sections))


def remove_item(draft: Draft, key: EntryKey) -> Draft:
    """The draft without an item; another one leads where that one led. The last item stays: an issue has one."""
    rest = tuple(
        replace(section, items=kept)
        for section in draft.sections
        if (kept := tuple(item for item in section.items if item.key != key))
    )
    if not rest:
        return draft
    lead = draft.lead if draft.lead != key else _best(tuple(items_of(rest))).key
    return replace(draft, sections=rest, lead=lead)


def finish(draft: Draft) -> Digest:
    """The issue: items numbered through, the lead first, with every source named."""
    first = _must_reads(draft)
    rest = [item.key for item in items_of(draft.sections) if item.key not in first]
    numbers = {key: n for n, key in enumerate((*first, *rest), 1)}
    issue_number = draft.machine.number
    sections = tuple(
        replace(
            section,
            items=tuple(_number_item(item, numbers[item.key], issue_number) for item in section.items),
        )
        for section in draft.sections
    )
    items = list(items_of(sections))
    text = "\n".join((draft.opening, *map(_read_in_post, items), draft.closing))
    issue = replace(
        draft.machine,
        sections=sections,
        lead=next(item for item in items if item.number == 1),
        credits=_credits(items, {c.name: c.url for c in (*draft.homes, *draft.machine.credits)}),
        minutes=max(1, reading_minutes(text)),
        must_read=len(first) if draft.machine.must_read else 0,
        headline=draft.headline,
        opening=draft.opening,
        closing=draft.closing,
        sharing=draft.sharing,
        covers=draft.covers,
    )
    return replace(issue, headlines=offer_headlines(issue))


def _must_reads(draft: Draft) -> list[EntryKey]:
    """What stands on top: the lead, what the machine had there, and the best of the others where something went."""
    before = {item.key: item.number for item in items_of(draft.machine.sections)}
    most = draft.machine.must_read

    def place(item: Item) -> tuple[int, float]:
        return min(before.get(item.key, most + 1), most + 1), -points_of(item)

    fit = (item for item in items_of(draft.sections) if item.key != draft.lead and _may_lead(item))
    return [draft.lead, *(item.key for item in sorted(fit, key=place))][: max(1, most)]


def _number_item(item: Item, number: int, issue: int) -> Item:
    """The item under its number, which stands in the address of its page as well."""
    before, now = story(issue, item.number), story(issue, number)
    page = item.page.removesuffix(before) + now if item.page.endswith(before) else item.page
    return replace(item, number=number, page=page)


def _read_in_post(item: Item) -> str:
    return "\n".join((item.title, plain(body_in_post(item)) or item.summary, item.note))


def _credits(items: Sequence[Item], homes: Mapping[str, str]) -> tuple[Credit, ...]:
    """Sources by how many items lead with theirs, then as they come; those that told the same are named too."""
    counts: dict[str, int] = {}
    urls: dict[str, str] = {}
    for item in items:
        counts[item.source] = counts.get(item.source, 0) + 1
        urls.setdefault(item.source, item.url)
        for telling in item.also:
            counts.setdefault(telling.source, 0)
            urls.setdefault(telling.source, telling.url)
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple(
        Credit(name, homes[name] if name in homes else site_root(urls[name]), counts[name])
        for name in ordered
    )


def _best(items: Sequence[Item]) -> Item:
    """What leads where the editor has not said: the best score among those that may lead."""
    return max([item for item in items if _may_lead(item)] or items, key=points_of)


def _may_lead(item: Item) -> bool:
    return all(reason.signal != NEVER_LEADS for reason in item.why)


def _order(item: Item) -> tuple[bool, float]:
    return not item.original, -points_of(item)


def _rank(draft: Draft, topic: str) -> int:
    return next((n for n, each in enumerate(draft.topics) if each.id == topic), len(draft.topics))


def _frame(draft: Draft, name: str) -> Section:
    for section in draft.machine.sections:
        if section.id == name:
            return replace(section, items=())
    for topic in draft.topics:
        if topic.id == name:
            return Section(topic.id, topic.name, topic.icon, ())
    return Section(OTHER, say(message("other"), draft.machine.language), "📎", ())
