"""From nothing to an account that runs every night, by the README's own commands, word for word.

    python bench/first_account.py [--readme README.md] [--keep]

The commands are taken from the README's section about an account of one's own, and run one after the other in one shell, in a copy of
this checkout, with an empty home, no virtual environment and nobody to answer questions. At most 10 commands and 10 minutes.

Packages come from wherever pip is set up to take them. Without the internet `curate run` can read no source and says so
(4); with a machine that has no scheduler the lines of a stand-in for `crontab` are kept in the empty home, and both is
told. What was installed is taken away again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from curate.app.schedule.install import has_command
from curate.app.schedule.table import list_installable

ROOT = Path(__file__).parents[1]
SECTIONS = {"README.zh-CN.md": "建你自己的账号", "README.md": "Your own account"}
MOST_COMMANDS, MOST_SECONDS = 10, 600
# What may end otherwise than with 0: without the internet no source is read (4), and the doctor finds that (1).
ALLOWED = {"curate run": (0, 4), "curate doctor": (0, 1)}
CRONTAB = '#!/bin/sh\ncase $1 in -l) cat "$HOME/crontab" 2>/dev/null || { echo no crontab >&2; exit 1; };; -) cat > "$HOME/crontab";; esac\n'


class CommandRun(NamedTuple):
    """How one of the README's commands went."""

    command: str
    status: int
    seconds: float

    @property
    def is_good(self) -> bool:
        return self.status in ALLOWED.get(self.command, (0,))


def read_commands(text: str, heading: str) -> list[str]:
    """The commands of the first shell block below a heading, without their comments."""
    section = re.split(rf"^## {re.escape(heading)}$", text, flags=re.M)[1].split("\n## ")[0]
    block = re.findall(r"```sh\n(.*?)```", section, re.S)[0]
    lines = (re.sub(r"\s+#.*", "", line).strip() for line in block.splitlines())
    return [command.strip() for line in lines if line for command in line.split("&&")]


def run_commands(commands: list[str], folder: Path, environ: dict[str, str]) -> list[CommandRun]:
    """Run commands in one shell, so that each begins where the one before has left it."""
    shell = subprocess.Popen(
        ["bash", "--noprofile", "--norc"], cwd=folder, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, bufsize=1,
    )  # fmt: skip
    assert shell.stdin
    assert shell.stdout
    found = []
    for command in commands:
        print(f"$ {command}", flush=True)
        began = time.monotonic()
        shell.stdin.write(f"{command} < /dev/null 1>&2\necho $?\n")
        shell.stdin.flush()
        status = int(shell.stdout.readline())
        found.append(CommandRun(command, status, time.monotonic() - began))
        if not found[-1].is_good:
            break
    shell.stdin.close()
    shell.wait()
    return found


def prepare_machine(folder: Path) -> tuple[dict[str, str], bool]:
    """An environment with little in it, and whether the machine needed a stand-in for its scheduler."""
    home, programs = folder / "home", folder / "bin"
    home.mkdir()
    programs.mkdir()
    is_bare = not list_installable(has_command)
    path = os.defpath.replace("/bin:/usr/bin", "/usr/local/bin:/usr/bin:/bin")
    if is_bare:
        (programs / "crontab").write_text(CRONTAB)
        (programs / "crontab").chmod(0o755)
    environ = {
        # systemd's manager of a person is found by the person's home; a stand-in needs none
        "HOME": str(home) if is_bare else str(Path.home()),
        "PATH": f"{programs}:{os.environ.get('PATH', path)}",
        "LANG": "C.UTF-8",
        **{
            name: value
            for name, value in os.environ.items()
            if name.startswith(("PIP_", "XDG_RUNTIME", "DBUS_"))
        },
    }
    return environ, is_bare


def copy_checkout(target: Path) -> None:
    """The files that git knows, as they are now: what somebody has who unpacks the source."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def find_schedule(folder: Path, environ: dict[str, str]) -> str:
    """What the doctor says of the account's schedule, "" where it finds none that works."""
    program = folder / ".venv/bin/curate"
    account = folder / "myaccount"
    told = subprocess.run(
        [program, "doctor", "--offline", "--json", "-C", account], env=environ, capture_output=True, text=True, check=False
    )  # fmt: skip
    rows = [row for row in json.loads(told.stdout) if row["check"] == "schedule"]
    subprocess.run([program, "schedule", "--remove", "-C", account], env=environ, check=False)
    return "；".join(row["found"] for row in rows) if all(row["status"] == "ok" for row in rows) else ""


def main() -> None:
    """Follow the README and tell how it went; exit status 1 where it did not work, or took too much."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--readme", choices=sorted(SECTIONS), default="README.zh-CN.md")
    parser.add_argument("--keep", action="store_true", help="leave the folder")
    given = parser.parse_args()
    commands = read_commands((ROOT / given.readme).read_text("utf-8"), SECTIONS[given.readme])
    folder = Path(tempfile.mkdtemp(prefix="first account "))
    try:
        copy_checkout(folder / "curate")
        environ, is_bare = prepare_machine(folder)
        runs = run_commands(commands, folder / "curate", environ)
        has_failed = not all(run.is_good for run in runs)
        schedule = "" if has_failed else find_schedule(folder / "curate", environ)
    finally:
        if given.keep:
            print(folder)
        else:
            shutil.rmtree(folder)
    print()
    for run in runs:
        print(f"{run.seconds:7.1f} s  {run.status}  {run.command}")
    seconds = sum(run.seconds for run in runs)
    print(f"\n{len(commands)} commands, {seconds:.0f} s; at most {MOST_COMMANDS} and {MOST_SECONDS}")
    print(f"schedule: {schedule or 'none'}{' (a stand-in for crontab)' * is_bare}")
    if any(run == ("curate run", 4, run.seconds) for run in runs):
        print("without the internet: `curate run` read no source")
    sys.exit(has_failed or not schedule or len(commands) > MOST_COMMANDS or seconds > MOST_SECONDS)


if __name__ == "__main__":
    main()
