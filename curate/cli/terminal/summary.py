"""What a person wants to know when a night is over: what went wrong, what to do about it, where the post is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.terminal.console import complain, complain_of
from curate.domain.model import UNREAD, Outcome
from curate.i18n.catalogue import Say, say_failure, speaker
from curate.pipeline.reading.source_outcome import alike

if TYPE_CHECKING:  # what a night needs is not loaded to read sources alone
    from curate.app.collect import CollectionMade
    from curate.config.schema import Config
    from curate.pipeline.nightly import Night

NAMED = 3  # sources that are named before the others are counted


def tell_night(done: Night, place: Path | None, page: Path, config: Config) -> None:
    """Troubles first, each piece of advice once; then the figures; the post's path last, on stdout."""
    t = speaker("cli", config.account.language)
    lost = [
        (f"{failure.subject}  {failure.reason}", failure.hint) for failure in (*done.failures, *done.refused)
    ]
    tell_troubles(done.outcomes, config, lost)
    complain(t("figures_and_report", figures=tell_figures(done.outcomes, t), page=str(page)))
    if place and done.issue:
        items = sum(len(section.items) for section in done.issue.digest.sections)
        number = done.issue.digest.number
        if done.refused:
            missing = tuple(failure.subject for failure in done.refused)
            complain(t("missing", channels=missing, number=number))
        complain(t("issue", number=number, n=items))
        click.echo(post_of(place))
    else:
        _tell_no_issue(done, t)


def tell_collection(made: CollectionMade) -> None:
    """What channels said of a collection, and that it was made."""
    for failure in made.notes:
        complain_of(failure, f"合集“{made.name}”")
    if made.place:
        complain(f"合集“{made.name}”，{made.items} 条。")


def tell_troubles(outcomes: Sequence[Outcome], config: Config, lost: Sequence[tuple[str, str]] = ()) -> None:
    """What went wrong with sources, then what else did: lines that have one piece of advice in common together."""
    t = speaker("cli", config.account.language)
    names = {source.id: source.name for source in config.sources}
    together = alike(outcomes, config)
    if together:
        outcomes = [outcome for outcome in outcomes if outcome.status != "failed"]
    said: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        if problem := _problem(outcome, t):
            said.setdefault((problem, outcome.hint), []).append(names.get(outcome.source, outcome.source))
    troubles = [(f"{_list_names(who, t)}  {problem}", hint) for (problem, hint), who in said.items()]
    if together:
        said_of_all = say_failure(together, config.account.language)
        troubles.append((said_of_all.reason, said_of_all.hint))
    troubles += lost
    for hint in dict.fromkeys(hint for _, hint in troubles):
        complain(*(line for line, its in troubles if its == hint), hint=hint)


def tell_figures(outcomes: Sequence[Outcome], t: Say) -> str:
    """How many sources were read, and what they brought."""
    fresh = sum(outcome.new for outcome in outcomes)
    read = sum(outcome.status not in UNREAD for outcome in outcomes)
    return t("figures", read=read, n=len(outcomes), fresh=fresh)


def _tell_no_issue(done: Night, t: Say) -> None:
    if done.refused:
        complain(t("all_refused"))
    elif done.unread:
        complain(t("all_unread"))
    else:
        complain(t("none_picked" if done.verdicts else "nothing_new"))


def _problem(outcome: Outcome, t: Say) -> str:
    return t("empty") if outcome.status == "empty" and not outcome.reason else outcome.reason


def _list_names(names: Sequence[str], t: Say) -> str:
    """Those that have one trouble in common; of many, the first few and how many they are."""
    shown = tuple(names[:NAMED])
    return t("names_of_many" if len(names) > NAMED else "names", names=shown, n=len(names))


def post_of(place: Path) -> Path:
    """The file to open in the morning."""
    page = place / "wechat.html"
    return page if page.exists() else place
