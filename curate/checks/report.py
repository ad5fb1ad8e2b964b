"""What was found, for a program: keys and values beside the words, and what every item is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curate.checks.base import CheckFinding
from curate.checks.listing import DISCLAIMER
from curate.checks.originals import needs_permission, quoted_share
from curate.checks.overrules import Acceptance
from curate.checks.permission_mail import write_mails
from curate.checks.table import Judgment, checks
from curate.checks.view import IssueView
from curate.i18n.catalogue import SayMessage, say_in


def report_judgment(
    view: IssueView, judgment: Judgment, accepted: Mapping[str, Acceptance]
) -> dict[str, Any]:
    """`{issue, counts, findings, overruled, checks, items, mails, disclaimer}`, in the account's language."""
    say = say_in(view.issue.language)
    return {
        "issue": view.issue.number,
        "counts": {level: judgment.count(level) for level in ("error", "warn", "hint")},
        "findings": [report_finding(one, say) for one in judgment.findings],
        "overruled": [
            {**report_finding(one, say), "reason": reason, **_report_acceptance(accepted.get(one.key))}
            for one, reason in judgment.overruled
        ],
        "checks": {
            rule: {
                "title": say(check.title),
                "basis": say(check.basis),
                "level": check.level,
            }
            for rule, check in checks().items()
        },
        "items": [
            {
                "number": item.number,
                "title": item.title,
                "quoted": None if (share := quoted_share(item)) is None else round(share, 3),
                "notice": {"kind": item.notice.kind, "text": item.notice.text} if item.notice else None,
                "needs_permission": needs_permission(item),
            }
            for item in view.items
        ],
        "mails": [mail._asdict() for mail in write_mails(view)],
        "disclaimer": say(DISCLAIMER),
    }


def report_finding(one: CheckFinding, say: SayMessage) -> dict[str, Any]:
    """A finding with its words."""
    return {
        "key": one.key,
        "rule": one.rule,
        "level": one.level,
        "place": one.place,
        "number": one.number,
        "found": one.found,
        "message": one.message.key,
        "words": say(one.message),
        "advice": say(one.advice),
    }


def _report_acceptance(one: Acceptance | None) -> dict[str, Any]:
    return {"by": one.event.by, "at": one.at.isoformat()} if one else {"by": "", "at": ""}
