"""What the editor did with the stories of issues: what is learnt from, kept and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Decision:
    """What the editor did with one story that was offered."""

    number: int  # the issue
    topic: str
    source: str
    place: int  # 1.. in the issue, or among what was offered beside it
    in_issue: bool  # the machine had put it in
    taken: bool  # it is in the issue now


class Forgotten(NamedTuple):
    """What the editor took back: decisions about a level count for nothing up to an issue."""

    factor: str  # "topic" or "source", or "" for all that was learnt
    level: str
    number: int
