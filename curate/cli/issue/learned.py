"""`curate issue learned`: what the program has learnt from the editor's choices, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.options import folder_option
from curate.config.schema import OTHER, Config
from curate.domain.decisions import Forgotten
from curate.domain.message import message
from curate.i18n.catalogue import say
from curate.pipeline.editor_choices import editor_preferences, name_levels, read_decisions
from curate.ranking.editor_preferences import ENOUGH_ISSUES, ENOUGH_RARER, Preferences
from curate.ranking.editor_signal import EDITOR, evident_rules

ALL = ("all", "全部")
KINDS = ("topic", "source")


@click.command()
@click.option(
    "--forget",
    multiple=True,
    metavar="栏目或来源",
    help="收回学到的这一项，从下一期起重新学；all 全部收回。\nForget this and learn it anew from the next issue on; all forgets everything.",
)
@click.option(
    "--remember",
    multiple=True,
    metavar="栏目或来源",
    help="收回过的这一项重新算数。\nLet this count again after it was forgotten.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="以 JSON 写到标准输出，给程序用。\nPrint it to stdout as JSON, for a program.",
)
@folder_option
def learned(forget: tuple[str, ...], remember: tuple[str, ...], as_json: bool, folder: Path) -> int:
    """看程序从你的取舍里学到了什么、怎样影响排序；不对的可以收回。

    栏目和来源写 id 或名字；同名时写 topic:… 或 source:…。

    Show what the program has learnt from your choices and how it ranks by it; take back what is wrong.

    Topics and sources by id or name; where both are called so, topic:… or source:….
    """

    config = read_config(folder)
    chosen = [_find_factor(name, config) for name in (*forget, *remember)]
    with hold_recovered(config, folder) as account:
        archive = account.archive
        read_decisions(archive, config)
        last = archive.choices.last()
        for factor, level in chosen[: len(forget)]:
            archive.choices.forget(Forgotten(factor, level, last))
        for name, (factor, level) in zip(remember, chosen[len(forget) :], strict=True):
            if not archive.choices.remember(Forgotten(factor, level, 0)):
                raise usage_error("issue.learned.not forgotten", name=name)
        known, forgotten = editor_preferences(archive, config), archive.choices.list_forgotten()
    weight = config.digest.weights.get(EDITOR, 1.0)
    if as_json:
        click.echo(json.dumps(_plain(known, forgotten, config, weight), ensure_ascii=False, indent=2))
    else:
        _print(known, forgotten, config, weight)
    return 0


def _find_factor(name: str, config: Config) -> tuple[str, str]:
    """The factor and the id that are meant; ("", "") for all. UsageError where nothing is called so, or two things are."""
    if name in ALL:
        return "", ""
    kind, _, rest = name.partition(":")
    wanted = rest if kind in KINDS and rest else name
    found = {
        (factor, level)
        for (factor, level), called in (*name_levels(config).items(), (("topic", OTHER), say_here("other")))
        if wanted.casefold() in (level.casefold(), called.casefold()) and (wanted == name or factor == kind)
    }
    if len(found) != 1:
        raise usage_error("issue.learned.both" if found else "issue.learned.neither", name=name)
    return found.pop()


def _print(known: Preferences, forgotten: Sequence[Forgotten], config: Config, weight: float) -> None:
    complain(say_here("issue.learned.head", issues=known.issues, decisions=known.decisions, weight=weight))
    names = name_levels(config)
    rules = evident_rules(known, names)
    if not known.is_enough:
        needed = {"issues": ENOUGH_ISSUES, "rarer": ENOUGH_RARER}
        complain(say_here("issue.learned.few", seen=known.issues, n=known.rarer, **needed))
    elif not rules:
        complain(say_here("issue.learned.none"))
    for _, reason in rules:
        why = say(reason.message, config.account.language)
        click.echo(say_here("issue.learned.rule", why=why, points=reason.points * weight))
    for each in forgotten:
        name = names.get(each[:2], each.level)
        what = message(f"issue.learned.{each.factor or 'all'}", **({"name": name} if each.factor else {}))
        click.echo(say_here("issue.learned.forgotten", what=what, number=each.number))


def _plain(
    known: Preferences, forgotten: Sequence[Forgotten], config: Config, weight: float
) -> dict[str, Any]:
    rules = evident_rules(known, name_levels(config))
    return {
        "issues": known.issues,
        "decisions": known.decisions,
        "enough": known.is_enough,
        "weight": weight,
        "learned": [
            {
                **asdict(each),
                "points": round(reason.points * weight, 3),
                "words": say(reason.message, config.account.language),
            }
            for each, reason in rules
        ],
        "forgotten": [each._asdict() for each in forgotten],
    }
