"""`curate draft`: an issue into the draft box of its account."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from curate.app.account import OpenAccount
from curate.app.doors import fetcher
from curate.app.drafts.box import account_key
from curate.app.drafts.deliver import check_box, deliver, open_box, say_sent, say_size
from curate.app.drafts.prepare import KINDS, keep_cards, prepare_drafts, refuse_objections
from curate.app.drafts.send import DraftJob
from curate.app.edit_issue import read_issue
from curate.app.exit_codes import ExitCode
from curate.app.open_wechat import list_unset, read_secrets
from curate.cli.issue.options import issue_number
from curate.cli.terminal.account import hold_recovered, read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.config.delivery_schema import DraftSettings
from curate.delivery.limits import find_breaches
from curate.delivery.model import DraftPost
from curate.domain.message import Message, all_of, message
from curate.storage.desk import Edited


def _numbers(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[int | None, ...]:
    return tuple(issue_number(context, parameter, value) for value in values) or (None,)


@top_level("draft")
@click.command()
@click.argument("numbers", nargs=-1, callback=_numbers, metavar="[期号…]")
@click.option(
    "--dry-run",
    is_flag=True,
    help="只看会放进去什么：标题、摘要、图片、字数；什么都不发。\nOnly show what would go in: titles, summaries, pictures, characters; nothing is sent.",
)
@click.option(
    "--preflight",
    is_flag=True,
    help="只试接口能不能用：环境变量、IP 白名单、权限；什么都不建。\nOnly try whether the interface can be used: variables, whitelist, rights; nothing is made.",
)
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    help="news 图文，newspic 贴图，both 两份；不写就照 draft.kind。\nnews is an article, newspic a picture post, both makes two; draft.kind otherwise.",
)
@click.option(
    "--despite",
    is_flag=True,
    help="发布前的检查（curate check）有要改的地方，也照放。\nPut it in although curate check finds something to change.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="草稿在后台改过，也用这一期盖掉。\nOverwrite the draft even where it was changed in the back office.",
)
@folder_option
@now_option
def draft(
    numbers: tuple[int | None, ...],
    dry_run: bool,
    preflight: bool,
    kind: str | None,
    despite: bool,
    overwrite: bool,
    folder: Path,
    now: datetime,
) -> ExitCode:
    """把一期放进公众号的草稿箱；再运行一次就更新那份草稿，不会建两份。

    期号不写就是最新一期；写几个就放进同一次推送，最多八篇。先设环境变量 CURATE_WECHAT_APPID 和 CURATE_WECHAT_SECRET，
    并把这台机器的地址加进 IP 白名单。发表和群发不代劳：发出去就收不回来，请在后台看过再发。

    Put an issue into the account's draft box; run again, it brings that draft up to date and makes no second one.

    The newest issue if none is named; several go into one push, at most eight. Set CURATE_WECHAT_APPID and
    CURATE_WECHAT_SECRET first, and put this machine's address on the IP whitelist. It never publishes: look at the
    draft and send it yourself.
    """
    config = read_config(folder)
    chosen = {"kind": kind} if kind else {}
    settings = DraftSettings.model_validate({**config.draft.model_dump(), **chosen})
    with hold_recovered(config, folder) as account:
        if preflight:
            with open_box(account, os.environ, now, time.sleep) as box:
                check_box(box, _tell)
            return ExitCode.OK
        issues = _read_issues(account, numbers)
        if not despite:
            for reminder in refuse_objections(account, issues):
                _tell(reminder)
        jobs = prepare_drafts(account, issues, settings, fetcher(config, now), replaces_edits=overwrite)
        stopped = _tell_breaches(jobs, stopping=dry_run)
        if dry_run:
            _print_plan(account, jobs)
            return ExitCode.NO_OUTPUT if stopped else ExitCode.OK
        keep_cards(account, jobs)
        with open_box(account, os.environ, now, time.sleep) as box:
            for job, sent in zip(jobs, deliver(box, jobs, _tell, time.sleep), strict=True):
                click.echo(say_here(all_of(say_sent(sent, job))))
        complain(hint=say_here("draft.next"))
    return ExitCode.OK


def _tell(said: Message) -> None:
    complain(say_here(said))


def _print_plan(account: OpenAccount, jobs: Sequence[DraftJob]) -> None:
    there = _list_there(account, jobs)
    click.echo("\n\n".join(_describe(job, there) for job in jobs))


def _read_issues(account: OpenAccount, numbers: Iterable[int | None]) -> list[Edited]:
    """The issues, each once, in the order in which they are named."""
    found = [read_issue(account.archive, number) for number in numbers]
    return list({edited.machine.number: edited for edited in found}.values())


def _tell_breaches(jobs: Sequence[DraftJob], *, stopping: bool) -> bool:
    """Tell what is left for the editor's hand, what may be refused, and what stops a draft where that is not told
    otherwise; whether anything does."""
    breaches = [breach for job in jobs for breach in find_breaches(job.posts, job.settings.author)]
    notes = [note for job in jobs for post in job.posts for note in post.notes]
    for note in dict.fromkeys(notes):
        complain(say_here(note))
    for breach in breaches:
        if stopping or not breach.stops:
            complain(say_here(breach.said), hint=say_here(breach.advice))
    return any(breach.stops for breach in breaches)


def _describe(job: DraftJob, there: Collection[str]) -> str:
    """What would be sent; `there` are the pictures that the platform has already."""
    lines = [say_size(job), *(line for post in job.posts for line in _describe_post(post, job, there))]
    return "\n".join(map(say_here, lines))


def _describe_post(post: DraftPost, job: DraftJob, there: Collection[str]) -> Iterator[Message]:
    settings = job.settings
    yield message("draft.plan title", n=len(post.title), title=post.title)
    if job.kind == "news":
        if len(job.posts) == 1:
            yield message("draft.plan digest", n=len(post.digest), digest=post.digest)
        yield message("draft.plan author", author=settings.author or "—", source_url=post.source_url or "—")
    size = {"n": len(post.content), "bytes": len(post.content.encode())}
    yield message("draft.plan body", **size, comments=message(f"draft.comments {settings.comments}"))
    for picture in (*post.pictures, *post.material):
        place = "sent" if picture.digest in there else "new"
        size_kb = len(picture.data) // 1000 + 1
        yield message(f"draft.plan picture {place}", about=picture.about, file=picture.name, n=size_kb)


def _list_there(account: OpenAccount, jobs: Sequence[DraftJob]) -> set[str]:
    """The pictures that the platform has already, where the environment says of which account."""
    network = account.config.network
    if list_unset(network, os.environ):
        return set()
    key, found = account_key(read_secrets(network, os.environ).appid), set[str]()
    for post in (post for job in jobs for post in job.posts):
        found |= set(account.archive.drafts.uploads(key, "body", [p.digest for p in post.pictures]))
        found |= set(account.archive.drafts.uploads(key, "material", [p.digest for p in post.material]))
    return found
