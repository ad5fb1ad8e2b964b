"""The panel of the editor's own work: what was kept, how long it took, what was learnt from it, and what is blocked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from curate.app.read_editor_work import read_editor_work
from curate.audience.editor_work import EditorWork, KeptShare
from curate.audience.report.work import work_lines
from curate.config.schema import OTHER, Config
from curate.desk_server.action_types import ActionRequest, ActionResult, PanelRequest, Say, UnusableError
from curate.domain.decisions import Forgotten
from curate.i18n.catalogue import say as say_message
from curate.i18n.catalogue import speaker
from curate.pipeline.editor_choices import editor_preferences, name_levels
from curate.ranking.editor_preferences import ENOUGH_ISSUES, ENOUGH_RARER
from curate.ranking.editor_signal import EDITOR, evident_rules

WEEKS, ROWS = 26, 12  # that are shown
_STEP, _LEFT, _HIGH, _BASE = (
    46,
    40,
    92,
    104,
)  # pixels: between weeks, before the first, of the scale, where it stands


class Mark(NamedTuple):
    """A week in a plot, in pixels: where it stands, its value, and the ends of its interval."""

    x: float
    y: float
    low: float
    high: float
    label: str  # the Monday
    words: str  # the value


def fill_work(request: PanelRequest) -> Mapping[str, Any]:
    """What the panel shows."""
    config, archive = request.desk.account.config, request.desk.account.archive
    work = read_editor_work(archive, config, archive.issues.list_days())
    known = editor_preferences(archive, config)
    names, weight = name_levels(config), config.digest.weights.get(EDITOR, 1.0)
    rules = [
        (each, say_message(reason.message, config.account.language), f"{reason.points * weight:+.2f}")
        for each, reason in evident_rules(known, names)
        if reason.message
    ]
    forgotten = [(each, _name_level(each, names, request.say)) for each in archive.choices.list_forgotten()]
    return {
        "text": work_lines(work, speaker("report", config.account.language)),
        "shares": _mark_shares(work),
        "minutes": _mark_minutes(work, request.say),
        "width": _LEFT + _STEP * max(len(work.weeks), len(work.minutes), 1) if work else 0,
        "tables": _list_tables(work, request.say),
        "rules": rules,
        "known": known,
        "wanted": (ENOUGH_ISSUES, ENOUGH_RARER),
        "forgotten": forgotten,
        "blocked": _list_blocked(config),
    }


def forget(request: ActionRequest) -> ActionResult:
    """Have what was learnt about a topic or a source count no more; it is learnt anew from the next issue on."""
    archive = request.desk.account.archive
    factor, level = _level(request)
    last = archive.choices.last()
    return ActionResult(
        then=lambda: archive.choices.forget(Forgotten(factor, level, last)), said="said_forget", about=level
    )


def remember(request: ActionRequest) -> ActionResult:
    """Have it count again."""
    archive = request.desk.account.archive
    factor, level = _level(request)
    return ActionResult(
        then=lambda: archive.choices.remember(Forgotten(factor, level, 0)), said="said_remember", about=level
    )


def _level(request: ActionRequest) -> tuple[str, str]:
    kind, level = request.form.get("kind", ""), request.form.get("value", "")
    if kind == "all":
        return "", ""
    if kind not in ("topic", "source") or not level:
        raise UnusableError("not_here")
    return kind, level


def _name_level(each: Forgotten, names: Mapping[tuple[str, str], str], say: Say) -> str:
    if not each.factor:
        return say("all_learnt")
    return say("other") if each.level == OTHER else names.get((each.factor, each.level), each.level)


def _mark_shares(work: EditorWork | None) -> list[Mark]:
    if work is None:
        return []
    weeks = list(work.weeks.items())[-WEEKS:]
    return [
        _mark(n, day, share.rate.value, share.rate.low, share.rate.high, f"{share.rate.value:.0%}")
        for n, (day, share) in enumerate(weeks)
    ]


def _mark_minutes(work: EditorWork | None, say: Say) -> list[Mark]:
    if work is None or not work.minutes:
        return []
    weeks = list(work.minutes.items())[-WEEKS:]
    most = max(each.median for _, each in weeks) or 1.0
    return [
        _mark(n, day, each.median / most, 0.0, 0.0, say("minutes_of", m=f"{each.median:.0f}", n=each.issues))
        for n, (day, each) in enumerate(weeks)
    ]


def _mark(n: int, day: date, value: float, low: float, high: float, words: str) -> Mark:
    def place(share: float) -> float:
        return round(_BASE - _HIGH * share, 1)

    return Mark(_LEFT + _STEP * n, place(value), place(low), place(high), f"{day:%m-%d}", words)


def _list_tables(work: EditorWork | None, say: Say) -> list[tuple[str, list[tuple[KeptShare, str]]]]:
    groups: Sequence[tuple[str, Sequence[KeptShare]]] = (
        [("by_topic", work.topics), ("by_source", work.sources)] if work and work.weeks else []
    )
    return [
        (say(head), [(share, share.name or say("other")) for share in islice(shares, ROWS)])
        for head, shares in groups
    ]


def _list_blocked(config: Config) -> list[tuple[str, str, str]]:
    """Kind, value and name of what is blocked; sources that are not enabled among them."""
    return [
        *(("source", source.id, source.name) for source in config.sources if not source.enabled),
        *(("author", author, author) for author in config.block.authors),
        *(("word", word, word) for word in config.block.words),
    ]
