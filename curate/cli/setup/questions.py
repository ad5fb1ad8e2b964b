"""The questions that `curate init` asks on a terminal."""

from __future__ import annotations

import re

import click

from curate.app.setup.create_account import AccountChoices, read_ready_sections
from curate.cli.setup.theme_colors import call_theme, read_accents, show_color
from curate.cli.terminal.language import language_of_terminal, say_here, speak_in
from curate.config.sections import ReadySection
from curate.domain.message import Value

_COLOR = re.compile("#[0-9a-fA-F]{6}")


def ask_choices() -> AccountChoices:
    """Ask for a new account's choices; Enter takes what the packaged feeds.yaml has."""
    click.echo(say_here("setup.ask"), err=True)
    return AccountChoices(
        name=_ask(say_here("setup.ask name"), say_here("setup.ask name.usual")),
        positioning=_ask(say_here("setup.ask positioning"), ""),
        language=_ask_language(),
        sections=_ask_sections(),
        theme=_ask_theme(),
        color=_ask_color(),
    )


def split_words(text: str) -> tuple[str, ...]:
    """The words of a list as people type it, with commas of either width, 、 or blanks between."""
    return tuple(filter(None, re.split(r"[,，、;；\s]+", text)))


def _ask(question: str, usual: str, known: tuple[str, ...] = ()) -> str:
    while True:
        answer = str(click.prompt(question, default=usual, show_default=bool(usual), err=True)).strip()
        if not known or answer in known:
            return answer
        click.echo(say_here("setup.not known", name=answer, known=known), err=True)


def _ask_language() -> str:
    answer = _ask(say_here("setup.ask language"), language_of_terminal(), ("zh", "en"))
    speak_in(answer)  # what follows is asked in it
    return answer


def _ask_sections() -> tuple[ReadySection, ...]:
    ready = read_ready_sections()
    for number, section in enumerate(ready.sections, 1):
        row: dict[str, Value] = {"icon": section.icon, "name": section.name, "sources": len(section.sources)}
        click.echo(say_here("setup.section", n=number, **row), err=True)
    while True:
        answer = _ask(say_here("setup.ask sections"), "")
        words = [
            ready.sections[int(word) - 1].id
            if word.isdecimal() and 0 < int(word) <= len(ready.sections)
            else word
            for word in split_words(answer)
        ]
        found, unknown = ready.find(words)
        if not unknown:
            return found
        click.echo(say_here("setup.not known at all", names=tuple(unknown)), err=True)


def _ask_theme() -> str:
    accents = read_accents()
    for name, color in accents.items():
        show_color(color, call_theme(name))
    return _ask(say_here("setup.ask theme"), "classic", tuple(accents))


def _ask_color() -> str:
    while True:
        answer = _ask(say_here("setup.ask color"), "")
        if not answer or _COLOR.fullmatch(answer):
            return answer
        click.echo(say_here("setup.bad color"), err=True)
