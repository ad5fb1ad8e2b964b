"""What the editor is told of a source: every document of it that could not be read, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from curate.config.schema import Config
from curate.domain.model import Failure, Outcome, Page
from curate.fetch import Answer, Request
from curate.pipeline.ports import Counter, Doors
from curate.pipeline.reading.ingest import BATCH_DOCUMENTS, documents_door, ingest
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.nouns import NOW

CONFIG = Config.model_validate(
    {
        "account": {"name": "早读"},
        "topics": [{"id": "ai", "name": "人工智能", "keywords": ["大模型"]}],
        "sources": [{"name": "自家", "id": "own", "reader": "originals", "folder": "originals"}],
    }
)
BROKEN = "---\nsummary: a: b\n---\n正文"


class Silent:
    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Counter]:
        class Count:
            def advance(self, count: int = 1) -> None:
                """Nobody looks."""

        yield Count()


def gathered(files: Mapping[str, str], folder: Path) -> Outcome:
    pages = [Page(f"file:///own/{name}", text.encode(), NOW) for name, text in files.items()]
    with Archive("sqlite:///a.db", folder, fingerprint) as archive:
        (outcome,) = ingest(CONFIG, lambda *_: iter(()), lambda _: pages, archive, Silent(), NOW)
    return outcome


def test_the_files_that_fail_are_all_named_beside_those_that_are_read(tmp_path: Path) -> None:
    outcome = gathered({"a.md": "正文", "b.md": BROKEN, "c.md": "---\ntitle: 未完"}, tmp_path)
    assert (outcome.status, outcome.new) == ("new", 1)
    b, c = outcome.reason.split("；")
    assert b.startswith("b.md 第 2 行")
    assert c.startswith("c.md 第 1 行")
    assert "全角冒号" in outcome.hint
    assert "---" in outcome.hint


def test_of_many_failures_three_are_named_and_all_counted(tmp_path: Path) -> None:
    outcome = gathered({f"{n}.md": BROKEN for n in range(5)}, tmp_path)
    assert outcome.status == "failed"
    assert outcome.reason.count(".md") == 3
    assert outcome.reason.endswith(" 等 5 处")
    assert outcome.hint.count("全角冒号") == 1


def test_an_original_that_asks_for_an_unknown_topic_is_told_of(tmp_path: Path) -> None:
    piece = "---\ntitle: 题\ntopic: {}\n---\n正文"
    outcome = gathered({"我.md": piece.format("nosuch"), "b.md": piece.format("人工智能")}, tmp_path)
    assert outcome.new == 1
    assert outcome.reason == "我.md 第 3 行：没有叫 nosuch 的栏目"
    assert outcome.hint == "feeds.yaml 里的栏目有：ai"


def test_how_documents_are_doing_is_kept_with_each_batch(tmp_path: Path) -> None:
    rows = [{"name": f"s{n}", "url": f"https://a.example/{n}"} for n in range(2 * BATCH_DOCUMENTS)]
    config = Config.model_validate(
        {"account": {"name": "早读"}, "topics": [{"id": "ai", "name": "人工智能"}], "sources": rows}
    )

    def fetch(requests: Iterable[Request]) -> Iterator[Answer]:
        for n, request in enumerate(requests):
            if n > BATCH_DOCUMENTS:
                raise KeyboardInterrupt
            yield Answer(request, Failure(request.subject, "网站自己出错了（500）"), 0.1, status=500)

    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        doors = Doors(fetch, lambda _: [], archive, {}, lambda _: 1, map)
        with pytest.raises(KeyboardInterrupt):
            ingest(config, documents_door(doors), doors.folder, archive, Silent(), NOW)
        states = archive.health()
    assert len(states) == BATCH_DOCUMENTS
    assert all(state.failures == 1 for state in states.values())
