"""`curate import`, `curate export`: sources from and to the lists that readers exchange."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import click

from curate.app.account import list_doubts
from curate.app.edit_feeds import amend, hold_settings, outside, source_keys, source_names, unique
from curate.app.exit_codes import ExitCode
from curate.app.secrets import redact
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.config.schema import OTHER, Config
from curate.sources import addresses, is_subscription
from curate.sources.opml import Outline, Subscriptions, dump_opml, parse_opml
from curate.sources.subscriptions import subscription_key
from curate.storage.output import write_file

NAMED = 12  # outlines that are named one by one
# Folders in which readers put what has none: no topics.
_NO_TOPIC = frozenset({
    "", "other", "others", "其他", "其它", "未分类", "未分組", "未分组",
    "默认", "默认分类", "全部", "订阅", "我的订阅", "uncategorized", "uncategorised", "unsorted", "default", "all", "feeds", "subscriptions", "rss",
})  # fmt: skip


@top_level("import")
@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.opml")
@folder_option
def import_(file: Path, folder: Path) -> ExitCode:
    """从 OPML 导入来源；文件夹成为栏目，已有的来源跳过，导不进来的列出来。"""
    listed = parse_opml(file.read_bytes())
    with hold_settings(folder) as settings:
        config = settings.config
        complain(*list_doubts(settings, folder, bare=True))
        known = source_keys(config)
        new = [
            outline for outline in listed.outlines if subscription_key(_read_at(outline, config)) not in known
        ]
        topics = _Topics(config)
        names = source_names(config)
        rows = [_row(outline, topics, names) for outline in new]
        amend(folder, {"topics": topics.new, "sources": rows})
    _tell_import(listed, len(rows), [topic["name"] for topic in topics.new])
    return ExitCode.OK if listed.outlines else ExitCode.NO_SOURCE


def _tell_import(listed: Subscriptions, count: int, topics: list[str]) -> None:
    if not listed.outlines:
        complain("列表里没有可以读的 feed，什么也没有导入。", hint="在阅读器里先订阅，再导出 OPML。")
    else:
        skipped = len(listed.outlines) - count
        again = f"，列表里重复的 {listed.repeated} 个只取一次" if listed.repeated else ""
        complain(f"导入 {count} 个来源、{len(topics)} 个新栏目，跳过 {skipped} 个已有的{again}。")
    if listed.unusable:
        more = f"等 {len(listed.unusable)} 个" if len(listed.unusable) > NAMED else ""
        complain(
            f"没有导入：{'、'.join(listed.unusable[:NAMED])}{more}",
            hint="它们没有 http 开头的 feed 地址，或者地址里有 ${…}；要用的话，自己写进 feeds.yaml。",
        )
    if topics:
        complain(
            f"新栏目还没有关键词：{'、'.join(topics)}",
            hint="在 feeds.yaml 里给每个新栏目写十来个 keywords，分类从它们开始学。",
        )


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


@top_level("export")
@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="[文件.opml]"
)
@folder_option
def export(file: Path | None, folder: Path) -> ExitCode:
    """把来源导出为 OPML（不写文件名就打印出来），栏目成为文件夹。"""
    config = read_config(folder, bare=True)
    names = {topic.id: topic.name for topic in config.topics}
    feeds = [s for s in config.sources if is_subscription(s)]
    outlines = [
        Outline(s.name, url, s.site or "", names.get(s.topic or "", ""))
        for s in feeds
        for url in addresses(s, config.network)
    ]
    text = redact(dump_opml(outlines, config.account.name).decode())
    if file is None:
        click.echo(text)
    else:
        write_file(file, text, replace=True)
    if len(feeds) < len(config.sources):
        others = "、".join(dict.fromkeys(s.reader for s in config.sources if not is_subscription(s)))
        complain(f"{len(config.sources) - len(feeds)} 个来源不是 feed（{others}），OPML 里放不下，没有导出。")
    return ExitCode.OK


def _bare(name: str) -> str:
    """A name to compare by: its letters and digits in one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _identifier(name: str) -> str:
    letters = re.sub("-+", "-", "".join(c if c.isalnum() else "-" for c in name))
    return letters.strip("-")[:60].rstrip("-") or "topic"
