"""The run report: what a run did, stage by stage, source by source, and what became of whom.

It holds whom, not what they said: a night's candidates are thousands, with their texts tens of megabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from curate.domain.message import Message, shorten
from curate.domain.model import Entry, Failure, Outcome, Reason, Stage, Verdict

MOST_VERDICTS = 2_000  # told one by one, the best first; of the others the number is
MOST_REASONS = 300  # of them with what their score is made of
_TITLE, _ADDRESS, _WORDS = 200, 500, 300  # characters


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry by what it is known by."""

    source: str
    id: str
    url: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True)
class CandidateVerdict:
    """What became of a candidate, and why."""

    entry: Candidate
    picked: bool
    words: str
    score: float = 0.0
    topic: str = ""
    why: tuple[Reason, ...] = ()
    message: Message | None = None  # what `words` say


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    id: str
    started: datetime
    version: str
    stages: tuple[Stage, ...]
    outcomes: tuple[Outcome, ...]
    verdicts: tuple[CandidateVerdict, ...]  # those that were picked first, then by score
    failures: tuple[Failure, ...]
    issue: str = ""  # the folder's name; "" when none was made
    number: int = 0
    untold: int = 0  # candidates beyond MOST_VERDICTS


class ReportedVerdicts(NamedTuple):
    """The verdicts that a report has, and how many it has not."""

    verdicts: tuple[CandidateVerdict, ...]
    untold: int


def tell_verdicts(verdicts: Sequence[Verdict], say: Callable[[Message | None], str]) -> ReportedVerdicts:
    """What a report tells of a night's verdicts; `say` puts a message in the account's words."""
    ranked = sorted(verdicts, key=lambda verdict: (not verdict.picked, -verdict.score))
    with_reasons, without = ranked[:MOST_REASONS], ranked[MOST_REASONS:MOST_VERDICTS]
    told = [_short(verdict, verdict.why, say) for verdict in with_reasons]
    told += [_short(verdict, (), say) for verdict in without]
    return ReportedVerdicts(tuple(told), max(0, len(ranked) - MOST_VERDICTS))


def _short(verdict: Verdict, why: Sequence[Reason], say: Callable[[Message | None], str]) -> CandidateVerdict:
    return CandidateVerdict(
        _candidate(verdict.entry),
        verdict.picked,
        say(verdict.message)[:_WORDS],
        round(verdict.score, 3),
        verdict.topic,
        tuple(_short_reason(reason, say) for reason in why),
        shorten(verdict.message, _WORDS),
    )


def _short_reason(reason: Reason, say: Callable[[Message | None], str]) -> Reason:
    words = (reason.words or say(reason.message))[:_WORDS]
    return replace(reason, words=words, message=shorten(reason.message, _WORDS) if reason.message else None)


def _candidate(entry: Entry) -> Candidate:
    return Candidate(
        entry.source, entry.id[:_ADDRESS], entry.url[:_ADDRESS], entry.title[:_TITLE], entry.published
    )
