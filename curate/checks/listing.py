"""Findings as they are shown, at the terminal, on the desk and on the copy page: by their rules, in words."""

from __future__ import annotations

from itertools import groupby

from curate.checks.base import CheckFinding, IssueCheck
from curate.checks.table import Judgment, checks
from curate.domain.message import Message, message
from curate.i18n.catalogue import SayMessage
from curate.render.check_section import CheckSection, FindingGroup, ShownFinding
from curate.render.messages import cut_text

DISCLAIMER = message("check.advice_only")
_SHOWN = 48  # characters of what was found


def group_findings(judgment: Judgment, say: SayMessage) -> tuple[FindingGroup, ...]:
    """What stands, rule by rule, as the gravest findings come."""
    known = checks()
    rules = list(dict.fromkeys(one.rule for one in judgment.findings))
    ordered = sorted(judgment.findings, key=lambda one: rules.index(one.rule))
    return tuple(
        _make_group(rule, known[rule], list(found), say)
        for rule, found in groupby(ordered, key=lambda one: one.rule)
    )


def show_finding(one: CheckFinding, say: SayMessage) -> ShownFinding:
    """One finding in words."""
    place = say(message(f"check.place.{one.place}"))
    words = say(one.message)
    return ShownFinding(
        one.key,
        one.level,
        say(message(f"check.level.{one.level}")),
        f"{one.number} {place}" if one.number else place,
        words if one.found in words else say(_with_found(one.message, one.found)),
        say(one.advice),
    )


def _with_found(said: Message, found: str) -> Message:
    return message("check.finding", said=said, found=cut_text(found, _SHOWN))


def count_findings(judgment: Judgment) -> Message:
    """How many stand of each level, or that nothing was found."""
    if judgment.level is None:
        return message("check.fine")
    errors, warnings, hints = map(judgment.count, ("error", "warn", "hint"))  # type: ignore[arg-type]
    return message("check.counts", errors=errors, warnings=warnings, hints=hints)


def make_section(judgment: Judgment, say: SayMessage) -> CheckSection:
    """All of it, for the copy page."""
    accepted = tuple((show_finding(one, say), reason) for one, reason in judgment.overruled)
    counts, disclaimer = say(count_findings(judgment)), say(DISCLAIMER)
    return CheckSection(counts, group_findings(judgment, say), accepted, disclaimer)


def _make_group(rule: str, check: IssueCheck, found: list[CheckFinding], say: SayMessage) -> FindingGroup:
    shown = tuple(show_finding(one, say) for one in found)
    return FindingGroup(rule, say(check.title), say(check.basis), shown)
