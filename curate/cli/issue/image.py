"""`curate issue image`: another picture for an item, none, or a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.app.issue.choose_picture import Chosen, use_file, use_machines, use_part
from curate.cli.issue.options import ORIGIN, add_deciding_options, finish, item_argument, item_called
from curate.cli.terminal.issue import carry_out, hold_issue
from curate.cli.terminal.language import usage_error
from curate.desk.events import ChooseImage
from curate.domain.errors import UnreadableError
from curate.i18n.catalogue import failure_of
from curate.images.crop import LEAST, RATIOS, Crop


@click.command()
@add_deciding_options
@item_argument
@click.option(
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="图片",
    help="换成这张图片。\nTake this picture.",
)
@click.option(
    "--crop",
    "ratio",
    type=click.Choice(list(RATIOS)),
    help="把现在的图片裁成这个比例。\nCrop the present picture to this shape.",
)
@click.option(
    "--at",
    nargs=2,
    type=click.FloatRange(0, 100),
    default=(50.0, 50.0),
    metavar="X Y",
    help="裁哪里：离左边、上边百分之几；不写就裁中间。\nWhere to crop: percent from the left and the top; the middle otherwise.",
)
@click.option(
    "--size",
    type=click.FloatRange(LEAST, 100),
    default=100.0,
    metavar="百分比",
    help="裁多大，100 是这个比例能裁的最大一块。\nHow much to keep; 100 is the most that this shape allows.",
)
@click.option("--none", "drops", is_flag=True, help="不要图片。\nTake no picture.")
@click.option("--machine", is_flag=True, help="用回程序选的图片。\nTake the program's picture again.")
def image(
    number: int | None, item: str, file: Path | None, ratio: str | None, at: tuple[float, float], size: float,
    drops: bool, machine: bool, **rest: Any,
) -> ExitCode:  # fmt: skip
    """换一条的图片、裁剪它，或者不要它。

    Take another picture for an item, crop it, or take none.
    """
    if sum(map(bool, (file, ratio, drops, machine))) != 1:
        raise usage_error("issue.picture")

    def choose(opened: OpenIssue) -> Chosen:
        found, edited = item_called(opened, item), opened.edited
        if file:
            return use_file(found.key, file.read_bytes(), edited)
        if ratio:
            return use_part(found, Crop(ratio, *at, size), edited, opened.account)
        return use_machines(found.key, edited) if machine else Chosen(ChooseImage(found.key, None), {})

    with hold_issue(rest["folder"], number, rest["now"]) as opened:
        try:
            chosen = choose(opened)
        except UnreadableError as e:
            told = failure_of("", e, opened.account.config.account.language)
            raise click.UsageError(f"{told.reason} {told.hint}".strip()) from e
        return finish(opened, carry_out(opened, [chosen.event], ORIGIN, chosen.files), rest["as_json"])
