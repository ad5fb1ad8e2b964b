"""Engines over executors (`concurrent.futures`): processes of this machine, or a Dask cluster.

Items are handed out a few at a time, so that memory is bounded. What a worker had that died is handed out again; what
failed so too often, and all of it where the executor itself is gone, is done here: nothing is lost.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")

TRIES = 3  # times that an item is handed out
PATIENCE = 10.0  # seconds without an answer after which it is asked whether anybody is there
SURPLUS = 2  # items that are handed out for each worker: one is worked on, one waits

_GARBAGE = (500_000, 10, 10)  # new objects after which cycles are looked for, as in the program's own process
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Started:
    """An executor that runs."""

    executor: Executor
    workers: int
    end: Callable[[], None]
    is_manned: Callable[[], bool] = lambda: True  # somebody is there who works


class ExecutorEngine:
    """An engine over an executor that `start` gives, at the first item and again after it broke.

    `start` raises OSError where there is none; `lost` are the exceptions of a worker or an executor that ended;
    `tell_gone` is called once where there is none any more, and all goes on here.
    """

    def __init__(
        self,
        start: Callable[[], Started],
        lost: tuple[type[BaseException], ...],
        tell_gone: Callable[[], None] = lambda: None,
    ) -> None:
        self._start, self._lost, self._tell_gone = start, lost, tell_gone
        self.running: Started | None = None
        self._gone = False

    @property
    def workers(self) -> int:
        started = self._ensure_running()
        return started.workers if started else 1

    def map(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        early: dict[int, B] = {}
        due = 0
        for number, result in _Call(self, function, items).run():
            early[number] = result
            while due in early:
                yield early.pop(due)
                due += 1

    def as_completed(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        return (result for _, result in _Call(self, function, items).run())

    def close(self) -> None:
        started, self.running = self.running, None
        if started is not None:
            started.end()

    def submit(self, function: Callable[[A], B], item: A) -> Future[B]:
        """Hand out an item; where nobody takes it, it is done here."""
        started = self._ensure_running()
        try:
            if started is not None:
                return started.executor.submit(function, item)
        except self._lost:
            self.drop(started)
        return _do_here(function, item)

    def result_of(self, future: Future[B]) -> tuple[B] | None:
        """Its result; None where it was lost. Raises what the function raised."""
        try:
            error = future.exception(timeout=0)
        except (CancelledError, TimeoutError):
            return None
        return None if isinstance(error, self._lost) else (future.result(),)

    def give_up_if_unmanned(self) -> bool:
        """Whether nobody is there who works: then all goes on here."""
        started = self.running
        if started is None or started.is_manned():
            return False
        self.close()
        self._give_up()
        return True

    def drop(self, broken: Started | None) -> None:
        """The next item starts an executor anew, unless that was done already."""
        if broken is not None and broken is self.running:
            self.close()

    def _ensure_running(self) -> Started | None:
        if self.running is None and not self._gone:
            try:
                self.running = self._start()
            except OSError:
                self._give_up()
        return self.running

    def _give_up(self) -> None:
        self._gone = True
        self._tell_gone()


@dataclass(slots=True)
class _Item(Generic[A]):
    number: int
    value: A
    by: Started | None
    tries: int = 1


class _Call(Generic[A, B]):
    """One call's items."""

    def __init__(self, engine: ExecutorEngine, function: Callable[[A], B], items: Iterable[A]) -> None:
        self._engine, self._function = engine, function
        self._waiting = enumerate(items)
        self._out: dict[Future[B], _Item[A]] = {}

    def run(self) -> Iterator[tuple[int, B]]:
        """Number and result of each item as they come."""
        try:
            self._fill()
            while self._out:
                done, rest = wait(self._out, PATIENCE, FIRST_COMPLETED)
                if not done and self._engine.give_up_if_unmanned():
                    done = rest
                for future in done:
                    item = self._out.pop(future)
                    if (result := self._engine.result_of(future)) is None:
                        self._again(item)
                    else:
                        yield item.number, result[0]
                self._fill()
        finally:  # whoever ends early wants nothing more
            for future in self._out:
                future.cancel()

    def _fill(self) -> None:
        most = SURPLUS * self._engine.workers
        while len(self._out) < most and (following := next(self._waiting, None)) is not None:
            self._hand_out(_Item(*following, by=None))

    def _again(self, item: _Item[A]) -> None:
        self._engine.drop(item.by)
        if item.tries < TRIES:
            item.tries += 1
            self._hand_out(item)
        else:
            self._out[_do_here(self._function, item.value)] = item

    def _hand_out(self, item: _Item[A]) -> None:
        future = self._engine.submit(self._function, item.value)
        item.by = self._engine.running
        self._out[future] = item


def _do_here(function: Callable[[A], B], item: A) -> Future[B]:
    future: Future[B] = Future()
    future.set_result(function(item))
    return future


def processes(count: int) -> ExecutorEngine:
    """So many processes of this machine."""

    def start() -> Started:
        # Not by fork: the client's event loop and the archive have threads.
        executor = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin_worker)
        return Started(executor, count, lambda: executor.shutdown(cancel_futures=True))

    return ExecutorEngine(start, (BrokenProcessPool,))


def _begin_worker() -> None:
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    gc.set_threshold(*_GARBAGE)
