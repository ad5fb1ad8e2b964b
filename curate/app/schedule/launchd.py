"""launchd of macOS: an agent of the person, in the machine's own time; what was slept through comes on waking up."""

from __future__ import annotations

import plistlib

from curate.app.schedule.model import Command, DeletedFile, Plan, ScheduleFile, Scheduler, Step
from curate.app.schedule.notes import note_clock
from curate.domain.message import Message, message

AGENTS = "Library/LaunchAgents"


def make_agent(plan: Plan) -> tuple[ScheduleFile, ...]:
    """The property list."""
    at = plan.clock_times[0]
    agent = {
        "Label": plan.label,
        "ProgramArguments": list(plan.command),
        "WorkingDirectory": str(plan.folder),
        "StartCalendarInterval": {"Hour": at.hour, "Minute": at.minute},
        "StandardOutPath": str(plan.log),
        "StandardErrorPath": str(plan.log),
        "ProcessType": "Background",
    }
    text = plistlib.dumps(agent, sort_keys=False).decode()
    return (ScheduleFile(plan.home / AGENTS / f"{plan.label}.plist", text),)


def _domain(plan: Plan) -> str:
    return f"gui/{plan.owner[0]}"


def _install(plan: Plan) -> tuple[Step, ...]:
    (file,) = make_agent(plan)
    return (
        file,
        Command(("launchctl", "bootout", f"{_domain(plan)}/{plan.label}"), may_fail=True),
        Command(("launchctl", "bootstrap", _domain(plan), str(file.path))),
    )


def _remove(plan: Plan) -> tuple[Step, ...]:
    (file,) = make_agent(plan)
    return (
        Command(("launchctl", "bootout", f"{_domain(plan)}/{plan.label}"), may_fail=True),
        DeletedFile(file.path),
    )


def _notes(plan: Plan) -> tuple[Message, ...]:
    return (
        *note_clock(plan, "launchd"),
        message("schedule.launchd.caught up"),
        message("schedule.log", log=str(plan.log)),
    )


LAUNCHD = Scheduler(
    "launchd",
    make_agent,
    _notes,
    lambda plan: ("plutil", "-lint", str(make_agent(plan)[0].path)),
    "launchctl",
    _install,
    _remove,
)
