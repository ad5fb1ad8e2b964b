"""`curate sources remove|disable|enable|rename|move`: one source changed in feeds.yaml, whose comments and layout stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from curate.app.edit_feeds import hold_settings, outside, rewrite, source_names
from curate.app.exit_codes import ExitCode
from curate.cli.sources.add import LONGEST
from curate.cli.sources.find import find_source
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.options import folder_option
from curate.cli.terminal.topics import topic_called
from curate.config.edit_sources import move_source, remove_source, rename_source, set_enabled
from curate.config.schema import Config, Source

Change = Callable[[str], str]

name_argument = click.argument("name", metavar="名字")


def _edit(folder: Path, name: str, change: Callable[[Source, Config], tuple[Change, str]]) -> ExitCode:
    """Find the source, change feeds.yaml as told, and say what was done; the same for all of these commands."""
    with hold_settings(folder) as settings:
        source = find_source(name, settings.config)
        edit, told = change(source, settings.config)
        if rewrite(folder, edit) is None:
            told = say_here("sources.unchanged", name=source.name)
    click.echo(told, err=True)
    return ExitCode.OK


@click.command()
@name_argument
@folder_option
def remove(name: str, folder: Path) -> ExitCode:
    """把一个来源从 feeds.yaml 里删掉；存档里读过的、发过的都留着。

    Take a source out of feeds.yaml; what was read and published stays in the archive.
    """
    return _edit(
        folder,
        name,
        lambda source, _: (
            lambda text: remove_source(text, source.id),
            say_here("sources.removed", name=source.name),
        ),
    )


@click.command()
@name_argument
@folder_option
def disable(name: str, folder: Path) -> ExitCode:
    """停用一个来源：留在文件里，不再读。

    Disable a source: it stays in the file and is not read.
    """
    return _edit(
        folder,
        name,
        lambda source, _: (
            lambda text: set_enabled(text, source.id, False),
            say_here("sources.now disabled", name=source.name),
        ),
    )


@click.command()
@name_argument
@folder_option
def enable(name: str, folder: Path) -> ExitCode:
    """重新启用一个停用的来源。

    Enable a disabled source again.
    """
    return _edit(
        folder,
        name,
        lambda source, _: (
            lambda text: set_enabled(text, source.id, True),
            say_here("sources.enabled", name=source.name),
        ),
    )


@click.command()
@name_argument
@click.argument("new", metavar="新名字")
@folder_option
def rename(name: str, new: str, folder: Path) -> ExitCode:
    """给一个来源换个名字；存档仍按原来的 id 认它，历史不断。

    Give a source another name; the archive knows it by its id, so its past stays.
    """
    called = outside(new.strip())
    if not 0 < len(called) <= LONGEST:
        raise usage_error("sources.new name", most=LONGEST)

    def change(source: Source, config: Config) -> tuple[Change, str]:
        if called in source_names(config) - {source.name, source.id}:
            raise usage_error("sources.taken", name=called)
        return lambda text: rename_source(text, source.id, called), say_here(
            "sources.renamed", name=source.name, new=called
        )

    return _edit(folder, name, change)


@click.command()
@name_argument
@click.argument("topic", metavar="栏目")
@folder_option
def move(name: str, topic: str, folder: Path) -> ExitCode:
    """把一个来源归到另一个栏目；写栏目的 id 或名字。

    Move a source to another topic, by id or name.
    """

    def change(source: Source, config: Config) -> tuple[Change, str]:
        id_ = topic_called(topic, config)
        title = next((each.name for each in config.topics if each.id == id_), id_)
        return lambda text: move_source(text, source.id, id_), say_here(
            "sources.moved", name=source.name, topic=title
        )

    return _edit(folder, name, change)
