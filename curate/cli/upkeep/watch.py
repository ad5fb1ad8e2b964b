"""`curate watch`: a night a day, without a scheduler; for containers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from curate.app.doctor.schedule import find_last_run
from curate.app.exit_codes import ExitCode
from curate.app.schedule.model import HOURS_AT_MOST
from curate.app.schedule.watch import Hour, watch
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import at_option, folder_option
from curate.config.validators import zone as check_zone

_GRACE = 20  # seconds that a night has to end when it is told to


def _zone(_context: click.Context, _option: click.Parameter, value: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(check_zone(value)) if value else None
    except ValueError as e:
        raise click.BadParameter(str(e)) from e


@top_level("watch")
@click.command("watch")
@at_option
@click.option(
    "--zone",
    callback=_zone,
    metavar="时区",
    help="时间是哪个时区的，例如 Asia/Shanghai；不写就是账号的。\nThe zone of the time, for example Asia/Shanghai; the account's by default.",
)
@folder_option
def watch_nights(at: time, zone: ZoneInfo | None, folder: Path) -> ExitCode:
    """一直开着，每天到点跑一晚；给容器用，别的机器用 curate schedule。

    机器睡过了几个钟点，醒来补一晚；一晚失败了，第二天照跑。收到 SIGTERM 就停下，什么也不会丢。

    Stay open and run a night every day; for containers, elsewhere use curate schedule.

    After the machine has slept one night is made up for; a night that failed is run again on the next day. SIGTERM
    stops it, and nothing is lost.
    """
    config = read_config(folder)
    hour = Hour(at, zone or config.account.zone)
    with _NightProcess(folder, hour.zone).until_told() as waiting:
        watch(hour, waiting, find_last_run(folder / "output" / "runs"))
        complain(say_here("watch.stopped"))
    return ExitCode.OK


class _NightProcess:
    """A night as a process of its own: its memory is given back, and whatever kills it leaves the watch alone."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._folder, self._zone = folder, zone
        self._over = threading.Event()
        self._night: subprocess.Popen[bytes] | None = None

    @contextmanager
    def until_told(self) -> Iterator[_NightProcess]:
        """Listen to the signals that end it; as the first process of a container it would not hear them otherwise."""
        before = {name: signal.signal(name, self._end) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield self
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _end(self, _signal: int, _frame: object) -> None:
        self._over.set()
        if self._night is not None:
            self._night.terminate()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def rest(self, seconds: float) -> bool:
        return self._over.wait(seconds)

    def run(self) -> int:
        """Run a night to its end; one that hangs is ended. Its exit status, negative where a signal killed it."""
        command = [sys.executable, "-P", "-m", "curate", "run", "-C", str(self._folder)]
        self._night = subprocess.Popen(command, env=os.environ)
        try:
            if self._over.is_set():  # told between the two
                self._night.terminate()
            return self._night.wait(HOURS_AT_MOST * 3600)
        except subprocess.TimeoutExpired:
            self._night.terminate()
            return self._night.wait()
        finally:
            self._night = None

    def tell_next(self, due: datetime) -> None:
        when = f"{due.astimezone(self._zone):%Y-%m-%d %H:%M} {self._zone.key}"
        complain(say_here("watch.next", when=when))

    def tell_end(self, status: int, *, again: bool) -> None:
        if self._over.is_set():
            return
        if again:
            complain(say_here("watch.again"))
        elif status not in (ExitCode.OK, ExitCode.NOTHING_NEW):
            complain(say_here("watch.failed", status=status))
