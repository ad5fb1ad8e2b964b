"""An issue that is not out yet, put right: what the editor labelled goes into the section where it belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from curate.model import Digest, Item, Section
from curate.settings import OTHER, Topic

Key = tuple[str, str]


def correct_topics(digest: Digest, labels: Mapping[Key, str], topics: Sequence[Topic]) -> Digest:
    """Move items to the topics that the editor gave them, and number all through again, the lead first.

    `labels` are topics by source and entry id. The digest itself comes back where nothing moves.
    """
    known = {topic.id: topic for topic in topics}
    items = [item for section in digest.sections for item in section.items]
    moved = [replace(item, topic=_topic_of(item, labels, known)) for item in items]
    if moved == items:
        return digest
    ordered = sorted(topics, key=lambda topic: topic.order)
    place = {topic.id: n for n, topic in enumerate(ordered)} | {OTHER: len(ordered)}
    moved.sort(key=lambda item: place.get(item.topic, len(ordered)))
    lead = _key(digest.lead)
    rest = [item for item in moved if _key(item) != lead]
    first = [item for item in moved if _key(item) == lead]
    number = {_key(item): n for n, item in enumerate([*first, *rest], 1)}
    moved = [replace(item, number=number[_key(item)]) for item in moved]
    frames = {section.id: section for section in digest.sections}
    sections = tuple(
        _section(topic, known, frames, tuple(group)) for topic, group in groupby(moved, key=lambda i: i.topic)
    )
    return replace(digest, sections=sections, lead=next(i for i in moved if _key(i) == lead))


def _topic_of(item: Item, labels: Mapping[Key, str], known: Mapping[str, Topic]) -> str:
    said = labels.get(_key(item), "")
    return said if said in known or said == OTHER else item.topic


def _section(
    name: str, known: Mapping[str, Topic], frames: Mapping[str, Section], items: tuple[Item, ...]
) -> Section:
    if name in frames:
        return replace(frames[name], items=items)
    topic = known.get(name)
    return Section(name, topic.name, topic.icon, items) if topic else Section(OTHER, "其他", "📎", items)


def _key(item: Item) -> Key:
    return item.source_id, item.entry
