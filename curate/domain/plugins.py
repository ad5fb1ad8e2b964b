"""Tables that other packages extend: readers, signals and channels, each under an entry point group of its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import TypeVar

T = TypeVar("T")


def extended(ours: Mapping[str, T], group: str) -> dict[str, T]:
    """Our table with what installed packages add under `group`, in the order of names; ours cannot be taken over."""
    added = {point.name: point for point in entry_points(group=group) if point.name not in ours}
    return {**ours, **{name: added[name].load() for name in sorted(added)}}
