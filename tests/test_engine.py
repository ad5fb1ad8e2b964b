"""Work that is done elsewhere: nothing is lost with who did it, and what comes back is what one process makes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from curate.app.engine.base import IN_PROCESS, Engine
from curate.app.engine.executors import TRIES, ExecutorEngine, Started, processes
from curate.app.engine.open_engine import open_engine
from curate.app.engine.read_shards import ShardReader, share_out
from curate.config.network_schema import EngineSettings
from curate.config.schema import Config
from curate.domain.message import Message
from curate.domain.model import Page
from curate.pipeline.reading.documents import DocumentAnswer, DocumentRequest
from curate.sources.identity import fingerprint
from curate.sources.requests import document_request
from curate.storage import Archive
from tests.origin import Origin, moved, page

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
FEED = b'<rss version="2.0"><channel><title>t</title><item><title>%s</title><link>http://x.cn/1</link></item></channel></rss>'

A = TypeVar("A")
B = TypeVar("B")


def square(number: int) -> int:
    return number * number


def die_once(item: tuple[int, str]) -> int:
    """End the process that works, the first time that it is asked for three."""
    number, marker = item
    if number == 3 and not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return number


def refuse(number: int) -> int:
    raise LookupError(number)


def threads(count: int) -> ExecutorEngine:
    """An engine that starts at once, for what holds of all."""

    def start() -> Started:
        executor = ThreadPoolExecutor(count)
        return Started(executor, count, executor.shutdown)

    return ExecutorEngine(start, (ConnectionError,))


@pytest.fixture(scope="module", params=[threads, pytest.param(processes, marks=pytest.mark.slow)])
def two_workers(request: pytest.FixtureRequest) -> Iterator[ExecutorEngine]:
    engine = request.param(2)
    yield engine
    engine.close()


def test_results_keep_the_order_of_the_items_though_items_are_a_generator(
    two_workers: ExecutorEngine,
) -> None:
    assert list(two_workers.map(square, (n for n in range(40)))) == [n * n for n in range(40)]
    assert sorted(two_workers.as_completed(square, iter(range(40)))) == [n * n for n in range(40)]


@pytest.mark.slow
def test_what_a_process_had_that_died_is_done_again(tmp_path: Path) -> None:
    engine = processes(2)
    items = [(n, str(tmp_path / "died")) for n in range(12)]
    assert list(engine.map(die_once, items)) == list(range(12))
    assert (tmp_path / "died").exists()
    engine.close()


def test_what_was_lost_again_and_again_is_done_here_in_the_end() -> None:
    calls = []

    def lose(number: int) -> int:
        calls.append(number)
        if len(calls) <= TRIES:
            raise ConnectionError
        return number

    assert list(threads(1).map(lose, [7])) == [7]
    assert calls == [7] * (TRIES + 1)


def test_an_error_of_the_work_itself_is_raised(two_workers: ExecutorEngine) -> None:
    with pytest.raises(LookupError):
        list(two_workers.map(refuse, [1]))


def test_items_are_taken_only_as_they_are_needed(two_workers: ExecutorEngine) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = two_workers.map(square, items())
    assert next(results) == 0
    assert len(taken) < 20
    results.close()  # type: ignore[attr-defined]


def test_where_nobody_can_be_reached_the_work_is_done_here_and_that_is_told_once() -> None:
    told = []

    def start() -> Started:
        raise OSError("no scheduler")

    engine = ExecutorEngine(start, (), lambda: told.append("gone"))
    assert list(engine.map(square, range(5))) == [0, 1, 4, 9, 16]
    assert told == ["gone"]


def test_one_process_is_no_engine() -> None:
    with open_engine(EngineSettings(), lambda said: str(said)) as engine:
        assert engine is IN_PROCESS


class Shards:
    """An engine that works here and tells which domains were in one piece of work."""

    workers = 2

    def __init__(self) -> None:
        self.domains: list[frozenset[str]] = []

    def map(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        for item in items:
            self.domains.append(item.domains)  # type: ignore[attr-defined]
            yield function(item)

    def as_completed(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        return self.map(function, items)

    def close(self) -> None:
        """Nothing to end."""


def read_by(
    engine: Engine, origin: Origin, folder: Path, *urls: str, robots: bool = True
) -> list[DocumentAnswer]:
    config = Config.model_validate(
        {
            "account": {"name": "测试"},
            "topics": [{"id": "a", "name": "栏目", "keywords": ["词"]}],
            "sources": [{"name": url, "url": url} for url in urls],
            "network": {"proxy": origin.url().rstrip("/"), "allow_private": ["127.0.0.1"], "timeout": 3},
        }
    )
    asked = [
        DocumentRequest(document_request(source, url, config.network), source, url)
        for source, url in zip(config.sources, urls, strict=True)
    ]
    with Archive("sqlite:///a.db", folder, fingerprint) as archive:
        found = list(ShardReader(engine, config, NOW, archive)(asked, config.topics))
    return sorted(found, key=lambda read: urls.index(read.asked.url))


def titles(reads: Sequence[DocumentAnswer]) -> list[list[str]]:
    return [[entry.title for entry in read.reading.entries] if read.reading else [] for read in reads]


def test_documents_come_back_as_entries_without_their_pages(tmp_path: Path) -> None:
    urls = "http://one.com/feed", "http://two.cn/feed"
    with Origin({url: page(FEED % f"Title {n}".encode()) for n, url in enumerate(urls)}) as origin:
        reads = read_by(Shards(), origin, tmp_path, *urls)
    assert titles(reads) == [["Title 0"], ["Title 1"]]
    assert all(isinstance(r.answer.result, Page) and r.answer.result.body == b"" for r in reads)


def test_a_redirect_to_another_domain_is_followed_in_the_shard_that_has_that_domain(tmp_path: Path) -> None:
    routes = {
        "http://a.one.com/feed": moved("http://b.two.cn/feed", "301 Moved Permanently"),
        "http://b.two.cn/feed": page(FEED % b"two"),
        "http://c.one.com/feed": moved("http://d.one.com/feed"),
        "http://d.one.com/feed": page(FEED % b"one"),
    }
    engine = Shards()
    with Origin(routes) as origin:
        reads = read_by(engine, origin, tmp_path, "http://a.one.com/feed", "http://c.one.com/feed")
    assert titles(reads) == [["two"], ["one"]]
    assert [read.answer.moved for read in reads] == ["http://b.two.cn/feed", ""]
    assert engine.domains == [frozenset({"one.com"}), frozenset({"two.cn"})]


def test_redirects_from_domain_to_domain_end(tmp_path: Path) -> None:
    routes = {f"http://{n}.com/feed": moved(f"http://{n + 1}.com/feed") for n in range(20)}
    with Origin(routes) as origin:
        (read,) = read_by(Shards(), origin, tmp_path, "http://0.com/feed")
    assert read.failure is not None
    assert isinstance(read.failure.message, Message)
    assert read.failure.message.key == "fetch.redirects"
    assert read.asked.url == "http://0.com/feed"


def test_a_domain_is_in_one_shard_whatever_its_hosts_and_shards_are_not_too_large() -> None:
    hosts = ["a.one.com", "two.co.uk", "b.one.com", "127.0.0.1", "x.two.co.uk", "three.cn"]
    config = Config.model_validate(
        {
            "account": {"name": "测试"},
            "topics": [{"id": "a", "name": "栏目", "keywords": ["词"]}],
            "sources": [{"name": host, "url": f"http://{host}/feed"} for host in hosts],
        }
    )
    asked = [
        DocumentRequest(document_request(source, str(source.url), config.network), source, str(source.url))
        for source in config.sources
    ]
    shards = [[read.source.name for read in shard] for shard in share_out(asked, 3)]
    assert shards == [["a.one.com", "b.one.com"], ["two.co.uk", "x.two.co.uk", "127.0.0.1"], ["three.cn"]]


@pytest.mark.slow
def test_a_cluster_whose_workers_and_scheduler_die_loses_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from curate.app.engine.dask_cluster import connect_cluster

    told: list[str] = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        engine = connect_cluster(cluster.scheduler_address, lambda: told.append("gone"))
        assert engine.workers == 2
        assert list(engine.map(square, (n for n in range(40)))) == [n * n for n in range(40)]
        items = [(n, str(tmp_path / "died")) for n in range(12)]
        assert list(engine.map(die_once, items)) == list(range(12))
    assert list(engine.map(square, range(10))) == [n * n for n in range(10)]
    assert told == ["gone"]
    engine.close()
