"""A typical night of this checkout beside one of another, in turns, in CPU seconds: 1,000 feeds read before, of which
some 300 have something new, and the starter account's topics.

    git worktree add ../before COMMIT
    python bench/turns.py ../before [--turns 3] [--feeds 1000] [--folder FOLDER] [--json]

Both read the made-up web of ../shared/origin on loopback. Each first reads all of it (the cold night), and that account
is kept: every turn begins with a copy of it, so that all turns are of one night. Beside the night, the start of
`curate topics label`. CPU is user and system time of the process and its children. Trust the ratios more than the seconds.
"""

from __future__ import annotations

import compileall
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import yaml
from fetch import CHANNELS, PHASES, SITE, account
from harness import ROOT, parser

from tests.made_up_web import Server, build, free_port, missing, served

Seconds = dict[str, dict[str, list[float]]]  # command -> version -> of each turn


def command(checkout: Path, home: Path, *words: str) -> float:
    """Run a command of a checkout's curate in an account; the CPU seconds that it took."""
    env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    env |= {"PYTHONPATH": str(checkout), "HOME": tempfile.gettempdir()}
    child = subprocess.Popen(
        [sys.executable, "-m", "curate", *words, "-C", str(home)],
        cwd=home,  # a module beside it would come first
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = child.stderr.read() if child.stderr else b""
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{checkout}: curate {' '.join(words)} ended with {status}\n{said.decode()}")
    return used.ru_utime + used.ru_stime


def lay_out(home: Path, site: Path) -> None:
    """An account that reads the whole made-up web with the starter's topics."""
    home.mkdir(parents=True)
    starter = yaml.safe_load((ROOT / "feeds.yaml").read_text("utf-8"))
    bare = account((site / "urls.txt").read_text("utf-8").split())
    whole = starter | {"channels": CHANNELS, "sources": bare["sources"], "network": bare["network"]}
    (home / "feeds.yaml").write_text(yaml.safe_dump(whole), "utf-8")


def measure(versions: dict[str, Path], site: Path, server: Server, folder: Path, turns: int) -> Seconds:
    """Cold nights, and then the later night and the start of labeling in turns."""
    found: Seconds = defaultdict(lambda: defaultdict(list))
    server.night(0)
    for name, checkout in versions.items():
        compileall.compile_dir(checkout / "curate", quiet=1)
        home = folder / name
        shutil.rmtree(home, ignore_errors=True)
        lay_out(home, site)
        found["cold"][name].append(command(checkout, home, "run", "--now", PHASES["cold"]))
    server.night(1)
    for turn in range(turns):
        for name, checkout in [*versions.items()][:: 1 if turn % 2 else -1]:
            home = folder / f"{name}-turn"
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(folder / name, home)
            now = PHASES["later night"]
            found["later night"][name].append(command(checkout, home, "run", "--now", now))
            found["topics label"][name].append(
                command(checkout, home, "topics", "label", "--list", "--now", now)
            )
            print(*(f"{what} {name} {times[name][-1]:.2f}" for what, times in found.items()), file=sys.stderr)
    return found


def table(found: Seconds) -> str:
    """Markdown: medians with their spread, and this checkout's part of the other's."""
    lines = ["| what | before: CPU s | now: CPU s | now / before |", "| --- | ---: | ---: | ---: |"]
    for what, times in found.items():
        ratio = statistics.median(times["now"]) / statistics.median(times["before"])
        lines.append(f"| {what} | {_spread(times['before'])} | {_spread(times['now'])} | {ratio:.2f} |")
    return "\n".join(lines)


def _spread(seconds: Sequence[float]) -> str:
    middle = f"{statistics.median(seconds):.2f}"
    return middle if len(seconds) == 1 else f"{middle} ({min(seconds):.2f}–{max(seconds):.2f})"


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("before", type=Path, help="another checkout")
    wanted.add_argument("--turns", type=int, default=3)
    wanted.add_argument("--feeds", type=int, default=1000)
    wanted.add_argument(
        "--folder", type=Path, help="for the site and the accounts; a temporary one otherwise"
    )
    wanted.add_argument("--json", action="store_true", help="for machines")
    args = wanted.parse_args()
    if absent := missing():
        print(f"bench/turns.py needs {absent}; skipped.")
        return 0
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        site = folder / "site"
        build(site, f"--feeds {args.feeds} {SITE} --port {free_port()}")
        with served(site, "--hang 30 --latency 0") as server:
            found = measure({"before": args.before.resolve(), "now": ROOT}, site, server, folder, args.turns)
    print(json.dumps(found) if args.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
