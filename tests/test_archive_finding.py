"""`curate search`: words in what was published, with SQLite's full text and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from curate.domain.model import Coverage, Digest
from curate.sources.identity import fingerprint
from curate.storage import Archive, full_text_search
from curate.text.tokenize import segment
from tests.site_samples import few

TITLES = ["拾光手机发布：四颗螺丝", "舊手機做成的樓道燈", "A compiler team spends a month in a Café"]


def digest(number: int) -> Digest:
    whole = few(number)
    (section,) = whole.sections
    items = tuple(
        replace(i, title=t, summary="", also=()) for i, t in zip(section.items, TITLES, strict=True)
    )
    items = (*items[:2], replace(items[2], also=(Coverage("晨报", "编译器团队的一个月", ""),)))
    return replace(whole, sections=(replace(section, items=items),), lead=items[0])


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Archive]:
    """In SQLite alone, whose own ways some tests look at."""
    with Archive("sqlite:///archive.db", tmp_path, fingerprint) as found:
        for number in (1, 2):
            found.record(digest(number), f"day-{number}")
        yield found


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with Archive(database, tmp_path, fingerprint) as found:
        for number in (1, 2):
            found.record(digest(number), f"day-{number}")
        yield found


@pytest.mark.parametrize(
    ("asked", "items"),
    [
        ("手机", [1, 2]), ("手机 螺丝", [1]), ("compiler", [3]), ("COMPIL", [3]), ("编译器", [3]), ("晨报", [3]),
        ("楼道灯", [2]), ("樓道燈", [2]), ("螺絲", [1]), ("ＣＡＦＥ", [3]), ("café", [3]), ("没有这个词", []), ('"', []), ("手机 OR compiler", []), ("*", []),
    ],
)  # fmt: skip
def test_words_are_found_the_newest_issue_first(archive: Archive, asked: str, items: list[int]) -> None:
    found, by_words = archive.issues.find(asked, segment, 20)
    assert by_words
    assert found == [(number, item) for number in (2, 1) for item in items]


@pytest.mark.parametrize("asked", ["202", "202 手机"])
def test_an_item_is_found_by_the_number_that_readers_send(archive: Archive, asked: str) -> None:
    assert archive.issues.find(asked, segment, 20)[0] == [(2, 2)]
    assert full_text_search.scan(archive.issues.backwards(), asked, 20) == [(2, 2)]


def test_either_script_is_found_where_there_is_no_full_text(archive: Archive) -> None:
    assert full_text_search.scan(archive.issues.backwards(), "手機 螺絲", 1) == [(2, 1)]
    assert full_text_search.scan(archive.issues.backwards(), "楼道灯 手机", 1) == [(2, 2)]


def test_an_index_of_texts_as_they_were_written_goes(in_file: Archive) -> None:
    with in_file._transaction() as connection:
        connection.execute(text("CREATE VIRTUAL TABLE told USING fts5(words)"))
    assert in_file.issues.find("手机", segment, 1)[0] == [(2, 1)]
    with in_file._transaction() as connection:
        assert connection.scalars(text("SELECT name FROM sqlite_master WHERE name = 'told'")).all() == []


def test_what_came_since_the_last_search_is_found_too(archive: Archive) -> None:
    assert len(archive.issues.find("手机", segment, 20)[0]) == 4
    archive.record(digest(3), "day-3")
    assert archive.issues.find("手机", segment, 3)[0] == [(3, 1), (3, 2), (2, 1)]


def test_every_text_is_read_where_there_is_no_full_text(
    in_file: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text_search, "_MADE", "CREATE VIRTUAL TABLE told USING no_such_module(words)")
    found, by_words = in_file.issues.find("手机 螺丝", segment, 20)
    assert not by_words
    assert found == [(2, 1), (1, 1)]
    assert in_file.issues.find("手机", segment, 1)[0] == [(2, 1)]
    assert in_file.issues.find(" ", segment, 1)[0] == []


def test_another_database_is_not_asked_for_it(archive: Archive) -> None:
    class Other:
        class dialect:  # noqa: N801
            name = "mysql"

    assert full_text_search.find(Other(), "手机", segment, 5) is None  # type: ignore[arg-type]


def test_the_index_is_no_part_of_what_is_upgraded(in_file: Archive, tmp_path: Path) -> None:
    in_file.issues.find("手机", segment, 5)
    with Archive("sqlite:///archive.db", tmp_path, fingerprint) as again, again._transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM folded")).scalar() == 6
