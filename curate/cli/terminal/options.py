"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

folder_option = click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    metavar="文件夹",
    help="账号文件夹，默认为当前文件夹。",
)


def folder_of(args: Sequence[str]) -> Path:
    """The account's folder that a command line names, before click has read it; the current one otherwise."""
    for arg, following in zip(args, [*args[1:], ""], strict=True):
        if arg in ("-C", "--folder") and following:
            return Path(following)
        if arg.startswith("--folder="):
            return Path(arg.partition("=")[2])
        if arg.startswith("-C") and len(arg) > len("-C"):
            return Path(arg[len("-C") :])
    return Path()


def _time(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime:
    if value is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(value)
    except ValueError as e:
        raise click.BadParameter("例如 2026-11-22T06:00+08:00") from e
    return time.astimezone(UTC)


now_option = click.option(
    "--now", callback=_time, metavar="时间", help="当作此刻来运行，例如 2026-11-22T06:00+08:00。"
)
