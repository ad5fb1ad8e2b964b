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
from pathlib import Path

import click

from curate import __version__
from curate.app.exit_codes import ExitCode
from curate.app.schedule.secrets_file import fill_environment
from curate.app.upkeep.notices import tell_notices
from curate.app.upkeep.unpacked_copies import unpack
from curate.cli.terminal.click_zh import speak
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import choose_language, folder_of, language_of_terminal, say_here
from curate.cli.terminal.lazy_group import LazyGroup, find_commands
from curate.cli.terminal.streams import guard_streams
from curate.domain.errors import ConfigError, CurateError, NotFoundError, SourceError
from curate.i18n.catalogue import failure_of
from curate.text.model_files import keep_unpacked

# New objects after which Python looks for cycles among them (700 where nobody says otherwise). A night makes millions
# and hardly a cycle: looking so often took a tenth of its time.
GARBAGE = (500_000, 10, 10)

# Linear algebra in one thread, where nobody says otherwise: a night's matrices are small, so that two threads wait for
# each other more than they work, and sums in one order are the same on every machine.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


STATUS: dict[type[CurateError], ExitCode] = {  # of a failure that ended a command; NO_OUTPUT for any other
    ConfigError: ExitCode.INVALID,
    SourceError: ExitCode.NO_SOURCE,
    NotFoundError: ExitCode.USAGE,
}

EXTRAS = {"matplotlib": "report", "cryptography": "answers"}  # library -> the extra that installs it

# The commands in the order in which they are met; those that are not named come behind.
ORDER = (
    "init", "demo", "run", "issue", "desk", "check", "draft", "extension", "answers", "send", "notify", "fetch", "sources", "import", "export", "topics", "stories", "search", "collect", "reply", "site", "stats", "report", "extract", "lint", "format", "prune", "schema", "adverts", "templates", "schedule", "watch", "fleet", "doctor", "backup", "restore",
)  # fmt: skip
COMMANDS = find_commands(Path(__file__).parent, __package__ or "", ORDER)


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    message="curate %(version)s",
    help="显示版本。\nShow the version and exit.",
)
def cli() -> None:
    """每晚读一遍你信任的来源，归并、分类、排序，编成一期可以直接粘贴到公众号编辑器的摘要。

    第一次用：curate init 账号名，再到那个文件夹里运行 curate demo 和 curate run。

    Read the sources you trust every night, merge, sort and rank what they have, and make an issue that can be
    pasted into the editor of a WeChat account.

    The first time: curate init NAME, then curate demo and curate run in that folder.
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
    given = sys.argv[1:] if args is None else args
    with (
        guard_streams(),
        tell_notices(complain),
        keep_unpacked(unpack),
        fill_environment(folder_of(given), os.environ) as doubts,
    ):
        speak(cli, choose_language(given))
        complain(*map(say_here, doubts))
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
        complain(say_here("cli.stopped"))
        return ExitCode.STOPPED
    except CurateError as e:
        told = failure_of("", e, language_of_terminal())
        complain(told.reason, hint=told.hint)
        return next((code for kind, code in STATUS.items() if isinstance(e, kind)), ExitCode.NO_OUTPUT)
    except ModuleNotFoundError as e:
        library = (e.name or "").partition(".")[0]
        extra = EXTRAS.get(library)
        if not extra:
            return _tell_bug()
        complain(say_here("cli.extra", name=library), hint=say_here("cli.extra.hint", extra=extra))
        return ExitCode.USAGE
    except BrokenPipeError:  # `curate … | head`
        sys.stderr.close()
        return ExitCode.OK
    except Exception:  # noqa: BLE001 - a bug: the traceback is what its finder needs
        return _tell_bug()
    return status if isinstance(status, int) else ExitCode.OK


def _tell_bug() -> ExitCode:
    """Print the exception that is being handled."""
    traceback.print_exc()
    complain(say_here("cli.bug"))
    return ExitCode.BUG
