"""`curate init`: a new account's folder."""

from __future__ import annotations

from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.cli.terminal.lazy_group import top_level
from curate.config.json_schema import schema as json_schema
from curate.sources import readers
from curate.storage.account import create, starter


@top_level("init")
@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="账号名")
def init(folder: Path) -> ExitCode:
    """新建一个账号文件夹：feeds.yaml、originals/ 和一份说明。已有的文件不会被改动。"""
    written = create(folder, starter(), json_schema(readers()))
    if not written:
        click.echo(f"{folder}/ 里都已经有了，什么也没改。", err=True)
        return ExitCode.OK
    click.echo(f"建好了 {folder}/：来源和栏目写在 feeds.yaml，自己的文章放在 originals/。", err=True)
    click.echo(f"接下来：cd {folder}，先 curate demo 看看样子，再 curate run。", err=True)
    return ExitCode.OK
