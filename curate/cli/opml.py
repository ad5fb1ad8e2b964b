"""`curate import`, `curate export`: sources from and to the lists that readers exchange."""

from __future__ import annotations

import re
from pathlib import Path

import click

from curate.cli.amending import amend, settings, unique
from curate.cli.console import complain
from curate.cli.options import folder_option


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.opml")
@folder_option
def import_(file: Path, folder: Path) -> int:
    """从 OPML 导入来源；文件夹成为栏目，已有的来源跳过。"""
    from curate.sources.opml import parse_opml

    config = settings(folder)
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
        row = {"name": unique(outline.title or outline.url, names), "url": outline.url}
        if outline.site:
            row["site"] = outline.site
        if outline.folder:
            if outline.folder not in topics:
                topics[outline.folder] = unique(_identifier(outline.folder), set(topics.values()))
                new_topics[outline.folder] = {"id": topics[outline.folder], "name": outline.folder[:30]}
            row["topic"] = topics[outline.folder]
        rows.append(row)
    amend(folder, {"topics": list(new_topics.values()), "sources": rows})
    skipped = len(outlines) - len(rows)
    click.echo(f"导入 {len(rows)} 个来源、{len(new_topics)} 个新栏目，跳过 {skipped} 个已有的。", err=True)
    if new_topics:
        complain(
            f"新栏目还没有关键词：{'、'.join(new_topics)}",
            hint="在 feeds.yaml 里给每个新栏目写十来个 keywords，分类从它们开始学。",
        )
    return 0


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="[文件.opml]"
)
@folder_option
def export(file: Path | None, folder: Path) -> int:
    """把来源导出为 OPML（不写文件名就打印出来），栏目成为文件夹。"""
    from curate.output import write_file
    from curate.sources import addresses
    from curate.sources.opml import Outline, dump_opml

    config = settings(folder)
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


def _identifier(name: str) -> str:
    letters = re.sub("-+", "-", "".join(c if c.isalnum() else "-" for c in name))
    return letters.strip("-")[:60].rstrip("-") or "topic"


COMMANDS = (import_, export)
