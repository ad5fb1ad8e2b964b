"""Whose turn it is: so many at once in all, so many to a host, and a breath between starts to one host."""

from __future__ import annotations

import asyncio
import math
from collections.abc import MutableMapping
from dataclasses import dataclass
from types import TracebackType

from curate.config.schema import Network

SPACING = 0.1  # seconds between starts to one host
FREE_STARTS = 2  # so many to a host start at once: robots.txt apart, a feed and its redirect
CRAWL_DELAY_CAP = 5.0  # seconds; a robots.txt may ask for more, but the night is short


@dataclass(slots=True)
class Pace:
    """How often one host is asked; kept from one call to the next of a night. Times are those of a loop, in seconds."""

    delay: float = SPACING
    free: int = FREE_STARTS
    started: int = 0
    last: float = -math.inf  # when the last began
    resume: float = -math.inf  # nothing starts before

    def slow_down(self, crawl_delay: float) -> None:
        """What robots.txt asks for."""
        self.delay = max(self.delay, min(crawl_delay, CRAWL_DELAY_CAP))
        self.free = 1

    def pause(self, until: float) -> None:
        """Nothing starts before `until`: the host said that it is asked too often."""
        self.resume = max(self.resume, until)

    async def breathe(self, counts: bool) -> None:
        """Wait until the host may be asked again."""
        loop = asyncio.get_running_loop()
        now = start = loop.time()
        if counts:
            if self.started >= self.free:
                start = max(start, self.last + self.delay)
            self.started += 1
            self.last = start
        while (start := max(start, self.resume)) > now:
            await asyncio.sleep(start - now)
            now = loop.time()


class Host:
    """One host in this call."""

    __slots__ = ("jobs", "pace", "slots")

    def __init__(self, at_once: int, pace: Pace) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.jobs = 0  # requests under way or waiting; with none left the connection need not be kept
        self.pace = pace


class Turns:
    """Hands out turns. `room` is closed while the caller has much unread, so that memory stays bounded."""

    def __init__(self, network: Network, paces: MutableMapping[str, Pace]) -> None:
        self._paces = paces
        self._total = asyncio.Semaphore(network.concurrency)
        self._per_host = network.per_host
        self._hosts: dict[str, Host] = {}
        self.room = asyncio.Event()
        self.room.set()

    def host(self, name: str) -> Host:
        host = self._hosts.get(name)
        if host is None:
            pace = self._paces.setdefault(name, Pace())
            host = self._hosts[name] = Host(self._per_host, pace)
        return host

    async def begin(self, host: Host, counts: bool) -> None:
        await host.slots.acquire()
        try:
            await host.pace.breathe(counts)
            await self._total.acquire()
            await self._wait_for_room()
        except BaseException:
            host.slots.release()
            raise

    async def _wait_for_room(self) -> None:
        # Last of all: whoever queues behind this must meet a closed door, not have passed it long ago.
        try:
            await self.room.wait()
        except BaseException:
            self._total.release()
            raise

    def end(self, host: Host) -> None:
        self._total.release()
        host.slots.release()


class Turn:
    """`async with Turn(turns, host):` holds one place in all and one at the host."""

    __slots__ = ("_counts", "_host", "_turns")

    def __init__(self, turns: Turns, host: Host, counts: bool = True) -> None:
        self._turns, self._host, self._counts = turns, host, counts

    async def __aenter__(self) -> None:
        await self._turns.begin(self._host, self._counts)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turns.end(self._host)
