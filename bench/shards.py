"""What an engine costs: `curate fetch` of many small feeds in one process, in several, and on a Dask cluster.

    python bench/shards.py [--feeds 20000] [--rounds 1] [--site FOLDER]

The web is that of ../shared/origin, two feeds a host, one request at a time to a host. CPU is that of all processes
that took part: the command, its workers, the cluster's scheduler and workers from the first request to the last, with
what they import. "one host" is the most requests to one host that the origin saw at once: more than one would mean that
two workers had asked it. "entries" is a digest of all that the archive has then: it has to be the same everywhere.
"""

from __future__ import annotations

import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import yaml
from harness import ROOT, Clock, parser, require

from tests.made_up_web import ORIGIN, build, free_port, served

SITE = (
    "--seed 5 --entries 2-3 --body 300-600 --errors 0 --novalid 0 --summary 0 --pages none --per-host 2"
    " --nights 1 --dups 0 --real 0 --gbk 0"
)
NOW = "2026-11-01T22:00Z"


class Cost(NamedTuple):
    cpu: float
    wall: float
    worker: float  # MB, of the largest worker
    client: float  # MB


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--feeds", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--site", type=Path, help="where the web was built before, or is to be kept")
    asked = options.parse_args()
    require(ORIGIN)
    with tempfile.TemporaryDirectory() as temporary:
        site = asked.site or Path(temporary, "site")
        build(site, f"{SITE} --feeds {asked.feeds} --port {free_port()}")
        print(f"{asked.feeds:,} sources")
        for _ in range(asked.rounds):
            measure_all(site, Path(temporary))


def measure_all(site: Path, temporary: Path) -> None:
    base = None
    for name in ("one process", "2 processes", "Dask, 2 workers"):
        with tempfile.TemporaryDirectory(dir=temporary) as folder, served(site) as server:
            if name.startswith("Dask"):
                with cluster(Path(folder)) as (address, pids):
                    cost = fetch(site, Path(folder), {"dask": address}, pids)
            else:
                cost = fetch(site, Path(folder), {"processes": 1 if name == "one process" else 2}, [])
            seen = server.stats()
            base = base or cost.cpu
            print(
                f"{name:16} {cost.cpu:7.1f} s CPU ({cost.cpu / base:.2f})  {cost.wall:6.1f} s wall"
                f"  client {cost.client:4.0f} MB  worker {cost.worker:4.0f} MB"
                f"  one host {seen['max_concurrent_one_host']}  requests {seen['requests']:,}"
                f"  entries {digest_entries(Path(folder))}",
                flush=True,
            )


def fetch(site: Path, folder: Path, engine: dict[str, object], pids: list[int]) -> Cost:
    """Run the command in a fresh account."""
    urls = (site / "urls.txt").read_text("utf-8").split()
    account = {
        "account": {"name": "shards"},
        "topics": [{"id": "a", "name": "all", "keywords": ["x"]}],
        "sources": [{"name": url, "url": url} for url in urls],
        "network": {"allow_private": ["127.0.0.0/8"], "deadline": 3600, "per_host": 1, "concurrency": 64},
        "engine": engine,
    }
    dump = yaml.CSafeDumper if hasattr(yaml, "CSafeDumper") else yaml.SafeDumper
    (folder / "feeds.yaml").write_text(yaml.dump(account, Dumper=dump), encoding="utf-8")
    clock, before = Clock(), sum(map(cpu_of, pids))
    command = [sys.executable, "-m", "curate", "fetch", "-C", str(folder), "--now", NOW, "--json"]
    with (folder / "out.json").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=out)
        peaks: dict[int, float] = {}
        while process.poll() is None:
            for pid in (*children_of(process.pid), *pids, process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), peak_of(pid))
            time.sleep(0.2)
    assert process.returncode == 0, process.returncode
    cpu, wall = clock.cpu + sum(map(cpu_of, pids)) - before, clock.wall
    client = peaks.pop(process.pid)
    return Cost(cpu, wall, max(peaks.values(), default=0.0), client)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers of one thread, each a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    common = ["--no-dashboard"]
    commands = [["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), *common]]
    worker = ["--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--local-directory", str(folder)]
    commands += [["dask_worker", address, *worker, *common]] * 2
    running = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *rest], env=environ, stderr=subprocess.DEVNULL
        )
        for name, *rest in commands
    ]
    try:
        wait_for_workers(address, 2)
        yield address, [process.pid for process in running]
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait()


def wait_for_workers(address: str, count: int) -> None:
    from typing import Any

    import distributed

    connect: Any = distributed.Client
    with connect(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(pid: int) -> float:
    """The most resident memory of a process so far, in MB; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0
    )


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def digest_entries(folder: Path) -> str:
    """How many entries the archive has, and the beginning of a hash of them all."""
    with sqlite3.connect(folder / "output/archive.db") as archive:
        rows = archive.execute("SELECT source, id, url, title, published, body FROM entries ORDER BY key")
        digest, count = hashlib.sha256(), 0
        for row in rows:
            digest.update(repr(row).encode())
            count += 1
    return f"{count:,} {digest.hexdigest()[:12]}"


if __name__ == "__main__":
    main()
