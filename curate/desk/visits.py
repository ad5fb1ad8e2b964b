"""What happens at an issue beside decisions: it is opened on the desk, copied, and found good by somebody. Pure.

None of it changes the issue, so none of it stands in its log: an opened issue is not one that the editor has begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

VisitKind = Literal["open", "copy", "approve"]
MOST_NAME, MOST_WORDS = 40, 300  # characters of an approval
# Who does nothing for so long has left: the usual end of a session in web analytics.
SITTING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """One of them."""

    kind: VisitKind
    at: datetime
    revision: int  # that was there to be seen
    name: str = ""  # of who approved
    words: str = ""  # that were said with it


def minutes_to_copy(moments: Iterable[tuple[datetime, str]]) -> float | None:
    """How long an editor sat at an issue before it was copied, in minutes; None where it never was.

    `moments`: when it was opened, decided about ("decide") and copied, in any order. Sittings are added up without what lies
    between them, up to the last copy of the first sitting in which there is one.
    """
    total, copied = timedelta(), None
    before: datetime | None = None
    for at, kind in sorted(moments):
        if before is not None and at - before <= SITTING:
            total += at - before
        elif copied is not None:
            break
        before = at
        if kind == "copy":
            copied = total
    return None if copied is None else copied.total_seconds() / 60


def find_approval(visits: Iterable[DeskVisit]) -> DeskVisit | None:
    """The latest approval; what was decided after its revision was not seen by who gave it."""
    return max((visit for visit in visits if visit.kind == "approve"), key=lambda v: v.at, default=None)
