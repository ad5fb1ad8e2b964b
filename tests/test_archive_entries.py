"""Which entries of a night are new: one that comes back under another address is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from curate.domain.model import Entry
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.database import bulk
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.database.tables import PULLS
from curate.storage.database.web_tables import VECTORS
from tests.nouns import NOW, digest, entry, page

SINCE = NOW - timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with Archive(database, tmp_path, fingerprint) as archive:
        yield archive


def add(archive: Archive, *entries: Entry, now: datetime = NOW) -> int:
    return archive.add("a", "https://a.example/feed", replace(page(), fetched=now), entries, now)


def addresses(archive: Archive) -> dict[str, str]:
    return {e.title: e.url for e in archive.candidates(SINCE, ["a"], NOW + HOUR)}


def temporary(stamp: int, *titles: str, **changes: object) -> list[Entry]:
    """A document whose links, and so its ids, are good for some hours."""
    urls = [f"https://w.example/s?timestamp={stamp}&signature={n}" for n in range(len(titles))]
    return [
        entry(n, id=url, url=url, title=title, **changes)
        for n, (url, title) in enumerate(zip(urls, titles, strict=True))
    ]


TITLES = ("旧桥今夜封闭", "地铁出口开放", "食堂供应早餐")


def test_temporary_links_are_the_same_entries_and_the_newest_address_stays(archive: Archive) -> None:
    assert add(archive, *temporary(1, *TITLES)) == 3
    for stamp in (2, 3):
        assert add(archive, *temporary(stamp, *TITLES), now=NOW + HOUR) == 0
    assert addresses(archive) == {e.title: e.url for e in temporary(3, *TITLES)}


def test_undated_titles_alone_are_known_again_where_all_addresses_change(archive: Archive) -> None:
    bare = {"dated": False, "content": "", "published": NOW}
    assert add(archive, *temporary(1, *TITLES, **bare)) == 3
    assert add(archive, *temporary(2, *TITLES, **bare | {"published": NOW + HOUR}), now=NOW + HOUR) == 0


def test_a_column_of_one_title_is_new_each_time_where_the_older_one_is_still_listed(archive: Archive) -> None:
    column = [entry(n, title="晚间快讯", content="", published=NOW - n * HOUR) for n in (1, 2, 3)]
    assert add(archive, *column[1:]) == 2
    assert add(archive, *column) == 1


def test_a_column_of_one_title_is_new_the_next_day(archive: Archive) -> None:
    assert add(archive, entry(1, title="早报", content="")) == 1
    tomorrow = NOW + timedelta(days=1)
    assert add(archive, entry(2, title="早报", content="", published=tomorrow), now=tomorrow) == 1


def test_a_corrected_title_replaces_the_older_one_until_the_entry_was_told(archive: Archive) -> None:
    add(archive, entry(1, title="旧桥今夜封闭"), entry(2))
    assert add(archive, entry(1, title="【更正】旧桥明夜封闭", content="<p>更正。</p>"), entry(2)) == 0
    corrected = archive.candidates(SINCE, ["a"], NOW)[-1]
    assert (corrected.title, corrected.content) == ("【更正】旧桥明夜封闭", "<p>更正。</p>")
    archive.record(digest(1), "2026-11-23-1")
    add(archive, entry(1, title="再改", url="https://a.example/new"), entry(2))
    told = next(e for e in archive.list_told(SINCE) if e.id == "id-1")
    assert (told.title, told.url) == ("【更正】旧桥明夜封闭", "https://a.example/new")


def test_a_title_found_on_the_page_stays_while_the_source_has_none(archive: Archive) -> None:
    add(archive, entry(1, title=""))
    archive.complete(entry(1, title="补上的标题"))
    assert add(archive, entry(1, title="")) == 0
    assert addresses(archive) == {"补上的标题": "https://a.example/1"}


def test_what_was_pruned_is_known_again_by_its_day(archive: Archive) -> None:
    add(archive, *temporary(1, *TITLES))
    archive.prune(NOW + HOUR)
    assert add(archive, *temporary(2, *TITLES), now=NOW + HOUR) == 0


def test_an_older_archive_is_upgraded_so_that_nothing_comes_back_as_new(tmp_path: Path) -> None:
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        add(archive, *temporary(1, *TITLES))
    version = next(n for n, step in enumerate(MIGRATIONS) if any(callable(part) for part in step))
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("UPDATE entries SET fingerprint = 'of source, address and title'")
        raw.execute("UPDATE schema_version SET version = ?", (version,))
        for step in reversed(MIGRATIONS[version + 1 :]):
            undo(raw, step)
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        assert add(archive, *temporary(2, *TITLES), now=NOW + HOUR) == 0


def undo(raw: sqlite3.Connection, step: tuple[object, ...]) -> None:
    """Take a later step back: what it added goes."""
    for part in step:
        words = part.split() if isinstance(part, str) else []
        if words[:2] == ["ALTER", "TABLE"]:
            raw.execute(f"ALTER TABLE {words[2]} DROP COLUMN {words[5]}")
        elif words[:2] == ["CREATE", "TABLE"]:
            raw.execute(f"DROP TABLE {words[2]}")
        elif words[:2] == ["CREATE", "INDEX"]:
            raw.execute(f"DROP INDEX IF EXISTS {words[2]}")


def test_what_another_machine_brought_meanwhile_is_kept_once(database: str, tmp_path: Path) -> None:
    row = {"interface": "i", "day": "2026-11-30", "noted": "first"}
    key = {"key": "k", "encoder": "e", "made": "m", "vector": b"1"}
    with Archive(database, tmp_path, fingerprint) as archive, archive._transaction() as connection:
        for noted in ("first", "second"):
            bulk.add(connection, PULLS, [row | {"noted": noted}])
            bulk.put(connection, VECTORS, [key, key | {"vector": noted.encode()}])
        assert connection.execute(PULLS.select()).all() == [tuple(row.values())]
        assert [bytes(each.vector) for each in connection.execute(VECTORS.select())] == [b"second"]


def test_what_a_night_asks_walks_through_no_table_of_entries(tmp_path: Path) -> None:
    """However much is kept: a night looks entries up by an index, and stops where it has what it asked for."""
    plans: dict[str, list[str]] = {}
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        add(archive, *temporary(1, *TITLES))

        @event.listens_for(archive.engine, "before_cursor_execute")
        def explain(connection: Connection, _c: object, asked: str, values: object, *_: object) -> None:
            if "entries" in asked and asked.startswith("SELECT"):
                raw = connection.connection.driver_connection
                assert raw is not None
                rows = raw.execute(f"EXPLAIN QUERY PLAN {asked}", values)
                plans[asked] = [row[3] for row in rows]

        archive.candidates(SINCE, ["a"], NOW)
        archive.news(SINCE, ["a"], NOW)
        archive.first_read(["a"])
        archive.list_told(SINCE)
        archive.places(SINCE)
        archive.headlines(10)
        archive.newest(10)
    assert len(plans) == 7
    for asked, plan in plans.items():
        walks = [step for step in plan if step.startswith("SCAN entries")]
        assert not walks or ("LIMIT" in asked and "entries_published" in walks[0]), asked
