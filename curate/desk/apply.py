"""Machine and log -> the issue. TABLE `APPLY`: an event's type -> what it does to a draft.

Everything here is total and pure: an event that has nothing to act on (its item went, its topic is no more) changes
nothing, so that any log in any order gives an issue that can be printed, and always the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from curate.config.schema import OTHER, Topic
from curate.desk import events
from curate.desk.draft import (
    Draft,
    change_item,
    draft_of,
    find_item,
    finish,
    insert_item,
    items_of,
    keys_of,
    remove_item,
)
from curate.desk.events import Edit, Event, Standing
from curate.desk.history import history
from curate.domain.item_codes import MOST_ITEMS
from curate.domain.model import Coverage, Digest, EntryKey, Item
from curate.ranking.block import has_word, is_by


def apply_events(machine: Digest, log: Iterable[Event], topics: Sequence[Topic]) -> Digest:
    """The issue as the editor has it. The machine's own comes back where nothing holds.

    `topics`: those of today, which give new sections their names and their order.
    """
    return finish_edits(machine, history(log).edits, topics)[0]


def finish_edits(machine: Digest, edits: Sequence[Edit], topics: Sequence[Topic]) -> tuple[Digest, Draft]:
    """The issue after the edits that hold, and the draft that it was finished from."""
    draft = apply_edits(machine, edits, topics)
    return finish(draft) if edits else machine, draft


def apply_edits(machine: Digest, edits: Iterable[Edit], topics: Sequence[Topic]) -> Draft:
    """The draft after the edits that hold (`history`)."""
    return reduce(apply_edit, edits, draft_of(machine, topics))


def apply_edit(draft: Draft, edit: Edit) -> Draft:
    """The draft after one edit; the same value where the edit changes nothing."""
    changed = APPLY[type(edit)](draft, edit)
    return draft if changed == draft else changed


def judge_standing(issue: Digest, draft: Draft) -> Standing:
    """What the finished issue of a draft means for later nights."""
    told: dict[EntryKey, Item] = {}
    for item in items_of(issue.sections):
        for key in keys_of(item):
            told.setdefault(key, item)
    parked = frozenset(item.key for item in draft.parked) - told.keys()
    dropped = frozenset(key for item in draft.dropped for key in keys_of(item))
    return Standing(told, dropped - told.keys() - parked, parked)


def _take(draft: Draft, edit: events.Take) -> Draft:
    item = edit.item
    if find_item(draft, item.key) or sum(1 for _ in items_of(draft.sections)) >= MOST_ITEMS:
        return draft
    if not _is_known(draft, item.topic):
        item = replace(item, topic=OTHER)
    draft = _without_aside(draft, item.key)
    return insert_item(replace(draft, homes=(*draft.homes, *edit.credits)), item, edit.place)


def _complete(draft: Draft, edit: events.Complete) -> Draft:
    new = edit.item

    def fill(item: Item) -> Item:
        return replace(
            item,
            url=new.url or item.url,
            summary=item.summary or new.summary,
            author=item.author or new.author,
            image=item.image if item.image and item.image.file else new.image or item.image,
            notice=item.notice or new.notice,
            length=item.length or new.length,
        )

    return change_item(draft, new.key, fill)


def _drop(draft: Draft, edit: events.Drop) -> Draft:
    return _put_aside(draft, edit.key, "dropped")


def _park(draft: Draft, edit: events.Park) -> Draft:
    return _put_aside(draft, edit.key, "parked")


def _move(draft: Draft, edit: events.Move) -> Draft:
    item = find_item(draft, edit.key)
    if item is None or not _is_known(draft, edit.topic):
        return draft
    if item.topic == edit.topic and edit.place is None:
        return draft
    alone = sum(1 for _ in items_of(draft.sections)) == 1
    rest = replace(draft, sections=()) if alone else replace(remove_item(draft, edit.key), lead=draft.lead)
    return insert_item(rest, replace(item, topic=edit.topic), edit.place)


def _lead(draft: Draft, edit: events.Lead) -> Draft:
    return replace(draft, lead=edit.key) if find_item(draft, edit.key) else draft


def _title(draft: Draft, edit: events.EditTitle) -> Draft:
    text = _line(edit.text)
    return change_item(draft, edit.key, lambda item: replace(item, title=text or item.title))


def _summary(draft: Draft, edit: events.EditSummary) -> Draft:
    return change_item(draft, edit.key, lambda item: replace(item, summary=_line(edit.text)))


def _note(draft: Draft, edit: events.EditNote) -> Draft:
    return change_item(draft, edit.key, lambda item: replace(item, note=_line(edit.text)))


def _words(draft: Draft, edit: events.EditWords) -> Draft:
    lines = "\n".join(line.strip() for line in edit.text.strip().splitlines())
    text = _line(edit.text) if edit.part == "headline" else lines
    changed: dict[str, Any] = {edit.part: text}
    return replace(draft, **changed)


def _image(draft: Draft, edit: events.ChooseImage) -> Draft:
    return change_item(draft, edit.key, lambda item: replace(item, image=edit.image))


def _covers(draft: Draft, edit: events.ChooseCovers) -> Draft:
    return replace(draft, covers=edit.covers)


def _split_telling(draft: Draft, edit: events.Split) -> Draft:
    def without(item: Item) -> Item:
        if edit.other not in item.echo_keys:
            return item
        return replace(
            item,
            echo_keys=tuple(key for key in item.echo_keys if key != edit.other),
            also=tuple(telling for telling in item.also if not edit.url or telling.url != edit.url),
        )

    return change_item(draft, edit.key, without)


def _merge(draft: Draft, edit: events.Merge) -> Draft:
    other = find_item(draft, edit.item.key) or edit.item
    if find_item(draft, edit.key) is None or other.key == edit.key:
        return draft
    led = draft.lead == other.key
    draft = _without_aside(remove_item(draft, other.key), other.key)
    draft = replace(draft, lead=edit.key) if led else draft
    return change_item(draft, edit.key, lambda item: _with_telling(item, other))


def _with_telling(item: Item, other: Item) -> Item:
    told = {telling.source for telling in item.also} | {item.source}
    new = (Coverage(other.source, other.title, other.url), *other.also)
    keys = dict.fromkeys((*item.echo_keys, *keys_of(other)))
    keys.pop(item.key, None)
    return replace(item, also=(*item.also, *(t for t in new if t.source not in told)), echo_keys=tuple(keys))


def _advert(draft: Draft, edit: events.MarkAdvert) -> Draft:
    return _put_aside(draft, edit.key, "dropped") if edit.is_advert else draft


def _block(draft: Draft, edit: events.Block) -> Draft:
    value = edit.value.strip()
    has, wrote = has_word(value), is_by(value)
    says: dict[str, Callable[[Item], bool]] = {
        "source": lambda item: item.source_id == value,
        "author": lambda item: wrote(item.author),
        "word": lambda item: has(item.title),
    }
    hit = [item.key for item in items_of(draft.sections) if value and says[edit.kind](item)]
    return reduce(lambda made, key: _put_aside(made, key, "dropped"), hit, draft)


def _overrule(draft: Draft, edit: events.Overrule) -> Draft:
    return draft  # it is read from the log


def _put_aside(draft: Draft, key: EntryKey, where: str) -> Draft:
    item = find_item(draft, key)
    rest = remove_item(draft, key)
    if item is None or rest is draft:
        return draft
    changed: dict[str, Any] = {where: (*getattr(rest, where), item)}
    return replace(rest, **changed)


def _without_aside(draft: Draft, key: EntryKey) -> Draft:
    return replace(
        draft,
        dropped=tuple(item for item in draft.dropped if item.key != key),
        parked=tuple(item for item in draft.parked if item.key != key),
    )


def _is_known(draft: Draft, topic: str) -> bool:
    held = (section.id for section in draft.machine.sections)
    return topic == OTHER or topic in held or any(each.id == topic for each in draft.topics)


def _line(text: str) -> str:
    return " ".join(text.split())


APPLY: dict[type[Edit], Callable[[Draft, Any], Draft]] = {
    events.Take: _take,
    events.Complete: _complete,
    events.Drop: _drop,
    events.Park: _park,
    events.Move: _move,
    events.Lead: _lead,
    events.EditTitle: _title,
    events.EditSummary: _summary,
    events.EditNote: _note,
    events.EditWords: _words,
    events.ChooseImage: _image,
    events.ChooseCovers: _covers,
    events.Split: _split_telling,
    events.Merge: _merge,
    events.MarkAdvert: _advert,
    events.Block: _block,
    events.Overrule: _overrule,
}
