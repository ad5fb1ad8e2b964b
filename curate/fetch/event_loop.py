"""From the caller's thread to the event loop's and back.

caller: requests -> a window of them -> loop: one task each -> queue -> caller: answers

The caller hands over at most a window of requests and takes their answers, so the queue can never hold more;
and while it has much unread the loop starts nothing new. That bounds memory whatever there is to fetch.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Container, Generator, Iterable, MutableMapping
from datetime import datetime
from functools import partial
from itertools import islice
from math import inf
from time import monotonic
from typing import TypeAlias

from curate.config.schema import Network
from curate.domain.model import Page, Rules
from curate.fetch.client import Client
from curate.fetch.limits import UNREAD_LIMIT
from curate.fetch.rate_limit import Pace
from curate.fetch.types import Answer, Request, Resolver

WINDOW = 1024  # requests handed over and not answered; many, so that one slow host does not hold up others
BATCH = 64  # requests handed over at a time, but for the last
TOLD_AFTER = UNREAD_LIMIT // 8  # bytes taken before the loop is told; far less than it waits for
POLL = 0.5  # seconds; where a lock cannot be interrupted (Windows), Ctrl-C is seen this often

_Outcome: TypeAlias = Answer | BaseException


def answers(
    requests: Iterable[Request],
    network: Network,
    now: datetime,
    user_agent: str,
    resolve: Resolver | None = None,
    deadline: float | None = None,
    robots: MutableMapping[str, Rules] | None = None,
    usable: float | None = None,
    paces: MutableMapping[str, Pace] | None = None,
    domains: Container[str] | None = None,
) -> Generator[Answer, None, None]:
    """See curate.fetch.fetch."""
    end = inf if usable is None else monotonic() + usable
    known, kept = robots if robots is not None else {}, paces if paces is not None else {}
    client = partial(Client, network, now, user_agent, resolve, robots=known, paces=kept, domains=domains)
    crew = _Crew(client, network.deadline if deadline is None else deadline)
    waiting = iter(requests)
    under_way = taken = 0
    more = True
    try:
        while True:
            # By the batch, since each message wakes the loop by a system call.
            if (more and under_way <= WINDOW - BATCH) or taken > TOLD_AFTER:
                batch = list(islice(waiting, WINDOW - under_way))
                more = bool(batch)
                under_way += len(batch)
                crew.hand_over(batch, taken)
                taken = 0
            if not under_way:
                return
            outcome = crew.take()
            if not isinstance(outcome, Answer):
                raise outcome
            under_way -= 1
            taken += _size(outcome)
            yield outcome if monotonic() < end else crew.unusable(outcome)
    finally:
        crew.dismiss()


def _size(answer: Answer) -> int:
    return len(answer.result.body) if isinstance(answer.result, Page) else 0


class _Crew:
    """The thread with the event loop in it. Methods without underscore are called by the caller's thread."""

    def __init__(self, client: Callable[[], Client], deadline: float) -> None:
        self._client = client()
        self._deadline = deadline
        self._out: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._unread = 0
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
        self._thread.start()
        self._ready.wait()

    def hand_over(self, batch: list[Request], taken: int) -> None:
        """Give `batch` to the loop, and tell it that `taken` bytes of answers were read."""
        self._loop.call_soon_threadsafe(self._accept, batch, taken)

    def take(self) -> _Outcome:
        while True:
            try:
                return self._out.get(timeout=POLL)
            except queue.Empty:
                if not self._thread.is_alive():
                    raise RuntimeError("the fetching thread has ended") from None

    def unusable(self, answer: Answer) -> Answer:
        """The answer for a caller who has no time left to read what came."""
        return self._client.too_late(answer.request) if isinstance(answer.result, Page) else answer

    def dismiss(self) -> None:
        """End everything that is under way, and wait for it."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                runner.run(self._work())
        finally:
            self._ready.set()  # or a bug at the start would leave the caller waiting

    async def _work(self) -> None:
        self._over = asyncio.Event()
        self._ready.set()
        timer = self._loop.call_later(self._deadline, self._give_up)
        try:
            await self._over.wait()
        finally:
            timer.cancel()
            self._client.late = False  # from here on a cancelled task just ends
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._client.close()

    def _accept(self, batch: list[Request], taken: int) -> None:
        self._count(-taken)
        for request in batch:
            if self._client.late:
                self._out.put(self._client.too_late(request))
                continue
            task = self._loop.create_task(self._serve(request))
            self._tasks.add(task)
            task.add_done_callback(self._finish_task)

    async def _serve(self, request: Request) -> None:
        answer = await self._client.answer(request)
        self._count(_size(answer))
        self._out.put(answer)

    def _finish_task(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()) is not None:
            self._out.put(bug)

    def _count(self, size: int) -> None:
        self._unread += size
        room = self._client.turns.room
        if self._unread > UNREAD_LIMIT:
            room.clear()
        else:
            room.set()

    def _give_up(self) -> None:
        self._client.late = True
        for task in self._tasks:
            task.cancel()
