"""The log of an issue -> the edits that hold. Nothing in a log is ever changed: undoing is an event as well.

Versions form a tree, as in an editor: an edit grows a version from the one that holds; undo and redo walk back and
forth over the versions that were seen; a restored version is seen next. So undo also takes a restore back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from curate.desk.events import Edit, Event, Redo, Restore, Undo


class Version(NamedTuple):
    """An edit, and the version that it was made on."""

    edit: Edit
    before: Version | None  # None: what the machine made


class History(NamedTuple):
    """The edits that hold, in order, and how many steps can be undone and redone."""

    edits: tuple[Edit, ...]
    undoable: int
    redoable: int


def history(log: Iterable[Event]) -> History:
    """Read a log from its beginning. An undo or redo without anything to do, or a version that never was, does nothing."""
    versions: list[Version | None] = [None]  # by revision
    past: list[Version | None] = []
    future: list[Version | None] = []
    now: Version | None = None
    for event in log:
        if isinstance(event, Undo):
            if past:
                future.append(now)
                now = past.pop()
        elif isinstance(event, Redo):
            if future:
                past.append(now)
                now = future.pop()
        elif not isinstance(event, Restore) or 0 <= event.revision < len(versions):
            past.append(now)
            future.clear()
            now = versions[event.revision] if isinstance(event, Restore) else Version(event, now)
        versions.append(now)
    return History(_edits(now), len(past), len(future))


def _edits(version: Version | None) -> tuple[Edit, ...]:
    found: list[Edit] = []
    while version is not None:
        found.append(version.edit)
        version = version.before
    return tuple(reversed(found))
