"""TABLE `CHECKS`: a rule's name -> whose rule it is, and what finds breaches of it. Installed packages add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from curate.checks import links, originals, own_words, permit
from curate.checks.base import LEVELS, CheckFinding, IssueCheck, Level
from curate.checks.view import IssueView
from curate.domain.message import message
from curate.domain.plugins import extend_table

GROUP = "curate.issue_checks"  # entry points: name -> a IssueCheck


def _check(
    rule: str, find: Callable[[IssueView], Iterator[CheckFinding]], level: Level
) -> tuple[str, IssueCheck]:
    return rule, IssueCheck(message(f"check.{rule}"), message(f"check.{rule}.basis"), find, level)


CHECKS: dict[str, IssueCheck] = dict(
    (
        _check("share", own_words.find_sharing, "error"),
        _check("follow", own_words.find_following, "error"),
        _check("absolute", own_words.find_superlatives, "warn"),
        _check("medical", own_words.find_cures, "warn"),
        _check("investment", own_words.find_yields, "warn"),
        _check("gambling", own_words.find_gambling, "error"),
        _check("contact", own_words.find_contacts, "warn"),
        _check("personal", own_words.find_persons, "warn"),
        _check("shortlink", own_words.find_short_addresses, "warn"),
        _check("words", own_words.find_words, "warn"),
        _check("permit", permit.find_unlicensed, "warn"),
        _check("title", originals.find_changed_titles, "warn"),
        _check("quote", originals.find_long_quotations, "warn"),
        _check("reprint", originals.find_notices, "warn"),
        _check("link", links.find_lost_links, "error"),
        _check("declare", originals.find_generated, "warn"),
        _check("original", originals.remind_of_originality, "hint"),
    )
)


class Judgment(NamedTuple):
    """What was found: what stands, the gravest first, and what was overruled, with the reason.

    A rule that the account ignores is overruled by the reason in its settings.
    """

    findings: tuple[CheckFinding, ...]
    overruled: tuple[tuple[CheckFinding, str], ...] = ()

    def count(self, level: Level) -> int:
        """How many of a level stand."""
        return sum(one.level == level for one in self.findings)

    @property
    def level(self) -> Level | None:
        """The gravest that stands; None where nothing does."""
        return self.findings[0].level if self.findings else None


def checks() -> dict[str, IssueCheck]:
    """The table with what installed packages add; a rule of ours cannot be taken over."""
    return extend_table(CHECKS, GROUP)


def check_issue(
    view: IssueView,
    overrules: Mapping[str, str] | None = None,
    ignored: Mapping[str, str] | None = None,
    table: Mapping[str, IssueCheck] | None = None,
) -> Judgment:
    """Look for all that the table has. `overrules`: keys of findings that the editor accepted, with the reason;
    `ignored`: rules that the account does not want to hear of, with the reason."""
    known = checks() if table is None else table
    accepted, passed_over = overrules or {}, ignored or {}
    found = [one for check in known.values() for one in check.find(view)]
    ordered = sorted(_without_repeats(found), key=lambda one: (LEVELS.index(one.level), one.number))
    reasons = [accepted.get(one.key) or passed_over.get(one.rule, "") for one in ordered]
    pairs = list(zip(ordered, reasons, strict=True))
    return Judgment(
        tuple(one for one, reason in pairs if not reason), tuple((one, why) for one, why in pairs if why)
    )


def _without_repeats(found: Sequence[CheckFinding]) -> list[CheckFinding]:
    return list({one.key: one for one in reversed(found)}.values())[::-1]
