"""What the program did of itself, for whoever listens: the terminal, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[str], None]] = []  # the last is told


def notice(words: str) -> None:
    """Say something to whoever listens."""
    if _listeners:
        _listeners[-1](words)


@contextmanager
def tell_notices(listener: Callable[[str], None]) -> Iterator[None]:
    """Tell a listener of all notices until the end."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.pop()
