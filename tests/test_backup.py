"""A backup holds what an account cannot get back, and nothing that is written from one was not checked before."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from curate.app.upkeep.backup import back_up
from curate.app.upkeep.restore import restore
from curate.cli.main import run
from curate.demo import nights
from curate.domain.errors import OutputError, UnreadableError
from curate.domain.serialization import to_json
from curate.i18n.catalogue import say
from curate.storage.backup import moment, unpack, whole
from curate.storage.backup.names import CONTENTS, Contents, PackedFile, is_safe
from curate.storage.backup.unpack import check_pack
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.output import Output
from tests.demo_account import NOW, Published

WHEN = datetime(2026, 11, 30, 2, tzinfo=UTC)


def never(_: float) -> None:
    raise AssertionError("nothing changed, and still it waits")


@pytest.fixture
def home(published: Published, tmp_path: Path) -> Path:
    """An account after its first night, with what an editor adds to it."""
    home = published.copy(tmp_path / "home")
    (home / "keyword_replies.json").write_text("[]")
    (home / "output/alerts.json").write_text("{}")
    (home / "output/answers").mkdir()
    (home / "output/answers/2026-11-30.txt").write_text("31205\n")
    (home / "my words.txt").write_text("词\n")
    (home / "templates/wechat").mkdir(parents=True, exist_ok=True)
    (home / "templates/wechat/page.html.j2").write_text("mine")
    feeds = home / "feeds.yaml"
    feeds.write_text(feeds.read_text("utf-8") + "check:\n  words: my words.txt\n", "utf-8")
    return home


def take(home: Path) -> Path:
    target = home.parent / "backup.tar.gz"
    back_up(home, os.environ, target, WHEN, never)
    return target


def files_of(home: Path) -> dict[str, bytes]:
    kept = {"feeds.yaml", "feeds.schema.json", "keyword_replies.json", "my words.txt"}
    kept |= {"output/alerts.json", "output/answers/2026-11-30.txt"}
    below = ("output/issues/", "output/collections/", "originals/", "templates/")
    every = {p.relative_to(home).as_posix(): p for p in home.rglob("*") if p.is_file()}
    return {name: p.read_bytes() for name, p in every.items() if name in kept or name.startswith(below)}


def rows_of(home: Path) -> dict[str, list[object]]:
    with closing(sqlite3.connect(home / "output/archive.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def test_all_that_cannot_be_had_again_comes_back_elsewhere_as_it_was(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "another machine/account"
    done = restore(take(home), other, WHEN)
    assert done.aside is None
    assert files_of(other) == files_of(home)
    assert rows_of(other) == rows_of(home)
    name = "originals/" + next(p.name for p in (home / "originals").rglob("*.md"))
    assert abs((other / name).stat().st_mtime - (home / name).stat().st_mtime) < 1.5


def test_what_can_be_had_again_or_is_nobodys_business_is_left_out(home: Path) -> None:
    (home / ".env").write_text("SECRET=1")
    (home / "originals/.git").mkdir()
    (home / "originals/.git/config").write_text("x")
    (home / "originals/outside").symlink_to("/etc/hostname")
    names = check_pack(take(home)).files
    assert not [n for n in names if n.startswith(("output/site/", "output/runs/")) or ".git/" in n]
    assert not {".env", "originals/outside", "output/.lock"} & set(names)


def test_what_the_editor_keeps_behind_links_is_in_it(home: Path, tmp_path: Path) -> None:
    before = files_of(home)
    for name in ("output", "originals", "feeds.yaml"):
        (home / name).rename(tmp_path / f"big {name}")
        (home / name).symlink_to(tmp_path / f"big {name}")
    restore(take(home), tmp_path / "other", WHEN)
    assert files_of(tmp_path / "other") == before
    assert rows_of(tmp_path / "other") == rows_of(home)


def test_an_archive_that_is_elsewhere_comes_to_its_usual_place_which_is_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(home)
    (home / "output/archive.db").rename(tmp_path / "far.db")
    feeds = home / "feeds.yaml"
    feeds.write_text(feeds.read_text("utf-8") + f"database: sqlite:///{tmp_path / 'far.db'}\n", "utf-8")
    assert run(["restore", str(take(home)), "--to", str(tmp_path / "other")]) == 0
    assert str(tmp_path / "far.db") in capsys.readouterr().err
    assert rows_of(tmp_path / "other") == rows


def test_the_account_goes_on_from_the_backup(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    restore(take(home), other, WHEN)
    for place in (home, other):
        assert run(["run", "-C", str(place), "--now", nights(NOW)[1].isoformat()]) in (0, 3)
    assert len(rows_of(other)["published"]) == len(rows_of(home)["published"])
    assert rows_of(other)["published"] == rows_of(home)["published"]


def test_the_commands_say_what_they_did_and_end_with_the_path(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, other = tmp_path / "b.tar.gz", tmp_path / "other"
    assert run(["backup", str(target), "-C", str(home)]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(target)
    assert "备份好了" in told.err
    assert run(["restore", str(target), "--to", str(other)]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(other)
    assert "恢复好了" in told.err
    assert "curate doctor" in told.err


def test_a_backup_is_for_its_owner_alone_and_whole_or_not_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = take(home)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("curate.storage.backup.pack.os.fsync", fail)
    with pytest.raises(OutputError):
        take(home)
    assert target.read_bytes() == before
    assert sorted(p.name for p in target.parent.iterdir()) == ["backup.tar.gz", "home"]


def test_an_account_that_has_run_no_night_yet_can_be_backed_up(home: Path, tmp_path: Path) -> None:
    for path in (home / "output").glob("archive.db*"):
        path.unlink()
    shutil.rmtree(home / "output/issues")
    contents = check_pack(take(home))
    assert contents.archive == ""
    assert not (home / "output/archive.db").exists(), "looking makes nothing"
    assert run(["restore", str(tmp_path / "backup.tar.gz"), "--to", str(tmp_path / "o")]) == 0


def test_of_another_database_it_is_said_that_its_own_tool_is_needed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(moment, "file_of", lambda _engine: None)
    assert run(["backup", str(tmp_path / "b.tar.gz"), "-C", str(home)]) == 0
    assert "pg_dump" in capsys.readouterr().err
    assert check_pack(tmp_path / "b.tar.gz").archive == ""


def test_while_issues_change_it_is_begun_again_and_said_when_they_never_rest(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    seen = moment.LiveArchive.observe
    count = iter(range(1_000))

    def restless(self: moment.LiveArchive, calm: int = 7) -> moment.Moment:
        found, n = seen(self), next(count)
        return found if n >= calm else moment.Moment(found.version, found.folders, frozenset({(n, n, n)}))

    monkeypatch.setattr(moment.LiveArchive, "observe", restless)
    assert back_up(home, os.environ, tmp_path / "b", WHEN, waits.append).is_settled
    assert len(waits) == 3
    monkeypatch.setattr(moment.LiveArchive, "observe", lambda self: restless(self, 10_000))
    assert not back_up(home, os.environ, tmp_path / "b", WHEN, waits.append).is_settled


def test_a_folder_that_somebody_copied_there_is_waited_for_once(home: Path, tmp_path: Path) -> None:
    issue = next((home / "output/issues").iterdir())
    shutil.copytree(issue, issue.with_name("my copy"))
    waits: list[float] = []
    assert back_up(home, os.environ, tmp_path / "b", WHEN, waits.append).is_settled
    assert len(waits) == 1


def test_a_folder_that_is_replaced_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / "i").mkdir(exist_ok=True)
        (tmp_path / "i" / name).write_text("old")
    read = whole._read

    def swap(path: Path, name: str) -> whole.AccountFile:
        found = read(path, name)
        if name == "i/a.html" and not (tmp_path / "gone").exists():
            (tmp_path / "i").rename(tmp_path / "gone")
            (tmp_path / "i").mkdir()
            for each in ("a.html", "b.html"):
                (tmp_path / "i" / each).write_text("new")
        return found

    monkeypatch.setattr(whole, "_read", swap)
    assert [file.data for file in whole.read_whole(tmp_path, "i")] == [b"new", b"new"]


# --- what is not put back ------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_empty_is_left_alone_unless_told(home: Path, tmp_path: Path) -> None:
    target = take(home)
    other = tmp_path / "other"
    (other / "output/issues").mkdir(parents=True)
    (other / "feeds.yaml").write_text("mine")
    (other / "notes.txt").write_text("mine")
    with pytest.raises(OutputError):
        restore(target, other, WHEN)
    assert (other / "feeds.yaml").read_text() == "mine"
    done = restore(target, other, WHEN, replace=True)
    assert done.aside
    assert (done.aside / "feeds.yaml").read_text() == "mine"
    assert (other / "notes.txt").read_text() == "mine", "what is not in the way stays"
    assert files_of(other).keys() >= files_of(home).keys()
    assert not list(other.glob(".restore-*"))


def test_what_a_killed_restore_left_is_in_nobodys_way(home: Path, tmp_path: Path) -> None:
    (tmp_path / "other/.restore-20261130T010000Z").mkdir(parents=True)
    restore(take(home), tmp_path / "other", WHEN)
    assert files_of(tmp_path / "other") == files_of(home)


def test_an_account_in_which_a_night_runs_is_not_replaced(home: Path, tmp_path: Path) -> None:
    target = take(home)
    with Output(home / "output").hold(), pytest.raises(OutputError):
        restore(target, home, WHEN, replace=True)
    assert files_of(home)
    assert not list(home.glob("before-restore-*"))


Change = Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]
GOOD = {"feeds.yaml": b"account: {}\n", "output/archive.db": b"db" * 600}


def make(path: Path, files: dict[str, bytes], *more: tuple[tarfile.TarInfo, bytes], **about: object) -> Path:
    """A backup by hand, with these members before its contents, which name them all."""
    told = {name: PackedFile(len(data), sha256(data).hexdigest()) for name, data in files.items()}
    told |= {info.name: PackedFile(len(data), sha256(data).hexdigest()) for info, data in more}
    contents = Contents("a", "2026-11-30T02:00:00+00:00", "0", files=told, **about)  # type: ignore[arg-type]
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for name, data in files.items():
            put(tar, tarfile.TarInfo(name), data)
        for info, data in more:
            put(tar, info, data)
        put(tar, tarfile.TarInfo(CONTENTS), to_json(contents))
    return path


def put(tar: tarfile.TarFile, info: tarfile.TarInfo, data: bytes) -> None:
    info.size = len(data) if info.isreg() else 0
    tar.addfile(info, io.BytesIO(data))


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def refused(path: Path, tmp_path: Path) -> str:
    target = tmp_path / "target"
    with pytest.raises(UnreadableError) as failed:
        restore(path, target, WHEN)
    assert not target.exists(), "nothing is written before all of it was checked"
    return failed.value.message.key if failed.value.message else ""


def test_a_backup_made_by_hand_is_taken(tmp_path: Path) -> None:
    restore(make(tmp_path / "b", GOOD), tmp_path / "target", WHEN)
    assert (tmp_path / "target/feeds.yaml").read_bytes() == GOOD["feeds.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/evil", "output/../../evil", "a//b", "./a", "a\\..\\b", "C:evil", "con", "output/nul.txt",
        ".git/hooks/post-commit", ".envrc", ".bashrc", "a/.ssh/authorized_keys", "a\x1b[2J", "a\u202eb", "a. ",
        "feeds.yaml/x", "FEEDS.yaml", "x" * 300, "/".join("d" * 600), "a\nb",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(make(tmp_path / "b", GOOD, (member(name), b"x")), tmp_path) == "restore.hostile"


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE,
     tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE],
)  # fmt: skip
def test_what_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    assert refused(make(tmp_path / "b", GOOD, (member("x", kind, "/etc/passwd"), b"")), tmp_path) in (
        "restore.hostile",
        "restore.damaged",
    )


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    assert (
        refused(make(tmp_path / "b", GOOD, (member("feeds.yaml"), b"other")), tmp_path) == "restore.hostile"
    )


def test_a_bomb_is_refused_before_it_has_gone_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_FREE", 100_000)
    read = 0
    measure = gzip.GzipFile.read

    def count(self: gzip.GzipFile, size: int | None = -1) -> bytes:
        nonlocal read
        data = measure(self, size)
        read += len(data)
        return data

    monkeypatch.setattr(gzip.GzipFile, "read", count)
    path = make(tmp_path / "b", GOOD, (member("x"), bytes(50_000_000)))
    assert path.stat().st_size < 60_000
    assert refused(path, tmp_path) == "restore.bomb"
    assert read < 10_000_000


def test_a_bomb_in_a_header_is_refused(tmp_path: Path) -> None:
    info = member("x")
    info.pax_headers = {"comment": "c" * 5_000_000}
    assert refused(make(tmp_path / "b", GOOD, (info, b"x")), tmp_path) == "restore.hostile"


@pytest.mark.parametrize(
    "headers",
    [
        {"path": "../../evil"}, {"path": "/etc/evil"}, {"size": "9" * 15}, {"mtime": "1e400"}, {"mtime": "nan"},
        {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "x", "GNU.sparse.realsize": "9" * 12},
        {"GNU.sparse.map": "0,9999999999", "GNU.sparse.size": "9999999999"}, {"GNU.sparse.map": "a,b"},
    ],
)  # fmt: skip
def test_a_second_header_that_says_otherwise_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    info = member("x")
    info.pax_headers = headers
    assert refused(make(tmp_path / "b", GOOD, (info, b"x" * 600)), tmp_path) in (
        "restore.hostile",
        "restore.damaged",
        "restore.bomb",
    )


@pytest.mark.parametrize("place", range(10))
def test_a_backup_that_was_damaged_anywhere_is_refused(tmp_path: Path, place: int) -> None:
    data = bytearray(make(tmp_path / "b", {**GOOD, "x": os.urandom(3_000)}).read_bytes())
    at = 20 + place * (len(data) - 40) // 10
    data[at] ^= 0x41
    (tmp_path / "b").write_bytes(data)
    assert refused(tmp_path / "b", tmp_path).startswith("restore.")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_backup_that_is_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    data = make(tmp_path / "b", GOOD).read_bytes()
    (tmp_path / "b").write_bytes(data[: int(len(data) * share)])
    assert refused(tmp_path / "b", tmp_path) == "restore.damaged"


def test_a_file_that_differs_from_its_sum_is_refused(tmp_path: Path) -> None:
    wrong = PackedFile(3, sha256(b"abc").hexdigest())
    with tarfile.open(tmp_path / "b", "w:gz") as tar:
        put(tar, tarfile.TarInfo("feeds.yaml"), b"abd")
        put(tar, tarfile.TarInfo(CONTENTS), to_json(Contents("a", "", "0", files={"feeds.yaml": wrong})))
    assert refused(tmp_path / "b", tmp_path) == "restore.damaged"


def test_a_file_that_is_missing_or_too_many_is_refused(tmp_path: Path) -> None:
    for told in ({"feeds.yaml", "gone"}, set()):
        files = {name: PackedFile(1, sha256(b"x").hexdigest()) for name in told}
        with tarfile.open(tmp_path / "b", "w:gz") as tar:
            put(tar, tarfile.TarInfo("feeds.yaml"), b"x")
            put(tar, tarfile.TarInfo(CONTENTS), to_json(Contents("a", "", "0", files=files)))
        assert refused(tmp_path / "b", tmp_path) == "restore.damaged"


@pytest.mark.parametrize("about", [{"format": 2}, {"archive_version": len(MIGRATIONS) + 1}])
def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, about: dict[str, object]) -> None:
    assert refused(make(tmp_path / "b", GOOD, **about), tmp_path) == "restore.newer"


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04" + bytes(100), gzip.compress(b"no tar" * 300)])
def test_what_is_no_backup_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b").write_bytes(data)
    assert run(["restore", str(tmp_path / "b"), "--to", str(tmp_path / "t")]) == 4
    assert "→" in capsys.readouterr().err
    assert run(["restore", str(tmp_path / "gone"), "--to", str(tmp_path / "t")]) == 4


def test_without_room_on_the_disk_nothing_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("curate.storage.backup.unpack.shutil.disk_usage", lambda _: usage(1, 1, 10))
    with pytest.raises(OutputError) as failed:
        restore(make(tmp_path / "b", GOOD), tmp_path / "target", WHEN)
    assert "腾出" in say(failed.value.advice, "zh")
    assert list((tmp_path / "target").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["originals/关于我们.md", "output/issues/2026-11-30-1/issue.json", "templates/.copied.json"]
)
def test_our_own_names_are_safe(name: str) -> None:
    assert is_safe(name)
