"""The run report as a page: what each source gave, and why each candidate was picked or not."""

from __future__ import annotations

import re
from typing import Any

from curate.config.schema import OTHER, Config
from curate.domain.model import UNREAD, Failure, Outcome
from curate.domain.run_report import CandidateVerdict, Report
from curate.render.templating import Templates, fill

TEMPLATE = "report/report.html.j2"
SHOWN = 1_000  # of those that were not picked, the best; the others stand in the .json beside the page

_WORDS = {
    "zh": {
        "title": "运行报告",
        "issue": "本次出刊",
        "read": "读到的来源",
        "fresh": "新内容",
        "picked": "入选",
        "dropped": "没有入选的，以及原因",
        "expand": "展开 {} 条",
        "left_out": "得分更低的 {} 条没有列出。",
        "seconds": "用时",
        "troubles": "需要留意的来源",
        "none": "没有。",
        "sources": "来源",
        "source": "来源",
        "status": "结果",
        "entries": "条目",
        "took": "用时",
        "stages": "各步骤",
        "stage": "步骤",
        "count": "产出",
        "score": "得分",
        "candidate": "条目",
        "verdict": "结论",
        "no_issue": "没有出刊",
        "number": "第 {} 期",
        OTHER: "其他",
        "new": "有新内容",
        "nothing new": "没有新内容",
        "unchanged": "没有变化",
        "recent": "刚读过",
        "empty": "空的",
        "waiting": "暂不去读",
        "gone": "已停止读取",
        "failed": "失败",
        "fetch": "抓取来源",
        "titles": "补全标题",
        "stories": "归并同一件事",
        "topics": "分栏目",
        "rank": "打分",
        "articles": "取正文",
        "pictures": "取图片",
        "posts": "排版",
    },
    "en": {
        "title": "Run report",
        "issue": "issue",
        "read": "sources read",
        "fresh": "new",
        "picked": "Picked",
        "dropped": "Not picked, and why",
        "expand": "Show {}",
        "left_out": "{} more, with lower scores, are not shown.",
        "seconds": "seconds",
        "troubles": "Worth a look",
        "none": "None.",
        "sources": "Sources",
        "source": "Source",
        "status": "Outcome",
        "entries": "Entries",
        "took": "Took",
        "stages": "Stages",
        "stage": "Stage",
        "count": "Came out",
        "score": "Score",
        "candidate": "Entry",
        "verdict": "Verdict",
        "no_issue": "none made",
        "number": "No. {}",
        OTHER: "Other",
    },
}


def report_page(report: Report, config: Config, templates: Templates) -> bytes:
    """The report as a self-contained HTML page in the account's language."""
    words = _WORDS[config.account.language]
    names = {source.id: source.name for source in config.sources}
    topics = {topic.id: topic.name for topic in config.topics} | {OTHER: words[OTHER]}

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
    left_out = report.untold + max(0, len(dropped) - SHOWN)
    values = {
        "w": words,
        "language": config.account.language,
        "report": report,
        "account": config.account.name,
        "started": f"{report.started.astimezone(config.account.zone):%Y-%m-%d %H:%M}",
        "issue_words": words["number"].format(report.number) if report.issue else words["no_issue"],
        "read": sum(outcome.status not in UNREAD for outcome in report.outcomes),
        "fresh": sum(outcome.new for outcome in report.outcomes),
        "seconds": sum(stage.seconds for stage in report.stages),
        "picked": [row(verdict) for verdict in ranked if verdict.picked],
        "dropped": [row(verdict) for verdict in dropped[:SHOWN]],
        "left_out": words["left_out"].format(left_out) if left_out else "",
        "expand": words["expand"].format(min(len(dropped), SHOWN)),
        "troubles": [_source(outcome, names, words) for outcome in report.outcomes if outcome.reason]
        + [_failure(failure) for failure in report.failures],
        "sources": [_source(outcome, names, words) for outcome in report.outcomes],
        "stages": [
            {"name": words.get(s.name, s.name), "count": s.count, "seconds": s.seconds} for s in report.stages
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


def _source(outcome: Outcome, names: dict[str, str], words: dict[str, str]) -> dict[str, Any]:
    return {
        "name": names.get(outcome.source, outcome.source),
        "status": words.get(outcome.status, outcome.status),
        "failed": outcome.status in UNREAD,
        "reason": outcome.reason,
        "hint": outcome.hint,
        "entries": outcome.entries,
        "new": outcome.new,
        "seconds": outcome.seconds,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {"name": failure.subject, "reason": failure.reason, "hint": failure.hint}
