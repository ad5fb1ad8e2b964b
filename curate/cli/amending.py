"""What the commands that change feeds.yaml share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.settings import Config

BOM = "\ufeff"  # some Windows editors begin a file with it


def settings(folder: Path) -> Config:
    """The account's settings; sources may be wanting, as they are about to be added or only looked at."""
    from curate.cli.doors import load_config

    return load_config(folder, os.environ, bare=True)


def amend(folder: Path, groups: dict[str, list[dict[str, str]]]) -> None:
    """Append to feeds.yaml, checked before it is written: a mistake changes nothing, and line ends stay."""
    from curate.amend import append
    from curate.cli.doors import check_config
    from curate.config import NAME, read_text
    from curate.output import write_file

    whole = read_text(folder / NAME, exact=True)
    text = whole.removeprefix(BOM)
    if not any(groups.values()):
        return
    for group, rows in groups.items():
        text = append(text, group, rows)
    check_config(text, folder, os.environ)
    write_file(folder / NAME, whole[: len(whole) - len(whole.removeprefix(BOM))] + text, replace=True)


def unique(name: str, taken: set[str]) -> str:
    """The name, shortened to what feeds.yaml takes, with a number where it is taken; it is taken from now on."""
    base = name.strip()[:50]
    free = next(n for n in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if n not in taken)
    taken.add(free)
    return free
