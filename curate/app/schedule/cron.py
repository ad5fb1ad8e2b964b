"""cron: a line in the person's own crontab. It knows the machine's zone alone, and makes up for nothing.

`CRON_TZ` would do where cron knows it, but few do (cronie), and it changes every line below it. So the hour is reckoned into
the machine's own where the two zones are always as far apart; where they are not, the line comes every hour and looks
whether it is the account's.
"""

from __future__ import annotations

from shlex import join, quote

from curate.app.schedule.model import LOG, Edit, Plan, ScheduleFile, Scheduler, Step
from curate.app.schedule.wall_time import is_fixed
from curate.domain.message import Message, message

_CHANGES = 4  # clocks are changed before this hour


def write_line(plan: Plan) -> str:
    """The line, with the label by which it is known again in its comment."""
    times = plan.clock_times
    command = f"cd {quote(str(plan.folder))} && {join((*plan.program, 'run'))} >> {LOG} 2>&1"
    if len(times) == 1:
        when = f"{times[0].minute} {times[0].hour} * * *"
    else:  # a line of every hour is never left out or doubled by cron itself on the day of a change
        when = f"{','.join(str(minute) for minute in sorted({each.minute for each in times}))} * * * *"
        command = f'[ "$(TZ={plan.zone.key} date +%H:%M)" = {plan.at:%H:%M} ] && {command}'
    return f"{when} {command.replace('%', chr(92) + '%')} # {plan.label}"  # cron ends a line at a bare %


def make_block(plan: Plan) -> tuple[ScheduleFile, ...]:
    """What goes into the crontab."""
    return (ScheduleFile(plan.home / "crontab", f"# {plan.title} # {plan.label}\n{write_line(plan)}\n"),)


def _without(plan: Plan, lines: str) -> str:
    kept = [line for line in lines.splitlines() if not line.rstrip().endswith(f"# {plan.label}")]
    return "".join(f"{line}\n" for line in kept)


def _edit(plan: Plan, block: str) -> tuple[Step, ...]:
    return (Edit(("crontab", "-l"), ("crontab", "-"), lambda lines: _without(plan, lines) + block),)


def _notes(plan: Plan) -> tuple[Message, ...]:
    times = plan.clock_times
    if len(times) > 1:
        zone = message("schedule.cron.every hour", said=plan.hour)
    elif times[0] == plan.at:
        zone = message("schedule.same clock")
    else:
        zone = message("schedule.cron.reckoned", said=plan.hour, own=f"{times[0]:%H:%M}")
    odd = (
        ()
        if plan.at.hour >= _CHANGES or is_fixed(plan.now, plan.zone)
        else (message("schedule.cron.odd hour"),)
    )
    return (zone, *odd, message("schedule.cron.not caught up"), message("schedule.log", log=str(plan.log)))


CRON = Scheduler(
    "cron",
    make_block,
    _notes,
    lambda plan: ("crontab", "-l"),
    "crontab",
    lambda plan: _edit(plan, make_block(plan)[0].text),
    lambda plan: _edit(plan, ""),
)
