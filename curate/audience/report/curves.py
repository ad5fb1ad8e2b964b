"""The curves of the readers' report and the tables beside them. matplotlib is loaded here, when there is something to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from curate.audience.effects import Effect, Fit
from curate.audience.evidence import SEEN
from curate.audience.posts import UNITS
from curate.audience.report_data import TARGET, Summary, rank_effects
from curate.i18n.catalogue import Say

MOST_LEVELS = 24  # levels of a factor that are drawn; the table below has them all


def curves(summary: Summary, t: Say) -> list[dict[str, Any]]:
    """Rates over time for each unit, reads, and followers."""
    from curate.audience.report import plots  # with Matplotlib, for a report that has curves

    found: list[dict[str, Any]] = []
    for unit in UNITS:
        points = [(day, rate.value, rate.low, rate.high) for day, rate, _ in summary.pushes_over_time[unit]]
        if points:
            title = t("over_time", unit=t(unit))
            svg = plots.timeline(points, title, TARGET, t("mark"))
            found.append({"title": title, "svg": Markup(svg), "note": t("over_time_note")})
    if reads := [(day, count) for day, _, count in summary.pushes_over_time[summary.unit]]:
        title = t("reads", unit=t(summary.unit))
        svg = plots.bars([day for day, _ in reads], [count for _, count in reads], [], title)
        found.append({"title": title, "svg": Markup(svg), "note": ""})
    pushed = {
        row.one.day: (row.gained or 0.0, row.lost or 0.0)
        for row in summary.rows
        if (row.gained, row.lost) != (None, None)
    }
    if pushed:
        up, down = [gained for gained, _ in pushed.values()], [lost for _, lost in pushed.values()]
        svg = plots.bars(list(pushed), up, down, t("followers"))
        found.append({"title": t("followers"), "svg": Markup(svg), "note": ""})
    return found


def factor_of(
    fit: Fit | None,
    factor: str,
    t: Say,
    names: Mapping[str, str],
    verdicts: tuple[str, str],
) -> dict[str, Any]:
    """A factor's whiskers and its table: the levels that were seen enough, or all where none was."""
    from curate.audience.report import plots  # with Matplotlib, for a report that has curves

    levels = [(effect, sure) for effect, sure in (rank_effects(fit, factor) if fit else [])]
    title = t(f"factor_{factor}")
    head = t("effects" if verdicts[0] == "sure_more" else "unfollows")
    shown = sorted(levels, key=lambda pair: -pair[0].posts)[:MOST_LEVELS]
    kept = [pair for pair in levels if pair in shown and pair[0].posts >= SEEN] or shown
    drawn = [
        (names.get(effect.level, effect.level), effect.ratio, effect.low, effect.high, sure)
        for effect, sure in kept
    ]
    return {
        "title": title,
        "svg": Markup(plots.whiskers(drawn, f"{title} · {head}", more_is_good=verdicts[0] == "sure_more")),
        "rows": [
            {
                "name": names.get(effect.level, effect.level),
                "ratio": f"{effect.ratio:.2f}",
                "range": f"{effect.low:.2f}–{effect.high:.2f}" if effect.high < 100 else "—",
                "seen": effect.posts,
                "shrunk": f"{effect.shrunk:.2f}",
                "verdict": verdict_of(effect, sure, t, verdicts),
                "sure": sure,
            }
            for effect, sure in levels
        ],
    }


def verdict_of(effect: Effect, sure: bool, t: Say, verdicts: tuple[str, str]) -> str:
    if sure:
        return t(verdicts[effect.shrunk < 1])
    return t("few", n=SEEN) if effect.posts < SEEN else t("unsure")
