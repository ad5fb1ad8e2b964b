"""A topic as the editor calls it."""

from __future__ import annotations

from difflib import get_close_matches

from curate.cli.terminal.language import say_here, usage_error
from curate.config.schema import OTHER, Config


def topic_called(name: str, config: Config, *, other: bool = False) -> str:
    """The id of the topic that has this id or name, in either case; with `other`, "other" for none of them.

    UsageError, with what may have been meant, where there is none.
    """
    names = {topic.name: topic.id for topic in config.topics} | {t.id: t.id for t in config.topics}
    if other:
        names |= {OTHER: OTHER, "其他": OTHER, say_here("other"): OTHER}
    found = names.get(name) or {key.casefold(): id_ for key, id_ in names.items()}.get(
        name.strip().casefold()
    )
    if found is None:
        close = get_close_matches(name, names, n=3, cutoff=0.3)
        known = tuple(topic.name for topic in config.topics)
        key = "sources.no topic close" if close else "sources.no topic"
        raise usage_error(key, name=name, close=tuple(close), names=known)
    return found
