"""`curate answers …`: the webhook that answers readers, and what they asked for."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import click

from curate.answers.day_files import DayFiles
from curate.answers.keyword_rules import BackOfficeReplies
from curate.answers.respond import answer_text
from curate.app.account import hold_account, open_archive
from curate.app.answers.serve import TableFile, open_app
from curate.app.answers.table import OWN, TABLE, import_own, write_table
from curate.app.exit_codes import ExitCode
from curate.app.open_wechat import list_unset, open_wechat
from curate.cli.terminal.account import read_config, say_unset
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.config.schema import Config
from curate.desk_server.listen import LOOPBACK, bind, serve
from curate.fetch.wechat_errors import COMMON

UNSET = "feeds.yaml 里还没有 answers:，所以没有可以回答的内容。加上一行 answers: {} 再运行一次。"
SINCE = 30  # days that `asked` looks back


@top_level("answers")
@click.group()
def answers() -> None:
    """自动回复：读者发来编号、栏目或想找的词，马上得到回答；问了什么只记次数，不记是谁。

    Answer readers at once who send a number, a topic or words to look for; what is asked is counted, not by whom.
    """


@answers.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8790,
    show_default=True,
    metavar="端口",
    help="监听的端口。\nThe port to listen on.",
)
@click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    metavar="地址",
    help="监听的地址；前面总要有一个管 TLS 的服务器。\nThe address to listen on; something that speaks TLS belongs in front.",
)
@folder_option
def serve_command(port: int, host: str, folder: Path) -> ExitCode:
    """接收公众平台推送的消息并当场回复。令牌和密钥从环境变量里读，部署在 nginx 后面，见 docs/zh/answers.md。

    Receive the platform's messages and answer them. Token and key come from the environment; it runs behind nginx,
    see docs/zh/answers.md.
    """
    config = read_config(folder)
    app = open_app(config, folder)
    _prepare(config, folder)
    with bind(port, host) as listening:
        address = f"http://{host}:{listening.getsockname()[1]}/"
        serve(app, listening, lambda: click.echo(address))
    return ExitCode.OK


@answers.command("try")
@click.argument("words", nargs=-1, required=True, metavar="读者说的话")
@folder_option
def try_(words: tuple[str, ...], folder: Path) -> ExitCode:
    """看看读者发来这句话会得到什么回答；不计数。

    Show what a reader gets who sends these words; nothing is counted.
    """
    config = read_config(folder)
    _prepare(config, folder)
    answer = answer_text(" ".join(words), TableFile(folder / "output" / TABLE)())
    shown = answer.text or answer.media or "\n".join(f"{one.title} {one.url}" for one in answer.articles)
    click.echo(shown)
    return ExitCode.OK


@answers.command("import")
@folder_option
def import_(folder: Path) -> ExitCode:
    """把后台现有的关注回复和关键词回复取来：服务器一启用，后台的就不再起作用。

    Fetch the back office's own replies: they stop working when the server is turned on.
    """
    config = read_config(folder)
    if unset := list_unset(config.network, os.environ):
        raise click.UsageError(say_unset(unset))
    with open_wechat(config.network, os.environ, COMMON, time.sleep) as session:
        found = import_own(session, folder)
    _tell_import(found)
    if config.answers is None:
        complain(UNSET)
        return ExitCode.OK
    with hold_account(config, folder) as account:
        write_table(account)
    return ExitCode.OK


@answers.command("asked")
@click.option(
    "--days",
    type=click.IntRange(1, 400),
    default=SINCE,
    show_default=True,
    metavar="天数",
    help="看最近多少天。\nLook at the last N days.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="按天和编号，以 JSON 写到标准输出。\nPrint it by day and number to stdout as JSON.",
)
@folder_option
@now_option
def asked(days: int, as_json: bool, folder: Path, now: datetime) -> ExitCode:
    """读者问得最多的是什么：编号、栏目、搜索各多少次。

    Show what readers ask for most: numbers, topics, searches.
    """
    config = read_config(folder, bare=True)
    today = now.astimezone(config.account.zone).date()
    since = today - timedelta(days=days - 1)
    with open_archive(config, folder) as archive:
        counted = archive.requests(since)
    for day, counts in DayFiles(folder / "output").read().items():
        if day >= since and sum(counts.values()) > sum(counted.get(day, {}).values()):
            counted[day] = dict(counts)
    if as_json:
        click.echo(json.dumps({day.isoformat(): counts for day, counts in sorted(counted.items())}, indent=1))
        return ExitCode.OK
    total: Counter[str] = Counter()
    for counts in counted.values():
        total.update(counts)
    for name, count in total.most_common():
        click.echo(f"{count:>7}  {name}")
    complain(f"最近 {days} 天一共 {total.total()} 次。")
    return ExitCode.OK if total else ExitCode.NOTHING_NEW


def _prepare(config: Config, folder: Path) -> None:
    """Write the table where there is none yet: a server without one could say nothing."""
    if config.answers is None:
        raise click.UsageError(UNSET)
    if not (folder / "output" / TABLE).is_file():
        with hold_account(config, folder) as account:
            write_table(account)


def _tell_import(found: BackOfficeReplies) -> None:
    parts = [f"{len(found.rules)} 条关键词规则"]
    parts += ["关注回复"] if found.greeting else []
    parts += ["收到消息的回复"] if found.fallback else []
    complain(f"取来{'、'.join(parts)}，存在 {OWN}，可以直接改。")
    if found.left_out:
        complain(f"这些规则里有视频等不能照搬的回复：{'、'.join(found.left_out)}")
