"""What the editor accepted, read from an issue's log: the record of who, when, what was found, and why it may stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from curate.desk.events import Logged, Overrule
from curate.desk.history import history


class Acceptance(NamedTuple):
    """An overrule that holds."""

    event: Overrule
    at: datetime


def read_overrules(log: Iterable[Logged]) -> dict[str, Acceptance]:
    """The overrules that hold, by the keys of their findings; what was undone or taken back does not."""
    logged = tuple(log)
    times = {id(each.event): each.at for each in logged}
    holding: dict[str, Acceptance] = {}
    for edit in history(each.event for each in logged).edits:
        if isinstance(edit, Overrule):
            holding.pop(edit.finding, None)
            if edit.text.strip():
                holding[edit.finding] = Acceptance(edit, times[id(edit)])
    return holding
