"""An issue on the desk: held, put right, rendered anew. What the commands that decide about issues share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.terminal.console import complain

if TYPE_CHECKING:
    from curate.config.schema import Config
    from curate.desk.events import Event
    from curate.storage import Archive
    from curate.storage.desk import Edited
    from curate.storage.output import Output

NO_OUTPUT = 5


@dataclass(slots=True)
class Desk:
    """One issue of an account that is held."""

    number: int
    edited: Edited
    config: Config
    folder: Path
    archive: Archive
    output: Output
    now: datetime

    def decide(
        self,
        events: Sequence[Event],
        origin: str,
        files: Mapping[str, bytes] | None = None,
        *,
        anew: bool = False,
        quiet: bool = False,
    ) -> int:
        """Decide and render; returns the exit status. `anew`: render where nothing was decided, too; `quiet`: do not
        print the post's path."""
        from curate.cli.site import refresh

        if files:  # before the log names them
            self.output.add_files(self.edited.folder, files)
        if events:
            self.edited = record_events(self.archive, self.edited, events, self.config, self.now, origin)
        if not events and not anew:
            complain("没有可改的，这一期还是原样。")
            return 0
        place = put_in_place(self.edited, self.config, self.folder, self.archive, self.output)
        if place is None:
            return NO_OUTPUT
        refresh(self.config, self.folder, self.archive, self.output)
        if not quiet:
            click.echo(_post_of(place))
        return 0


@contextmanager
def open_issue(folder: Path, number: int | None, now: datetime) -> Iterator[Desk]:
    """Hold an account with one of its issues, the last one where none is named; UsageError where there is no such."""
    from curate.cli.terminal.account import hold_recovered, read_config

    config = read_config(folder)
    with hold_recovered(config, folder) as (output, archive):
        number = archive.desk.newest() if number is None else number
        yield Desk(number, read_issue(archive, number), config, folder, archive, output, now)


def follow(folder: Path, now: datetime, origin: str, events: Callable[[Desk], Sequence[Event]]) -> None:
    """Have the open issue follow what was said about entries elsewhere. What was said is kept by then: an account that
    another command holds, or one without an issue, is told or passed over."""
    from curate.domain.errors import CurateError

    try:
        with open_issue(folder, None, now) as desk:
            if found := events(desk):
                complain(f"第 {desk.number} 期照着改了 {len(found)} 处。")
                desk.decide(found, origin, quiet=True)
    except click.UsageError:  # no issue yet
        return
    except CurateError as e:
        complain(f"最新一期还没有照着改：{e.reason}", hint="稍后运行 curate run --again 期号。")


def read_issue(archive: Archive, number: int) -> Edited:
    """An issue with its log; UsageError where there is no such issue."""
    edited = archive.desk.read(number)
    if edited is None:
        last = archive.desk.newest()
        raise click.UsageError(f"没有第 {number} 期；现有 1–{last} 期。" if last else "还没有出过任何一期。")
    return edited


def record_events(
    archive: Archive, edited: Edited, events: Sequence[Event], config: Config, now: datetime, origin: str
) -> Edited:
    """Append events to an issue's log, with the issue that follows from them; the issue with its longer log."""
    from curate.desk.apply import apply_edits, standing
    from curate.desk.draft import finish
    from curate.desk.history import history

    number = edited.machine.number
    edits = history((*edited.events, *events)).edits
    draft = apply_edits(edited.machine, edits, config.topics)
    issue = finish(draft) if edits else edited.machine
    archive.desk.append(number, edited.revision, events, issue, standing(issue, draft), now, origin)
    return read_issue(archive, number)


def put_in_place(
    edited: Edited,
    config: Config,
    folder: Path,
    archive: Archive,
    output: Output,
) -> Path | None:
    """Render an issue into its folder and note it; None, with the reasons told, where a channel refuses: what is there
    stays."""
    from curate.app.render_issue import pictures_of, render_issue
    from curate.storage.account import templates

    kept = output.files(edited.folder, pictures_of(edited))
    issue, refused, notes = render_issue(edited, kept, config, templates(folder))
    number = edited.machine.number
    for failure in (*refused, *notes):
        complain(f"{failure.subject}  {failure.reason}", hint=failure.hint)
    if refused:
        complain(f"第 {number} 期没有重新排版。" if edited.events else f"第 {number} 期没有改动。")
        return None
    place = output.publish(issue, edited.folder)
    archive.desk.mark_rendered(number, edited.revision, issue.digest)
    return place


def render_behind(config: Config, folder: Path, archive: Archive, output: Output) -> None:
    """Render the issues that were decided about and, after a crash, not rendered."""
    for number in archive.desk.behind():
        put_in_place(read_issue(archive, number), config, folder, archive, output)


def _post_of(place: Path) -> Path:
    from curate.cli.terminal.summary import post_of

    return post_of(place)
