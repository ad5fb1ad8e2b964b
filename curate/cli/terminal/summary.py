"""What a person wants to know when a night is over: what went wrong, what to do about it, where the post is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.terminal.console import complain, complain_of
from curate.domain.model import UNREAD, Outcome
from curate.i18n.catalogue import say_failure
from curate.pipeline.source_outcome import alike

if TYPE_CHECKING:  # what a night needs is not loaded to read sources alone
    from curate.app.collect import CollectionMade
    from curate.config.schema import Config
    from curate.pipeline.nightly import Night

NAMED = 3  # sources that are named before the others are counted


def tell_night(done: Night, place: Path | None, page: Path, config: Config) -> None:
    """Troubles first, each piece of advice once; then the figures; the post's path last, on stdout."""
    zh = config.account.language == "zh"
    lost = [
        (f"{failure.subject}  {failure.reason}", failure.hint) for failure in (*done.failures, *done.refused)
    ]
    tell_troubles(done.outcomes, config, lost)
    complain(tell_figures(done.outcomes, zh=zh) + (f"运行报告：{page}" if zh else f" Run report: {page}"))
    if place and done.issue:
        items = sum(len(section.items) for section in done.issue.digest.sections)
        number = done.issue.digest.number
        if done.refused:
            missing = "、".join(failure.subject for failure in done.refused)
            complain(
                f"缺 {missing} 稿；改好之后运行 curate run --again {number} 补上。"
                if zh
                else f"Without {missing}; mend it, then `curate run --again {number}` adds it."
            )
        complain(f"第 {number} 期，{items} 条：" if zh else f"Issue {number}, {items} items:")
        click.echo(post_of(place))
    else:
        _tell_no_issue(done, zh)


def tell_collection(made: CollectionMade) -> None:
    """What channels said of a collection, and that it was made."""
    for failure in made.notes:
        complain_of(failure, f"合集“{made.name}”")
    if made.place:
        complain(f"合集“{made.name}”，{made.items} 条。")


def tell_troubles(outcomes: Sequence[Outcome], config: Config, lost: Sequence[tuple[str, str]] = ()) -> None:
    """What went wrong with sources, then what else did: lines that have one piece of advice in common together."""
    zh = config.account.language == "zh"
    names = {source.id: source.name for source in config.sources}
    together = alike(outcomes, config)
    if together:
        outcomes = [outcome for outcome in outcomes if outcome.status != "failed"]
    said: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        if problem := _problem(outcome, zh):
            said.setdefault((problem, outcome.hint), []).append(names.get(outcome.source, outcome.source))
    troubles = [(f"{_list_names(who, zh)}  {problem}", hint) for (problem, hint), who in said.items()]
    if together:
        said_of_all = say_failure(together, config.account.language)
        troubles.append((said_of_all.reason, said_of_all.hint))
    troubles += lost
    for hint in dict.fromkeys(hint for _, hint in troubles):
        complain(*(line for line, its in troubles if its == hint), hint=hint)


def tell_figures(outcomes: Sequence[Outcome], *, zh: bool) -> str:
    """How many sources were read, and what they brought."""
    fresh = sum(outcome.new for outcome in outcomes)
    read = sum(outcome.status not in UNREAD for outcome in outcomes)
    if zh:
        return f"读到 {read}/{len(outcomes)} 个来源，{fresh} 条新内容。"
    return f"{read} of {len(outcomes)} sources read, {fresh} new entries."


def _tell_no_issue(done: Night, zh: bool) -> None:
    if done.refused:
        complain(
            "所有渠道的稿件都没有通过检查，没有出刊；内容都还在，改好之后再运行。"
            if zh
            else "Every channel refused its post; no issue was made. Nothing is lost: mend it and run again."
        )
    elif done.unread:
        complain("一个来源也没有读到，没有出刊。" if zh else "No source could be read; no issue was made.")
    elif done.verdicts:
        complain(
            "有新内容，但没有一条入选，没有出刊；原因见运行报告。"
            if zh
            else "There is something new, but nothing was picked; the run report says why."
        )
    else:
        complain("没有新内容，没有出刊。" if zh else "Nothing new; no issue was made.")


def _problem(outcome: Outcome, zh: bool) -> str:
    if outcome.status == "empty" and not outcome.reason:
        return "读到了，但里面一条也没有" if zh else "was read but has no entries"
    return outcome.reason


def _list_names(names: Sequence[str], zh: bool) -> str:
    """Those that have one trouble in common; of many, the first few and how many they are."""
    shown = ("、" if zh else ", ").join(names[:NAMED])
    more = f" 等 {len(names)} 个来源" if zh else f" and others, {len(names)} in all"
    return shown + more * (len(names) > NAMED)


def post_of(place: Path) -> Path:
    """The file to open in the morning."""
    page = place / "wechat.html"
    return page if page.exists() else place
