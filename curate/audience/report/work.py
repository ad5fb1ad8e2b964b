"""The part of the report that is of the editor's own work: its plot, its tables, its lines for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from curate.audience.editor_work import EditorWork, KeptShare
from curate.audience.report.messages import WORDS

MOST_SOURCES = 20  # rows of the table


def work_section(work: EditorWork | None, language: str) -> dict[str, Any] | None:
    """What the page shows of it; None where nothing was decided."""
    from curate.audience.report import plots

    if work is None:
        return None
    words = WORDS[language]
    points = [(day, each.rate.value, each.rate.low, each.rate.high) for day, each in work.weeks.items()]
    drawn = [plots.timeline(points, words["work_by_week"])] if points else []
    if work.minutes:
        minutes = [each.median for each in work.minutes.values()]
        counts = [words["work_issues"].format(n=each.issues) for each in work.minutes.values()]
        drawn.append(plots.bars(list(work.minutes), minutes, [], words["work_minutes"], counts))
    return {
        "plots": [Markup(each) for each in drawn],
        "heads": [*([words["work_by_week"]] if points else []), words["work_minutes"]],
        "text": work_lines(work, language),
        "tables": [
            {"head": words["factor_topic"], "rows": [_row(each, words) for each in work.topics]},
            {
                "head": words["factor_source"],
                "rows": [_row(each, words) for each in work.sources[:MOST_SOURCES]],
            },
        ],
    }


def work_lines(work: EditorWork | None, language: str) -> list[str]:
    """The same in a sentence or two."""
    if work is None:
        return []
    words, all_ = WORDS[language], work.overall
    said = {"share": f"{all_.rate.value:.0%}", "low": f"{all_.rate.low:.0%}", "high": f"{all_.rate.high:.0%}"}
    lines = (
        [words["work_kept"].format(kept=all_.kept, offered=all_.offered, added=work.taken_in, **said)]
        if all_.offered
        else []
    )
    if work.minutes:
        newest = list(work.minutes.values())[-1]
        lines.append(words["work_spent"].format(minutes=f"{newest.median:.0f}", n=newest.issues))
    return lines


def _row(share: KeptShare, words: Mapping[str, str]) -> dict[str, str]:
    rate = share.rate
    return {
        "name": share.name or words["other"],
        "count": f"{share.kept}/{share.offered}",
        "share": f"{rate.value:.0%}",
        "range": f"{rate.low:.0%}–{rate.high:.0%}",
    }
