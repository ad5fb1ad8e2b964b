"""`curate adverts mark` and `eval`: say what is an advert, and how well they are found on titles with known answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from curate.adverts.evaluate import evaluate_adverts
from curate.app.account import open_archive
from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.entries import title_of
from curate.cli.terminal.issue import follow
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.desk.draft import items_of
from curate.desk.events import MarkAdvert
from curate.text.encoder import find_encoder
from curate.text.entry_text import text_for_sorting

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@top_level("adverts")
@click.group(cls=OrderedGroup)
def adverts() -> None:
    """推广识别得准不准：说明哪条是、哪条不是，或在有答案的标题上打分。

    How well adverts are recognized: say which are and which are not, or measure it on known answers.
    """


@adverts.command()
@click.argument("name", metavar="网址或编号")
@click.option(
    "--not",
    "is_news",
    is_flag=True,
    help="这条不是推广，程序认错了。\nThis is no advert, the program was wrong.",
)
@folder_option
@now_option
def mark(name: str, is_news: bool, folder: Path, now: datetime) -> ExitCode:
    """这条是推广：最新一期里有它就马上去掉，以后也照此对待。

    This is an advert: out of the newest issue at once, and remembered.
    """
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        found = archive.find(name)
        if not found:
            raise usage_error("told.not archived", name=name)
        entry = found[0]
        archive.mark_advert(entry, text_for_sorting(entry), not is_news, now)
    click.echo(say_here("told.no advert" if is_news else "told.advert", title=title_of(entry)), err=True)

    def events(opened: OpenIssue) -> list[MarkAdvert]:
        held = {item.key for item in items_of(opened.edited.issue.sections)}
        return [MarkAdvert(entry.key, not is_news)] if entry.key in held else []

    follow(folder, now, "adverts", events)
    return ExitCode.OK


@adverts.command()
@click.option(
    "--test",
    "test_file",
    type=FILE,
    required=True,
    metavar="文件",
    help="每行：标题<TAB>0 或 1[<TAB>来源]。\nA line each: title<TAB>0 or 1[<TAB>source].",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
def eval(test_file: Path, as_json: bool) -> ExitCode:  # noqa: A001
    """在有答案的标题上测一测：和每晚用的是同一套判断、同一个界线。

    Measure the recognition of adverts on titles with answers, by the judgement of every night.
    """
    titles, answers, sources = _read(test_file)
    encoder = find_encoder()
    found = evaluate_adverts(titles, answers, encoder.encode if encoder else None, sources)
    if as_json:
        click.echo(json.dumps({name: round(value, 4) for name, value in asdict(found).items()}))
        return ExitCode.OK
    click.echo(
        f"共 {len(titles)} 条，其中推广 {sum(answers)} 条：精确率 {found.precision:.1%}，召回率 {found.recall:.1%}，"
        f"平均精确率 {found.average_precision:.3f}"
    )
    return ExitCode.OK


def _read(path: Path) -> tuple[list[str], list[bool], list[str]]:
    titles, answers, sources = [], [], []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        title, answer, source, *_ = [*line.removesuffix("\r").split("\t"), "", ""]
        if answer.strip() not in ("0", "1") or not title.strip():
            raise click.UsageError(f"{path}:{number}: 应当是“标题<TAB>0 或 1”")
        titles.append(title)
        answers.append(answer.strip() == "1")
        sources.append(source.strip() or f"{number}")  # a title of no known source is the only one of its own
    if not titles:
        raise click.UsageError(f"{path}: 一行也没有")
    return titles, answers, sources
