"""A fleet's night on a made-up web: what it costs beside its parts, what the origin was asked, and whether each account has the
issue that it would make alone.

    python bench/fleet.py [--accounts 200] [--sources 50] [--feeds 1000] [--alone 5] [--processes 1] [--postgres ADDRESS]
                          [--folder FOLDER]

Each account reads its own draw of the feeds, under its own names and weights. The first night reads all, the second is
measured; the accounts of --alone make the same nights by themselves. CPU is user and system time of the process and its
children. The parts are the reading of all sources once (`curate fleet fetch`) and the accounts' own nights after it,
without the start of a process; the ratio is the fleet's night to their sum. The web is that of ../shared/origin.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from fetch import CHANNELS, PHASES, SITE
from fetch import account as bare_account
from harness import ROOT, parser

from tests.made_up_web import Server, build, free_port, missing, served

RUN = re.compile(rb"(?<=Z)-\d+(?=\.html)")
NIGHTS = (PHASES["cold"], PHASES["later night"])


def command(*words: str) -> tuple[float, str]:
    """Run curate; the CPU seconds that it took, and what it printed."""
    env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    child = subprocess.Popen(
        [sys.executable, "-m", "curate", *words],
        env=env | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    said = child.stdout.read().decode() if child.stdout else ""
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"curate {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}\n{said}")
    return used.ru_utime + used.ru_stime, said


def lay_out(home: Path, urls: list[str], number: int, count: int) -> Path:
    """An account with a draw of the feeds."""
    home.mkdir(parents=True)
    draw = random.Random(number)
    starter = yaml.safe_load((ROOT / "feeds.yaml").read_text("utf-8"))
    sources = [
        {"name": f"{number} 号的来源 {n}", "id": f"s{n}", "url": url, "weight": draw.choice([0.5, 1.0, 2.0])}
        for n, url in enumerate(draw.sample(urls, count))
    ]
    own = {"account": {"name": f"账号{number}"}, "channels": CHANNELS, "sources": sources}
    network = bare_account(urls[:1])["network"]
    (home / "feeds.yaml").write_text(
        yaml.safe_dump(starter | own | {"network": network}, allow_unicode=True), "utf-8"
    )
    return home


def issues(home: Path) -> dict[str, bytes]:
    """Every file of every issue, by its path, but for the number of the process in the name of its run's report."""
    place = home / "output/issues"
    files = {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}
    return {name: RUN.sub(b"", data) for name, data in files.items()}


def run_nights(
    folder: Path, urls: list[str], server: Server, args: Any
) -> tuple[dict[str, float], dict[str, Any]]:
    """The fleet's two nights; CPU of the second and of its parts, and what the origin was asked."""
    top = folder / "fleet"
    settings: dict[str, Any] = {
        "engine": {"processes": args.processes},
        "network": bare_account(urls[:1])["network"],
    }
    if args.postgres:
        settings["database"] = args.postgres
    for number in range(args.accounts):
        lay_out(top / f"accounts/{number:04d}", urls, number, args.sources)
    (top / "fleet.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    found, asked = {}, {}
    for number, now in enumerate(NIGHTS):
        server.night(number)
        server.reset()
        found[f"fetch {number}"], _ = command("fleet", "fetch", "-C", str(top), "--now", now)
        asked[f"fetch {number}"] = server.stats()
        server.reset()
        found[f"nights {number}"], _ = command("fleet", "run", "-C", str(top), "--now", now)
        asked[f"nights {number}"] = server.stats()
    _, said = command("fleet", "report", "-C", str(top), "--json")
    report = json.loads(said)
    found["accounts"] = sum(line["cpu"] for line in report["accounts"])
    return found, asked


def run_alone(folder: Path, urls: list[str], server: Server, args: Any) -> tuple[dict[str, float], list[str]]:
    """Some accounts by themselves: CPU of their second nights, and those whose issues differ from the fleet's."""
    whole, judged = 0.0, 0.0
    homes = [lay_out(folder / f"alone/{n:04d}", urls, n, args.sources) for n in range(args.alone)]
    start, _ = command("fleet", "--help")
    for number, now in enumerate(NIGHTS):
        server.night(number)
        for home in homes:
            read, _ = command("fetch", "-C", str(home), "--now", now)
            night, _ = command("run", "-C", str(home), "--now", now)
            if number:
                whole, judged = whole + read + night, judged + night
    theirs = folder / "fleet/accounts"
    differ = [home.name for home in homes if issues(home) != issues(theirs / home.name)]
    return {"alone": whole, "judged": judged, "start": start}, differ


def main() -> int:
    wanted = parser(__doc__)
    for name, default in (
        ("accounts", 200),
        ("sources", 50),
        ("feeds", 1000),
        ("alone", 5),
        ("processes", 1),
    ):
        wanted.add_argument(f"--{name}", type=int, default=default)
    wanted.add_argument("--postgres", default="", help="an address; a file otherwise")
    wanted.add_argument(
        "--folder", type=Path, help="for the site and the accounts; a temporary one otherwise"
    )
    args = wanted.parse_args()
    if absent := missing():
        print(f"bench/fleet.py needs {absent}; skipped.")
        return 0
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        for name in ("fleet", "alone"):
            shutil.rmtree(folder / name, ignore_errors=True)
        site = folder / "site"
        build(site, f"--feeds {args.feeds} {SITE} --port {free_port()}")
        urls = (site / "urls.txt").read_text("utf-8").split()
        with served(site, "--hang 30 --latency 0") as server:
            fleet, asked = run_nights(folder, urls, server, args)
            alone, differ = run_alone(folder, urls, server, args)
    tell(fleet, asked, alone, differ, args)
    return int(bool(differ))


def tell(
    fleet: dict[str, float], asked: dict[str, Any], alone: dict[str, float], differ: list[str], args: Any
) -> None:
    """The figures, for people."""
    print(
        f"{args.accounts} accounts × {args.sources} sources over {args.feeds}, {args.processes} process(es)"
    )
    for name, seconds in fleet.items():
        counts = asked.get(name)
        told = (
            ", ".join(f"{key} {counts[key]}" for key in ("requests", "s200", "s304", "page200"))
            if counts
            else ""
        )
        print(f"  {name:10} {seconds:8.2f} CPU s  {told}")
    if args.alone:
        each = alone["judged"] / args.alone - alone["start"]
        parts = fleet["fetch 1"] + args.accounts * each
        print(f"  alone: {alone['alone'] / args.alone:.2f} CPU s a night, {each:.2f} of them its own part")
        print(f"  fleet / parts: {(fleet['fetch 1'] + fleet['nights 1']) / parts:.2f}")
        print(
            f"  fleet / alone: {(fleet['fetch 1'] + fleet['nights 1']) / (args.accounts * alone['alone'] / args.alone):.2f}"
        )
    print(f"  issues that differ from those made alone: {differ or 'none'} of {args.alone}")


if __name__ == "__main__":
    sys.exit(main())
