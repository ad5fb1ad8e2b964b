"""A new account: its feeds.yaml composed and checked, then its folder laid out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from curate.app.account import check_config
from curate.app.setup.import_list import Imported, plan_import
from curate.config.edit import append
from curate.config.json_schema import schema
from curate.config.schema import Config
from curate.config.sections import ReadySection, ReadySections, parse_sections
from curate.config.starter import AccountChoices, compose_feeds, empty_list
from curate.sources import readers
from curate.sources.opml import Subscriptions
from curate.storage.account import create, ready_sections, starter

__all__ = [
    "AccountChoices",
    "NewAccount",
    "ReadySection",
    "create_account",
    "plan_account",
    "read_ready_sections",
]


class NewAccount(NamedTuple):
    """An account that can be laid out: the text of its feeds.yaml, what that says, and what a list brought into it."""

    feeds: str
    config: Config
    imported: Imported | None


def read_ready_sections() -> ReadySections:
    """The sections that a new account may begin with."""
    return parse_sections(ready_sections())


def plan_account(folder: Path, choices: AccountChoices, listed: Subscriptions | None = None) -> NewAccount:
    """Compose an account's feeds.yaml and check it; nothing is written. ConfigError where a choice cannot be.

    With a list the sources are the list's, and its folders are topics beside those of the chosen sections; a folder that is
    called as a ready section is that section, with its keywords. The packaged topics are taken where there would be none.
    """
    ready = read_ready_sections()
    if listed is not None and not choices.sections:
        alike, _ = ready.find([outline.folder.strip() for outline in listed.outlines])
        choices = replace(choices, sections=alike)
    text = compose_feeds(starter(), choices, ready)
    imported = None
    if listed is not None:
        text, imported = _take_list(text, listed, folder, keep=bool(choices.sections))
    return NewAccount(text, check_config(text, folder, os.environ), imported)


def _take_list(text: str, listed: Subscriptions, folder: Path, *, keep: bool) -> tuple[str, Imported]:
    """The text with a list's sources in place of its own; `keep`: the text's topics stay in any case."""
    text = empty_list(text, "sources")
    config = check_config(text, folder, os.environ, bare=True)
    imported = plan_import(listed, config if keep else config.model_copy(update={"topics": ()}))
    if imported.topics and not keep:
        text = empty_list(text, "topics")
    groups: Sequence[tuple[str, list[dict[str, str]]]] = (
        ("topics", imported.topics),
        ("sources", imported.sources),
    )
    return reduce(lambda made, group: append(made, *group), groups, text), imported


def create_account(folder: Path, account: NewAccount) -> list[Path]:
    """Lay the account out; what is there already stays. Returns what was written."""
    return create(folder, account.feeds, schema(readers()))
