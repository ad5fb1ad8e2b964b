"""The readers' report as a self-contained page and as lines for the terminal, in the account's language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from curate.audience.editor_work import EditorWork
from curate.audience.effects import Effect
from curate.audience.evidence import ENOUGH, SEEN
from curate.audience.model import Post
from curate.audience.posts import UNITS
from curate.audience.rates import Rate
from curate.audience.report.curves import curves, factor_of, verdict_of
from curate.audience.report.work import work_section
from curate.audience.report_data import EXTREMES, FACTORS, TARGET, PostRow, Summary, enough, lines
from curate.config.schema import OTHER, Config
from curate.domain.model import Reason
from curate.i18n.catalogue import Say, labels_of, speaker
from curate.render.templating import Templates, fill

TEMPLATE = "report/readers.html.j2"


def readers_page(
    summary: Summary,
    rules: Sequence[Reason],
    line: str,
    config: Config,
    templates: Templates,
    day: str,
    work: EditorWork | None = None,
) -> bytes:
    """The page; `rules` are what the signal will say next night, `line` its closing line, `day` that of the report,
    `work` how much the editor kept."""
    t = speaker("report", config.account.language)
    names = _names(summary, config)
    fit = summary.fits.get(summary.unit)
    few = len(summary.rows) <= 2 * EXTREMES  # then all of them stand in one table
    values = {
        "t": t,
        "language": config.account.language,
        "account": config.account.name,
        "day": day,
        "rate_head": t(f"rate_{summary.unit}"),
        "reads_head": t(f"reads_{summary.unit}"),
        "facts": _facts(summary, t),
        "cautions": cautions(summary, config),
        "next": next_night(summary, rules, line, config),
        "curves": curves(summary, t),
        "work": work_section(work, t),
        "factors": [
            factor_of(fit, factor, t, names[factor], ("sure_more", "sure_less"))
            for factor in FACTORS
            if fit and fit.of(factor)
        ],
        "leaving": [
            factor_of(summary.evidence.leaving, factor, t, names[factor], ("leave_more", "leave_less"))
            for factor in ("topic", "source")
            if summary.evidence.leaving and summary.evidence.leaving.of(factor)
        ],
        "best": [_row(row, summary.unit, t) for row in summary.best if not few],
        "worst": [_row(row, summary.unit, t) for row in summary.worst if not few],
        "rows": [_row(row, summary.unit, t) for row in reversed(summary.rows)],
        "lines": [_line(*one, t) for one in lines(summary)],
        "asked_for_lines": bool(config.look.sharing),
        "unmatched": [_post(post) for post in reversed(summary.unmatched)],
    }
    return fill(templates, TEMPLATE, values).encode()


def terminal(summary: Summary, rules: Sequence[Reason], line: str, config: Config) -> list[str]:
    """The same in short: rates against the mark, best and worst, cautions, and what the next night will do."""
    t = speaker("report", config.account.language)
    out = []
    for unit in UNITS:
        if rate := summary.overall.get(unit):
            verdict = "above" if rate.low > TARGET else "below" if rate.high < TARGET else "around"
            figures = {"rate": _share(rate.value), "low": _share(rate.low), "high": _share(rate.high)}
            out.append(t("t_overall", unit=t(unit), n=summary.pushes[unit], verdict=t(verdict), **figures))
    for head, rows in (("t_best", summary.best), ("t_worst", summary.worst)):
        out += [t(head) + _terse(row, summary.unit, t) for row in rows[:1]]
    return [
        *out,
        *([""] if out else []),
        t("next"),
        *(f"  {text}" for text in next_night(summary, rules, line, config)),
        "",
        t("cautions"),
        *(f"  {text}" for text in cautions(summary, config)),
    ]


def cautions(summary: Summary, config: Config) -> list[str]:
    """What is unsure, in sentences; never empty where there is anything to be careful with."""
    t, found = speaker("report", config.account.language), []
    pushes = max(summary.pushes.values(), default=0)
    if not enough(summary):
        found.append(t("caution_few", n=pushes, enough=ENOUGH))
    if fit := summary.fits.get(summary.unit):
        found.append(t("caution_spread", spread=math.expm1(fit.spread)))
    if summary.times_per_person:
        found.append(t("caution_units", ratio=summary.times_per_person))
    if summary.by_day:
        found.append(t("caution_days", n=summary.by_day))
    if summary.unmatched:
        found.append(t("caution_unmatched", n=len(summary.unmatched)))
    if summary.fits:
        found.append(t("caution_causes"))
    return found


def next_night(summary: Summary, rules: Sequence[Reason], line: str, config: Config) -> list[str]:
    """What will differ: the signal's points with their reasons, the places kept, the closing line."""
    t, weight = speaker("report", config.account.language), config.digest.weights.get("readers", 1.0)
    found = [t("next_rule", why=rule.words, points=rule.points, weight=weight) for rule in rules]
    if rules and config.digest.explore:
        found.append(t("next_explore", n=math.ceil(config.digest.explore * config.digest.items)))
    if not rules:
        found.append(t("next_none"))
    if line:
        found.append(t("next_line", line=line))
    return found


