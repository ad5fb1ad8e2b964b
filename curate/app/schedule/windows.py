"""The Task Scheduler of Windows: a task that starts as soon as it can where its hour was missed.

An hour with a distance to UTC keeps that distance whatever the machine's own zone does, which is right where the account's
zone never changes (Asia/Shanghai); otherwise the hour is the machine's own.
"""

from __future__ import annotations

from pathlib import PurePath
from xml.sax.saxutils import escape

from curate.app.schedule.model import (
    HOURS_AT_MOST,
    Command,
    DeletedFile,
    Plan,
    ScheduleFile,
    Scheduler,
    Step,
)
from curate.app.schedule.notes import note_clock
from curate.app.schedule.wall_time import is_fixed
from curate.domain.message import Message, message

# Elements stand in the order of the schema: Microsoft's reference, "Task Scheduler Schema".
_TASK = """\
<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{title}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <WakeToRun>true</WakeToRun>
    <ExecutionTimeLimit>PT{hours}H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def make_task(plan: Plan) -> tuple[ScheduleFile, ...]:
    """The task as XML, in the encoding that `schtasks` reads."""
    command = " ".join(f'"{word}"' for word in plan.command)
    text = _TASK.format(
        title=escape(plan.title),
        start=_start(plan),
        hours=HOURS_AT_MOST,
        arguments=escape(f'/d /c "{command} >> "{plan.log}" 2>&1"'),
        folder=escape(str(plan.folder)),
    )
    return (ScheduleFile(_home(plan) / f"{plan.label}.xml", text, "utf-16"),)


def _keeps_zone(plan: Plan) -> bool:
    return len(plan.clock_times) > 1 and is_fixed(plan.now, plan.zone)


def _start(plan: Plan) -> str:
    start = plan.next
    return start.isoformat() if _keeps_zone(plan) else plan.face(start).replace(tzinfo=None).isoformat()


def _home(plan: Plan) -> PurePath:
    return plan.home / "AppData/Local/curate"


def _name(plan: Plan) -> str:
    return rf"\curate\{plan.label}"


def _install(plan: Plan) -> tuple[Step, ...]:
    (file,) = make_task(plan)
    return (file, Command(("schtasks", "/Create", "/F", "/TN", _name(plan), "/XML", str(file.path))))


def _remove(plan: Plan) -> tuple[Step, ...]:
    return (
        Command(("schtasks", "/Delete", "/F", "/TN", _name(plan)), may_fail=True),
        DeletedFile(make_task(plan)[0].path),
    )


def _notes(plan: Plan) -> tuple[Message, ...]:
    clock = (message("schedule.zone kept"),) if _keeps_zone(plan) else note_clock(plan, "windows")
    return (
        *clock,
        message("schedule.caught up"),
        message("schedule.windows.signed in"),
        message("schedule.log", log=str(plan.log)),
    )


WINDOWS = Scheduler(
    "windows",
    make_task,
    _notes,
    lambda plan: ("schtasks", "/Query", "/V", "/FO", "LIST", "/TN", _name(plan)),
    "schtasks",
    _install,
    _remove,
)
