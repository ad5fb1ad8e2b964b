"""What was decided about an issue, as judgements that later nights heed: topics, what is one story, what is an advert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from curate.desk.draft import items_of
from curate.desk.events import Edit, MarkAdvert, Merge, Split, Take
from curate.desk.history import history
from curate.desk.preferences import LOOKING
from curate.domain.model import EntryKey
from curate.storage import Archive
from curate.storage.desk import Edited
from curate.text.entry_text import text_for_sorting

Judgement = Split | Merge | MarkAdvert


def teach_archive(archive: Archive, before: Edited, after: Edited, now: datetime) -> None:
    """Keep what follows from the decisions that came between, and take back what follows from those that were undone.

    What was said elsewhere (`curate topics label` and the like) is kept there, and an undo here does not touch it.
    """
    for each in _list_gone(after, before):
        _take_back(archive, each)
    for each in _list_gone(before, after):
        _keep(archive, each, now)
    for name, topic in _corrections(before, after):
        if entry := archive.entry_of(name):
            if topic:
                archive.label(entry, text_for_sorting(entry), topic, now)
            else:
                archive.unlabel(entry)


def _list_gone(old: Edited, new: Edited) -> list[Judgement]:
    """Judgements of the desk that hold in `new` and not in `old`."""
    longest = max(old.log, new.log, key=len)
    said = [each.event for each in longest if each.origin in LOOKING and isinstance(each.event, Judgement)]
    held = history(old.events).edits
    return [
        each
        for each in history(new.events).edits
        if isinstance(each, Judgement) and each in said and each not in held
    ]


def _keep(archive: Archive, said: Judgement, now: datetime) -> None:
    if isinstance(said, Split):
        archive.keep_apart(said.key, said.other, now)
    elif isinstance(said, Merge):
        archive.keep_together(said.key, said.item.key, now)
    elif entry := archive.entry_of(said.key):
        archive.mark_advert(entry, text_for_sorting(entry), said.is_advert, now)


def _take_back(archive: Archive, said: Judgement) -> None:
    if isinstance(said, Split):
        archive.forget_pair(said.key, said.other)
    elif isinstance(said, Merge):
        archive.forget_pair(said.key, said.item.key)
    else:
        archive.unmark_advert(said.key)


def _corrections(before: Edited, after: Edited) -> Iterator[tuple[EntryKey, str]]:
    """The items whose topic the desk changed, with their topic now; "" where it is what it was at first."""
    if not any(each.origin in LOOKING for each in after.log[before.revision :]):
        return
    edits: tuple[Edit, ...] = history(after.events).edits
    first = {each.item.key: each.item.topic for each in edits if isinstance(each, Take)}
    first |= {item.key: item.topic for item in items_of(after.machine.sections)}
    was = {item.key: item.topic for item in items_of(before.issue.sections)}
    for item in items_of(after.issue.sections):
        name = item.key
        if name in was and was[name] != item.topic:
            yield name, "" if first.get(name) == item.topic else item.topic
