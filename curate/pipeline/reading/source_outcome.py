"""What a source has given in a night, counted as it comes; and its Outcome in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.config.schema import Config, Source
from curate.domain.message import Message, Value, all_of, message, text
from curate.domain.model import Failure, Outcome
from curate.i18n.catalogue import say
from curate.sources import addresses
from curate.storage import Health

LEAST_ALIKE = 2  # sources, to speak of all
NAMED = 3  # of a source's failures, in its reason


class _Told(NamedTuple):
    """What happened, and what a person can do."""

    reason: Message
    advice: Message | None


@dataclass(slots=True)
class Tally:
    """What a source has given so far; a source may have several documents."""

    entries: int = 0
    new: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)
    skipped: list[tuple[str, Health]] = field(default_factory=list)  # documents that were not asked, and why
    moved: str = ""  # the address that it has for good since tonight
    gone: bool = False  # since tonight
    emptied: Health | None = None  # a document that had entries and has none
    reached: bool = False  # a server answered

    def outcome(self, source: Source, config: Config) -> Outcome:
        """The source's outcome, with what an editor should know and do."""
        counts = (self.entries, self.new, round(self.seconds, 3))
        status, told = self._status(), _tell_failures(self.failures)
        if status in ("waiting", "gone") and not self.failures:
            told = _tell_state(status, next(state for why, state in self.skipped if why == status), config)
        elif self.gone:
            told = _tell("gone", reason=told.reason if told else "")
        elif self.moved and not told:
            told = _tell("moved", moved=self.moved)
        elif status == "empty" and self.emptied and not told:
            told = _tell_state("empty", self.emptied, config)
        outcome = Outcome(source.id, status, *counts, reached=self.reached)
        return _explain(outcome, told, config) if told else outcome

    def _status(self) -> str:
        if self.entries:
            return "new" if self.new else "nothing new"
        if self.failures:
            return "gone" if self.gone else "failed"
        skipped = [why for why, _ in self.skipped]
        if self.unchanged or "recent" in skipped:
            return "unchanged" if self.unchanged else "recent"
        return skipped[0] if skipped else "empty"


def with_notices(
    outcomes: Sequence[Outcome], notices: Sequence[Failure], config: Config
) -> tuple[Outcome, ...]:
    """Outcomes that also tell what stood where a source's articles should; `subject` of a notice is its source."""
    told: dict[str, list[Failure]] = {}
    for notice in {(each.subject, _reason_of(each), each.hint): each for each in notices}.values():
        told.setdefault(notice.subject, []).append(notice)
    return tuple(
        _explain(outcome, _add_notices(outcome, told[outcome.source]), config)
        if outcome.source in told
        else outcome
        for outcome in outcomes
    )


def _add_notices(outcome: Outcome, notices: Sequence[Failure]) -> _Told:
    before = [outcome.message or text(outcome.reason)] if outcome.reason else []
    every: list[Outcome | Failure] = [outcome, *notices]
    reasons = [message("source.notices", reason=_reason_of(each)) for each in notices]
    return _Told(all_of([*before, *reasons]), _join_advice(every))


def _reason_of(failure: Failure) -> Message:
    return failure.message or text(failure.reason)


def _join_advice(told: Sequence[Outcome | Failure]) -> Message | None:
    """What can be done about all of it, each piece once."""
    every = [each.advice or (text(each.hint) if each.hint else None) for each in told]
    advice = list(dict.fromkeys(filter(None, every)))
    return all_of(advice) if advice else None


def alike(outcomes: Sequence[Outcome], config: Config) -> Failure | None:
    """What befell all sources at once, where all that were asked failed, and in one way; else None. Its words are not made yet.

    Where not one server answered it is our own network, in whichever ways it fails.
    """
    asked = [outcome for outcome in outcomes if outcome.status not in ("waiting", "gone", "recent")]
    if len(asked) < LEAST_ALIKE or any(outcome.status != "failed" for outcome in asked):
        return None
    sources = config.sources_by_id
    kinds = {_kind(outcome.reason, sources[outcome.source], config) for outcome in asked}
    unreached = not any(outcome.reached for outcome in asked)
    if len(kinds) > 1 and not unreached:
        return None
    kind = next(iter(kinds)) if len(kinds) == 1 else message("source.unreached")
    if unreached:
        told = _tell("alike offline", count=len(asked), kind=kind)
    else:
        told = _pass_on("alike", asked[0], count=len(asked), kind=kind)
    return Failure("", message=told.reason, advice=told.advice)


def _kind(reason: str, source: Source, config: Config) -> str:
    """A failure without the host that it is about: 找不到主机 feeds.example -> 找不到主机."""
    hosts = (urlsplit(url).hostname or "" for url in addresses(source, config.network))
    for host in filter(None, hosts):
        reason = reason.replace(host, "")
    return " ".join(reason.replace(" ：", "：").split())


def silent_in_words(usual: int, last: date, config: Config) -> tuple[str, str]:
    """What is said of a source that has been silent since `last`, its usual gap being `usual` days."""
    often = message("source.daily") if usual <= 1 else message("source.every", n=usual)
    return _in_words(_tell("silent", last=f"{last:%Y-%m-%d}", usual=often), config)


def in_words(key: str, state: Health, config: Config) -> tuple[str, str]:
    """Reason and hint of what is known of a document: "moved", "gone", "empty", "waiting" or "failing"."""
    return _in_words(_tell_state(key, state, config), config)


def _tell_state(key: str, state: Health, config: Config) -> _Told:
    if key == "failing":
        return _Told(
            state.message or text(state.reason), state.advice or (text(state.hint) if state.hint else None)
        )
    if key == "waiting":
        due = f"{state.due.astimezone(config.account.zone):%m-%d %H:%M}" if state.due else ""
        return _pass_on(key, state, failures=state.failures, due=due, reason=state.message or state.reason)
    if key == "empty":
        empty = f"{state.empty.astimezone(config.account.zone):%Y-%m-%d}" if state.empty else ""
        return _tell(key, empty=empty)
    return (
        _tell(key, moved=state.moved) if key == "moved" else _tell(key, reason=state.message or state.reason)
    )


def _tell_failures(failures: Sequence[Failure]) -> _Told | None:
    """All that failed, each reason and each hint once; of many reasons the first."""
    distinct: dict[Message, Failure] = {}
    for failure in failures:
        distinct.setdefault(_reason_of(failure), failure)
    named = list(distinct.values())[:NAMED]
    if not named:
        return None
    reasons = tuple(map(_reason_of, named))
    several = message("source.several", parts=reasons, n=len(distinct))
    return _Told(several if len(distinct) > NAMED else all_of(reasons), _join_advice(named))


def _tell(key: str, **values: Value) -> _Told:
    return _Told(message(f"source.{key}", **values), message(f"source.{key}.hint"))


def _pass_on(key: str, before: Outcome | Health, **values: Value) -> _Told:
    """What is said with the advice that was given before."""
    return _Told(
        message(f"source.{key}", **values), before.advice or (text(before.hint) if before.hint else None)
    )


def _explain(outcome: Outcome, told: _Told, config: Config) -> Outcome:
    reason, hint = _in_words(told, config)
    return replace(outcome, reason=reason, hint=hint, message=told.reason, advice=told.advice)


def _in_words(told: _Told, config: Config) -> tuple[str, str]:
    return say(told.reason, config.account.language), say(told.advice, config.account.language)
