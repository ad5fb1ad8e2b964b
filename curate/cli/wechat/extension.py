"""`curate extension`: the browser extension that puts a post into the platform's editor."""

from __future__ import annotations

from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import top_level
from curate.storage.account import copy_extension, find_extension


@top_level("extension")
@click.command()
@click.argument("to", type=click.Path(path_type=Path, file_okay=False), required=False, metavar="文件夹")
def extension(to: Path | None) -> ExitCode:
    """浏览器扩展：把复制好的正文放进公众号编辑器，放好后核对一遍。

    写了文件夹就把扩展放到那里，不写就打印它在哪里。在浏览器的扩展程序页面打开“开发者模式”，选“加载已解压的扩展程序”。

    The browser extension: puts the copied post into the WeChat editor and checks what arrived.

    With a folder it is copied there, without one its place is printed. Turn on developer mode in the browser's page
    of extensions and load the unpacked one.
    """
    place = copy_extension(to) if to else find_extension()
    complain(
        "在 chrome://extensions（Edge 是 edge://extensions）打开“开发者模式”，点“加载已解压的扩展程序”，选这个文件夹："
    )
    click.echo(place)
    return ExitCode.OK
