"""DOOR to the person at the terminal, or to cron: commands, progress, exit codes; the only clock.

A command's module is imported when it is run: `curate --help` loads none of scikit-learn, the database, the network.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import click

from curate import __version__
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.click_zh import speak
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import Lazy, LazyGroup
from curate.cli.terminal.streams import guard_streams
from curate.domain.errors import ConfigError, CurateError, NotFoundError, SourceError
from curate.i18n.catalogue import failure_of

# New objects after which Python looks for cycles among them (700 where nobody says otherwise). A night makes millions
# and hardly a cycle: looking so often took a tenth of its time.
GARBAGE = (500_000, 10, 10)

# Linear algebra in one thread, where nobody says otherwise: a night's matrices are small, so that two threads wait for
# each other more than they work, and sums in one order are the same on every machine.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


STATUS: dict[type[CurateError], ExitCode] = {  # of a failure that ended a command; NO_OUTPUT for any other
    SourceError: ExitCode.NO_SOURCE,
    NotFoundError: ExitCode.USAGE,
}

# Every command, in the order in which they are met, with the first line of its help.
COMMANDS: dict[str, Lazy] = {
    "init": Lazy(
        "curate.cli.account",
        "init",
        "新建一个账号文件夹：feeds.yaml、templates/、originals/。已有的文件不会被改动。",
    ),
    "demo": Lazy(
        "curate.cli.run", "demo", "演示：不用联网，用自带的一周样例来源连跑两晚，结果在 output/demo/。"
    ),
    "run": Lazy(
        "curate.cli.run", "run", "跑一晚：抓取、归并、分栏目、打分、取正文、排版，写到 output/issues/。"
    ),
    "issue": Lazy(
        "curate.cli.issue.commands",
        "issue",
        "看一期、改一期：增删、换序、换头条、改标题和摘要、加按语；每一步都记着，可以撤销。",
    ),
    "desk": Lazy("curate.cli.desk", "desk", "编辑台：在本机的网页上看一期、改一期、复制到公众号。"),
    "check": Lazy(
        "curate.cli.issue.check",
        "check",
        "发布前查一遍：诱导、广告用语、个人信息、新闻许可、转载声明……只供参考，不是法律意见。",
    ),
    "answers": Lazy(
        "curate.cli.answers.commands",
        "answers",
        "自动回复：读者发来编号、栏目或想找的词，马上得到回答；问了什么只记次数，不记是谁。",
    ),
    "fetch": Lazy(
        "curate.cli.fetch",
        "fetch",
        "只抓取，不出刊：读一遍来源，新内容存进存档；给每小时抓取、每晚出刊的人。",
    ),
    "sources": Lazy("curate.cli.sources", "sources", "增加和试读来源。"),
    "import": Lazy(
        "curate.cli.opml", "import_", "从 OPML 导入来源；文件夹成为栏目，已有的来源跳过，导不进来的列出来。"
    ),
    "export": Lazy(
        "curate.cli.opml", "export", "把来源导出为 OPML（不写文件名就打印出来），栏目成为文件夹。"
    ),
    "topics": Lazy("curate.cli.topics", "topics", "教程序分栏目，看看它分得准不准。"),
    "stories": Lazy(
        "curate.cli.stories", "stories", "归并得对不对：拆开归错的，合并漏掉的，或在有答案的数据上打分。"
    ),
    "search": Lazy("curate.cli.site", "search", "在发过的所有内容里搜词，新的在前。"),
    "collect": Lazy(
        "curate.cli.collect",
        "collect",
        "从往期里编一篇合集（月度回顾）：按得分选，一件事只收一次，每个渠道一份稿，网站上一页。",
    ),
    "reply": Lazy(
        "curate.cli.site", "reply", "读者在公众号里回复一个编号（31205、312）或栏目词（AI、理财）会看到什么。"
    ),
    "site": Lazy(
        "curate.cli.site",
        "site",
        "从存档把网站重新做一遍，写到 output/site/（平时 curate run 每出一期就会更新它）。",
    ),
    "stats": Lazy("curate.cli.stats", "stats", "读者反馈：把阅读、分享、收藏和关注人数的数字拿进来。"),
    "report": Lazy(
        "curate.cli.report",
        "report",
        "读者反馈的报告：转发率、什么让读者转发、下一晚会怎样不同，还有程序选的你留下多少。写到 output/report.html。",
    ),
    "extract": Lazy(
        "curate.cli.inspect", "extract", "从网页里取出标题、作者、时间、正文和图片，看看找到了什么。"
    ),
    "lint": Lazy("curate.cli.inspect", "lint", "按公众号编辑器的规则检查一段 HTML；有错误时退出码为 1。"),
    "format": Lazy(
        "curate.cli.format_piece",
        "format_",
        "把自己写的一篇稿件（Markdown 或 HTML）排成账号的主题，并做好复制页。",
    ),
    "prune": Lazy(
        "curate.cli.account",
        "prune",
        "给存档瘦身：清掉旧条目的正文和旧的运行报告。已出的各期和“见过什么”都留着。",
    ),
    "schema": Lazy("curate.cli.schema", "schema", "打印 feeds.yaml 的 JSON Schema，编辑器用它补全和查错。"),
    "adverts": Lazy(
        "curate.cli.adverts", "adverts", "推广识别得准不准：说明哪条是、哪条不是，或在有答案的标题上打分。"
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="curate %(version)s", help="显示版本。")
def cli() -> None:
    """每晚读一遍你信任的来源，归并、分类、排序，编成一期可以直接粘贴到公众号编辑器的摘要。

    第一次用：curate init 账号名，再到那个文件夹里运行 curate demo 和 curate run。
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status. The one place that catches everything."""
    gc.set_threshold(*GARBAGE)
    for name in THREADS:
        os.environ.setdefault(name, "1")  # read when NumPy is loaded
    status = run(args)
    gc.freeze()  # what is left dies with the process; looking through it once more took 0.2 s
    sys.exit(status)


def run(args: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # what is redirected is UTF-8 on every system
    with guard_streams():
        speak(cli, sys.argv[1:] if args is None else args)
        return _run(args)


def _run(args: Sequence[str] | None) -> int:
    try:
        status = cli.main(args=args, prog_name="curate", standalone_mode=False)
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.UsageError as e:
        e.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        complain("已中止。什么都没有丢，重新运行即可。")
        return ExitCode.STOPPED
    except ConfigError as e:
        complain(*e.problems, hint=e.hint)
        return ExitCode.INVALID
    except CurateError as e:
        told = failure_of("", e, "zh")
        complain(told.reason, hint=told.hint)
        return next((code for kind, code in STATUS.items() if isinstance(e, kind)), ExitCode.NO_OUTPUT)
    except BrokenPipeError:  # `curate … | head`
        sys.stderr.close()
        return ExitCode.OK
    except Exception:  # noqa: BLE001 - a bug: the traceback is what its finder needs
        traceback.print_exc()
        complain("这是程序的错误，不是你的。请把上面的内容发给我们；什么都没有丢。")
        return ExitCode.BUG
    return status if isinstance(status, int) else ExitCode.OK
