"""`curate fetch` beside newsboat, reader, a loop over feedparser and the floor, on a made-up web on loopback; and
`curate run`, the whole night up to the post in all channels.

    python bench/fetch.py [--feeds 1000] [--repeat 1] [--peers run,newsboat,reader,loop] [--reader-python PYTHON]
                          [--latency 100] [--write docs/engineering/performance.md]

The web is that of ../shared/origin beside the checkout (tests/made_up_web.py), in a temporary folder.
What is not installed is skipped, with a word. CPU is user and system time of the process and its children; trust it
and the ratios of one run more than seconds on the wall. Nothing but loopback is asked.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from harness import ROOT, parser

from tests.made_up_web import Server, build, free_port, missing, served

SITE = "--seed 7 --errors 0.02 --novalid 0.1 --pages summary --nights 3"
# In this order; the origin changes before the last. When `curate run` is told it is: the origin's entries end there.
PHASES = {"cold": "2026-11-01T22:00Z", "unchanged": "2026-11-01T23:00Z", "later night": "2026-11-02T22:00Z"}
CHANNELS = ["wechat", "markdown", "text", "email", "feed", "poster"]
LOOP = """
import sys, feedparser, sqlite3, urllib.request
store = sqlite3.connect(sys.argv[2])
store.execute("create table if not exists entries (id text primary key, title text, body text)")
for url in open(sys.argv[1]).read().split():
    try:
        found = feedparser.parse(urllib.request.urlopen(url, timeout=20).read())
    except OSError:
        continue
    rows = [(url + str(e.get("id") or e.get("link")), e.get("title"), str(e.get("summary"))) for e in found.entries]
    store.executemany("insert or ignore into entries values (?, ?, ?)", rows)
    store.commit()
