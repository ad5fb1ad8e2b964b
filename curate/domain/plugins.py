"""Tables that other packages extend, each under an entry point group of its own. docs/en/extending.md shows one of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any, TypeVar

from curate.domain.errors import ConfigError

T = TypeVar("T")


def extend_table(ours: Mapping[str, T], group: str) -> dict[str, T]:
    """Our table with what installed packages add under `group`, in the order of names; ours cannot be taken over.

    Raises ConfigError where what a package names cannot be imported.
    """
    added = {point.name: point for point in _list_points(group) if point.name not in ours}
    return {**ours, **{name: _load(added[name]) for name in sorted(added)}}


@cache
def _list_points(group: str) -> EntryPoints:
    """What is installed, looked up once: to read it takes longer than to read feeds.yaml."""
    return entry_points(group=group)


def _load(point: EntryPoint) -> Any:
    try:
        return point.load()
    except (ImportError, AttributeError) as e:
        package = point.dist.name if point.dist else point.value
        raise ConfigError(
            (f"扩展 {package} 的 {point.name} 加载不了（{point.group}: cannot be loaded: {e}）",),
            f"升级它，或者卸载：pip uninstall {package}",
        ) from e
