"""The archive: what is new, what was told, and what must never be lost or come twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, inspect

from curate.domain.errors import ArchiveError
from curate.domain.model import Image
from curate.sources.identity import fingerprint
from curate.storage import Archive, DocumentState
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.database.rows import body_digest
from curate.storage.database.web_tables import METADATA
from tests.nouns import NOW, digest, entry, item, page

SINCE = NOW - timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with Archive(database, tmp_path, fingerprint) as archive:
        yield archive


def add(archive: Archive, *entries: object, now: object = NOW) -> int:
    read = replace(page(), fetched=now)  # type: ignore[arg-type]
    return archive.add("a", "https://a.example/feed", read, entries, now)  # type: ignore[arg-type]


def test_an_entry_comes_back_as_it_was(archive: Archive) -> None:
    whole = entry(
        1,
        summary="摘要",
        author="作者",
        images=(Image("https://a.example/1.jpg", 3, 2, "图"),),
        categories=("科技",),
        original=True,
        dated=False,
    )
    add(archive, whole)
    assert archive.candidates(SINCE, ["a"], NOW) == [whole]


def test_a_content_keeps_its_lines_and_an_older_archive_is_still_read(tmp_path: Path) -> None:
    content = '<p>"第一行"</p>\n\n第二行\n'
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        add(archive, entry(1, content=content))
    older = {
        "summary": "摘要",
        "content": content,
        "author": "",
        "images": [],
        "categories": ["a"],
        "original": False,
    }
    with sqlite3.connect(tmp_path / "a.db") as raw:
        columns = "fingerprint, source, id, url, title, published, dated, seen"
        raw.execute(f"INSERT INTO entries SELECT 'k', {columns}, ? FROM entries", [json.dumps(older)])
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        assert [e.content for e in archive.candidates(SINCE, ["a"], NOW)] == [content, content]


def test_the_same_again_is_not_new(archive: Archive) -> None:
    assert add(archive, entry(1), entry(2)) == 2
    assert add(archive, entry(2), entry(3)) == 1
    assert len(archive.candidates(SINCE, ["a"], NOW)) == 3


def test_an_entry_under_a_new_random_guid_is_known_again(archive: Archive) -> None:
    add(archive, entry(1))
    assert add(archive, entry(1, id="random-9f2c")) == 0


def test_the_same_id_in_another_source_is_another_entry(archive: Archive) -> None:
    add(archive, entry(1))
    assert archive.add("b", "https://b.example/feed", page(), [entry(1, source="b")], NOW) == 1


def test_validators_are_kept_with_the_entries(archive: Archive) -> None:
    document = page(b"body", etag='"1"', last_modified="Sun, 22 Nov 2026 00:00:00 GMT")
    archive.add("a", "https://a.example/asked", document, [], NOW)
    known = DocumentState('"1"', "Sun, 22 Nov 2026 00:00:00 GMT", body_digest(b"body"))
    assert archive.documents(NOW) == {("a", "https://a.example/asked"): known}


def test_entries_of_unasked_sources_and_old_ones_are_no_candidates(archive: Archive) -> None:
    add(archive, entry(1), entry(2, published=SINCE - timedelta(seconds=1)))
    assert [e.id for e in archive.candidates(SINCE, ["a"], NOW)] == ["id-1"]
    assert archive.candidates(SINCE, ["b"], NOW) == []


def test_what_was_published_or_told_with_it_is_no_candidate_any_more(archive: Archive) -> None:
    add(archive, entry(1), entry(2), entry(3))
    archive.add("b", "https://b.example/feed", page(), [entry(9, source="b", id="echo-1")], NOW)
    archive.record(digest(1), "2026-11-23-1")
    assert [e.id for e in archive.candidates(SINCE, ["a", "b"], NOW)] == ["id-3"]
    assert {e.id for e in archive.list_told(SINCE)} == {"id-1", "id-2", "echo-1"}


def test_recording_an_issue_again_changes_nothing(archive: Archive) -> None:
    archive.record(digest(1), "2026-11-23-1")
    archive.record(digest(1), "2026-11-23-1")
    assert archive.next_number() == 2
    assert archive.issue(1) == (digest(1), "2026-11-23-1")
    assert archive.issue(2) is None


def test_news_is_what_was_seen_after_the_last_issue_was_made(archive: Archive) -> None:
    add(archive, entry(1), entry(3))
    assert archive.news(SINCE, ["a"], NOW + HOUR) == 2
    archive.record(digest(1), "2026-11-23-1")
    assert archive.news(SINCE, ["a"], NOW + HOUR) == 0, "id-3 missed the quota, which makes it no news"
    add(archive, entry(4), now=NOW + timedelta(minutes=1))
    assert archive.news(SINCE, ["a"], NOW + HOUR) == 1


def test_pruning_empties_bodies_but_nothing_comes_back_as_new(archive: Archive) -> None:
    add(archive, entry(1))
    assert archive.prune(NOW + timedelta(days=1)) == 1
    assert archive.candidates(SINCE, ["a"], NOW) == []
    assert add(archive, entry(1)) == 0
    assert archive.headlines(10) == [("a", "第 1 条消息")]


def test_a_title_that_was_found_later_is_kept(archive: Archive) -> None:
    add(archive, entry(1, title=""))
    archive.complete(entry(1, title="补上的标题"))
    assert [e.title for e in archive.candidates(SINCE, ["a"], NOW)] == ["补上的标题"]


def test_the_migrations_make_the_tables_that_the_code_asks_for(tmp_path: Path) -> None:
    with Archive("sqlite:///m.db", tmp_path, fingerprint):
        pass
    made = inspect(create_engine(f"sqlite:///{tmp_path / 'm.db'}"))
    for table in METADATA.sorted_tables:
        assert {c["name"] for c in made.get_columns(table.name)} == {c.name for c in table.columns}, (
            table.name
        )
        assert {i["name"] for i in made.get_indexes(table.name)} == {i.name for i in table.indexes}, (
            table.name
        )


def test_an_archive_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with Archive("sqlite:///a.db", tmp_path, fingerprint):
        pass
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("UPDATE schema_version SET version = ?", (len(MIGRATIONS) + 1,))
    with pytest.raises(ArchiveError, match="newer"):
        Archive("sqlite:///a.db", tmp_path, fingerprint)


@pytest.mark.parametrize("address", ["nonsense", "oracle9000://x/y", "sqlite:////dev/null/x.db"])
def test_a_database_that_cannot_be_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(ArchiveError):
        Archive(address, tmp_path, fingerprint)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("not a database, " * 100)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive("sqlite:///a.db", tmp_path, fingerprint)


def test_a_full_disk_is_told_and_leaves_the_archive_whole(tmp_path: Path) -> None:
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        add(archive, entry(1))
    with sqlite3.connect(tmp_path / "a.db") as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}").close()

    event.listen(Engine, "connect", limit)
    try:
        with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
            with pytest.raises(ArchiveError, match="full") as caught:
                add(archive, *(entry(n, content="长" * 4000) for n in range(2, 40)))
            assert "腾出空间" in caught.value.hint
            assert [e.id for e in archive.candidates(SINCE, ["a"], NOW)] == ["id-1"]
    finally:
        event.remove(Engine, "connect", limit)


def test_the_archive_decides_number_and_edition(archive: Archive) -> None:
    day = digest().date
    assert (archive.next_number(), archive.next_edition(day)) == (1, 1)
    archive.record(digest(1), "2026-11-23-1")
    archive.record(digest(2, edition=4), "2026-11-23-4")
    assert (archive.next_number(), archive.next_edition(day)) == (3, 5)
    assert archive.next_edition(day + timedelta(days=1)) == 1


@pytest.mark.parametrize(("number", "folder"), [(1, "2026-11-24-1"), (2, "2026-11-23-1")])
def test_a_number_or_a_folder_is_never_given_twice(archive: Archive, number: int, folder: str) -> None:
    archive.record(digest(1), "2026-11-23-1")
    with pytest.raises(ArchiveError, match="another one"):
        archive.record(digest(number, items=(item(7),)), folder)
    assert archive.folders() == {"2026-11-23-1": 1}


def test_one_command_holds_the_archive_from_whichever_folder(tmp_path: Path, database: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    if database.startswith("sqlite"):
        database = f"sqlite:///{tmp_path / 'shared.db'}"
    with Archive(database, one, fingerprint) as first, Archive(database, other, fingerprint) as second:
        with first.hold():
            add(first, entry(1))
            with pytest.raises(ArchiveError, match="another run"), second.hold():
                pass
        with second.hold():
            add(second, entry(2))


def test_what_a_clock_ahead_of_now_has_noted_is_no_past(archive: Archive) -> None:
    ahead = NOW + timedelta(days=200)
    undated = entry(3, published=ahead, dated=False)
    add(archive, entry(1), entry(2), undated, now=ahead)
    archive.record(digest(1, items=(item(1),), made=ahead), "2027-06-11-1")
    assert archive.documents(NOW) == {}, "its validators prove nothing"
    assert archive.candidates(SINCE, ["a"], NOW) == []
    assert archive.news(SINCE, ["a"], NOW) == 0
    seen = entry(3, published=NOW, dated=False)
    assert add(archive, entry(1), entry(2), seen) == 2, "kept anew, but for what is in an issue"
    assert archive.candidates(SINCE, ["a"], NOW) == [entry(2), seen]
    assert archive.news(SINCE, ["a"], NOW) == 2
    archive.record(digest(2, items=(item(2, echo_keys=()),)), "2026-11-23-1")
    assert archive.news(SINCE, ["a"], NOW + HOUR) == 0
    assert archive.news(SINCE, ["a"], ahead + HOUR) == 0


def test_an_entry_ahead_of_now_is_kept_anew_under_another_guid_too(archive: Archive) -> None:
    add(archive, entry(1), entry(2), now=NOW + timedelta(days=200))
    archive.record(digest(1, items=(item(1),)), "2026-11-23-1")
    assert add(archive, entry(1, id="random-1"), entry(2, id="random-2")) == 1
    assert [e.id for e in archive.candidates(SINCE, ["a"], NOW)] == ["random-2"]


def test_a_clock_that_is_behind_takes_nothing_away(archive: Archive) -> None:
    add(archive, entry(1), entry(2))
    add(archive, entry(1), now=NOW - timedelta(days=400))
    assert {e.id for e in archive.candidates(SINCE, ["a"], NOW)} == {"id-1", "id-2"}
