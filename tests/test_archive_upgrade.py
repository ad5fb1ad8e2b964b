"""An older archive is upgraded: nothing is lost, a copy of what it was is kept, and one line says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, event

from curate.cli.main import run
from curate.demo import Server, nights
from curate.domain.errors import ArchiveError
from curate.i18n.catalogue import CATALOGUES, say
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.database.upgrade import COPIES
from tests.demo_account import NOW, few_sources, lay_out
from tests.nouns import entry

ADDRESS = "sqlite:///output/archive.db"
TODAY = len(MIGRATIONS)


def make_archive(folder: Path, version: int) -> Path:
    """An archive as a curate of that version left it, with an entry and an issue that it was in."""
    path = folder / "output/archive.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    one = entry(1)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        raw.execute("INSERT INTO schema_version VALUES (?)", (version,))
        for step in MIGRATIONS[:version]:
            for part in step:
                if isinstance(part, str):
                    raw.execute(part.format(bytes="BLOB"))
        row = ("k1", "f1", one.source, one.id, one.url, one.title, one.published.isoformat(), True)
        body = (
            '{"summary": "", "content": "", "author": "", "images": [], "categories": [], "original": false}'
        )
        raw.execute(
            "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, one.published.isoformat(), body)
        )
        raw.execute("INSERT INTO published VALUES ('k1', 1, 1, 2.5)")
    return path


@pytest.mark.parametrize("version", range(1, TODAY))
def test_an_archive_of_any_version_opens_with_all_that_it_had(tmp_path: Path, version: int) -> None:
    make_archive(tmp_path, version)
    with Archive(ADDRESS, tmp_path, fingerprint) as archive:
        assert archive.upgrade
        assert (archive.upgrade.before, archive.upgrade.after) == (version, TODAY)
        assert [one.title for one in archive.list_told(entry(1).published.replace(year=2000))] == [
            entry(1).title
        ]


@pytest.mark.parametrize("version", [0, 1, 10])
@pytest.mark.parametrize("statement", [1, 2, 4])
def test_an_upgrade_that_is_interrupted_anywhere_is_as_if_it_had_not_begun(
    tmp_path: Path, version: int, statement: int
) -> None:
    if version:
        make_archive(tmp_path, version)
    changes = count(1)

    def interrupt(_c: object, _k: object, sql: str, *_rest: object) -> None:
        if sql.lstrip().startswith(("CREATE", "ALTER")) and next(changes) == statement + 1:
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            Archive(ADDRESS, tmp_path, fingerprint)
    finally:
        event.remove(Engine, "before_cursor_execute", interrupt)
    with Archive(ADDRESS, tmp_path, fingerprint) as archive:
        assert len(archive.list_told(entry(1).published.replace(year=2000))) == bool(version)


def test_what_it_was_is_kept_beside_it_whole(tmp_path: Path) -> None:
    make_archive(tmp_path, 3)
    with Archive(ADDRESS, tmp_path, fingerprint) as archive:
        assert archive.upgrade
        copy = archive.upgrade.copy
    assert copy == tmp_path / "output/archive.db.v3.bak"
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("SELECT version FROM schema_version").fetchone() == (3,)
        assert raw.execute("SELECT title FROM entries").fetchone() == (entry(1).title,)


def test_the_newest_copies_alone_are_kept(tmp_path: Path) -> None:
    for version in (2, 9, 10, 12):
        make_archive(tmp_path, version)
        Archive(ADDRESS, tmp_path, fingerprint).__exit__()
    kept = sorted(path.name for path in (tmp_path / "output").glob("*.bak"))
    assert kept == ["archive.db.v10.bak", "archive.db.v12.bak"]
    assert len(kept) == COPIES


@pytest.mark.parametrize("again", [False, True])
def test_a_new_archive_and_one_of_today_are_not_copied(tmp_path: Path, again: bool) -> None:
    for _ in range(1 + again):
        with Archive(ADDRESS, tmp_path, fingerprint) as archive:
            assert archive.upgrade is None
    assert not list((tmp_path / "output").glob("*.bak"))


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_archive(tmp_path, 3)

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("curate.storage.database.upgrade.connect_file", refuse)
    with pytest.raises(ArchiveError) as failed:
        Archive(ADDRESS, tmp_path, fingerprint)
    assert "没有写成" in say(failed.value.message, "zh")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT version FROM schema_version").fetchone() == (3,)
    assert [one.name for one in path.parent.iterdir() if "new" in one.name or "bak" in one.name] == []


def test_each_step_says_in_every_language_what_it_does() -> None:
    for sentences in CATALOGUES.values():
        steps = {int(key.rpartition(".")[2]) for key in sentences if key.startswith("archive.step.")}
        assert steps == set(range(1, TODAY + 1)), "a step of MIGRATIONS has one archive.step.N"


def test_an_account_of_version_0_1_0_opens_and_goes_on(
    tmp_path: Path, demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    def older(feeds: str) -> str:
        config = yaml.safe_load(few_sources(feeds))
        config["look"] = {"colour": "#0f4c81"}
        return str(yaml.safe_dump(config, allow_unicode=True))

    home = lay_out(tmp_path, demo_web, edit=older)
    make_archive(home, 1)
    assert run(["run", "-C", str(home), "--now", nights(NOW)[1].isoformat()]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "存档升级" in line]
    assert len(told) == 1
    assert f"第 1 版 → 第 {TODAY} 版" in told[0]
    assert "archive.db.v1.bak" in told[0]
    assert sorted(path.name for path in (home / "output/issues").iterdir())