def _names(summary: Summary, config: Config) -> dict[str, Mapping[str, str]]:
    """Level -> what it is called, for each factor."""
    t = speaker("report", config.account.language)
    topics = {**summary.evidence.names, **{t.id: t.name for t in config.topics}, OTHER: t("other")}
    sources = {source.id: source.name for source in config.sources}
    found: dict[str, Mapping[str, str]] = dict.fromkeys(FACTORS, labels_of("report", config.account.language))
    return found | {"topic": topics, "lead": topics, "source": sources, "line": {"?": t("no_line")}}


def _facts(summary: Summary, t: Say) -> list[dict[str, str]]:
    found = [
        {
            "value": _share(rate.value),
            "name": t(f"rate_{unit}"),
            "note": t("interval", low=_share(rate.low), high=_share(rate.high)),
            "kind": "good" if rate.low > TARGET else "bad" if rate.high < TARGET else "",
        }
        for unit, rate in summary.overall.items()
    ]
    found.append(
        {
            "value": str(max(summary.pushes.values(), default=0)),
            "name": t("pushes"),
            "note": "",
            "kind": "",
        }
    )
    for measure, name in (
        (f"read_{summary.unit}", f"reads_{summary.unit}"),
        ("favourite_users", "favourites"),
    ):
        count = sum(row.one.counts.get(measure, 0) for row in summary.rows)
        if count:
            found.append({"value": f"{count:,.0f}", "name": t(name), "note": "", "kind": ""})
    return found


def _row(row: PostRow, unit: str, t: Say) -> dict[str, str]:
    rate, counts = row.rates.get(unit), row.one.counts
    other = row.rates.get("times" if unit == "users" else "users")
    return {
        "number": str(row.one.number),
        "day": row.one.day.isoformat(),
        "title": row.one.title,
        "name": row.name or t("whole"),
        "rate": _share(rate.value) if rate else "—",
        "range": f"{_share(rate.low)}–{_share(rate.high)}" if rate else "",
        "other": _share(other.value) if other else "—",
        "reads": _count(counts.get(f"read_{unit}")),
        "favourites": _count(counts.get("favourite_users")),
        "gained": _count(row.gained),
        "lost": _count(row.lost),
    }


def _line(text: str, posts: int, rate: Rate | None, effect: Effect | None, t: Say) -> dict[str, str]:
    sure = effect is not None and effect.posts >= SEEN and effect.evident
    return {
        "text": text,
        "posts": str(posts),
        "rate": _share(rate.value) if rate else "—",
        "range": f"{_share(rate.low)}–{_share(rate.high)}" if rate else "",
        "effect": f"{effect.ratio:.2f}（{effect.low:.2f}–{effect.high:.2f}）" if effect else "—",
        "verdict": verdict_of(effect, sure, t, ("sure_more", "sure_less")) if effect else t("unsure"),
    }


def _terse(row: PostRow, unit: str, t: Say) -> str:
    return t(
        "t_row",
        number=row.one.number,
        day=row.one.day,
        rate=_share(row.rates[unit].value),
        title=row.one.title,
    )


def _post(post: Post) -> dict[str, str]:
    return {"day": post.published.isoformat(), "title": post.title}


def _share(value: float) -> str:
    return f"{value:.1%}"


def _count(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}"
