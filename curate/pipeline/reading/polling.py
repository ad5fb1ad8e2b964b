"""How a source is doing decides when it is asked, and where. Pure: a Health and what happened -> a Health.

well       had and read, or not changed since it was read      -> asked again the next time
failing    1 h after the third failure in a row, then 2, 4 … h  -> at most 7 days; later where Retry-After says so
gone       410, or 404 for a week                               -> not asked any more, and told
empty      read, without entries where it had some              -> asked as ever, and told
moved      301 or 308 to where it can be read                   -> asked there from then on, and told
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from curate.domain.model import Failure
from curate.fetch import Answer
from curate.storage import Health

FORGIVEN = 2  # failures in a row that change nothing: most faults are over by the next night
FIRST_WAIT = timedelta(hours=1)  # after one more; doubled by each that follows
LONGEST_WAIT = timedelta(days=7)
ABSENT = 404
GONE = 410
ABSENT_TRIES, ABSENT_FOR = 5, timedelta(days=7)  # in a row, and since when: then 404 means gone

RHYTHM, RHYTHM_LEAST = 30, 4  # days that tell what is usual: the latest, and the gaps between them at least
SILENT = 4  # usual gaps without anything new, from which it is told

Turn = Literal["ask", "recent", "waiting", "gone"]


def turn(state: Health, now: datetime, fresh: timedelta) -> Turn:
    """Whether to ask now; "recent": it was read less than `fresh` ago."""
    if state.asked is not None and state.asked > now:  # by a clock that was ahead
        return "ask"
    if state.gone:
        return "gone"
    if state.due is not None and now < state.due:
        return "waiting"
    is_fresh = state.succeeded is not None and not state.failures and now - state.succeeded < fresh
    return "recent" if is_fresh else "ask"


def well(state: Health, answer: Answer, now: datetime, entries: int | None = None) -> Health:
    """After it was read with so many entries, or found unchanged (None)."""
    since = state.empty if entries is None else None if entries else state.empty or now
    return replace(
        state,
        asked=now,
        succeeded=now,
        failing=None,
        failures=0,
        status=answer.status,
        seconds=round(answer.seconds, 3),
        due=None,
        gone=False,
        moved=_new_address(state, answer),
        unread=False,
        reason="",
        hint="",
        message=None,
        advice=None,
        empty=since,
    )


def note_failure(
    state: Health, answer: Answer, now: datetime, failure: Failure, unread: bool = False
) -> Health:
    """After one more failure; `unread`: it came, but is not what its reader reads."""
    failures, since = state.failures + 1, state.failing or now
    absent = answer.status == ABSENT and failures >= ABSENT_TRIES and now - since >= ABSENT_FOR
    lost = answer.status in (ABSENT, GONE) and bool(state.moved)  # then its own address is asked again
    wait = max(_wait(failures), min(timedelta(seconds=answer.retry_after), LONGEST_WAIT))
    return replace(
        state,
        asked=now,
        failing=since,
        failures=failures,
        status=answer.status,
        seconds=round(answer.seconds, 3),
        due=now + wait if wait and not lost else None,
        gone=(answer.status == GONE or absent) and not lost,
        moved="" if lost else state.moved,
        unread=unread,
        reason=failure.reason,
        hint=failure.hint,
        message=failure.message,
        advice=failure.advice,
    )


def silence(days: Sequence[date], today: date) -> tuple[int, date] | None:
    """The usual gap in days between the days on which a source had something, and the last of them; None where it has
    not been silent for SILENT times that, or too few are known to tell what is usual."""
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days[-RHYTHM:]))
    if len(gaps) < RHYTHM_LEAST:
        return None
    usual = gaps[len(gaps) // 2]
    return (usual, days[-1]) if (today - days[-1]).days > SILENT * usual else None


def _wait(failures: int) -> timedelta:
    doublings = failures - FORGIVEN - 1
    return timedelta() if doublings < 0 else min(FIRST_WAIT * 2 ** min(doublings, 10), LONGEST_WAIT)


def _new_address(state: Health, answer: Answer) -> str:
    """Where it is for good. A move from https to http is no move that anybody should follow for ever."""
    if not answer.moved or (
        answer.request.url.startswith("https:") and not answer.moved.startswith("https:")
    ):
        return state.moved
    return "" if answer.moved == state.url else answer.moved
