"""`curate run`, `site`, `reply`, `search` and `collect` over the demo's web: what an editor and her readers get."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from curate.storage.generated import LIST
from tests.demo_account import MONDAY, Published


def files(home: Path) -> dict[str, bytes]:
    place = home / "output/site"
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}


@pytest.fixture
def home(two_nights: tuple[Published, Published], tmp_path: Path) -> Path:
    """A copy of the account to do things to."""
    return two_nights[1].copy(tmp_path / "home")


def test_a_run_brings_the_site_up_to_the_issue(two_nights: tuple[Published, Published]) -> None:
    before, after = (files(night.home) for night in two_nights)
    assert "issue/1.html" in before
    assert "issue/2.html" not in before
    assert {"issue/1.html", "issue/2.html", "index.html", "search.html", "sw.js"} <= after.keys()
    assert before["story/1/102.html"] == after["story/1/102.html"]
    assert b"story/2/" in after["index.html"]


def test_pictures_come_along_and_are_the_same_files(two_nights: tuple[Published, Published]) -> None:
    home = two_nights[1].home
    pictures = [path for path in (home / "output/site/picture").rglob("*") if path.is_file()]
    assert any(path.name == "cover.jpg" for path in pictures)
    for path in pictures:
        if path.parent.name in ("1", "2"):
            originals = {p.read_bytes() for p in (home / "output/issues").rglob("*.*") if p.name == path.name}
            assert path.read_bytes() in originals


def test_a_site_that_is_made_from_nothing_is_the_same(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(home)
    (home / "output/site/story/9").mkdir()
    (home / "output/site/story/9/901.html").write_text("of an issue that is not there any more")
    with (home / "output/site" / LIST).open("a") as made:
        made.write("story/9/901.html\n")
    (home / "output/site/CNAME").write_text("the editor's own")
    assert run(["site", "-C", str(home)]) == 0
    assert files(home) == before | {"CNAME": b"the editor's own"}
    told = capsys.readouterr()
    assert "写了 0 个文件，清掉 1 个" in told.err
    assert told.out.strip().endswith("output/site/index.html")
    shutil.rmtree(home / "output/site")
    assert run(["site", "-C", str(home)]) == 0
    assert files(home) == before


def test_rendering_again_changes_no_number_and_no_page(home: Path) -> None:
    before = files(home)
    assert run(["run", "-C", str(home), "--again", "1"]) == 0
    assert files(home) == before


def test_a_long_mail_is_told_by_again_and_collect_and_on_the_copy_page(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "templates/email/email.html.j2"
    own.parent.mkdir(parents=True)
    usual = (Path(__file__).parents[1] / "templates/email/email.html.j2").read_text("utf-8")
    own.write_text(usual.replace("</body>", f"<p>{'长' * 40_000}</p></body>"), encoding="utf-8")
    told = "超过 102 kB"
    assert told not in (home / "output/issues/2026-11-22-1/wechat.html").read_text("utf-8")
    assert run(["run", "-C", str(home), "--again", "1"]) == 0
    done = capsys.readouterr()
    assert told in done.err
    assert told in Path(done.out.strip()).read_text("utf-8")
    assert run(["collect", "-C", str(home), "--from", "2026-11-01", "--to", "2026-11-30"]) == 0
    done = capsys.readouterr()
    assert told in done.err
    assert told in Path(done.out.strip()).read_text("utf-8")


def test_what_is_known_of_the_issues_may_be_lost_or_of_another_version(home: Path) -> None:
    before = files(home)
    cards = home / "output/site/.cards.json"
    cards.write_text('{"stamp": 3}')
    assert run(["run", "-C", str(home), "--again", "2"]) == 0
    assert files(home) == before


def test_the_site_can_be_left_out(home: Path) -> None:
    shutil.rmtree(home / "output/site")
    with (home / "feeds.yaml").open("a", encoding="utf-8") as file:
        file.write("site: {enabled: false}\n")
    assert run(["run", "-C", str(home), "--again", "1"]) == 0
    assert not (home / "output/site").exists()
    assert (home / "output/replies.csv").exists()


def test_a_slip_in_a_template_takes_no_issue_away(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(home)
    (home / "templates/site").mkdir(parents=True)
    (home / "templates/site/story.html.j2").write_text("{{ nothing.like.this }}")
    assert run(["run", "-C", str(home), "--again", "1"]) == 0
    assert "网站没有更新" in capsys.readouterr().err
    assert run(["site", "-C", str(home)]) == 5
    (home / "templates/site/story.html.j2").unlink()
    assert run(["site", "-C", str(home)]) == 0
    assert files(home) == before


def test_the_replies_are_laid_out_and_are_what_the_command_says(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (home / "output/replies.csv").read_bytes().decode("utf-8-sig")
    rows = {row[1].split("\n")[0]: row[3] for row in csv.reader(StringIO(text, newline=""))}
    for word in ("203", "2", "人工智能"):
        assert run(["reply", "-C", str(home), word]) == 0
        assert capsys.readouterr().out.rstrip("\n") == rows[word]
    assert run(["reply", "-C", str(home), "AI"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == rows["人工智能"]


@pytest.mark.parametrize(("word", "says"), [("没有这个词", "不是编号"), ("99", "还没有"), ("299", "还没有")])
def test_a_word_that_names_nothing_is_told_so(
    home: Path, capsys: pytest.CaptureFixture[str], word: str, says: str
) -> None:
    assert run(["reply", "-C", str(home), word]) == 2
    assert says in capsys.readouterr().err


def test_search_lists_numbers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "-C", str(home), "手机", "螺丝"]) == 0
    assert "201  2026-11-23  拾光 M2 手机发布" in capsys.readouterr().out
    assert run(["search", "-C", str(home), "--limit", "1", "手机"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "--limit" in told.err
    assert run(["search", "-C", str(home), "没有这样的词"]) == 3


def test_the_week_that_is_over_was_collected_on_its_first_run(
    two_nights: tuple[Published, Published],
) -> None:
    home = two_nights[1].home
    (place,) = (home / "output/collections").iterdir()
    assert place.name == "一周-2026-w47"
    digest = from_json(Digest, (place / "issue.json").read_bytes())
    assert digest.name == "一周 · 2026 年 11 月 16 日至 11 月 22 日"
    codes = [item.code for section in digest.sections for item in section.items]
    assert len(codes) == 5
    assert all(code.startswith("1") for code in codes)
    assert (place / "wechat.html").exists()
    assert "collection/一周-2026-w47.html" in files(home)


def test_a_collection_is_made_and_replaced(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["collect", "-C", str(home), "--topic", "ai", "--from", "2026-11-01", "--to", "2026-11-30"]
    assert run(asked) == 0
    place = Path(capsys.readouterr().out.strip()).parent
    assert place.name == "ai-2026-11-01-2026-11-30"
    first = (place / "issue.md").read_bytes()
    assert "collection/ai-2026-11-01-2026-11-30.html" in files(home)
    assert run(asked) == 0
    assert (place / "issue.md").read_bytes() == first
    assert (
        run(["run", "-C", str(home), "--again", "2"]) == 0
    )  # a collection is no issue, and no crash's leftover
    assert sorted(p.name for p in (home / "output/issues").iterdir()) == ["2026-11-22-1", "2026-11-23-1"]


@pytest.mark.parametrize(
    "more", [[], ["--to", "2026-11-30"], ["--from", "2026-11-01", "--topic", "人工智能"]]
)
def test_a_collection_needs_no_days_and_takes_a_topics_name(
    home: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    from curate.app.account import load_config

    topic = next(t for t in load_config(home, {}).topics if t.id == "ai").name
    asked = [topic if word == "人工智能" else word for word in more]
    assert run(["collect", "-C", str(home), "--now", "2026-12-05T08:00+08:00", *asked]) == 0
    slug = Path(capsys.readouterr().out.strip()).parent.name
    assert slug == ("ai-2026-11-01-2026-12-05" if more[:1] == ["--from"] else "all-2026-11-01-2026-11-30")


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        (["--topic", "nothing", "--from", "2026-11-01", "--to", "2026-11-30"], 2, "没有叫“nothing”的栏目"),
        (["--from", "2026-11-30", "--to", "2026-11-01"], 2, "--from"),
        (["--from", "2020-11-01", "--to", "2020-11-30"], 3, "没有出过"),
    ],
)
def test_a_collection_that_cannot_be_made_says_why(
    home: Path, capsys: pytest.CaptureFixture[str], more: list[str], status: int, says: str
) -> None:
    assert run(["collect", "-C", str(home), *more]) == status
    assert says in capsys.readouterr().err


def test_nothing_new_makes_no_second_collection(home: Path) -> None:
    later = MONDAY + timedelta(hours=1)
    status = run(["run", "-C", str(home), "--now", later.isoformat()])
    assert status in (3, 4)
    assert len(list((home / "output/collections").iterdir())) == 1