"""
NEWSBOAT = "reload-threads 50\ndownload-timeout 10\ndownload-retries 1\nmax-items 0\nauto-reload no\n"
READER = "import sys\nfrom reader import make_reader\nr = make_reader(sys.argv[2])\nfor u in open(sys.argv[1]).read().split(): r.add_feed(u)"


class Figures(NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds
    memory: float  # MB, the largest process
    stored: int
    asked: dict[str, float]  # the origin's counters


class Tool(NamedTuple):
    command: list[str]
    stored: tuple[str, str]  # a database and its table of entries


def tools(site: Path, work: Path, names: list[str], reader_python: str) -> Iterator[tuple[str, Tool]]:
    """The tools that are there, each laid out in a folder of its own."""
    urls = site / "urls.txt"
    for name in ("curate", "floor", *names):  # "run": the whole night, as the starter account has it
        home = work / name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if name == "curate":
            (home / "feeds.yaml").write_text(
                yaml.safe_dump(account(urls.read_text("utf-8").split())), "utf-8"
            )
            command = [sys.executable, "-m", "curate", "fetch", "-C", str(home)]
            yield name, Tool(command, (str(home / "output/archive.db"), "entries"))
        elif name == "run":
            starter = yaml.safe_load((ROOT / "feeds.yaml").read_text("utf-8"))
            bare = account(urls.read_text("utf-8").split())
            whole = starter | {"channels": CHANNELS, "sources": bare["sources"], "network": bare["network"]}
            (home / "feeds.yaml").write_text(yaml.safe_dump(whole), "utf-8")
            command = [sys.executable, "-m", "curate", "run", "-C", str(home), "--now", "NOW"]
            yield name, Tool(command, (str(home / "output/archive.db"), "entries"))
        elif name == "floor":
            database = str(home / "a.db")
            yield (
                name,
                Tool(
                    [sys.executable, str(ROOT / "bench/floor.py"), str(urls), database], (database, "entries")
                ),
            )
        elif name == "loop":
            database = str(home / "a.db")
            yield name, Tool([sys.executable, "-c", LOOP, str(urls), database], (database, "entries"))
        elif name == "newsboat" and shutil.which("newsboat"):
            (home / "config").write_text(NEWSBOAT)
            shutil.copy(site / "newsboat.urls", home / "urls")
            paths = [
                x
                for flag, file in (("-C", "config"), ("-u", "urls"), ("-c", "c.db"))
                for x in (flag, str(home / file))
            ]
            yield name, Tool(["newsboat", *paths, "-x", "reload"], (str(home / "c.db"), "rss_item"))
        elif name == "reader" and has_reader(reader_python):
            database = str(home / "r.db")
            subprocess.run([reader_python, "-c", READER, str(urls), database], check=True)
            command = [
                reader_python,
                "-m",
                "reader",
                "--db",
                database,
                "update",
                "--no-scheduled",
                "--workers",
                "32",
            ]
            yield name, Tool(command, (database, "entries"))
        else:
            print(f"{name}: not installed, skipped")


def has_reader(python: str) -> bool:
    if not shutil.which(python):
        return False
    # some versions need sgmllib3k beside them, and say so only when a feed is added
    tried = "from reader import make_reader; make_reader(':memory:').add_feed('http://a.example/')"
    return subprocess.run([python, "-c", tried], capture_output=True, check=False).returncode == 0


def account(urls: list[str]) -> dict[str, object]:
    return {
        "account": {"name": "bench"},
        "topics": [{"id": "ai", "name": "人工智能", "keywords": ["大模型", "智能体"]}],
        "sources": [{"name": f"s{n}", "url": url} for n, url in enumerate(urls)],
        "network": {"allow_private": ["127.0.0.0/8"]},
        "digest": {"lookback": "9000d"},
    }


def measured(tool: Tool, server: Server, limit: float, now: str) -> Figures:
    server.reset()
    command = [now if word == "NOW" else word for word in tool.command]
    start = time.monotonic()
    env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    env |= {"PYTHONPATH": str(ROOT), "HOME": tempfile.gettempdir()}
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    timer = time.monotonic() + limit
    while True:
        pid, _, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > timer:
            child.kill()
        time.sleep(0.01)
    child.returncode = 0
    return Figures(
        time.monotonic() - start,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        count(*tool.stored),
        server.stats(),
    )


def count(database: str, table: str) -> int:
    import sqlite3

    try:
        with sqlite3.connect(database) as store:
            return int(store.execute(f"select count(*) from {table}").fetchone()[0])
    except sqlite3.Error:
        return 0


def run(args: argparse.Namespace, folder: Path) -> tuple[dict[str, dict[str, Figures]], int]:
    """Phase -> tool -> its figures, the median by CPU of the repetitions; and how many entries there are."""
    found: dict[str, dict[str, list[Figures]]] = {phase: {} for phase in PHASES}
    site = folder / f"site-{args.feeds}"
    build(site, f"--feeds {args.feeds} {SITE} --port {free_port()}")
    meta = json.loads((site / "meta.json").read_text())
    with served(site, f"--hang 30 --latency {args.latency or 0}") as server:
        for _ in range(args.repeat):
            server.night(0)
            compileall.compile_dir(ROOT / "curate", quiet=1)
            ready = list(
                tools(site, folder / "work", args.peers.split(",") if args.peers else [], args.reader_python)
            )
            for phase, now in PHASES.items():
                server.night(1 if phase == "later night" else 0)
                for name, tool in ready:
                    if name == "newsboat" and phase == "unchanged":
                        measured(tool, server, args.limit, now)  # it keeps validators only on its second run
                    figures = measured(tool, server, args.limit, now)
                    found[phase].setdefault(name, []).append(figures)
                    print(
                        f"{phase:12} {name:9} cpu {figures.cpu:7.2f} wall {figures.wall:7.2f} stored {figures.stored}",
                        flush=True,
                    )
    middle = {
        phase: {name: sorted(all_, key=lambda f: f.cpu)[len(all_) // 2] for name, all_ in by.items()}
        for phase, by in found.items()
    }
    return middle, meta["expected_entries"]


def table(found: dict[str, dict[str, Figures]]) -> str:
    """Markdown: how often the tool's CPU time and wall time go into each other's."""
    lines = [
        "| work | tool | CPU s | wall s | MB | stored | requests | 200 | 304 | CPU: curate = 1 | wall: curate = 1 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for phase, by in found.items():
        mine = by["curate"]
        for name, f in by.items():
            asked = f"{f.asked['requests']} | {f.asked['s200']} | {f.asked['s304']}"
            ratios = f"{f.cpu / mine.cpu:.2f} | {f.wall / mine.wall:.2f}"
            lines.append(
                f"| {phase} | {name} | {f.cpu:.2f} | {f.wall:.2f} | {f.memory:.0f} | {f.stored} | {asked} | {ratios} |"
            )
    return "\n".join(lines)


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--repeat", type=int, default=1)
    options.add_argument("--peers", default="run,newsboat,reader,loop")
    options.add_argument("--reader-python", default=os.environ.get("READER_PYTHON", "python3"))
    options.add_argument("--latency", default="", help="ms, LO or LO-HI, for each host")
    options.add_argument("--limit", type=float, default=600, help="seconds after which a tool is ended")
    options.add_argument("--folder", type=Path, help="for the site and the stores; a temporary one otherwise")
    options.add_argument(
        "--write",
        type=Path,
        help="a document whose table is replaced, for example docs/engineering/performance.md",
    )
    args = options.parse_args()
    if absent := missing():
        print(f"bench-fetch needs {absent}; skipped.")
        return 0
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    folder = args.folder or Path(tempfile.mkdtemp(prefix="bench-fetch-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found, expected = run(args, folder)
    finally:
        if args.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    text = table(found)
    print(f"\n{args.feeds} feeds, {expected} entries, latency {args.latency or 0} ms\n\n{text}")
    if args.write:
        write(
            args.write, f"{args.feeds} feeds, {expected} entries, latency {args.latency or 0} ms.\n\n{text}"
        )
    return 0


def write(path: Path, text: str) -> None:
    """Replace what stands between the marks of this number of feeds and latency, or of the document."""
    begin, end = "<!-- bench-fetch -->", "<!-- /bench-fetch -->"
    old = path.read_text("utf-8") if path.exists() else f"# Performance\n\n{begin}\n{end}\n"
    before, _, rest = old.partition(begin)
    path.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
