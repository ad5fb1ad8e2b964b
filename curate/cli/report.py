"""`curate report`: what readers did, as a page and in the terminal."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import click

from curate.app.account import open_archive
from curate.app.exit_codes import ExitCode
from curate.app.read_editor_work import read_editor_work
from curate.audience.closing_lines import next_line
from curate.audience.model import WINDOW
from curate.audience.posts import readership
from curate.audience.report.page import readers_page, terminal
from curate.audience.report.work import work_lines
from curate.audience.report_data import summarize
from curate.audience.requests import total_by_number
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.lazy_group import top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.i18n.catalogue import say_reasons, speaker
from curate.ranking.audience_signal import rules
from curate.storage.account import templates
from curate.storage.output import Output

NAME = "report.html"


@top_level("report")
@click.command()
@folder_option
@now_option
def report(folder: Path, now: datetime) -> ExitCode:
    """读者反馈的报告：转发率、什么让读者转发、下一晚会怎样不同，还有程序选的你留下多少。写到 output/report.html。

    Report what readers did: how much they share, what makes them share, what the next night does with it, how much
    you kept. In output/report.html.
    """
    config = read_config(folder, bare=True)
    today = now.astimezone(config.account.zone).date()
    output = Output(folder / "output")
    # matplotlib keeps a list of fonts: with all else that is written, under output/
    os.environ.setdefault("MPLCONFIGDIR", str((output.root / "cache" / "matplotlib").resolve()))
    with output.hold(), open_archive(config, folder) as archive:
        record = archive.readership()
        asked = total_by_number(archive.requests(today - WINDOW))
        number = archive.next_number()
        digests = list(archive.list_issued(date.min))
        found = readership(record, digests)
        work = read_editor_work(archive, config, {digest.number: digest.date for digest in digests})
    summary = summarize(record, found, today, asked)
    found_rules = rules(summary.evidence, {source.id: source for source in config.sources})
    said = say_reasons(found_rules, config.account.language)
    line = next_line(config.look.sharing, summary.evidence, number)
    page = readers_page(summary, said, line, config, templates(folder), today.isoformat(), work)
    place = output.page(NAME, page)
    t = speaker("report", config.account.language)
    if not record.figures:
        complain(t("none"), hint=t("none_hint"))
    else:
        for text in terminal(summary, said, line, config):
            complain(text)
    complain(*work_lines(work, t))
    click.echo(place)
    return ExitCode.OK
