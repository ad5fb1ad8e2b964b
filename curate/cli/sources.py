"""`curate sources add|test`, `curate import`, `curate export`: what is read, changed from the terminal."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.console import complain
from curate.cli.night import folder_option

if TYPE_CHECKING:
    from curate.fetch import Answer
    from curate.settings import Config, Source
    from curate.sources import Reading

SHOWN = 10  # entries that `sources test` prints


@click.group()
def sources() -> None:
    """增加和试读来源。"""


@sources.command()
@click.argument("url", metavar="网址")
@click.option("--name", help="显示给读者的名字，默认用 feed 自己的标题。")
@click.option("--topic", help="通常属于哪个栏目（feeds.yaml 里栏目的 id）。")
@folder_option
def add(url: str, name: str | None, topic: str | None, folder: Path) -> int:
    """找到网站背后的 feed，加进 feeds.yaml；原有的注释和排版都不动。"""
    from curate.cli.doors import load_config

    config = load_config(folder, os.environ)
    address = url if "://" in url else f"https://{url}"
    found = _feed_behind(address, config)
    if found is None:
        complain(
            f"{address} 没有找到 feed。",
            hint="如果页面上有文章列表，可以用 reader: page 写选择器来读，见 docs/sources.md。",
        )
        return 4
    feed, reading = found
    if any(source.url == feed for source in config.sources):
        click.echo(f"{feed} 已经在 feeds.yaml 里了。", err=True)
        return 0
    row = {"name": name or _free_name(reading.title or feed, config), "url": feed}
    _amend(folder, {"sources": [row | ({"topic": topic} if topic else {})]})
    click.echo(f"加上了：{row['name']}  {feed}（现有 {len(reading.entries)} 条）", err=True)
    return 0


@sources.command()
@click.argument("name", metavar="名字")
@folder_option
def test(name: str, folder: Path) -> int:
    """试读一个来源，看看会读到什么；不写存档。"""
    from difflib import get_close_matches

    from curate.cli.doors import load_config

    config = load_config(folder, os.environ)
    source = next((s for s in config.sources if name in (s.id, s.name, s.url)), None)
    if source is None:
        close = get_close_matches(name, [s.name for s in config.sources], n=3, cutoff=0.3)
        raise click.UsageError(f"没有叫“{name}”的来源。" + (f"是不是 {'、'.join(close)}？" if close else ""))
    status = 4
    for answer in _answers(source, config, folder):
        reading = _shown(answer, source)
        if reading is None:
            continue
        status = 0
        click.echo(
            f"{answer.request.url}  {reading.title or source.name}：{len(reading.entries)} 条（{reading.parser or source.reader}）"
        )
        for entry in sorted(reading.entries, key=lambda e: e.published, reverse=True)[:SHOWN]:
            when = (
                f"{entry.published.astimezone(config.account.zone):%m-%d %H:%M}"
                if entry.dated
                else "没有日期    "
            )
            click.echo(f"  {when}  {entry.title}\n               {entry.url}")
    return status


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.opml")
@folder_option
def import_(file: Path, folder: Path) -> int:
    """从 OPML 导入来源；文件夹成为栏目，已有的来源跳过。"""
    from curate.cli.doors import load_config
    from curate.sources.opml import parse_opml

    config = load_config(folder, os.environ)
    urls, names = (
        {s.url for s in config.sources},
        {s.name for s in config.sources} | {s.id for s in config.sources},
    )
    topics = {topic.name: topic.id for topic in config.topics} | {
        topic.id: topic.id for topic in config.topics
    }
    new_topics: dict[str, dict[str, str]] = {}
    rows: list[dict[str, str]] = []
    outlines = parse_opml(file.read_bytes())
    for outline in outlines:
        if outline.url in urls:
            continue
        urls.add(outline.url)
        row = {"name": _unique(outline.title or outline.url, names), "url": outline.url}
        if outline.site:
            row["site"] = outline.site
        if outline.folder:
            if outline.folder not in topics:
                topics[outline.folder] = _unique(_identifier(outline.folder), set(topics.values()))
                new_topics[outline.folder] = {"id": topics[outline.folder], "name": outline.folder[:30]}
            row["topic"] = topics[outline.folder]
        rows.append(row)
    _amend(folder, {"topics": list(new_topics.values()), "sources": rows})
    skipped = len(outlines) - len(rows)
    click.echo(f"导入 {len(rows)} 个来源、{len(new_topics)} 个新栏目，跳过 {skipped} 个已有的。", err=True)
    return 0


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="[文件.opml]"
)
@folder_option
def export(file: Path | None, folder: Path) -> int:
    """把来源导出为 OPML（不写文件名就打印出来），栏目成为文件夹。"""
    from curate.cli.doors import load_config
    from curate.output import write_file
    from curate.sources import addresses
    from curate.sources.opml import Outline, dump_opml

    config = load_config(folder, os.environ)
    names = {topic.id: topic.name for topic in config.topics}
    feeds = [s for s in config.sources if s.reader in ("feed", "rsshub")]
    outlines = [
        Outline(s.name, url, s.site or "", names.get(s.topic or "", ""))
        for s in feeds
        for url in addresses(s, config.network)
    ]
    text = dump_opml(outlines, config.account.name).decode()
    if file is None:
        click.echo(text)
    else:
        write_file(file, text, replace=True)
    if len(feeds) < len(config.sources):
        complain(
            f"{len(config.sources) - len(feeds)} 个来源不是 feed（page、sitemap、originals），OPML 里放不下，没有导出。"
        )
    return 0


def _answers(source: Source, config: Config, folder: Path) -> list[Answer]:
    from curate.cli.doors import fetcher
    from curate.fetch import Answer, Request
    from curate.fetch.folder import read_folder
    from curate.sources import addresses

    now = datetime.now(UTC)
    if source.folder is not None:
        pages = read_folder(folder / source.folder, now)
        return [Answer(Request(page.url, source.id), page, 0.0) for page in pages]
    asked = addresses(source, config.network)
    return list(
        fetcher(config, now)([Request(u, source.id, robots=source.robots, proxy=source.proxy) for u in asked])
    )


def _shown(answer: Answer, source: Source) -> Reading | None:
    """What a reader makes of an answer; None, with the reason told, where it makes nothing of it."""
    from curate.errors import SourceError
    from curate.model import Page
    from curate.sources import read

    if not isinstance(answer.result, Page):
        complain(
            f"{answer.request.url}  {getattr(answer.result, 'reason', '')}",
            hint=getattr(answer.result, "hint", ""),
        )
        return None
    try:
        return read(answer.result, source)
    except SourceError as e:
        complain(f"{answer.request.url}  {e.reason}", hint=e.hint)
        return None


def _feed_behind(address: str, config: Config) -> tuple[str, Reading] | None:
    """The first address that truly reads as a feed: the page itself, what it names, then the usual places."""
    from curate.cli.doors import fetcher
    from curate.errors import SourceError
    from curate.fetch import Request
    from curate.model import Page
    from curate.settings import Source
    from curate.sources import read
    from curate.sources.discovery import discover

    fetch = fetcher(config, datetime.now(UTC))
    first = next(iter(fetch([Request(address)])))
    if not isinstance(first.result, Page):
        complain(f"{address}  {getattr(first.result, 'reason', '')}", hint=getattr(first.result, "hint", ""))
        return None
    found = list(dict.fromkeys(candidate.url for candidate in discover(first.result)))
    pages = {address: first.result, first.result.url: first.result}
    wanted = [Request(url) for url in found if url not in pages]
    pages |= {a.request.url: a.result for a in fetch(wanted) if isinstance(a.result, Page)} if wanted else {}
    for url in found:
        try:
            reading = read(pages[url], Source(name=url, url=url)) if url in pages else None
        except SourceError:
            continue
        if reading and reading.entries:
            return url, reading
    return None


def _amend(folder: Path, groups: dict[str, list[dict[str, str]]]) -> None:
    """Append to feeds.yaml, checked before it is written: a mistake changes nothing."""
    from curate.amend import append
    from curate.cli.doors import check_config
    from curate.config import NAME, read_text
    from curate.output import write_file

    text = read_text(folder / NAME)
    for group, rows in groups.items():
        text = append(text, group, rows)
    check_config(text, folder, os.environ)
    write_file(folder / NAME, text, replace=True)


def _free_name(title: str, config: Config) -> str:
    return _unique(
        title, {source.name for source in config.sources} | {source.id for source in config.sources}
    )


def _unique(name: str, taken: set[str]) -> str:
    """The name, shortened to what feeds.yaml takes, with a number where it is taken; it is taken from now on."""
    base = name.strip()[:50]
    free = next(n for n in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if n not in taken)
    taken.add(free)
    return free


def _identifier(name: str) -> str:
    letters = "".join(c if c.isalnum() else "-" for c in name).strip("-")
    return letters[:60] or "topic"


COMMANDS = (sources, import_, export)
