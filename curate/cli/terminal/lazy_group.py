"""Groups of commands: found without being imported, loaded when they are run, and listed in the order of their use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click import core

from curate.cli.terminal.click_zh import name_parts


class Lazy(NamedTuple):
    """Where a command is found, and the line that the list of commands shows for it."""

    module: str
    name: str
    help: str


C = TypeVar("C", bound=click.Command)

_TOP_LEVEL = re.compile(r'^@top_level\("([\w-]+)"\)$.*?^def (\w+)\(.*?^    """(.+?)(?:"""|$)', re.M | re.S)


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
        for name, function, line in _TOP_LEVEL.findall(path.read_text(encoding="utf-8")):
            found[name] = Lazy(".".join((package, *parts)), function, line)
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
        with formatter.section(vars(core)["_"]("Commands")):
            formatter.write_dl([(name, row.help) for name, row in self.table.items()])
