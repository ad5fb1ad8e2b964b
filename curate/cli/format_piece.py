"""`curate format`: a piece of the editor's own, Markdown or HTML, in the account's theme, with the page to copy it from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.config.load import NAME
from curate.config.schema import Account, Config, Source
from curate.domain.errors import ChannelError, UnreadableError
from curate.domain.model import Page
from curate.extraction.own_page import own_page
from curate.render.formatted import Piece, format_piece
from curate.sources.kinds.originals import read_original
from curate.storage.account import templates
from curate.storage.output import write_file
from curate.text.clean import clean_html, plain
from curate.text.encoding import decode

MARKDOWN = (".md", ".markdown", ".txt")
SUFFIX = ".wechat.html"


@top_level("format")
@click.command("format")
@folder_option
@click.option(
    "--fragment",
    is_flag=True,
    help="只把排好的正文 HTML 写到标准输出，不做复制页。\nOnly print the post's HTML to stdout, without a copy page.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help=f"复制页写到哪里；默认在稿件旁边，名字以 {SUFFIX} 结尾。\nWhere the copy page goes; beside the piece, ending in {SUFFIX}, by default.",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
def format_(folder: Path, fragment: bool, out: Path | None, file: Path) -> ExitCode:
    """把自己写的一篇稿件（Markdown 或 HTML）排成账号的主题，并做好复制页。

    Render a piece of your own (Markdown or HTML) in the account's theme, with its copy page.
    """
    config = _config(folder)
    try:
        made = format_piece(_piece(file), config.account, templates(folder), config.look)
    except ChannelError as e:
        complain(e.reason, hint=e.hint)
        return ExitCode.NO_OUTPUT
    if fragment:
        click.echo(made.fragment)
        return ExitCode.OK
    page = out or file.with_name(file.stem + SUFFIX)
    write_file(page, made.page, replace=True)
    click.echo(page)
    return ExitCode.OK


def _config(folder: Path) -> Config:
    """The account's settings; the usual look where there is no account."""
    if (folder / NAME).exists():
        return read_config(folder)
    return Config(account=Account(name="公众号"), topics=(), sources=())


def _piece(file: Path) -> Piece:
    try:
        body = file.read_bytes()
    except OSError as e:
        raise click.UsageError(f"{file}: 读不了（{e.strerror}）") from e
    return _of_markdown(file, body) if file.suffix.lower() in MARKDOWN else _of_html(file, body)


def _of_markdown(file: Path, body: bytes) -> Piece:
    page = Page(file.resolve().as_uri(), body, datetime.now(UTC))
    entry = read_original(page, Source(name="format", reader="originals", folder="originals"))
    return Piece(entry.title, clean_html(entry.content), entry.summary, entry.author, entry.url)


def _of_html(file: Path, body: bytes) -> Piece:
    title, inside = own_page(decode(body, ""))
    html = clean_html(inside)
    if not plain(html):
        raise UnreadableError(f"{file.name}：没有正文（nothing is written in it）")
    return Piece(title or file.stem, html)
