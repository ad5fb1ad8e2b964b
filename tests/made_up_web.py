"""The made-up web of ../shared/origin, for tests and benchmarks: a site in a folder, and its server on loopback."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ORIGIN = Path(__file__).parents[2] / "shared" / "origin"


def missing() -> str:
    """What the made-up web needs and is not there; "" where all is."""
    needed = (("../shared/origin beside the checkout", ORIGIN.is_dir()), ("gcc", bool(shutil.which("gcc"))))
    return " and ".join(name for name, is_there in needed if not is_there)


def build(site: Path, options: str) -> None:
    """Generate a site with the generator's options, but for a site that was built in the folder before."""
    if not (site / "meta.json").exists():
        command = [sys.executable, str(ORIGIN / "gen_site.py"), "--out", str(site), *options.split()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port of loopback that nobody has now. A site's addresses name it, so it is chosen before the site is built."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """The server, by what it can be asked."""

    port: int

    def night(self, number: int) -> None:
        """From here on it is that night: a quarter of the feeds changes from one to the next."""
        self._ask(f"/__night?{number}")

    def reset(self) -> None:
        """Set the counters to nothing."""
        self._ask("/__reset")

    def stats(self) -> dict[str, Any]:
        """The counters: requests, s200, s304, redirects, max_concurrent_one_host …"""
        found: dict[str, Any] = json.loads(self._ask("/__stats"))
        return found

    def _ask(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())


@contextmanager
def served(site: Path, options: str = "") -> Iterator[Server]:
    """Serve a built site, under the port that its addresses name, until the end."""
    port = int(json.loads((site / "meta.json").read_text("utf-8"))["params"]["port"])
    binary = site.parent / "origin"
    subprocess.run(["gcc", "-O2", "-o", binary, ORIGIN / "origin.c", "-lz", "-lm"], check=True)
    command = [str(binary), "--site", str(site), "--port", str(port), *options.split()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(port)
    try:
        for _ in range(100):
            with suppress(OSError):
                server.stats()
                break
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait()
