"""The desk as a process of its own that can be killed, and a client that asks it over a socket as a browser does."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import uvicorn

from curate.app.account import OpenAccount, load_config, open_archive
from curate.cli.terminal.console import Console
from curate.desk_server.guard import Door
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.listen import bind, serve
from curate.desk_server.routes import desk_app
from curate.render import render
from curate.storage.account import templates
from curate.storage.output import Output
from tests.desk_client import DeskClient
from tests.desk_samples import machine

ITEM = re.compile(r'class="card[^"]*" id="[^"]*" tabindex="0" data-source="([^"]*)" data-entry="([^"]*)"')
CHANNELS = ("wechat", "markdown", "text", "email", "feed", "poster")
REVISION = re.compile(r'data-revision="(\d+)"')
VERBS = (
    "drop",
    "park",
    "lead",
    "up",
    "down",
    "move",
    "edit",
    "words",
    "undo",
    "redo",
    "restore",
    "take",
    "image",
    "block",
)


def start_desk(home: Path) -> tuple[int, str]:
    """Fork a desk of issue 7; its process and its address."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _serve_desk(home, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        return pid, told.readline().strip()


class DeskStarter:
    """A process without threads that forks desks, for tests that have some: a browser, for one. Use as a context manager."""

    def __enter__(self) -> DeskStarter:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.desk_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.communicate(timeout=20)

    def start(self, home: Path) -> tuple[int, str]:
        """As `start_desk`."""
        pid, address = self._ask(str(home)).split()
        return int(pid), address

    def wait(self) -> None:
        """Wait until the desk that was started last has ended."""
        self._ask("")

    def _ask(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def _start_desks() -> None:
    """A desk for each line that names a home; an empty one waits for the end of the last."""
    render(machine(), CHANNELS, templates())  # what rendering loads is loaded once, before anything is forked
    pid = 0
    for line in sys.stdin:
        if line.strip():
            pid, address = start_desk(Path(line.strip()))
            print(pid, address, flush=True)
        else:
            os.waitpid(pid, 0)
            print(flush=True)


def _serve_desk(home: Path, told: int) -> None:
    try:
        config = load_config(home, os.environ)
        with open_archive(config, home) as archive, bind(0) as listening:
            account = OpenAccount(config, home, Output(home / "output"), archive)
            with IssueDesk(account, 7, lambda: datetime.now(UTC), Console(quiet=True), rest=0.02) as desk:
                door = Door(listening.getsockname()[1])
                serve(desk_app(desk, door), listening, lambda: _tell(told, door.address))
    finally:
        os._exit(0)


def _tell(told: int, address: str) -> None:
    os.write(told, f"{address}\n".encode())
    os.close(told)


class Editor:
    """Somebody who does this and that, and knows what was acknowledged."""

    def __init__(self, address: str, dice: random.Random) -> None:
        origin = address.partition("/?")[0]
        self.dice = dice
        self.client = httpx.Client(base_url=origin, headers={"Origin": origin}, timeout=20)
        answer = self.client.get(address.removeprefix(origin), follow_redirects=True)
        self.items: Sequence[tuple[str, str]] = ITEM.findall(answer.text)
        self.revision = int(REVISION.findall(answer.text)[0])

    def work(self) -> int:
        """Act until nobody answers any more; the last revision that was acknowledged."""
        acknowledged = self.revision
        with suppress(httpx.TransportError):
            while True:
                acknowledged = max(acknowledged, self.act())
        return acknowledged

    def act(self) -> int:
        """One action; the revision that is there then. Raises what httpx does where nobody answers any more."""
        verb = self.dice.choice(VERBS)
        source, entry = ("s11", "e11") if verb == "take" else self.dice.choice(self.items)
        form = {"revision": str(self.revision), "source": source, "entry": entry}
        form |= {"topic": self.dice.choice(("ai", "money", "city"))} if verb in ("move", "take") else {}
        form |= {"title": f"改 {self.dice.random():.6f}"} if verb == "edit" else {}
        form |= {"opening": f"早安 {self.dice.random():.6f}"} if verb == "words" else {}
        form |= {"version": str(self.dice.randrange(self.revision + 1))} if verb == "restore" else {}
        form |= {"choice": self.dice.choice(("none", "machine"))} if verb == "image" else {}
        form |= {"kind": "word", "value": f"词{self.dice.randrange(9)}"} if verb == "block" else {}
        answer = self.client.post(f"/do/{verb}", data=form)
        assert answer.status_code in (200, 409, 422, 503), (verb, answer.text[:200])
        self.revision = int(REVISION.findall(answer.text)[0])
        self.items = ITEM.findall(answer.text.partition('id="candidates-pane"')[0]) or self.items
        return self.revision


@contextmanager
def listening(client: DeskClient) -> Iterator[str]:
    """A server of this desk in a thread; the address with its token."""
    with bind(0) as taken:
        door = Door(taken.getsockname()[1])
        config = uvicorn.Config(desk_app(client.desk, door), log_level="critical", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield door.address
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)


def ask_raw(port: int, request: bytes) -> bytes:
    """What is answered to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


if __name__ == "__main__":
    _start_desks()
