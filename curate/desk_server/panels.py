"""TABLE `PANELS`: what opens in a sheet over the desk. A panel is a button in the bar with a key of its own, a template in
templates/desk/panels/, and what that is given; its own actions stand in `ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from curate.app.check.check_issue import check_edited
from curate.checks.listing import DISCLAIMER, count_findings, group_findings, show_finding
from curate.checks.permission_mail import write_mails
from curate.desk.compare import differences
from curate.desk.events import Event, kind_of
from curate.desk_server.action_types import PanelRequest, Say
from curate.desk_server.draft_panel import fill_draft
from curate.desk_server.work_panel import fill_work
from curate.i18n.catalogue import say_in


class Panel(NamedTuple):
    """What opens over the desk. `fill` gives the values of templates/desk/panels/NAME.html.j2."""

    label: str  # of its button: a key of the page's messages
    key: str  # a letter that no key of desk.js has
    fill: Callable[[PanelRequest], Mapping[str, Any]]


def _versions(request: PanelRequest) -> Mapping[str, Any]:
    """The log, newest first, and what is otherwise than the machine made it."""
    edited = request.edited
    return {
        "log": [(each, _tell_event(each.event, request.say)) for each in reversed(edited.log)],
        "differences": differences(edited.machine, edited.issue),
    }


def _review(request: PanelRequest) -> Mapping[str, Any]:
    """The page for a colleague, and who has approved what."""
    visits = request.desk.account.archive.desk.visits(request.desk.number)
    approvals = [visit for visit in reversed(visits) if visit.kind == "approve"]
    return {"approvals": approvals, "file": f"share-{request.desk.number}.html"}


def _check(request: PanelRequest) -> Mapping[str, Any]:
    """What the platform or the law might punish, and what was accepted of that."""
    checked = check_edited(request.desk.account, request.edited)
    say = say_in(request.edited.issue.language)
    return {
        "groups": group_findings(checked.judgment, say),
        "counts": say(count_findings(checked.judgment)),
        "overruled": [
            (show_finding(one, say), reason, checked.acceptances.get(one.key))
            for one, reason in checked.judgment.overruled
        ],
        "disclaimer": say(DISCLAIMER),
        "mails": write_mails(checked.view),
    }


def _tell_event(event: Event, say: Say) -> str:
    """An event in a line: what the editor would call it."""
    item = getattr(event, "item", None)
    text = getattr(event, "text", "") or getattr(event, "value", "") or (item.title if item else "")
    return f"{say(KINDS[kind_of(event)])}　{text}".strip()


# The messages that say what kind of event it was.
KINDS: dict[str, str] = {
    "take": "take",
    "overrule": "log_overrule",
    "complete": "log_complete",
    "drop": "drop",
    "park": "park",
    "move": "log_move",
    "lead": "make_lead",
    "title": "diff_title",
    "summary": "diff_summary",
    "note": "diff_note",
    "words": "words",
    "image": "picture",
    "covers": "cover",
    "split": "split",
    "merge": "merge_do",
    "advert": "is_advert",
    "block": "block",
    "undo": "undo",
    "redo": "redo",
    "restore": "restore",
}

PANELS: dict[str, Panel] = {
    "check": Panel("check", "g", _check),
    "draft": Panel("draft_box", "b", fill_draft),
    "versions": Panel("versions", "v", _versions),
    "review": Panel("review", "o", _review),
    "work": Panel("work", "w", fill_work),
}
