"""The engine that the settings ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from curate.app.doors import Fetcher
from curate.app.engine.base import IN_PROCESS, Engine, InProcess
from curate.app.engine.executors import processes
from curate.app.engine.read_shards import ShardReader
from curate.app.engine.share_answers import share_answers
from curate.app.upkeep.notices import notice
from curate.config.network_schema import EngineSettings
from curate.config.schema import Config
from curate.domain.errors import ConfigError
from curate.domain.message import message
from curate.i18n.catalogue import SayMessage
from curate.pipeline.ports import Doors, ReadDocuments
from curate.pipeline.reading.read_answer import read_answers
from curate.storage import Archive


def document_reader(engine: Engine, config: Config, now: datetime, archive: Archive) -> ReadDocuments:
    """What reads sources' documents; the same document is asked once, however many sources have it."""
    if isinstance(engine, InProcess):
        return partial(read_answers, share_answers(Fetcher(config, now, archive)))
    return ShardReader(engine, config, now, archive)


def with_engine(doors: Doors, engine: Engine, config: Config, now: datetime) -> Doors:
    """The doors of an account's night whose heavy work the engine does."""
    if isinstance(engine, InProcess):
        return doors
    return replace(doors, map=engine.map, read=document_reader(engine, config, now, doors.archive))


@contextmanager
def open_engine(settings: EngineSettings, say: SayMessage) -> Iterator[Engine]:
    """The engine until the end. Where a cluster cannot be reached, or goes, that is told, and the work is done here.

    ConfigError where a cluster is asked for and Dask is not installed.
    """
    engine = _start(settings, say)
    try:
        yield engine
    finally:
        engine.close()


def _start(settings: EngineSettings, say: SayMessage) -> Engine:
    if not settings.dask and settings.processes == 1:
        return IN_PROCESS
    if not settings.dask:
        return processes(settings.processes)
    try:
        from curate.app.engine.dask_cluster import connect_cluster  # half a second, for those who have one
    except ImportError as e:
        raise ConfigError(message=message("engine.no dask"), advice=message("engine.no dask.hint")) from e
    return connect_cluster(settings.dask, lambda: notice(say(message("engine.gone", address=settings.dask))))
