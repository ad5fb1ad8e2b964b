"""The themes with their colors, as the terminal can show them."""

from __future__ import annotations

import re
import sys

import click

from curate.cli.terminal.console import own_colors
from curate.cli.terminal.language import say_here
from curate.storage.account import THEME_FOLDER, templates

NAMED = ("classic", "newspaper", "cards", "tech", "festive")  # themes whose names are said
_STYLE = re.compile(rf"{THEME_FOLDER}([^/]+)/style\.css")
_ACCENT = re.compile(r"^\s*--accent:\s*(#[0-9a-fA-F]{6})\b", re.MULTILINE)


def call_theme(name: str) -> str:
    """A theme by its id, and what it is called."""
    return f"{name} {say_here(f'setup.theme.{name}')}" if name in NAMED else name


def read_accents() -> dict[str, str]:
    """Each theme that comes with the program or an installed package -> its own color, "" where it names none."""
    found = {}
    for name, text in templates().items():
        theme, accent = _STYLE.fullmatch(name), _ACCENT.search(text)
        if theme:
            found[theme[1]] = accent[1] if accent else ""
    return found


def show_color(color: str, words: str) -> None:
    """Write a line on stderr with a bar in a color before it; the words alone where stderr is no terminal."""
    if not color or not sys.stderr.isatty():
        click.echo(f"  {words}", err=True)
        return
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    bar = click.style(" " * 6, bg=(red, green, blue))
    print(f"  {bar} {words}", file=own_colors(sys.stderr))
