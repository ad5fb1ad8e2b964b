"""The questions that `curate init` asks on a terminal."""

from __future__ import annotations

import re

import click

from curate.app.setup.create_account import AccountChoices, read_ready_sections
from curate.cli.setup.theme_colors import NAMES, read_accents, show_color
from curate.config.sections import ReadySection

_COLOR = re.compile("#[0-9a-fA-F]{6}")


def ask_choices() -> AccountChoices:
    """Ask for a new account's choices; Enter takes what the packaged feeds.yaml has."""
    click.echo("几个问题，直接回车就用方括号里的；以后都能在 feeds.yaml 里改。", err=True)
    return AccountChoices(
        name=_ask("公众号的名字", "我的公众号"),
        positioning=_ask("一句话定位：写给谁，给他们什么", ""),
        language=_ask("语言 zh 或 en", "zh", ("zh", "en")),
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
        click.echo(f"没有“{answer}”；有：{'、'.join(known)}。", err=True)


def _ask_sections() -> tuple[ReadySection, ...]:
    ready = read_ready_sections()
    for number, section in enumerate(ready.sections, 1):
        click.echo(f"  {number:2}  {section.icon} {section.name}（{len(section.sources)} 个来源）", err=True)
    while True:
        answer = _ask("要哪些现成的栏目？写序号或名字，例如 1,3；回车用综合的八个", "")
        words = [
            ready.sections[int(word) - 1].id
            if word.isdecimal() and 0 < int(word) <= len(ready.sections)
            else word
            for word in split_words(answer)
        ]
        found, unknown = ready.find(words)
        if not unknown:
            return found
        click.echo(f"没有“{'、'.join(unknown)}”。", err=True)


def _ask_theme() -> str:
    accents = read_accents()
    for name, color in accents.items():
        show_color(color, f"{name} {NAMES.get(name, '')}".rstrip())
    return _ask("主题", "classic", tuple(accents))


def _ask_color() -> str:
    while True:
        answer = _ask("账号的颜色，例如 #0a7d4f；回车用主题自己的", "")
        if not answer or _COLOR.fullmatch(answer):
            return answer
        click.echo("写成 # 加六位，例如 #0a7d4f。", err=True)
