"""A Dask cluster, of which its scheduler's address is all that has to be known (extra `curate[dask]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from distributed import Client, KilledWorker
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError

from curate.app.engine.executors import ExecutorEngine, Started

PATIENCE = 10  # seconds in which a scheduler has to answer
_LOST = (KilledWorker, FutureCancelledError, CommClosedError, OSError)


def connect_cluster(address: str, tell_gone: Callable[[], None]) -> ExecutorEngine:
    """An engine on the cluster; `tell_gone` is called where it cannot be reached, or has nobody who works."""

    def start() -> Started:
        connect: Any = Client
        client = connect(address, timeout=PATIENCE, set_as_default=False, name="curate")
        executor = client.get_executor(pure=False)

        def is_manned() -> bool:
            try:
                return bool(client.nthreads())
            except (OSError, RuntimeError, ValueError):  # by what stands between us and the scheduler
                return False

        workers = max(1, sum(client.nthreads().values()))
        return Started(executor, workers, lambda: client.close(timeout=2), is_manned)

    return ExecutorEngine(start, _LOST, tell_gone)
