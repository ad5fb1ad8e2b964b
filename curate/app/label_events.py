"""What was labeled since an issue was put together, as decisions about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from curate.config.schema import OTHER, Topic
from curate.desk.draft import items_of
from curate.desk.events import Move

if TYPE_CHECKING:  # the archive's libraries come with them
    from curate.storage.desk import Edited
    from curate.storage.labels import Label


def label_events(edited: Edited, labels: Iterable[Label], topics: Iterable[Topic]) -> list[Move]:
    """Moves of the issue's items to the topics that they were labeled with, where those are topics of today's; a later
    move of the editor's counts more."""
    known = {OTHER, *(topic.id for topic in topics)}
    said = {label.key: label for label in labels if label.topic in known}
    moved = {each.event.key: each.at for each in edited.log if isinstance(each.event, Move)}
    found = []
    for item in items_of(edited.issue.sections):
        label, at = said.get(item.key), moved.get(item.key)
        if label and label.topic != item.topic and (at is None or label.at > at):
            found.append(Move(item.key, label.topic))
    return found
