"""Work that is handed out: `map` itself, or an executor's; the core does not know which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Map(Protocol):
    """Calls a function with each item in turn. Functions, items and results are picklable; results keep their order."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]: ...
