"""DOOR to the person at the terminal, or to cron: commands, progress, exit codes; the only clock.

Exit status: 0 an issue was made (or the command did its work), 1 feeds.yaml cannot be used, 2 usage,
3 nothing new, 4 no source could be read, 5 the archive or output/ cannot be used, 70 a bug, 130 Ctrl-C.

What is heavy (scikit-learn, the database, the network) is imported inside the commands that use it:
`curate --help` loads none of it.
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
from curate.cli import (
    account,
    adverts,
    collect,
    fetch,
    format_piece,
    inspect,
    report,
    site,
    sources,
    stats,
    stories,
    topics,
)
from curate.cli import run as night
from curate.cli.issue import commands
from curate.cli.terminal.click_zh import OrderedGroup, speak
from curate.cli.terminal.console import complain
from curate.cli.terminal.streams import guarded
from curate.domain.errors import ConfigError, CurateError, SourceError

# New objects after which Python looks for cycles among them (700 where nobody says otherwise). A night makes millions
# and hardly a cycle: looking so often took a tenth of its time.
GARBAGE = (50_000, 10, 10)

# Linear algebra in one thread, where nobody says otherwise: a night's matrices are small, so that two threads wait for
# each other more than they work, and sums in one order are the same on every machine.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

OK, BAD_CONFIG, USAGE, NOTHING_NEW, NO_SOURCE, NO_OUTPUT, BUG, STOPPED = 0, 1, 2, 3, 4, 5, 70, 130


@click.group(
    cls=OrderedGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", message="curate %(version)s", help="显示版本。")
def cli() -> None:
    """每晚读一遍你信任的来源，归并、分类、排序，编成一期可以直接粘贴到公众号编辑器的摘要。

    第一次用：curate init 账号名，再到那个文件夹里运行 curate demo 和 curate run。
    """


GROUPS = (
    night,
    commands,
    fetch,
    account,
    sources,
    stories,
    inspect,
    format_piece,
    topics,
    adverts,
    stats,
    report,
    site,
    collect,
)
for command in (command for group in GROUPS for command in group.COMMANDS):
    cli.add_command(command)


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
    with guarded():
        speak(cli, sys.argv[1:] if args is None else args)
        return _run(args)


def _run(args: Sequence[str] | None) -> int:
    try:
        status = cli.main(args=args, prog_name="curate", standalone_mode=False)
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.UsageError as e:
        e.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        complain("已中止。什么都没有丢，重新运行即可。")
        return STOPPED
    except ConfigError as e:
        complain(*e.problems, hint=e.hint)
        return BAD_CONFIG
    except CurateError as e:
        complain(e.reason, hint=e.hint)
        return NO_SOURCE if isinstance(e, SourceError) else NO_OUTPUT
    except BrokenPipeError:  # `curate … | head`
        sys.stderr.close()
        return OK
    except Exception:  # noqa: BLE001 - a bug: the traceback is what its finder needs
        traceback.print_exc()
        complain("这是程序的错误，不是你的。请把上面的内容发给我们；什么都没有丢。")
        return BUG
    return status if isinstance(status, int) else OK
