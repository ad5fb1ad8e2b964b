"""An issue as plain text that can be changed in any editor, and the text read again: what changed, as decisions.

    [ai] 人工智能
    *  1 | the lead's title
      > a note of the editor's under it
       2 | another title

A line that is gone is dropped; its place, its section, its title, the star and the notes say the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

from curate.config.schema import OTHER, Topic
from curate.desk.apply import apply_edit
from curate.desk.draft import Draft, draft_of, items_of
from curate.desk.events import Drop, Edit, EditNote, EditTitle, Lead, Move
from curate.domain.message import Value, message
from curate.domain.model import Digest, EntryKey, Item

_SECTION = re.compile(r"\[([^\]]+)\]")
_ITEM = re.compile(r"\s*(\*?)\s*(\d+)\s*[|｜]\s?(.*)")
_NOTE = re.compile(r"\s*[>＞]\s?(.*)")


@dataclass(slots=True)
class _ItemText:
    """What a text says of one item."""

    topic: str
    title: str
    is_lead: bool
    notes: list[str] = field(default_factory=list)


class PlainError(ValueError):
    """A line that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, key: str, /, **values: Value) -> None:
        super().__init__(key)
        self.line = line
        self.message = message(f"issue.line.{key}", **values)


def write_plain(issue: Digest) -> str:
    """The issue as text."""
    lines = []
    for section in issue.sections:
        lines.append(f"[{section.id}] {section.name}")
        for item in section.items:
            mark = "*" if item.number == issue.lead.number else " "
            lines.append(f"{mark}{item.number:>3} | {_line(item.title)}")
            lines += [f"      > {_line(item.note)}"] if item.note else []
        lines.append("")
    return "\n".join(lines)


def read_plain(text: str, issue: Digest, topics: Sequence[Topic]) -> list[Edit]:
    """The decisions that make of the issue what the text says, none where it says the same. Lines that begin with # are
    passed over. PlainError for a line that names what is not there, or an item twice."""
    items = {item.number: item for item in items_of(issue.sections)}
    read = _parse(text, items, {OTHER, *(s.id for s in issue.sections), *(t.id for t in topics)})
    edits: list[Edit] = [Drop(item.key) for number, item in items.items() if number not in read]
    if len(edits) == len(items):
        raise PlainError(1, "empty")
    for number, said in read.items():
        item = items[number]
        if said.title.strip() and said.title.strip() != _line(item.title):
            edits.append(EditTitle(item.key, said.title.strip()))
        if (note := " ".join(said.notes).strip()) != _line(item.note):
            edits.append(EditNote(item.key, note))
    leads = [items[number] for number, said in read.items() if said.is_lead]
    if leads and leads[0].number != issue.lead.number:
        edits.append(Lead(leads[0].key))
    wanted = [(items[number].key, said.topic) for number, said in read.items()]
    return [*edits, *_moves(reduce(apply_edit, edits, draft_of(issue, topics)), wanted)]


def _parse(text: str, items: dict[int, Item], topics: set[str]) -> dict[int, _ItemText]:
    found: dict[int, _ItemText] = {}
    topic, last = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if section := _SECTION.match(line):
            topic = section[1].strip()
            if topic not in topics:
                raise PlainError(number, "topic", topic=topic)
        elif (note := _NOTE.match(line)) and last:
            last.notes.append(note[1].strip())
        elif item := _ITEM.match(line):
            place = int(item[2])
            if place not in items or place in found:
                raise PlainError(number, "twice" if place in found else "absent", n=place)
            if not topic:
                raise PlainError(number, "no section")
            last = found[place] = _ItemText(topic, item[3], bool(item[1]))
        else:
            raise PlainError(number, "strange", line=line.strip()[:40])
    return found


def _moves(draft: Draft, wanted: Sequence[tuple[EntryKey, str]]) -> list[Move]:
    """The moves that put a draft's items into these sections, in this order."""
    made: list[Move] = []
    places: dict[str, int] = {}
    for key, topic in wanted:
        place = places[topic] = places.get(topic, -1) + 1
        held = next((section.items for section in draft.sections if section.id == topic), ())
        if len(held) <= place or held[place].key != key:
            made.append(Move(key, topic, place))
            draft = apply_edit(draft, made[-1])
    return made


def _line(text: str) -> str:
    return " ".join(text.split())
