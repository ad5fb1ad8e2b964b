"""`curate init`: a new account's folder, after questions on a terminal, or by options."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.app.setup.create_account import (
    AccountChoices,
    NewAccount,
    create_account,
    plan_account,
    read_ready_sections,
)
from curate.cli.setup.questions import ask_choices, split_words
from curate.cli.setup.theme_colors import read_accents, show_color
from curate.cli.sources.opml import tell_import
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import bad_value, say_here, speak_as, speak_in
from curate.cli.terminal.lazy_group import top_level
from curate.config.sections import ReadySection
from curate.sources.opml import Subscriptions, parse_opml


def _sections(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[ReadySection, ...]:
    ready = read_ready_sections()
    found, unknown = ready.find(split_words(value or ""))
    if unknown:
        known = tuple(section.name for section in ready.sections)
        raise bad_value("setup.no section", names=tuple(unknown), known=known)
    return found


def _color(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise bad_value("setup.color")
    return value


def _theme(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value:
        known = read_accents()
        if value not in known:
            raise bad_value("setup.no theme", name=value, known=tuple(known))
    return value


@top_level("init")
@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="账号名")
@click.option(
    "--name",
    default="",
    metavar="名字",
    help="读者看到的公众号名字。\nThe account's name, as readers see it.",
)
@click.option(
    "--positioning",
    default="",
    metavar="定位",
    help="一句话：写给谁，给他们什么。\nOne sentence: for whom it is, and what they get.",
)
@click.option(
    "--sections",
    default="",
    callback=_sections,
    metavar="栏目",
    help="现成的栏目，例如 科技,读书，带关键词和来源。\nReady sections with their keywords and sources, for example tech,books.",
)
@click.option(
    "--theme",
    default="",
    callback=_theme,
    metavar="主题",
    help="公众号稿的主题，例如 newspaper。\nTheme of the posts, for example newspaper.",
)
@click.option(
    "--color",
    default="",
    callback=_color,
    metavar="颜色",
    help='账号的颜色，例如 "#0a7d4f"。\nThe account\'s color, for example "#0a7d4f".',
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=None,
    help="界面与文章的语言。\nLanguage of what is said and of the posts.",
)
@click.option(
    "--from",
    "list_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件.opml",
    help="来源从阅读器导出的 OPML 里来，文件夹成为栏目。\nTake the sources from a reader's OPML; its folders become topics.",
)
def init(
    folder: Path,
    name: str,
    positioning: str,
    sections: tuple[ReadySection, ...],
    theme: str,
    color: str,
    language: str | None,
    list_file: Path | None,
) -> ExitCode:
    """新建一个账号文件夹：feeds.yaml、originals/ 和一份说明。已有的文件不会被改动。

    不带选项时，在终端里会问几个问题；不在终端里（脚本、管道）从不提问。

    Make an account's folder: feeds.yaml, originals/ and a short README. Files that are there already stay as they
    are.

    Without options it asks some questions on a terminal; elsewhere (in scripts and pipes) it never asks.
    """
    if language:
        speak_in(language)
    listed = parse_opml(list_file.read_bytes()) if list_file else None
    if listed is not None and not listed.outlines:
        complain(say_here("setup.no feed", file=str(list_file)))
        return ExitCode.NO_SOURCE
    choices = AccountChoices(name, positioning, language or "", theme, color, sections)
    asks = choices == AccountChoices() and listed is None and sys.stdin.isatty()
    if asks and not (folder / "feeds.yaml").exists():
        choices = ask_choices()
        account = plan_account(folder, choices)
        _show(folder, choices, account)
        click.confirm(say_here("setup.confirm"), default=True, abort=True, err=True)
    else:
        account = plan_account(folder, choices, listed)
        if choices != AccountChoices() or listed is not None:
            _show(folder, choices, account)
    return _create(folder, account, listed)


def _create(folder: Path, account: NewAccount, listed: Subscriptions | None) -> ExitCode:
    written = create_account(folder, account)
    if not written:
        complain(say_here("setup.all there", folder=str(folder)))
        return ExitCode.OK
    if folder / "feeds.yaml" not in written:
        complain(say_here("setup.kept", folder=str(folder)))
        return ExitCode.OK
    if listed is not None and account.imported is not None:
        tell_import(listed, account.imported)
    speak_as(folder)
    for key in ("made", "next"):
        complain(say_here(f"setup.{key}", folder=str(folder)))
    complain(say_here("setup.schedule"))
    return ExitCode.OK


def _show(folder: Path, choices: AccountChoices, account: NewAccount) -> None:
    """What is about to be written."""
    config = account.config
    read = [source for source in config.sources if source.enabled]
    bridged = sum(source.reader == "rsshub" for source in read)
    lines = [
        say_here("setup.name", text=config.account.name),
        say_here("setup.positioning", text=config.account.positioning),
        say_here("setup.topics", names=tuple(topic.name for topic in config.topics)),
        say_here("setup.sources bridged" if bridged else "setup.sources", n=len(read), bridged=bridged),
    ]
    if choices.sections and account.imported is None:
        lines.append(say_here("setup.untried"))
    complain(say_here("setup.plan", folder=str(folder)))
    for line in lines:
        click.echo(f"  {line}", err=True)
    color = config.look.color or read_accents().get(config.look.theme, "")
    show_color(color, say_here("setup.theme", theme=config.look.theme, color=color))
