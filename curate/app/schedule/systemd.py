"""systemd: a timer with the account's own zone, which makes up for a night that the machine slept through.

As root the units are the system's: they run as the folder's owner, shut into it. Another person's units run in a manager
that may not be allowed to do that, so they have what always works. `systemd-analyze security --offline=true` gives the
first 1.8, the second 7.2 (`tests/test_schedule_files.py`).
"""

from __future__ import annotations

from pathlib import PurePath

from curate.app.schedule.model import (
    HOURS_AT_MOST,
    RETRY_MINUTES,
    TRIES,
    Command,
    DeletedFile,
    Plan,
    ScheduleFile,
    Scheduler,
    Step,
)
from curate.domain.errors import ConfigError
from curate.domain.message import Message, message

SYSTEM, PERSONS = PurePath("/etc/systemd/system"), ".config/systemd/user"
# Not tried again: feeds.yaml or the call is wrong (1, 2), or the program is (70). 3 is a night with nothing new.
_SERVICE = """\
[Unit]
Description={title}
{online}StartLimitIntervalSec=3h
StartLimitBurst={tries}

[Service]
Type=simple
WorkingDirectory={folder}
ExecStart={command}
SuccessExitStatus=3
Restart=on-failure
RestartSec={minutes}min
RestartPreventExitStatus=1 2 70
RuntimeMaxSec={hours}h
Nice=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
{shut}"""
_ONLINE = "Wants=network-online.target\nAfter=network-online.target\n"
_SHUT = """\
User={user}
CapabilityBoundingSet=
AmbientCapabilities=
SystemCallFilter=~@privileged @resources
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectHostname=yes
ProtectClock=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectProc=invisible
RemoveIPC=yes
"""
_TIMER = """\
[Unit]
Description={title}

[Timer]
OnCalendar=*-*-* {at} {zone}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def make_units(plan: Plan) -> tuple[ScheduleFile, ...]:
    """The service and its timer. ConfigError where a path has a character that systemd cannot be told."""
    for path in (*plan.writable, plan.folder):
        if any(c in '"\\' for c in str(path)):
            raise ConfigError.of("schedule.systemd.name", "schedule.name.hint", path=str(path))
    title = plan.title.replace("%", "%%")
    shut = _SHUT.format(user=plan.user, writable=" ".join(f'"{_escape(path)}"' for path in plan.writable))
    service = _SERVICE.format(
        title=title,
        online=_ONLINE if plan.is_root else "",
        folder=_escape(plan.folder),
        command=" ".join(map(_quote, plan.command)),
        minutes=RETRY_MINUTES,
        tries=TRIES,
        hours=HOURS_AT_MOST,
        shut=shut if plan.is_root else "",
    )
    timer = _TIMER.format(title=title, at=f"{plan.at:%H:%M:%S}", zone=plan.zone.key)
    home = _home(plan)
    return (
        ScheduleFile(home / f"{plan.label}.service", service),
        ScheduleFile(home / f"{plan.label}.timer", timer),
    )


def _home(plan: Plan) -> PurePath:
    return SYSTEM if plan.is_root else plan.home / PERSONS


def _escape(path: PurePath) -> str:
    return str(path).replace("%", "%%")


def _quote(word: str) -> str:
    """A word of a command line; `$` and `%` stand for themselves."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return (
        escaped
        if escaped.replace("/", "").replace("-", "").isalnum() and escaped.isascii()
        else f'"{escaped}"'
    )


def _systemctl(plan: Plan, *words: str) -> tuple[str, ...]:
    return ("systemctl", *(() if plan.is_root else ("--user",)), *words)


def _install(plan: Plan) -> tuple[Step, ...]:
    stays = Command(("loginctl", "enable-linger"), True, message("schedule.systemd.linger"))
    return (
        *make_units(plan),
        Command(_systemctl(plan, "daemon-reload")),
        Command(_systemctl(plan, "enable", "--now", f"{plan.label}.timer")),
        *(() if plan.is_root else (stays,)),
    )


def _remove(plan: Plan) -> tuple[Step, ...]:
    return (
        Command(_systemctl(plan, "disable", "--now", f"{plan.label}.timer"), may_fail=True),
        *(DeletedFile(_home(plan) / f"{plan.label}.{kind}") for kind in ("timer", "service")),
        Command(_systemctl(plan, "daemon-reload"), may_fail=True),
    )


def _check(plan: Plan) -> tuple[str, ...]:
    scope = () if plan.is_root else ("--user",)
    return ("systemd-analyze", *scope, "verify", *(str(file.path) for file in make_units(plan)))


def _notes(plan: Plan) -> tuple[Message, ...]:
    log = f"journalctl {'' if plan.is_root else '--user '}-u {plan.label}"
    notes = (message("schedule.zone kept"), message("schedule.caught up"), message("schedule.log", log=log))
    return notes if plan.is_root else (*notes, message("schedule.systemd.root"))


SYSTEMD = Scheduler("systemd", make_units, _notes, _check, "systemctl", _install, _remove)
