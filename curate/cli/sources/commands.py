"""`curate sources …`: what is read, changed and looked at from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.cells import cell_len

from curate.app import try_source
from curate.app.exit_codes import ExitCode
from curate.cli import fetch
from curate.cli.sources import add as add_source
from curate.cli.sources import edit
from curate.cli.sources.find import find_source
from curate.cli.sources.suggest import suggest
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.entries import title_of
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option
from curate.config.schema import Config, Source
from curate.demo.availability import need_sources
from curate.sources import Reading

COLUMNS = ("id", "name", "reader", "topic", "address", "state")
SHOWN = 10  # entries that `sources test` prints


@top_level("sources")
@click.group(cls=OrderedGroup)
def sources() -> None:
    """增加、试读、停用和整理来源。

    Add, try, disable and arrange sources.
    """


@sources.command()
@click.argument("name", metavar="名字")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="读到的全部内容以 JSON 写到标准输出，给程序用。\nPrint all that was read to stdout as JSON, for a program.",
)
@folder_option
def test(name: str, folder: Path, as_json: bool) -> ExitCode:
    """试读一个来源，看看会读到什么；不写存档。

    Try a source and see what it gives; the archive is not touched.
    """
    config = read_config(folder, bare=True)
    source = find_source(name, config)
    need_sources(config)
    tried = list(try_source.trials(source, config, folder))
    status = ExitCode.OK if any(trial.reading for trial in tried) else ExitCode.NO_SOURCE
    if as_json:
        click.echo(json.dumps(try_source.as_json(source, tried), ensure_ascii=False, indent=1))
        return status
    for trial in tried:
        if trial.failure:
            complain(f"{trial.url}  {trial.failure.reason}", hint=trial.failure.hint)
        if trial.reading:
            _show(trial.reading, trial.url, source, config)
    return status


def _show(reading: Reading, url: str, source: Source, config: Config) -> None:
    told = {"name": reading.title or source.name, "reader": reading.parser or source.reader}
    click.echo(say_here("sources.entries", url=url, n=len(reading.entries), **told))
    for entry in sorted(reading.entries, key=lambda e: e.published, reverse=True)[:SHOWN]:
        when = (
            f"{entry.published.astimezone(config.account.zone):%m-%d %H:%M}"
            if entry.dated
            else say_here("sources.undated")
        )
        click.echo(f"  {when}  {title_of(entry)}\n               {entry.url}")


@sources.command("list")
@folder_option
def list_(folder: Path) -> ExitCode:
    """列出全部来源：id、名字、读取方式、栏目、地址，停用的会标明。

    List all sources: id, name, reader, topic, address, and which are disabled.
    """
    rows = [
        (
            s.id,
            s.name,
            s.reader,
            s.topic or "-",
            s.url or s.route or s.folder or "-",
            "" if s.enabled else say_here("sources.disabled"),
        )
        for s in read_config(folder, bare=True).sources
    ]
    table = [tuple(say_here(f"sources.column.{name}") for name in COLUMNS), *rows]
    widths = [max(cell_len(row[i]) for row in table) for i in range(6)]
    for row in table:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    return ExitCode.OK


sources.add_command(add_source.add)
sources.add_command(fetch.status)
for command in (suggest, edit.remove, edit.disable, edit.enable, edit.rename, edit.move):
    sources.add_command(command)
