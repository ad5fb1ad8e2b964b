"""`curate templates copy|list`: the program's templates, copied beside feeds.yaml to be changed there."""

from __future__ import annotations

from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option
from curate.storage.account import copy_templates, template_groups


@top_level("templates")
@click.group(cls=OrderedGroup)
def templates() -> None:
    """把程序自带的模板复制出来改；没有复制的一直用程序自带的。

    Copy the program's templates to change them; those that are not copied stay the program's own.
    """


@templates.command()
@click.argument("name", metavar="渠道或主题")
@folder_option
def copy(name: str, folder: Path) -> ExitCode:
    """把一个渠道或主题的模板复制到 templates/；已有的文件不动。

    Copy a channel's or theme's templates into templates/; files that are there stay.
    """
    groups = template_groups()
    if name not in groups:
        raise usage_error("setup.no template", name=name, known=tuple(groups))
    written = copy_templates(folder, groups[name])
    for path in written:
        click.echo(path.relative_to(folder).as_posix())
    kept = len(groups[name]) - len(written)
    told = say_here("setup.copied some" if kept else "setup.copied", n=len(written), kept=kept)
    click.echo(told, err=True)
    return ExitCode.OK


@templates.command("list")
def list_() -> ExitCode:
    """列出可以复制的模板。

    List the templates that can be copied.
    """
    for name, files in template_groups().items():
        click.echo(f"{name}  {'  '.join(file.rpartition('/')[2] for file in files)}")
    return ExitCode.OK
