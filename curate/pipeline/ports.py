"""What the night is handed: its doors to the world, and someone to tell how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from curate.domain.mapping import Map

if TYPE_CHECKING:  # types alone: what is not opened is not loaded
    from curate.domain.model import Page
    from curate.fetch import Answer, Request
    from curate.storage import Archive


class Counter(Protocol):
    def advance(self, count: int = 1) -> None:
        """So many more came out of this stage."""


class Watch(Protocol):
    """Times the stages and shows them; the night itself reads no clock and prints nothing."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Counter]: ...


@dataclass(frozen=True, slots=True)
class Doors:
    fetch: Callable[[Iterable[Request]], Iterator[Answer]]
    folder: Callable[[str], list[Page]]  # the Markdown files of an originals source
    archive: Archive
    templates: Mapping[str, str]
    edition: Callable[[date], int]  # the next free edition of a day
    map: Map
