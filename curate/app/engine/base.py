"""What an engine is, and the one that is always there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Calls a function with items elsewhere. Functions, items and results are picklable, and calling twice does no harm:
    what a worker that died had begun is done again."""

    @property
    def workers(self) -> int:
        """How many items are worked on at a time."""

    def map(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The results in the order of the items, which are taken as they are needed."""

    def as_completed(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The results as they come."""

    def close(self) -> None:
        """End what was started."""


class InProcess:
    """No engine: one item after another, here."""

    workers = 1

    def map(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        return map(function, items)

    def as_completed(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        return self.map(function, items)

    def close(self) -> None:
        """Nothing was started."""


IN_PROCESS = InProcess()
