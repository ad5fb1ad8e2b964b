"""A fleet's night that is killed at random moments, its client or its PostgreSQL, and run again: nothing lost, nothing twice.

    .ci/postgres python bench/fleet_kills.py [--kills 50] [--accounts 3] [--seed 1] [--processes 1]

Each round is a new fleet over the demo's web. Its night runs until a random moment; then the client is killed, or the
server is stopped at once as by a power cut and started again. The same command is run until it is well, and every account
must have the one issue that a night without a kill has, to the letter of its issue.json. Without a server it kills clients
of a fleet in files.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from harness import ROOT, parser

from curate.demo import nights, serve
from tests.demo_account import NOW, few_sources, lay_out

POSTGRES = os.environ.get("CURATE_POSTGRES", "")
NIGHT = nights(NOW)[1].isoformat()
TRIES = 6  # runs until all is well
OPTIONS = "-c listen_addresses='' -c fsync=off -c max_connections=200 -k {place}"  # as .ci/postgres starts it


def main() -> int:
    wanted = parser(__doc__)
    for name, default in (("kills", 50), ("accounts", 3), ("seed", 1), ("processes", 1)):
        wanted.add_argument(f"--{name}", type=int, default=default)
    args = wanted.parse_args()
    draw, wrong = random.Random(args.seed), []
    with tempfile.TemporaryDirectory() as temporary, serve(NOW, night=2) as web:
        whole = make_fleet(Path(temporary) / "whole", web, "whole", args)
        began = time.monotonic()
        finish(start(whole))
        span, truth = time.monotonic() - began, issues(whole)
        for number in range(args.kills):
            home = make_fleet(Path(temporary) / str(number), web, f"k{number}_{os.getpid()}", args)
            what = draw.choice(["client", "server"]) if POSTGRES else "client"
            moment = draw.uniform(0.05, 1.0) * span
            runs = kill_once(home, what, moment)
            found = issues(home)
            is_well = found == truth
            wrong += [] if is_well else [number]
            print(
                f"{number} {what} after {moment:.1f} s of {span:.1f}: {runs} runs, {'well' if is_well else 'WRONG'}"
            )
            if is_well:
                shutil.rmtree(home)
            elif len(found) != len(truth):
                print(f"  issues: {sorted(found)} of {sorted(truth)}")
        print(f"{args.kills} kills, {len(wrong)} wrong")
        return int(bool(wrong))


def make_fleet(home: Path, web: object, schemas: str, args: object) -> Path:
    """A fleet of accounts that read the demo's web, each with its own name."""
    for number in range(args.accounts):  # type: ignore[attr-defined]
        named = lambda text, n=number: few_sources(text).replace("name: ", f"name: {n}", 1)  # noqa: E731
        lay_out(home / f"accounts/a{number}", web, edit=named)  # type: ignore[arg-type]
    address = POSTGRES.replace("postgresql://", "postgresql+psycopg://")
    database = f"database: '{address}'\nschemas: {schemas[:20]}\n" if POSTGRES else ""
    (home / "fleet.yaml").write_text(f"{database}engine: {{processes: {args.processes}}}\n")  # type: ignore[attr-defined]
    return home


def start(home: Path) -> subprocess.Popen[bytes]:
    """Begin the fleet's night in a process group of its own."""
    command = [sys.executable, "-m", "curate", "fleet", "run", "--due", "-C", str(home), "--now", NIGHT]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with (home / "log").open("ab") as log:
        return subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)


def finish(child: subprocess.Popen[bytes]) -> int:
    """Its exit status."""
    return child.wait(timeout=600)


def kill_once(home: Path, what: str, moment: float) -> int:
    """Run the night with one kill, and again until it is well; how many runs it took."""
    child = start(home)
    try:
        child.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        if what == "client":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            restart_server()
    status = finish(child)
    for run in range(1, TRIES):
        if status == 0 and what == "server":
            return run
        status = finish(start(home))
        if status == 0:
            return run + 1
    return TRIES


def restart_server() -> None:
    """Stop the server at once, as by a power cut, and start it."""
    place = parse_qs(urlsplit(POSTGRES).query)["host"][0]
    binary = max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    begin = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    data = ["-D", f"{place}/data"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*begin, str(binary), *data, "-m", "immediate", "stop"], check=True, **quiet)  # type: ignore[call-overload]
    options = ["-l", f"{place}/log", "-w", "-o", OPTIONS.format(place=place)]
    subprocess.run([*begin, str(binary), *data, *options, "start"], check=True, **quiet)  # type: ignore[call-overload]


def issues(home: Path) -> dict[str, bytes]:
    """Every issue.json of every account."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.glob("accounts/*/output/issues/*/issue.json"))
    }


if __name__ == "__main__":
    sys.exit(main())
