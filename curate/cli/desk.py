"""`curate desk`: the page on which an issue is looked at, put right and copied."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from pathlib import Path

import click

from curate.app.account import OpenAccount, open_archive
from curate.app.edit_issue import read_issue
from curate.cli.issue.options import issue_number
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import Console, complain
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.desk_server.guard import Door
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.listen import bind, serve
from curate.desk_server.routes import desk_app
from curate.desk_server.share import share_name, share_page
from curate.storage.output import Output, write_file


@top_level("desk")
@click.command()
@click.argument("number", callback=issue_number, metavar="期号", default="last")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="端口",
    help="用这个端口；0 是随便一个空闲的（默认）。\nUse this port; 0 is any free one (the default).",
)
@click.option(
    "--no-browser", is_flag=True, help="只打印地址，不打开浏览器。\nPrint the address and open no browser."
)
@click.option(
    "--share",
    is_flag=True,
    help="不开编辑台，只存一页只能看的审阅稿，发给同事。\nKeep one page to read and send to colleagues, instead of opening the desk.",
)
@folder_option
def desk(number: int | None, port: int, no_browser: bool, share: bool, folder: Path) -> int:
    """编辑台：在本机的网页上看一期、改一期、复制到公众号。

    期号写数字，不写就是最新一期。网页只有本机打得开，地址里的口令只用一次；每一步都马上存下，按 Ctrl-C 结束。

    The desk: look at an issue, put it right and copy it to WeChat, in a page on this machine.

    An issue's number, or the newest one. The page opens on this machine alone, and the token in its address works
    once. Every step is kept at once; Ctrl-C ends it.
    """
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        account = OpenAccount(config, folder, Output(folder / "output"), archive)
        found = read_issue(archive, number).machine.number
        watch = Console(quiet=True)
        if share:
            return _write_share(IssueDesk(account, found, lambda: datetime.now(UTC), watch))
        with bind(port) as listening, IssueDesk(account, found, lambda: datetime.now(UTC), watch) as opened:
            door = Door(listening.getsockname()[1])

            def ready() -> None:
                click.echo(door.address)
                complain(say_here("told.desk"))
                if not no_browser:
                    webbrowser.open(door.address)

            serve(desk_app(opened, door), listening, ready)
    return 0


def _write_share(opened: IssueDesk) -> int:
    """Keep the page for a colleague beside the issues, and say where."""
    place = opened.account.folder / "output" / share_name(opened.number)
    write_file(place, share_page(opened, opened.clock()), replace=True)
    click.echo(place)
    return 0
