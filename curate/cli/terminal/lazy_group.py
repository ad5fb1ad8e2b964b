"""Groups of commands: found without being imported, loaded when they are run, and listed in the order of their use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click import core

from curate.cli.terminal.click_zh import name_parts, speaks_chinese
from curate.cli.terminal.help import choose_help


class Lazy(NamedTuple):
    """Where a command is found, and its help, whose first line the list of commands shows."""

    module: str
    name: str
    help: str


C = TypeVar("C", bound=click.Command)

_TOP_LEVEL = re.compile(r'^@top_level\("([\w-]+)"\)$.*?^def (\w+)\(.*?^    """(.+?)"""', re.M | re.S)


def top_level(name: str) -> Callable[[C], C]:
    """Mark a command or a group as one of `curate` itself, by its name there."""
    return lambda command: command


def find_commands(folder: Path, package: str, order: Sequence[str]) -> dict[str, Lazy]:
    """What the modules of a package mark as `top_level`, in that order, those that it does not name behind.

    The modules are read, not imported: that takes 3 ms, and to import them half a second.
    """
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        for name, function, help_ in _TOP_LEVEL.findall(path.read_text(encoding="utf-8")):
            found[name] = Lazy(".".join((package, *parts)), function, cleandoc(help_))
    known = [name for name in order if name in found]
    return {name: found[name] for name in (*known, *sorted(found.keys() - set(known)))}


# Commands under another one, in the order in which they are met; those that are not named come behind.
ORDER = (
    "run", "fetch", "show", "edit", "import", "pull", "add", "test", "list", "status", "report", "prune", "leave", "suggest", "disable", "enable", "rename", "remove", "label", "drop", "park", "move", "lead", "title", "summary",
    "note", "words", "undo", "redo", "restore", "mark", "split", "merge", "eval",
)  # fmt: skip


class OrderedGroup(click.Group):
    """A group that lists its commands in the order of their use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.commands, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_commands(formatter, {name: self.commands[name].help or "" for name in self.list_commands(ctx)})


class LazyGroup(click.Group):
    """A group over a table of commands: its list is read from the table, and a command is imported when it is asked for."""

    def __init__(self, *args: Any, table: Mapping[str, Lazy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        row = self.table.get(cmd_name)
        if row is not None and cmd_name not in self.commands:
            command: click.Command = getattr(import_module(row.module), row.name)
            name_parts(command)
            self.add_command(command, cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        chinese = speaks_chinese()
        _write_commands(
            formatter, {name: choose_help(row.help, chinese=chinese) for name, row in self.table.items()}
        )


def _write_commands(formatter: click.HelpFormatter, helps: Mapping[str, str]) -> None:
    """List commands with the first paragraphs of their help, whole."""
    with formatter.section(vars(core)["_"]("Commands")):
        formatter.write_dl(
            [(name, words.partition("\n\n")[0].replace("\n", " ")) for name, words in helps.items()]
        )
