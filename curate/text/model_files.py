"""The files of a model, as its package brings them; or an unpacked copy, where somebody keeps one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files

_keepers: list[Callable[[str], str]] = []  # the last is asked


def find_model_file(package: str, name: str) -> str:
    """The path of a packed file (zip) of a package, or of a copy that is quicker to read."""
    packed = str(files(package) / name)
    return _keepers[-1](packed) if _keepers else packed


@contextmanager
def keep_unpacked(unpack: Callable[[str], str]) -> Iterator[None]:
    """Have packed files unpacked until the end: `unpack` takes a file's path, and gives that of a copy or the same."""
    _keepers.append(unpack)
    try:
        yield
    finally:
        _keepers.pop()
