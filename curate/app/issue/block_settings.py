"""What the editor never wants again, in feeds.yaml: written there with the decision about an issue, taken from there with its
undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from curate.app.edit_feeds import hold_settings, outside, rewrite
from curate.config.edit_block import add_blocked, remove_blocked
from curate.config.edit_sources import read_enabled, set_enabled
from curate.config.schema import Config
from curate.desk.events import Block, Blocked, Event
from curate.desk.history import history
from curate.domain.errors import ConfigError
from curate.storage.desk import Edited

_LISTS = {"word": "words", "author": "authors"}


def block(kind: Blocked, value: str, folder: Path) -> Block:
    """The decision to block something for good, as it stands to feeds.yaml, which is not changed yet: what is blocked there
    already does not go from there with an undo. ConfigError where feeds.yaml cannot be read."""
    said = outside(" ".join(value.split()))
    with hold_settings(folder) as settings:
        config = settings.config
        can_be = kind != "source" or any(source.id == value for source in config.sources)
        is_lasting = can_be and not is_blocked(kind, said, config)
        enabled = read_enabled(settings.text, value) if is_lasting and kind == "source" else ""
        return Block(kind, said, is_lasting, enabled)


def is_blocked(kind: str, value: str, config: Config) -> bool:
    """Whether the settings say it."""
    if kind == "source":
        return any(source.id == value and not source.enabled for source in config.sources)
    return value in (config.block.words if kind == "word" else config.block.authors)


def follow_blocks(edited: Edited, events: Sequence[Event], folder: Path) -> None:
    """Bring feeds.yaml to what events say about an issue: what is blocked from now on, and what is so no longer.

    ConfigError where feeds.yaml would be wrong then, or cannot be changed so; it stays as it is.
    """
    before, after = (_list_lasting(log) for log in (edited.events, (*edited.events, *events)))
    gone, new = [each for each in before if each not in after], [each for each in after if each not in before]
    if gone or new:
        put_blocks(new, gone, folder)


def put_blocks(new: Sequence[Block], gone: Sequence[Block], folder: Path) -> None:
    """Write what is blocked into feeds.yaml, and take out what is so no longer. ConfigError as in `follow_blocks`."""
    with hold_settings(folder) as settings:
        changed = rewrite(folder, lambda text: reduce(_add, new, reduce(_remove, gone, text)))
    config = changed or settings.config
    if not all(is_blocked(each.kind, each.value, config) for each in new):
        raise ConfigError(
            ("feeds.yaml 的这种写法改不了（it cannot be changed here）",),
            "在 feeds.yaml 里写 block 或 enabled: false。",
        )


def _list_lasting(log: Sequence[Event]) -> list[Block]:
    return [each for each in history(log).edits if isinstance(each, Block) and each.is_lasting]


def _add(text: str, each: Block) -> str:
    if each.kind == "source":
        return set_enabled(text, each.value, False)
    return add_blocked(text, _LISTS[each.kind], each.value)


def _remove(text: str, each: Block) -> str:
    if each.kind == "source":
        return set_enabled(text, each.value, True, each.enabled)
    return remove_blocked(text, _LISTS[each.kind], each.value)
