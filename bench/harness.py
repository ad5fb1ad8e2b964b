"""What the benchmarks share: where things are, options, packed files, CPU, wall time and memory. The data is in public.py.

Import it before what reads `tests`: it puts the checkout on the path.
"""

from __future__ import annotations

import argparse
import lzma
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path
from typing import TypeVar

from threadpoolctl import threadpool_limits

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"  # public data and a generated web, which are no part of this repository
DATA = SHARED / "data"
FEEDS = DATA / "feeds"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from curate.cli.main import THREADS  # noqa: E402

T = TypeVar("T")

# As the program's own `main` does: for what NumPy has loaded already, and for what is loaded later.
threadpool_limits(1)
os.environ.update(dict.fromkeys(THREADS, "1"))


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Options whose help is the docstring as it stands."""
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)


def require(*paths: Path) -> None:
    """End, with a word and without an error, where data beside the checkout is absent."""
    for path in paths:
        if not path.exists():
            where = path.relative_to(ROOT.parent) if path.is_relative_to(ROOT.parent) else path
            print(f"skipped: ../{where} is not here", file=sys.stderr)
            sys.exit(0)


def open_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, packed or not, with their ends."""
    with (
        lzma.open(path, "rt", encoding="utf-8", newline="\n")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8", newline="\n") as lines
    ):
        yield from lines


class Clock:
    """Seconds since it was made; CPU with that of the children that were waited for."""

    def __init__(self) -> None:
        self._cpu, self._wall = cpu_seconds(), time.perf_counter()

    @property
    def cpu(self) -> float:
        return cpu_seconds() - self._cpu

    @property
    def wall(self) -> float:
        return time.perf_counter() - self._wall

    def __str__(self) -> str:
        return f"{self.cpu:.2f} s CPU, {self.wall:.2f} s wall"


def cpu_seconds() -> float:
    """User and system time of this process and of the children that it waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """The most resident memory so far, of this process or of its largest child (resource.RUSAGE_CHILDREN)."""
    return resource.getrusage(who).ru_maxrss / 1024


def rounds_of(work: Callable[[], T], rounds: int) -> tuple[T, list[float]]:
    """What the last round returned, and the CPU seconds of each, the quickest first."""
    taken = []
    for _ in range(rounds):
        clock = Clock()
        found = work()
        taken.append(clock.cpu)
    return found, sorted(taken)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The interval of 95 % of a share of independent answers (Wilson 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half
