"""What there is to know where a scheduler has the machine's clock alone."""

from __future__ import annotations

from curate.app.schedule.model import Plan
from curate.domain.message import Message, message


def note_clock(plan: Plan, scheduler: str) -> tuple[Message, ...]:
    """Which time of the machine it is, and that it has to be made anew where clocks change at different times."""
    times = plan.clock_times
    own = f"{times[0]:%H:%M}"
    if len(times) > 1:
        others = tuple(f"{each:%H:%M}" for each in times[1:])
        return (message("schedule.drifts", said=plan.hour, own=own, others=others, name=scheduler),)
    same = times[0] == plan.at
    return (
        message("schedule.same clock") if same else message("schedule.reckoned", said=plan.hour, own=own),
    )
