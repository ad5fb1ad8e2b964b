"""What is done to an account from outside: folders copied, renamed and deleted, clocks that jump, two runs at once."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.render.context import items
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.generated import LIST
from curate.storage.output import MANIFEST
from tests.test_night import TITLES, prose

pytestmark = pytest.mark.slow
NIGHT = datetime.fromisoformat("2026-11-30T06:00+08:00")
HOUR = timedelta(hours=1)
FEEDS = """
account: {{name: 早读}}
database: "{database}"
topics: [{{id: city, name: 城市, keywords: [公园, 剧场, 书店]}}]
sources: [{{name: 自己写的, id: own, reader: originals, folder: originals}}]
channels: [markdown]
{more}
"""


class Home:
    """An account that reads nothing but its own folder."""

    def __init__(self, folder: Path, database: str = "sqlite:///output/archive.db", more: str = "") -> None:
        self.folder, self.database, self.written = folder, database, 0
        (folder / "originals").mkdir(parents=True)
        (folder / "feeds.yaml").write_text(FEEDS.format(database=database, more=more), encoding="utf-8")

    @property
    def issues(self) -> Path:
        return self.folder / "output" / "issues"

    def write(self, at: datetime | None, count: int = 1) -> None:
        """Pieces of a time; of whatever time they are read at where it is None."""
        for _ in range(count):
            title = f"{TITLES[self.written % len(TITLES)]}之{self.written}"
            date = f"date: {at.isoformat()}\n" if at else ""
            text = f"---\ntitle: {title}\n{date}---\n{prose(title, 12)}\n"
            (self.folder / "originals" / f"{self.written}.md").write_text(text, encoding="utf-8")
            self.written += 1

    def run(self, at: datetime) -> int:
        return run(["run", "-C", str(self.folder), "--now", at.isoformat()])

    def night(self, at: datetime, count: int = 1) -> int:
        self.write(at - HOUR, count)
        return self.run(at)

    def published(self) -> dict[str, list[str]]:
        """Each issue that the archive has: number and folder, and its titles."""
        with Archive(self.database, self.folder, fingerprint) as archive:
            numbers = {number: name for name, number in archive.folders().items()}
            return {
                f"{number} {numbers[number]}": [item.title for item in items(stored[0])]
                for number in sorted(numbers)
                if (stored := archive.issue(number))
            }


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def once(published: dict[str, list[str]]) -> bool:
    titles = [title for found in published.values() for title in found]
    return len(titles) == len(set(titles))


@pytest.mark.parametrize("name", ["2026-11-30-1 备份", "2026-11-30-2", "copy", "x" * 200])
def test_a_copied_issue_is_told_and_stops_nothing(
    home: Home, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.night(NIGHT) == 0
    shutil.copytree(home.issues / "2026-11-30-1", home.issues / name)
    capsys.readouterr()
    assert home.night(NIGHT + HOUR) == 0
    told = capsys.readouterr().err
    assert f"{name}/ 里是第 1 期" in told
    assert "删掉" in told
    assert [key.split()[0] for key in home.published()] == ["1", "2"]
    assert once(home.published())
    assert run(["site", "-C", str(home.folder)]) == 0
    assert json.loads((home.issues / name / MANIFEST).read_text("utf-8"))["number"] == 1, "it stays as it was"


def test_a_renamed_issue_is_told_and_can_be_named_again(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.night(NIGHT) == 0
    (home.issues / "2026-11-30-1").rename(home.issues / "昨天那期")
    assert home.night(NIGHT + HOUR) == 0
    assert "改回 2026-11-30-1" in capsys.readouterr().err
    assert [*home.published()] == ["1 2026-11-30-1", "2 2026-11-30-2"]
    (home.issues / "昨天那期").rename(home.issues / "2026-11-30-1")
    assert home.night(NIGHT + 2 * HOUR) == 0
    assert "改回" not in capsys.readouterr().err


def test_links_among_the_issues_are_left_alone(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert home.night(NIGHT) == 0
    (home.issues / "latest").symlink_to("2026-11-30-1", target_is_directory=True)
    (home.issues / "gone").symlink_to("nowhere")
    capsys.readouterr()
    assert home.night(NIGHT + HOUR) == 0
    assert "latest" not in capsys.readouterr().err
    assert [*home.published()] == ["1 2026-11-30-1", "2 2026-11-30-2"]


def test_a_deleted_issue_keeps_its_number_its_edition_and_its_items(home: Home) -> None:
    for number in range(3):
        assert home.night(NIGHT + number * HOUR, 2) == 0
        shutil.rmtree(home.issues / f"2026-11-30-{number + 1}")
    assert [*home.published()] == ["1 2026-11-30-1", "2 2026-11-30-2", "3 2026-11-30-3"]
    assert once(home.published())
    assert home.run(NIGHT + 3 * HOUR) == 3


def test_without_its_archive_every_issue_is_remembered_from_its_folder(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        assert home.night(NIGHT + number * HOUR) == 0
    before = home.published()
    (home.issues / "2026-11-30-2").rename(home.issues / "0")
    shutil.copytree(home.issues / "2026-11-30-1", home.issues / "00")
    for file in (home.folder / "output").glob("archive.db*"):
        file.unlink()
    assert home.night(NIGHT + 3 * HOUR) == 0
    told = capsys.readouterr().err
    assert "改回 2026-11-30-2" in told
    assert "00/ 里是第 1 期" in told
    after = home.published()
    assert {key: after[key] for key in before} == before
    assert [*after][3:] == ["4 2026-11-30-4"]
    assert once(after)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("fresh", ["30m", "0m"])
def test_a_night_of_the_future_does_not_stop_the_true_ones(tmp_path: Path, fresh: str, dated: bool) -> None:
    home = Home(tmp_path / "home", more=f"digest: {{items: 3}}\nnetwork: {{fresh: {fresh}}}")
    home.write(NIGHT - HOUR if dated else None, 5)
    assert home.run(NIGHT + timedelta(days=200)) == (3 if dated else 0)
    assert home.run(NIGHT) == 0, "what missed the quota that night, or was too old for it"
    assert home.night(NIGHT + 24 * HOUR, 2) == 0
    assert home.run(NIGHT + 25 * HOUR) == 3
    assert once(home.published())
    assert len(home.published()) == (2 if dated else 3)


def test_the_archive_lives_in_any_database_and_two_folders_share_it(tmp_path: Path, database: str) -> None:
    if database.startswith("sqlite"):
        database = f"sqlite:///{tmp_path / 'shared.db'}"
    one, other = Home(tmp_path / "one", database), Home(tmp_path / "other", database)
    other.written = 4  # other pieces
    assert one.night(NIGHT, 2) == 0
    assert other.night(NIGHT + HOUR, 2) == 0
    assert one.night(NIGHT + 2 * HOUR) == 0
    assert [*one.published()] == ["1 2026-11-30-1", "2 2026-11-30-2", "3 2026-11-30-3"]
    assert once(one.published())
    for home in (one, other):
        assert run(["site", "-C", str(home.folder)]) == 0
        assert run(["search", TITLES[0], "-C", str(home.folder)]) == 0
        assert run(["prune", "-C", str(home.folder)]) == 0
    with Archive(database, tmp_path, fingerprint) as archive, archive.hold():
        assert one.night(NIGHT + 3 * HOUR) == 5
    assert one.run(NIGHT + 3 * HOUR) == 0


def test_old_run_reports_go_by_themselves_and_issues_stay(home: Home) -> None:
    assert home.night(NIGHT) == 0
    runs = home.folder / "output" / "runs"
    (first,) = runs.glob("*.json")
    assert b"content" not in first.read_bytes()
    month_ago = (datetime.now(UTC) - timedelta(days=31)).timestamp()
    for path in runs.iterdir():
        os.utime(path, (month_ago, month_ago))
    assert home.run(NIGHT + timedelta(days=400)) == 3, "a clock ahead takes nothing more away"
    assert not first.exists()
    assert len(list(runs.glob("*.json"))) == 1
    assert home.run(NIGHT + HOUR) == 3
    assert len(list(runs.glob("*.json"))) == 2
    assert (home.issues / "2026-11-30-1").is_dir()


def site(home: Home) -> dict[str, bytes]:
    names = ("site", "replies.csv", "replies.html")
    places = [place for name in names for place in [home.folder / "output" / name] if place.exists()]
    every = [p for place in places for p in ([place] if place.is_file() else place.rglob("*")) if p.is_file()]
    return {p.relative_to(home.folder / "output").as_posix(): p.read_bytes() for p in every}


@pytest.mark.parametrize("more", ["", "site: {enabled: false}"])
def test_a_run_that_died_before_the_site_was_brought_up_is_made_good_by_the_next(
    tmp_path: Path, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home", more=more)
    assert home.night(NIGHT) == 0

    def die(*arguments: object) -> None:
        raise KeyboardInterrupt

    before = site(home)
    with monkeypatch.context() as patch:
        patch.setattr("curate.app.run_night.refresh_site", die)
        assert home.night(NIGHT + HOUR) == 130
    assert site(home) == before
    assert home.run(NIGHT + 2 * HOUR) == 3
    after = site(home)
    assert after != before
    assert run(["site", "-C", str(home.folder)]) == 0
    assert {name: site(home)[name] for name in after} == after


def test_a_site_that_was_lost_or_is_of_another_look_is_made_by_the_next_run(home: Home) -> None:
    assert home.night(NIGHT) == 0
    before = site(home)
    shutil.rmtree(home.folder / "output" / "site")
    assert home.run(NIGHT + HOUR) == 3
    assert site(home) == before
    feeds = home.folder / "feeds.yaml"
    feeds.write_text(feeds.read_text("utf-8") + 'look: {color: "#7a0d4f"}\n', encoding="utf-8")
    assert home.run(NIGHT + HOUR) == 3
    assert site(home) != before


@pytest.mark.parametrize("linked", ["site", "site/app", "site/story/1"])
def test_what_the_editor_has_beyond_a_link_or_among_the_pages_is_never_swept(
    home: Home, linked: str, tmp_path: Path
) -> None:
    assert home.night(NIGHT) == 0
    place, own = home.folder / "output" / linked, tmp_path / "own"
    shutil.move(place, own)
    place.symlink_to(own, target_is_directory=True)
    mine = [own / "app" / "mine.js", own / "holiday.jpg", own / "picture" / "1" / "holiday.jpg"]
    mine.append(home.folder / "output" / "site" / "find" / "mine.js")
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("the editor's own")
    listed = home.folder / "output" / "site" / LIST
    made_once = [f"{folder}gone.html" for folder in ("app/", "story/1/", "issue/")]
    listed.write_text("\n".join([*listed.read_text().split(), *made_once, "app/../../../own/holiday.jpg"]))
    for name in made_once:
        (home.folder / "output" / "site" / name).write_text("made once")
    assert run(["site", "-C", str(home.folder)]) == 0
    assert [path.read_text() for path in mine] == ["the editor's own"] * len(mine)
    left = {name for name in made_once if (home.folder / "output" / "site" / name).exists()}
    assert (
        left
        == {"site": set(made_once), "site/app": {"app/gone.html"}, "site/story/1": {"story/1/gone.html"}}[
            linked
        ]
    )


def test_a_week_is_looked_back_on_though_nobody_came_the_week_after(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", more="collections: [{name: 一周}]")
    monday = datetime.fromisoformat("2026-11-30T06:00+08:00")
    for day in (2, 3):
        assert home.night(monday + timedelta(days=day)) == 0
    collections = home.folder / "output" / "collections"
    assert not collections.exists()
    assert home.night(monday + timedelta(days=17)) == 0
    assert [place.name for place in collections.iterdir()] == ["一周-2026-w49"]
    assert (home.folder / "output/site/collection/一周-2026-w49.html").exists()
