"""What the database says becomes what a person can do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from curate.domain.errors import ArchiveError
from curate.storage.database.engine import connect, translate_errors


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database is locked", "正占着存档"),
        ("database disk image is malformed", "各期会从 output/issues/ 找回来"),
        ("database or disk is full", "腾出空间"),
        ("attempt to write a readonly database", "权限"),
    ],
)
def test_a_failure_says_what_to_do(said: str, told: str) -> None:
    with pytest.raises(ArchiveError) as caught, translate_errors():
        raise OperationalError("select 1", {}, sqlite3.OperationalError(said))
    assert said in caught.value.reason
    assert told in caught.value.hint


def test_a_file_that_is_no_database_is_told_with_the_way_back(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"not a database at all" * 400)
    with (
        pytest.raises(ArchiveError) as caught,
        translate_errors(),
        connect("sqlite:///archive.db", tmp_path).begin(),
    ):
        pass
    assert "archive.db" in caught.value.hint
