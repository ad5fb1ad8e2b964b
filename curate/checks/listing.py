"""Findings as they are shown, at the terminal, on the desk and on the copy page: by their rules, in words."""

from __future__ import annotations

from itertools import groupby

from curate.checks.base import CheckFinding, IssueCheck
from curate.checks.table import Judgment, checks
from curate.domain.message import Message, message
from curate.i18n.catalogue import say
from curate.render.check_section import CheckSection, FindingGroup, ShownFinding
from curate.render.messages import cut_text

DISCLAIMER = message("check.advice_only")
_SHOWN = 48  # characters of what was found


def group_findings(judgment: Judgment, language: str) -> tuple[FindingGroup, ...]:
    """What stands, rule by rule, as the gravest findings come."""
    known = checks()
    rules = list(dict.fromkeys(one.rule for one in judgment.findings))
    ordered = sorted(judgment.findings, key=lambda one: rules.index(one.rule))
    return tuple(
        _make_group(rule, known[rule], list(found), language)
        for rule, found in groupby(ordered, key=lambda one: one.rule)
    )


def show_finding(one: CheckFinding, language: str) -> ShownFinding:
    """One finding in words."""
    place = say(message(f"check.place.{one.place}"), language)
    words = say(one.message, language)
    colon = "：" if language == "zh" else ": "
    return ShownFinding(
        one.key,
        one.level,
        say(message(f"check.level.{one.level}"), language),
        f"{one.number} {place}" if one.number else place,
        words if one.found in words else f"{words}{colon}{cut_text(one.found, _SHOWN)}",
        say(one.advice, language),
    )


def count_findings(judgment: Judgment) -> Message:
    """How many stand of each level, or that nothing was found."""
    if judgment.level is None:
        return message("check.fine")
    errors, warnings, hints = map(judgment.count, ("error", "warn", "hint"))  # type: ignore[arg-type]
    return message("check.counts", errors=errors, warnings=warnings, hints=hints)


def make_section(judgment: Judgment, language: str) -> CheckSection:
    """All of it, for the copy page."""
    accepted = tuple((show_finding(one, language), reason) for one, reason in judgment.overruled)
    counts, disclaimer = say(count_findings(judgment), language), say(DISCLAIMER, language)
    return CheckSection(counts, group_findings(judgment, language), accepted, disclaimer)


def _make_group(rule: str, check: IssueCheck, found: list[CheckFinding], language: str) -> FindingGroup:
    shown = tuple(show_finding(one, language) for one in found)
    return FindingGroup(rule, say(check.title, language), say(check.basis, language), shown)
