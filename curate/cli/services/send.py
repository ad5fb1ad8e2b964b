"""`curate send`: an issue to a group."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import click

from curate.app.account import OpenAccount, hold_account
from curate.app.edit_issue import read_issue
from curate.app.exit_codes import ExitCode
from curate.app.services.newsletter import keep_draft, write_letter
from curate.app.services.send import digest_of, find_service, send_messages, write_messages
from curate.cli.issue.options import issue_number
from curate.cli.services.telling import tell_sent
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.config.schema import Service
from curate.delivery.model import Delivery
from curate.delivery.newsletters import NEWSLETTERS, Letter


@top_level("send")
@click.command()
@click.argument("name", metavar="名字")
@click.argument("number", callback=issue_number, metavar="期号", default="last")
@click.option("--again", is_flag=True, help="已经发过也再发一次。\nSend it once more although it was sent.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="只打印会发出的每一条，什么也不发。\nOnly print each message; nothing is sent.",
)
@folder_option
@now_option
def send(name: str, number: int | None, again: bool, dry_run: bool, folder: Path, now: datetime) -> ExitCode:
    """把一期发到 feeds.yaml 的 services 里的一个群：按对方的长度限制在两条内容之间断开，对方拒绝会原样告诉你。

    邮件通讯（buttondown、ghost、listmonk）是建一份草稿，再发一次就更新它，不会替你寄出去。

    Send an issue to a group of services in feeds.yaml, cut between items by the service's limit; a refusal is told
    in its own words.

    A newsletter (buttondown, ghost, listmonk) gets a draft, which sending again brings up to date; it is never
    mailed for you.
    """
    config = read_config(folder)
    service = find_service(config, name)
    with hold_account(config, folder) as account:
        digest = read_issue(account.archive, number).issue
        if service.kind in NEWSLETTERS:
            return _keep_letter(account, service, write_letter(digest, config, account.templates), dry_run)
        messages = write_messages(service, digest)
        if dry_run:
            click.echo("\n---\n".join(one.text for one in messages))
            return ExitCode.OK
        texts, drafts = digest_of(messages), account.archive.drafts
        before = None if again else drafts.delivery(digest.number, name)
        if before:
            _refuse_repetition(before, texts, digest.number, name)
        begin = before.taken if before else 0
        sent = send_messages(config, service, messages, os.environ, time.time(), begin)
        if sent.taken:
            drafts.keep_delivery(digest.number, name, Delivery(now, sent.taken, sent.of, texts))
    tell_sent(sent)
    return ExitCode.OK if sent.taken == sent.of else ExitCode.NO_OUTPUT


def _refuse_repetition(before: Delivery, texts: str, number: int, name: str) -> None:
    """UsageError where the group has the issue, or the beginning of one that was edited since."""
    if before.is_whole:
        raise usage_error("told.sent before", number=number, name=name, when=f"{before.at:%m-%d %H:%M}")
    if before.texts != texts:
        counts = {"taken": before.taken, "total": before.total}
        raise usage_error("told.sent in part", number=number, name=name, **counts)


def _keep_letter(account: OpenAccount, service: Service, letter: Letter, dry_run: bool) -> ExitCode:
    """Make the newsletter's draft or bring it up, or only print it."""
    if dry_run:
        click.echo(f"{letter.subject}\n\n{letter.markdown}")
        return ExitCode.OK
    sent = keep_draft(account.config, service, letter, os.environ, time.time())
    if not sent.taken:
        tell_sent(sent)
        return ExitCode.NO_OUTPUT
    complain(say_here("told.letter", name=service.name))
    return ExitCode.OK
