"""What a person sees: progress bars on a terminal, plain lines elsewhere. Results go to stdout, the rest to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from curate.cli.terminal.language import language_of_terminal
from curate.cli.terminal.streams import GuardedStream
from curate.domain.model import Failure, Stage
from curate.i18n.catalogue import labels_of
from curate.pipeline.ports import Counter


def complain(*lines: str, hint: str = "") -> None:
    for line in (*lines, *([f"→ {hint}"] if hint else [])):
        click.echo(line, err=True)


def complain_of(failure: Failure, about: str = "") -> None:
    """Tell an expected failure: what it is `about`, whose it is, why, and what to do."""
    complain("  ".join(filter(None, (about, failure.subject, failure.reason))), hint=failure.hint)


def own_colors(stream: TextIO) -> TextIO:
    """Where the program's own colors and bars may be written; what a feed says is cleaned before (`printable`)."""
    return stream.trusted_stream() if isinstance(stream, GuardedStream) else stream


class Console:
    """A Watch: times each stage and shows it."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.stages: list[Stage] = []
        self._labels = labels_of("run", language_of_terminal())
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Counter]:
        started = time.perf_counter()
        words = self._labels.get(f"stage.{name}", name)
        with self._bar(words, total) as counter:
            yield counter
        seconds = time.perf_counter() - started
        self.stages.append(Stage(name, round(seconds, 3), counter.count))
        if not self._quiet:
            click.echo(f"{words}  {counter.count}  {seconds:.1f} s", err=True)

    @contextmanager
    def _bar(self, words: str, total: int | None) -> Iterator[_Count]:
        if not self._live:
            yield _Count()
            return
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Terminal(file=own_colors(sys.stderr)), transient=True) as progress:
            yield _Bar(progress.add_task(words, total=total), progress.advance)


class _Count:
    def __init__(self) -> None:
        self.count = 0

    def advance(self, count: int = 1) -> None:
        self.count += count


class _Bar(_Count):
    def __init__(self, task: object, show: object) -> None:
        super().__init__()
        self._task, self._show = task, show

    def advance(self, count: int = 1) -> None:
        super().advance(count)
        self._show(self._task, count)  # type: ignore[operator]
