"""A list of subscriptions becomes sources and topics of feeds.yaml."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.app.edit_feeds import amend, outside, source_keys, source_names, unique
from curate.config.schema import OTHER, Config
from curate.sources.opml import Outline, Subscriptions
from curate.sources.subscriptions import subscription_key

# Folders in which readers put what has none: no topics.
_NO_TOPIC = frozenset({
    "", "other", "others", "其他", "其它", "未分类", "未分組", "未分组",
    "默认", "默认分类", "全部", "订阅", "我的订阅", "uncategorized", "uncategorised", "unsorted", "default", "all", "feeds", "subscriptions", "rss",
})  # fmt: skip


class Imported(NamedTuple):
    """What a list adds to feeds.yaml: the rows of its new sources and new topics."""

    sources: list[dict[str, str]]
    topics: list[dict[str, str]]


def import_list(listed: Subscriptions, config: Config, folder: Path) -> Imported:
    """Append a list's new sources to feeds.yaml, and its folders as topics where there are none of that name.

    To be called within `hold_settings`, with the settings that it gave.
    """
    imported = plan_import(listed, config)
    amend(folder, {"topics": imported.topics, "sources": imported.sources})
    return imported


def plan_import(listed: Subscriptions, config: Config) -> Imported:
    """The rows that a list adds to an account with these settings."""
    known = source_keys(config)
    new = [outline for outline in listed.outlines if subscription_key(_read_at(outline, config)) not in known]
    topics = _Topics(config)
    names = source_names(config)
    rows = [_row(outline, topics, names) for outline in new]
    return Imported(rows, topics.new)


def _read_at(outline: Outline, config: Config) -> str:
    return f"{config.network.rsshub.rstrip('/')}{outline.route}" if outline.route else outline.url


def _row(outline: Outline, topics: _Topics, names: set[str]) -> dict[str, str]:
    title = outside(outline.title) if outline.title != outline.url else ""
    host = (urlsplit(outline.url).hostname or "").removeprefix("www.")
    row = {"name": unique(title or outline.route or host or outline.url, names)}
    row |= {"reader": "rsshub", "route": outline.route} if outline.route else {"url": outline.url}
    if outline.site:
        row["site"] = outside(outline.site)
    if topic := topics.of(outline.folder):
        row["topic"] = topic
    return row


class _Topics:
    """The topics that folders become: those there are, found by id or name, and new ones."""

    def __init__(self, config: Config) -> None:
        self.new: list[dict[str, str]] = []
        self._ids = {topic.id for topic in config.topics} | {OTHER}
        self._names = {topic.name for topic in config.topics}
        self._known = {_bare(word): topic.id for topic in config.topics for word in (topic.id, topic.name)}

    def of(self, folder: str) -> str:
        """The id of a folder's topic; "" for none."""
        key = _bare(folder)
        if not folder or key in _NO_TOPIC:
            return ""
        if key not in self._known:
            id_ = unique(_identifier(folder), self._ids)
            self.new.append({"id": id_, "name": unique(outside(folder), self._names, 30)})
            self._known[key] = id_
        return self._known[key]


def _bare(name: str) -> str:
    """A name to compare by: its letters and digits in one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _identifier(name: str) -> str:
    letters = re.sub("-+", "-", "".join(c if c.isalnum() else "-" for c in name))
    return letters.strip("-")[:60].rstrip("-") or "topic"
