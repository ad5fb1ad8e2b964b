"""Options that several commands have."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from pathlib import Path

import click

from curate.cli.terminal.language import bad_value

folder_option = click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    metavar="文件夹",
    help="账号文件夹，默认为当前文件夹。\nThe account's folder; the current one by default.",
)


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime:
    if value is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as e:
        raise bad_value("told.moment") from e
    return moment.astimezone(UTC)


now_option = click.option(
    "--now",
    callback=_moment,
    metavar="时间",
    help="当作此刻来运行，例如 2026-11-22T06:00+08:00。\nRun as if it were this time, for example 2026-11-22T06:00+08:00.",
)


def _time_of_day(_context: click.Context, _option: click.Parameter, value: str) -> time:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", value.strip().replace("：", ":"), re.ASCII)
    try:
        return time(int(found[1]), int(found[2])) if found else time(24)
    except ValueError as e:
        raise bad_value("told.clock") from e


at_option = click.option(
    "--at",
    default="06:00",
    show_default=True,
    callback=_time_of_day,
    metavar="钟点",
    help="每天几点，按账号的时区，例如 06:00。\nWhen, every day, by the account's zone, for example 06:00.",
)
