"""output/: whole or not at all, and one run at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from curate.domain.errors import OutputError
from curate.domain.model import Issue
from curate.storage.output import MANIFEST, Output, write_file
from tests.nouns import digest


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "output")


def test_an_issue_is_put_in_place_with_its_manifest(output: Output) -> None:
    place = output.publish(Issue(digest(), {"wechat.html": b"<p>", "images/1.jpg": b"jpg"}), "2026-11-23-1")
    assert (place / "wechat.html").read_bytes() == b"<p>"
    assert (place / "images/1.jpg").read_bytes() == b"jpg"
    assert output.list_unremembered({}) == [(digest(), "2026-11-23-1")]
    assert output.list_unremembered({"2026-11-23-1"}) == []


def test_an_issue_of_the_same_name_is_replaced_whole(output: Output) -> None:
    output.publish(Issue(digest(), {"old.html": b"1"}), "2026-11-23-1")
    place = output.publish(Issue(digest(), {"new.html": b"2"}), "2026-11-23-1")
    assert sorted(p.name for p in place.iterdir()) == [MANIFEST, "new.html"]
    assert [p.name for p in output.issues.iterdir()] == ["2026-11-23-1"]


def test_an_edition_never_takes_a_name_that_stands_there(output: Output) -> None:
    day = date(2026, 11, 23)
    assert output.free_edition(day, 1) == 1
    output.publish(Issue(digest()), "2026-11-23-2")
    (output.issues / "2026-11-23-3").symlink_to("nowhere")
    assert output.free_edition(day, 1) == 1
    assert output.free_edition(day, 2) == 4
    assert output.free_edition(date(2026, 11, 24), 2) == 2


def test_links_and_collections_are_no_issues_and_copies_come_last(output: Output) -> None:
    for name in ("2026-11-23-1", "2026-11-23-1 备份", "0-first"):
        output.publish(Issue(digest()), name)
    (output.issues / "latest").symlink_to("2026-11-23-1", target_is_directory=True)
    review = output.publish(Issue(digest(0, name="月报")), "monthly")
    review.rename(output.issues / "monthly")
    assert [name for _, name in output.list_unremembered(())] == [
        "2026-11-23-1",
        "0-first",
        "2026-11-23-1 备份",
    ]


def test_what_a_crash_left_is_cleared_and_a_cut_off_replacement_undone(output: Output) -> None:
    output.publish(Issue(digest(), {"a.html": b"1"}), "2026-11-23-1")
    (output.issues / "2026-11-23-1").rename(output.issues / ".old-2026-11-23-1")
    (output.issues / ".new-2026-11-23-1").mkdir()
    output.publish(Issue(digest(), {"a.html": b"1"}), "2026-11-22-1")
    (output.issues / ".old-2026-11-22-1").mkdir()
    output.runs.mkdir()
    (output.runs / ".new-x.json").write_text("{")
    output.tidy()
    assert sorted(p.name for p in output.issues.iterdir()) == ["2026-11-22-1", "2026-11-23-1"]
    assert not list(output.runs.iterdir())


def test_a_folder_of_somebody_else_is_no_issue(output: Output) -> None:
    (output.issues / "notes").mkdir(parents=True)
    (output.issues / "notes" / MANIFEST).write_text("{}")
    assert output.list_unremembered({}) == []


@pytest.mark.slow
def test_a_second_run_is_told_at_once_and_the_first_one_frees_it(output: Output) -> None:
    code = f"from curate.storage.output import Output\nfrom pathlib import Path\nwith Output(Path({str(output.root)!r})).hold(): pass"
    with output.hold():
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert second.returncode != 0
        assert "another run" in second.stderr
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here: a full disk cannot be played")
def test_a_full_disk_is_told_with_what_to_do(output: Output) -> None:
    output.runs.mkdir(parents=True)
    (output.runs / ".new-r.json").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left") as caught:
        output.report("r", {".json": b"{}"})
    assert "腾出空间" in caught.value.hint
    assert not (output.runs / "r.json").exists()


def test_reports_are_pruned_by_age_and_issues_stay(output: Output) -> None:
    output.publish(Issue(digest()), "2026-11-23-1")
    output.report("old", {".json": b"{}", ".html": b""})
    output.report("new", {".json": b"{}"})
    for suffix in (".json", ".html"):
        os.utime(output.runs / f"old{suffix}", (0, 0))
    assert output.prune(datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert [p.name for p in output.runs.iterdir()] == ["new.json"]
    for name in ("20200101T000000Z-1", "20200101T000000Z-2", "20260101T000000Z-3"):
        output.report(name, {".json": b"{}"})
    assert output.prune(datetime(2021, 1, 1, tzinfo=UTC), "20200101T000000Z-2") == 1
    assert {p.name[:18] for p in output.runs.iterdir()} == {
        "new.json",
        "20200101T000000Z-2",
        "20260101T000000Z-3",
    }
    assert (output.issues / "2026-11-23-1").exists()


def test_the_editors_own_file_is_never_replaced_unasked(tmp_path: Path) -> None:
    assert write_file(tmp_path / "feeds.yaml", "a")
    assert not write_file(tmp_path / "feeds.yaml", "b")
    assert (tmp_path / "feeds.yaml").read_text() == "a"
    assert write_file(tmp_path / "feeds.yaml", "b", replace=True)
    assert [p.name for p in tmp_path.iterdir()] == ["feeds.yaml"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file where a folder should be")
    with pytest.raises(OutputError), Output(tmp_path / "output").hold():
        pass


def test_a_link_stays_a_link_and_a_mode_stays_a_mode(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a")
    (tmp_path / "real.yaml").chmod(0o600)
    (tmp_path / "feeds.yaml").symlink_to("real.yaml")
    assert write_file(tmp_path / "feeds.yaml", "b", replace=True)
    assert (tmp_path / "feeds.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "b"
    assert (tmp_path / "real.yaml").stat().st_mode & 0o777 == 0o600
