"""The editor's work as the archive has it, for the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from curate.audience.editor_work import Choice, EditorWork, sum_up_work
from curate.config.schema import OTHER, Config
from curate.desk.preferences import LOOKING
from curate.desk.visits import minutes_to_copy
from curate.pipeline.editor_choices import name_levels, read_decisions
from curate.storage import Archive


def read_editor_work(archive: Archive, config: Config, days: Mapping[int, date]) -> EditorWork | None:
    """How much of the machine's choices was kept, and how long that took; None where nothing was decided and
    nothing copied. `days`: of the
    issues by their numbers."""
    decisions = [each for each in read_decisions(archive, config) if each.number in days]
    names = name_levels(config)
    choices = [
        Choice(
            days[each.number],
            names.get(("topic", each.topic), "" if each.topic == OTHER else each.topic),
            names.get(("source", each.source), each.source),
            each.taken,
        )
        for each in decisions
        if each.in_issue
    ]
    spent = {n: minutes_to_copy(found) for n, found in archive.choices.moments(LOOKING).items() if n in days}
    minutes = [(days[n], each) for n, each in spent.items() if each is not None]
    return sum_up_work(choices, sum(each.taken and not each.in_issue for each in decisions), minutes)
