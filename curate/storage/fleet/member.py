"""An account of a fleet, as its archive has to know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

EVERYONE = ""  # all sources of an account together, as Health has them


@dataclass(frozen=True, slots=True)
class Member:
    """Its name in the fleet, unlike any other's; its folder; and where its archive is, or would be, were it alone.

    `sources`: its own ids -> what the web calls them today; `name_source` says the same of an id that is not among them.
    """

    name: str
    folder: Path
    database: str
    sources: Mapping[str, str]
    name_source: Callable[[str], str]

    def to_web(self, source: str) -> str:
        """What the web calls a source of this account."""
        return self.sources.get(source) or self.name_source(source)
