"""What an edited text says otherwise than its original, and an issue otherwise than the machine's.

A number that went or came, and a negation that went or came, are the slips that turn a true sentence into a false one;
an editor in a hurry is shown them beside the field.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, NamedTuple

from curate.desk.draft import items_of
from curate.domain.model import Digest, Item

_NUMBER = re.compile(
    r"[\d０-９][\d０-９,，.．]*(?:[%％‰]|[百千万亿]+)?|[零〇一二两三四五六七八九十百千万亿]{2,}|百分之[零〇一二两三四五六七八九十百点]+"
)
# Words of one character that turn a sentence round, but for words in which they do not.
_NEGATION = re.compile(
    r"并非|没有|不(?!断|仅|少|只|同|过|久|料|妨|禁|愧|管|论|止)|没(?!收|落)|未(?!来|必)|无(?!论|线|人|数|锡|限)|非(?!常|洲|遗)|勿|"
    r"\b(?:not|no|never|none|without|cannot|nor)\b|\w+n['’]t\b",
    re.I,
)


class Doubt(NamedTuple):
    """A number or negation that stands in one of two texts alone."""

    kind: Literal["number", "negation"]
    gone: bool  # the original has it
    text: str


class Difference(NamedTuple):
    """How an item's place or words differ from the machine's issue."""

    kind: Literal["added", "gone", "moved", "title", "summary", "note", "lead"]
    title: str
    before: str = ""


def find_doubts(original: str, edited: str) -> tuple[Doubt, ...]:
    """Numbers, then negations, that the edited text lost or has beside those of the original; counted, so that one of
    two is missed as well."""
    found: list[Doubt] = []
    for kind, pattern in (("number", _NUMBER), ("negation", _NEGATION)):
        before, after = (Counter(map(_plain, pattern.findall(text))) for text in (original, edited))
        found += [Doubt(kind, True, text) for text in before - after]  # type: ignore[arg-type]
        found += [Doubt(kind, False, text) for text in after - before]  # type: ignore[arg-type]
    return tuple(found)


def differences(machine: Digest, issue: Digest) -> tuple[Difference, ...]:
    """What the editor made otherwise, in reading order: items that came or went, words, sections, the lead."""
    before = {item.key: item for item in items_of(machine.sections)}
    after = {item.key: item for item in items_of(issue.sections)}
    found = [change for key, item in after.items() for change in _of_item(before.get(key), item)]
    found += [Difference("gone", item.title) for key, item in before.items() if key not in after]
    if machine.lead.key != issue.lead.key:
        found.append(Difference("lead", issue.lead.title, machine.lead.title))
    return tuple(found)


def _of_item(before: Item | None, after: Item) -> list[Difference]:
    if before is None:
        return [Difference("added", after.title)]
    found = []
    if before.topic != after.topic:
        found.append(Difference("moved", after.title, before.topic))
    if before.title != after.title:
        found.append(Difference("title", after.title, before.title))
    if before.summary != after.summary:
        found.append(Difference("summary", after.title, before.summary))
    if before.note != after.note:
        found.append(Difference("note", after.title, before.note))
    return found


def _plain(text: str) -> str:
    """A number without the marks between thousands, in ASCII digits; a negation in small letters."""
    digits = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
    return text.translate(digits).replace(",", "").replace("，", "").rstrip(".").lower()
