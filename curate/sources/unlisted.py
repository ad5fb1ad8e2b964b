"""Sources that the settings do not have: those of pages that were pasted, and those that went. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from curate.config.schema import Config, Source
from curate.domain.model import Entry
from curate.sources.urls import site_root

_NAME = 60  # characters that a source's name may have
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def find_unlisted(entries: Iterable[Entry], config: Config) -> list[Entry]:
    """The entries whose source the settings do not have."""
    known = {source.id for source in config.sources}
    return [entry for entry in entries if entry.source not in known]


def with_unlisted(config: Config, entries: Iterable[Entry], names: Mapping[str, str] = _NO_NAMES) -> Config:
    """The settings with a source for each entry of none that they have. `names`: what is known of what such sources are
    called, by their ids."""
    made = {
        entry.source: Source(
            name=(names.get(entry.source) or entry.source)[:_NAME],
            id=entry.source,
            url=site_root(entry.url) or None,
        )
        for entry in find_unlisted(entries, config)
    }
    return config.model_copy(update={"sources": (*config.sources, *made.values())}) if made else config
