"""`curate fetch` and `curate sources status`: reading the sources alone, and how they have been doing."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from curate.app.account import hold_account, open_archive
from curate.app.doors import open_doors
from curate.app.engine.open_engine import open_engine, with_engine
from curate.app.exit_codes import ExitCode
from curate.app.secrets import redact
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import Console, complain, own_colors
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.streams import printable
from curate.cli.terminal.summary import tell_figures, tell_troubles
from curate.config.schema import Config, Source
from curate.demo.availability import need_sources
from curate.domain.model import UNREAD
from curate.domain.serialization import to_json
from curate.i18n.catalogue import Say, say_in, speaker
from curate.pipeline.reading.ingest import EVERYONE, documents_door, ingest
from curate.pipeline.reading.polling import silence
from curate.pipeline.reading.source_outcome import in_words, silent_in_words
from curate.sources import addresses
from curate.storage import Health

WEEKS = 4  # that "new a week" is the average of
WIDEST = 16  # terminal columns that a name and a trouble are given at least, where they need them


@top_level("fetch")
@click.command()
@folder_option
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="全部都问一遍：多次失败、已停止读取的也问。\nAsk all of them: those too that failed so often that they are left alone.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="每个来源的结果以 JSON 写到标准输出。\nPrint each source's result to stdout as JSON.",
)
@now_option
def fetch(folder: Path, everyone: bool, as_json: bool, now: datetime) -> ExitCode:
    """只抓取，不出刊：读一遍来源，新内容存进存档；给每小时抓取、每晚出刊的人。

    退出码：0 读到了（有没有新内容都算），4 一个来源也没读到，其余同 curate run。

    Only fetch, make no issue: read the sources and keep what is new; for those who fetch by the hour.

    Exit status: 0 something was read (new or not), 4 no source could be read, otherwise as of curate run.
    """
    config = read_config(folder)
    need_sources(config)
    console = Console(quiet=as_json)
    with (
        hold_account(config, folder) as account,
        open_engine(config.engine, say_in(config.account.language)) as engine,
    ):
        doors = with_engine(open_doors(account, now, texts={}), engine, config, now)
        outcomes = ingest(
            config, documents_door(doors), doors.folder, account.archive, console, now, everyone=everyone
        )
    if as_json:
        click.echo(to_json(outcomes).decode())
    else:
        tell_troubles(outcomes, config)
        complain(tell_figures(outcomes, speaker("cli", config.account.language)))
    return ExitCode.NO_SOURCE if all(outcome.status in UNREAD for outcome in outcomes) else ExitCode.OK


@click.command()
@folder_option
@click.option("--troubles", is_flag=True, help="只列出有问题的。\nList those alone that are in trouble.")
@now_option
def status(folder: Path, troubles: bool, now: datetime) -> ExitCode:
    """每个来源的近况：上次读到、快慢、每周新内容、有什么问题和怎么办。

    Show how each source has been: last read, speed, new a week, what is wrong and what to do.
    """
    config = read_config(folder, bare=True)
    with open_archive(config, folder) as archive:
        states, weekly, days = archive.health(), archive.weekly(now, WEEKS), archive.days(now)
    rows: list[tuple[str, ...]] = []
    for source in config.sources:
        places = [(source.id, url) for url in addresses(source, config.network)]
        known = [states[place] for place in places if place in states]
        words, hint = _trouble(source, known, config)
        if not words and source.enabled:
            words, hint = _quiet(known, days.get(source.id, []), config, now)
        if not troubles or words:
            rows.append((*_figures(source, known, weekly.get(source.id), config, now), words, hint))
    _tell_everyone(states, config)
    _show(rows, speaker("cli", config.account.language))
    return ExitCode.OK


def _figures(
    source: Source, known: list[Health], weekly: float | None, config: Config, now: datetime
) -> tuple[str, str, str, str]:
    """Name, when it was last read, how long that took, new entries a week."""
    times = [state.succeeded for state in known if state.succeeded]
    t = speaker("cli", config.account.language)
    never = t("never") if known else "–"
    read = _ago(now - max(times), t) if times else never
    seconds = f"{max(state.seconds for state in known):.1f} s" if times else ""
    return source.name, read, seconds, "" if weekly is None else f"{weekly:.1f}"


def _trouble(source: Source, known: list[Health], config: Config) -> tuple[str, str]:
    """What is wrong with a source, and what to do; the worst of its documents."""
    if not source.enabled:
        return speaker("cli", config.account.language)("disabled"), ""
    for state in known:
        if state.gone:
            return in_words("gone", state, config)
    for state in known:
        if state.due is not None and state.failures:
            return in_words("waiting", state, config)
    for state in known:
        if state.failures:
            return in_words("failing", state, config)
        if state.moved:
            return in_words("moved", state, config)
    return "", ""


def _quiet(known: list[Health], days: list[date], config: Config, now: datetime) -> tuple[str, str]:
    """What is said of a source that is read well and brings nothing any more."""
    if days and known and all(state.empty for state in known):
        return in_words("empty", known[0], config)
    silent = silence(days, now.astimezone(UTC).date()) if any(state.succeeded for state in known) else None
    return silent_in_words(*silent, config) if silent else ("", "")


def _tell_everyone(states: Mapping[tuple[str, str], Health], config: Config) -> None:
    """That no source at all could be reached, where none could be since."""
    together = states.get(EVERYONE)
    asked = [state.asked for place, state in states.items() if place != EVERYONE and state.asked]
    if together is None or together.asked is None or any(time > together.asked for time in asked):
        return
    when = f"{together.asked.astimezone(config.account.zone):%m-%d %H:%M}"
    reason, hint = in_words("failing", together, config)
    click.echo(f"{when}  {reason}\n→ {hint}\n")


def _ago(span: timedelta, t: Say) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        return t("minutes_ago", n=max(0, round(hours * 60)))
    return t("hours_ago", n=round(hours)) if hours < 48 else t("days_ago", n=round(hours / 24))


def choose_columns(widths: Sequence[int], room: int) -> list[int]:
    """The columns of the table for which there is room. What is wrong goes last, and what it is wrong with."""
    shown = list(range(len(widths)))
    for dropped in (2, 3, 1):  # how long it took, how much it brings, when it was read
        if sum(min(widths[n], WIDEST) + 1 for n in shown) > room:
            shown.remove(dropped)
    return shown


def _show(rows: list[tuple[str, ...]], t: Say) -> None:
    """A table on stdout; below it each piece of advice once, with whom it is for."""
    from rich.cells import cell_len
    from rich.console import Console as Terminal
    from rich.table import Table

    titles = tuple(t(f"column_{name}") for name in ("source", "read", "took", "weekly", "trouble"))
    terminal = Terminal(
        width=None if sys.stdout.isatty() else 200,  # a pipe has no width: lines must not be broken at 80
        file=own_colors(sys.stdout), highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    cells = [tuple(printable(redact(cell)) for cell in row[:5]) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(titles, *cells, strict=True)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = choose_columns(widths, terminal.width)
    for number in shown:
        table.add_column(
            titles[number], justify="right" if number in (2, 3) else "left", overflow="fold", min_width=8
        )
    for row in cells:
        table.add_row(*(row[number] for number in shown))
    terminal.print(table)
    advice: dict[str, list[str]] = {}
    for row in rows:
        if row[5]:
            advice.setdefault(row[5], []).append(row[0])
    for hint, names in advice.items():
        click.echo(f"{t('names', names=tuple(names))} → {hint}")
