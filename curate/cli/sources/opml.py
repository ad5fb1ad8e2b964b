"""`curate import`, `curate export`: sources from and to the lists that readers exchange."""

from __future__ import annotations

from pathlib import Path

import click

from curate.app.account import list_doubts
from curate.app.edit_feeds import hold_settings
from curate.app.exit_codes import ExitCode
from curate.app.secrets import redact
from curate.app.setup.import_list import Imported, import_list
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option
from curate.sources import addresses, is_subscription
from curate.sources.opml import Outline, Subscriptions, dump_opml, parse_opml
from curate.storage.output import write_file

NAMED = 12  # outlines that are named one by one


@top_level("import")
@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.opml")
@folder_option
def import_(file: Path, folder: Path) -> ExitCode:
    """从 OPML 导入来源；文件夹成为栏目，已有的来源跳过，导不进来的列出来。

    Import sources from OPML; folders become topics, known sources are left out, what cannot be taken is listed.
    """
    listed = parse_opml(file.read_bytes())
    with hold_settings(folder) as settings:
        complain(*list_doubts(settings, folder, bare=True))
        imported = import_list(listed, settings.config, folder)
    tell_import(listed, imported)
    return ExitCode.OK if listed.outlines else ExitCode.NO_SOURCE


def tell_import(listed: Subscriptions, imported: Imported) -> None:
    """Say what became of a list: how many sources and topics are new, and what could not be taken."""
    count, topics = len(imported.sources), [topic["name"] for topic in imported.topics]
    if not listed.outlines:
        complain(say_here("sources.import none"), hint=say_here("sources.import none.then"))
    else:
        skipped = len(listed.outlines) - count
        counts = {"n": count, "topics": len(topics), "skipped": skipped, "repeated": listed.repeated}
        complain(say_here("sources.imported once" if listed.repeated else "sources.imported", **counts))
    if listed.unusable:
        names, n = tuple(listed.unusable[:NAMED]), len(listed.unusable)
        key = "sources.not imported many" if n > NAMED else "sources.not imported"
        complain(say_here(key, names=names, n=n), hint=say_here("sources.not imported.then"))
    if topics:
        told = say_here("sources.new topics", names=tuple(topics))
        complain(told, hint=say_here("sources.new topics.then"))


@top_level("export")
@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="[文件.opml]"
)
@folder_option
def export(file: Path | None, folder: Path) -> ExitCode:
    """把来源导出为 OPML（不写文件名就打印出来），栏目成为文件夹。

    Export the sources as OPML (printed if no file is named); topics become folders.
    """
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
        others = tuple(dict.fromkeys(s.reader for s in config.sources if not is_subscription(s)))
        complain(say_here("sources.not exported", n=len(config.sources) - len(feeds), kinds=others))
    return ExitCode.OK
