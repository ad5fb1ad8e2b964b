"""Carrying out what a row of the table says: files written, commands run, each failure told as the system told it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from curate.app.schedule.model import DeletedFile, Edit, Plan, ScheduleFile, Step
from curate.app.schedule.secrets_file import NAME, write_template
from curate.domain.errors import OutputError
from curate.domain.message import Message, message
from curate.storage.output import write_file

PRIVATE = 0o600
SECONDS = 60  # for a command of the system


class CommandResult(NamedTuple):
    """How a command of the system ended; `status` is None where it could not be run."""

    status: int | None
    out: str = ""
    told: str = ""


class Machine(Protocol):
    """What a machine does for the steps."""

    def run(self, words: tuple[str, ...], given: str = "") -> CommandResult: ...
    def write(self, file: ScheduleFile) -> None: ...
    def delete(self, path: Path) -> None: ...


class ThisMachine:
    """The machine that the program runs on."""

    def run(self, words: tuple[str, ...], given: str = "") -> CommandResult:
        command = shutil.which(words[0])
        if command is None:
            return CommandResult(None, told=f"{words[0]}: not found")
        try:
            done = subprocess.run(
                [command, *words[1:]],
                input=given,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as e:
            return CommandResult(None, told=str(e))
        return CommandResult(done.returncode, done.stdout, done.stderr)

    def write(self, file: ScheduleFile) -> None:
        """Write a file whole. OutputError where it cannot be."""
        write_file(Path(file.path), file.text, replace=True, encoding=file.encoding)

    def delete(self, path: Path) -> None:
        """Delete a file. OutputError where it cannot be."""
        try:
            path.unlink(missing_ok=True)
        except OSError as e:
            raise OutputError(f"{path}: {e.strerror}") from e


def has_command(name: str) -> bool:
    """Whether this machine has a command, and with systemd's that it is what the machine runs."""
    is_there = shutil.which(name) is not None
    return is_there and (name != "systemctl" or Path("/run/systemd/system").is_dir())


def carry_out(steps: Iterable[Step], machine: Machine) -> Iterator[Message]:
    """Carry out steps in their order; what there is to know of those that may fail. OutputError at the first other one."""
    for step in steps:
        if isinstance(step, ScheduleFile):
            machine.write(step)
        elif isinstance(step, DeletedFile):
            machine.delete(Path(step.path))
        elif isinstance(step, Edit):
            found = machine.run(step.read)
            # Without a crontab `crontab -l` fails and says so; any other failure must not end in an empty one.
            if found.status is None or (found.status != 0 and "no crontab" not in found.told):
                raise _as_error(step.read, found)
            before = found.out if found.status == 0 else ""
            if (after := step.change(before)) != before:
                _run(step.write, machine, after)
        elif step.may_fail:
            if machine.run(step.words).status != 0 and step.otherwise:
                yield step.otherwise
        else:
            _run(step.words, machine)


def _run(words: tuple[str, ...], machine: Machine, given: str = "") -> None:
    done = machine.run(words, given)
    if done.status != 0:
        raise _as_error(words, done)


def _as_error(words: tuple[str, ...], done: CommandResult) -> OutputError:
    told = " ".join((done.told or done.out).split())[:300] or f"exit status {done.status}"
    return OutputError.of("schedule.refused", "schedule.refused.hint", command=shlex.join(words), told=told)


def tell_steps(steps: Iterable[Step]) -> list[str]:
    """The steps as a person would carry them out, a line each."""
    lines = []
    for step in steps:
        if isinstance(step, ScheduleFile):
            lines.append(f"→ {step.path}")
        elif isinstance(step, DeletedFile):
            lines.append(f"rm {shlex.quote(str(step.path))}")
        elif isinstance(step, Edit):
            lines.append("crontab -e")
        else:
            lines.append(shlex.join(step.words))
    return lines


def keep_secrets_file(plan: Plan) -> tuple[Message, ...]:
    """Lay out the account's file of secrets where there is none, close it to all others, and leave it out of git; what
    was done."""
    folder = Path(plan.folder)
    path = folder / NAME
    ignored = folder / ".gitignore"
    if ignored.is_file() and NAME not in (text := ignored.read_text("utf-8", "replace")).split():
        write_file(ignored, f"{text.rstrip()}\n{NAME}\n", replace=True)
    if not path.exists():
        if not plan.variables:
            return ()
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8"
        ) as file:
            file.write(write_template(plan.variables))
        if plan.is_root:
            os.chown(path, *plan.owner)
        return (message("secrets.made", path=str(path)),)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE)
        return (message("secrets.shut", path=str(path)),)
    return ()
