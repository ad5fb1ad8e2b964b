"""`curate check`: what the platform or the law would punish in an issue, and what the editor accepted of that."""

from __future__ import annotations

import getpass
import json
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from curate.app.account import OpenAccount, open_archive
from curate.app.check.ask_links import ask_links
from curate.app.check.check_issue import CheckedIssue, check_edited, overrule
from curate.app.edit_issue import OpenIssue, read_issue
from curate.app.exit_codes import ExitCode
from curate.checks.base import CheckFinding
from curate.checks.listing import DISCLAIMER, count_findings, group_findings, show_finding
from curate.checks.permission_mail import say_mail, write_mails
from curate.checks.report import report_judgment
from curate.cli.issue.options import ORIGIN, issue_number
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.issue import carry_out, hold_issue
from curate.cli.terminal.language import usage_error
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.domain.message import Message, message
from curate.i18n.catalogue import say_in
from curate.render.check_section import ShownFinding
from curate.storage.output import Output

_MARKS = {"error": "✗", "warn": "!", "hint": "·"}


@top_level("check")
@click.command()
@click.argument("number", callback=issue_number, metavar="期号", default="last")
@click.option(
    "--links",
    is_flag=True,
    help="把每条原文再打开一次：没了的、搬走的、要登录的、标题改了的。\nOpen every original again: gone, moved, behind a login, renamed.",
)
@click.option(
    "--mail",
    is_flag=True,
    help="写好申请转载授权的信，每个来源一封。\nWrite the letters that ask for leave to reprint, one a source.",
)
@click.option(
    "--overrule",
    "accepted",
    metavar="编号",
    help="放行一处：检查结果前面的编号；要写 --reason。\nAccept a finding by the key before it; needs --reason.",
)
@click.option(
    "--reason",
    default="",
    metavar="理由",
    help='放行的理由；写成空的 "" 就收回。\nWhy it is accepted; an empty "" takes that back.',
)
@click.option(
    "--by",
    default="",
    metavar="谁",
    help="谁放行的；不写就是这台电脑的用户名。\nWho accepts it; this machine's user otherwise.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="全部以 JSON 写到标准输出，给程序用。\nPrint all of it to stdout as JSON, for a program.",
)
@folder_option
@now_option
@click.pass_context
def check(
    context: click.Context,
    number: int | None,
    links: bool,
    mail: bool,
    accepted: str | None,
    reason: str,
    by: str,
    as_json: bool,
    folder: Path,
    now: datetime,
) -> ExitCode:
    """发布前查一遍：诱导、广告用语、个人信息、新闻许可、转载声明……只供参考，不是法律意见。

    期号写数字，不写就是最新一期。有要改的地方，退出码为 1；放行过的不算。

    Check an issue before it goes out: inducement, advertising, personal data, news licences, reprints. Advice only,
    no legal opinion.

    An issue's number, or the newest one. Exit status 1 where something has to be changed; what you overruled does
    not count.
    """
    if accepted:
        if context.get_parameter_source("reason") is click.core.ParameterSource.DEFAULT:
            raise usage_error("issue.reason")
        with hold_issue(folder, number, now) as opened:
            return _finish(_accept(opened, accepted, reason, by), mail=mail, as_json=as_json)
    config = read_config(folder)
    with open_archive(config, folder) as archive:  # not held: looking waits for nobody
        account = OpenAccount(config, folder, Output(folder / "output"), archive)
        edited = read_issue(account.archive, number)
        found = ask_links(account, edited, now) if links else None
        return _finish(check_edited(account, edited, found), mail=mail, as_json=as_json)


def _accept(opened: OpenIssue, key: str, reason: str, by: str) -> CheckedIssue:
    event = overrule(check_edited(opened.account, opened.edited), key, reason, by or getpass.getuser())
    done = carry_out(opened, [event], ORIGIN)
    return check_edited(opened.account, done.edited if done else opened.edited)


def _finish(checked: CheckedIssue, *, mail: bool, as_json: bool) -> ExitCode:
    if as_json:
        report = report_judgment(checked.view, checked.judgment, checked.acceptances)
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    elif mail:
        _print_mails(checked)
    else:
        _print(checked)
    return ExitCode.INVALID if checked.has_errors else ExitCode.OK


def _print_mails(checked: CheckedIssue) -> None:
    mails = write_mails(checked.view)
    click.echo("\n----\n\n".join(say_mail(each) for each in mails), nl=False)
    if not mails:
        complain(say_in(checked.edited.issue.language)(message("check.mail.none")))


def _print(checked: CheckedIssue) -> None:
    say, judgment = say_in(checked.edited.issue.language), checked.judgment
    for group in group_findings(judgment, say):
        click.echo(f"{group.title}　{group.basis}")
        for advice, alike in groupby(group.findings, key=lambda one: one.advice):
            for one in alike:
                click.echo(f"  {_line(one)}")
            if advice:
                click.echo(f"    → {advice}")
    if judgment.overruled:
        click.echo(say(message("check.overruled", n=len(judgment.overruled))))
    for found, reason in judgment.overruled:
        click.echo(f"  {_line(show_finding(found, say))}")
        click.echo(f"    {say(_tell_acceptance(checked, found, reason))}")
    click.echo(say(count_findings(judgment)))
    complain(say(DISCLAIMER))


def _line(one: ShownFinding) -> str:
    return f"{_MARKS[one.level]} {one.key} {one.where}　{one.words}"


def _tell_acceptance(checked: CheckedIssue, one: CheckFinding, reason: str) -> Message:
    held = checked.acceptances.get(one.key)
    if held is None:
        return message("check.ignored", reason=reason)
    when = f"{held.at.astimezone(ZoneInfo(checked.edited.issue.timezone)):%Y-%m-%d %H:%M}"
    return message("check.overruled.one", when=when, by=held.event.by or "?", reason=reason)
