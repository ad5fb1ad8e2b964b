"""`curate notify test`: whether an alert would arrive."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from curate.app.exit_codes import ExitCode
from curate.app.services.alerts import ping_switch
from curate.app.services.send import find_service, send_text
from curate.cli.services.telling import tell_sent
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.delivery.services import ServiceMessage


@top_level("notify")
@click.group()
def notify() -> None:
    """出了问题告诉你：夜里没有跑成、来源坏了、又好了。

    Be told when something is wrong: a night that failed, a source that broke, and when it works again.
    """


@notify.command("test")
@click.argument("names", nargs=-1, metavar="[名字…]")
@folder_option
def test(names: tuple[str, ...], folder: Path) -> ExitCode:
    """给 notify 里的每个服务（或写明的几个）发一条试试，并说出对方怎么回答。

    Send a try to each service of notify (or to those named), and say what it answered.
    """
    config = read_config(folder)
    wanted = names or config.notify.to
    if not wanted:
        raise usage_error("told.no notify")
    said = ServiceMessage(config.account.name, say_here("told.try", account=config.account.name))
    sent = [send_text(config, find_service(config, name), said, os.environ, time.time()) for name in wanted]
    for one in sent:
        tell_sent(one, with_answer=True)
    if config.notify.ping_env:
        trouble = ping_switch(config, os.environ, "")
        complain(say_here("told.ping" if trouble else "told.ping done", why=trouble))
    return ExitCode.OK if all(one.taken for one in sent) else ExitCode.NO_OUTPUT
