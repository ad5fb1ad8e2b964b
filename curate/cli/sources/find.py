"""A source by what is typed for it."""

from __future__ import annotations

from difflib import get_close_matches

from curate.cli.terminal.language import usage_error
from curate.config.schema import Config, Source

NAMED = 10  # sources that are named where several are meant


def find_source(name: str, config: Config) -> Source:
    """The source of that id, name or address, or the only one that has it as a part; UsageError otherwise."""
    exact = [s for s in config.sources if name in (s.id, s.name, s.url)]
    part = name.casefold()
    found = exact or [s for s in config.sources if part in f"{s.id}\n{s.name}\n{s.url or ''}".casefold()]
    if exact or len(found) == 1:
        return found[0]
    if found:
        listed = tuple(s.name for s in found[:NAMED])
        raise usage_error(
            "sources.many" if len(found) > NAMED else "sources.several", name=name, names=listed
        )
    close = tuple(get_close_matches(name, [s.name for s in config.sources], n=3, cutoff=0.3))
    raise usage_error("sources.no source close" if close else "sources.no source", name=name, close=close)
