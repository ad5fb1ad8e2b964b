"""TABLE `SCHEDULERS`: what can start a night, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable

from curate.app.schedule.compose import COMPOSE
from curate.app.schedule.cron import CRON
from curate.app.schedule.github import GITHUB
from curate.app.schedule.launchd import LAUNCHD
from curate.app.schedule.model import Plan, Scheduler
from curate.app.schedule.systemd import SYSTEMD
from curate.app.schedule.windows import WINDOWS
from curate.domain.message import Message, message

SCHEDULERS: dict[str, Scheduler] = {
    row.name: row for row in (LAUNCHD, WINDOWS, SYSTEMD, CRON, COMPOSE, GITHUB)
}


def list_installable(has_command: Callable[[str], bool]) -> tuple[Scheduler, ...]:
    """The schedulers that this machine has, the one to take first."""
    return tuple(row for row in SCHEDULERS.values() if row.needs and has_command(row.needs))


def list_notes(row: Scheduler, plan: Plan) -> tuple[Message, ...]:
    """What there is to know of a schedule, first that its interpreter will be gone."""
    passing = message("schedule.passing", program=plan.program[0])
    return (*((passing,) if row.needs and plan.is_passing else ()), *row.notes(plan))
