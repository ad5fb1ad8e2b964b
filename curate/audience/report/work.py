"""The part of the report that is of the editor's own work: its plot, its tables, its lines for the terminal."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from curate.audience.editor_work import EditorWork, KeptShare
from curate.i18n.catalogue import Say

MOST_SOURCES = 20  # rows of the table


def work_section(work: EditorWork | None, t: Say) -> dict[str, Any] | None:
    """What the page shows of it; None where nothing was decided."""
    from curate.audience.report import plots

    if work is None:
        return None
    points = [(day, each.rate.value, each.rate.low, each.rate.high) for day, each in work.weeks.items()]
    drawn = [plots.timeline(points, t("work_by_week"))] if points else []
    if work.minutes:
        minutes = [each.median for each in work.minutes.values()]
        counts = [t("work_issues", n=each.issues) for each in work.minutes.values()]
        drawn.append(plots.bars(list(work.minutes), minutes, [], t("work_minutes"), counts))
    return {
        "plots": [Markup(each) for each in drawn],
        "heads": [*([t("work_by_week")] if points else []), t("work_minutes")],
        "text": work_lines(work, t),
        "tables": [
            {"head": t("factor_topic"), "rows": [_row(each, t) for each in work.topics]},
            {
                "head": t("factor_source"),
                "rows": [_row(each, t) for each in work.sources[:MOST_SOURCES]],
            },
        ],
    }


def work_lines(work: EditorWork | None, t: Say) -> list[str]:
    """The same in a sentence or two."""
    if work is None:
        return []
    all_ = work.overall
    said = {"share": f"{all_.rate.value:.0%}", "low": f"{all_.rate.low:.0%}", "high": f"{all_.rate.high:.0%}"}
    kept = t("work_kept", kept=all_.kept, offered=all_.offered, added=work.taken_in, **said)
    lines = [kept] if all_.offered else []
    if work.minutes:
        newest = list(work.minutes.values())[-1]
        lines.append(t("work_spent", minutes=f"{newest.median:.0f}", n=newest.issues))
    return lines


def _row(share: KeptShare, t: Say) -> dict[str, str]:
    rate = share.rate
    return {
        "name": share.name or t("other"),
        "count": f"{share.kept}/{share.offered}",
        "share": f"{rate.value:.0%}",
        "range": f"{rate.low:.0%}–{rate.high:.0%}",
    }
