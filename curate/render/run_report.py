"""The run report as a page: what each source gave, and why each candidate was picked or not."""

from __future__ import annotations

import re
from typing import Any

from curate.config.schema import OTHER, Config
from curate.domain.message import message
from curate.domain.model import UNREAD, Failure, Outcome
from curate.domain.run_report import CandidateVerdict, Report
from curate.i18n.catalogue import labels_of, say, speaker
from curate.render.templating import Templates, fill

TEMPLATE = "report/report.html.j2"
SHOWN = 1_000  # of those that were not picked, the best; the others stand in the .json beside the page


def report_page(report: Report, config: Config, templates: Templates) -> bytes:
    """The report as a self-contained HTML page in the account's language."""
    language = config.account.language
    t, labels = speaker("run", language), labels_of("run", language)
    names = {source.id: source.name for source in config.sources}
    topics = {topic.id: topic.name for topic in config.topics} | {OTHER: say(message("other"), language)}

    def row(verdict: CandidateVerdict) -> dict[str, Any]:
        entry = verdict.entry
        return {
            "title": entry.title,
            "url": entry.url,
            "link": entry.url.startswith(("http://", "https://")),
            "source": names.get(entry.source, entry.source),
            "published": f"{entry.published.astimezone(config.account.zone):%m-%d %H:%M}",
            "topic": topics.get(verdict.topic, verdict.topic),
            "score": verdict.score,
            "why": sorted(verdict.why, key=lambda reason: -abs(reason.points)),
            "words": _without_score(verdict),
        }

    ranked = sorted(report.verdicts, key=lambda verdict: -verdict.score)
    dropped = [verdict for verdict in ranked if not verdict.picked]
    values = {
        "t": t,
        "language": language,
        "report": report,
        "account": config.account.name,
        "started": f"{report.started.astimezone(config.account.zone):%Y-%m-%d %H:%M}",
        "issue_words": t("number", n=report.number) if report.issue else t("no_issue"),
        "read": sum(outcome.status not in UNREAD for outcome in report.outcomes),
        "fresh": sum(outcome.new for outcome in report.outcomes),
        "seconds": sum(stage.seconds for stage in report.stages),
        "picked": [row(verdict) for verdict in ranked if verdict.picked],
        "dropped": [row(verdict) for verdict in dropped[:SHOWN]],
        "left_out": report.untold + max(0, len(dropped) - SHOWN),
        "troubles": [_source(outcome, names, labels) for outcome in report.outcomes if outcome.reason]
        + [_failure(failure) for failure in report.failures],
        "sources": [_source(outcome, names, labels) for outcome in report.outcomes],
        "stages": [
            {"name": labels.get(f"stage.{s.name}", s.name), "count": s.count, "seconds": s.seconds}
            for s in report.stages
        ],
    }
    return fill(templates, TEMPLATE, values).encode()


def _without_score(verdict: CandidateVerdict) -> str:
    """The verdict's words without the score, which has a column of its own."""
    if not verdict.why:  # nor has the column one
        return verdict.words
    score = re.escape(f"{verdict.score:.2f}")
    chinese = rf"（{score} 分）|，{score} 分(?=）)|得 {score} 分，"
    english = rf" \({score} points\)|, {score} points(?=\))|(?<=: ){score} points, "
    return re.sub(f"{chinese}|{english}", "", verdict.words)


def _source(outcome: Outcome, names: dict[str, str], labels: dict[str, str]) -> dict[str, Any]:
    return {
        "name": names.get(outcome.source, outcome.source),
        "status": labels.get(outcome.status, outcome.status),
        "failed": outcome.status in UNREAD,
        "reason": outcome.reason,
        "hint": outcome.hint,
        "entries": outcome.entries,
        "new": outcome.new,
        "seconds": outcome.seconds,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {"name": failure.subject, "reason": failure.reason, "hint": failure.hint}
