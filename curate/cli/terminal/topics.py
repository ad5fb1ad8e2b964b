"""A topic as the editor calls it."""

from __future__ import annotations

from difflib import get_close_matches

import click

from curate.config.schema import OTHER, Config


def topic_called(name: str, config: Config, *, other: bool = False) -> str:
    """The id of the topic that has this id or name, in either case; with `other`, "other" for none of them.

    UsageError, with what may have been meant, where there is none.
    """
    names = {topic.name: topic.id for topic in config.topics} | {t.id: t.id for t in config.topics}
    if other:
        names |= {OTHER: OTHER, "其他": OTHER}
    found = names.get(name) or {key.casefold(): id_ for key, id_ in names.items()}.get(
        name.strip().casefold()
    )
    if found is None:
        close = get_close_matches(name, names, n=3, cutoff=0.3)
        ask = f"是不是 {'、'.join(close)}？" if close else f"有 {'、'.join(t.name for t in config.topics)}。"
        raise click.UsageError(f"没有叫“{name}”的栏目。{ask}")
    return found
