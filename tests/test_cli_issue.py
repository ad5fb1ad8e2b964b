"""`curate issue …`: what the editor decides is kept, undone, and followed by everything that is rendered later."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curate.cli.main import run
from curate.domain.model import Digest, Issue
from curate.domain.serialization import from_json, to_json
from curate.site import build
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.output import Output
from tests.desk_account import LATER, SETTINGS, entry_of, source
from tests.desk_samples import machine
from tests.nouns import NOW, page


@pytest.fixture
def home(issue_home: Path) -> Path:
    return issue_home


def call(home: Path, *words: str) -> int:
    return run(
        ["issue", words[0], "-C", str(home), "--now", LATER, *words[1:]]
        if words[0] != "show"
        else ["issue", *words, "-C", str(home)]
    )


def stored(home: Path) -> Digest:
    return from_json(Digest, (home / "output/issues/2026-11-23-1/issue.json").read_bytes())


def entries(home: Path) -> list[str]:
    return [item.entry for section in stored(home).sections for item in section.items]


def every_text(home: Path) -> dict[str, str]:
    """What readers see of the issue, by what shows it."""
    output = home / "output"
    issue = output / "issues/2026-11-23-1"
    names = ("wechat.fragment.html", "issue.md", "issue.txt", "email.html", "email.txt", "poster.html")
    found = {name: (issue / name).read_text("utf-8") for name in names}
    found |= {path.name: path.read_text("utf-8") for path in issue.glob("feed.*")}
    found["poster.html"] = re.sub(
        r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), found["poster.html"]
    )
    found["site"] = (output / "site/issue/7.html").read_text("utf-8")
    found["home"] = (output / "site/index.html").read_text("utf-8")
    found["site feed"] = (output / "site/feed.atom").read_text("utf-8")
    found["replies"] = (output / "replies.csv").read_text("utf-8")
    return found


def test_every_channel_the_site_and_the_replies_follow(home: Path) -> None:
    assert call(home, "title", "7", "2", "改过的标题") == 0
    for name, text in every_text(home).items():
        assert "改过的标题" in text, name
        assert "第 2 条消息" not in text, name


def test_a_note_and_the_issues_own_words_are_printed(home: Path) -> None:
    assert call(home, "note", "last", "1", "值得细读") == 0
    assert (
        call(home, "words", "7", "--opening", "今天冬至", "--closing", "明天见", "--sharing", "转给同事") == 0
    )
    texts = every_text(home)
    for name in texts.keys() - {"poster.html"}:
        assert "值得细读" in texts[name], name
    for name in texts.keys() - {"poster.html", "replies", "site feed"}:
        assert "今天冬至" in texts[name], name
        assert "明天见" in texts[name], name
    for name in ("wechat.fragment.html", "issue.txt", "email.html", "poster.html"):
        assert "转给同事" in texts[name], name


def test_what_is_dropped_is_nowhere_and_no_candidate_again(home: Path) -> None:
    assert call(home, "drop", "7", "3", "702") == 0
    assert entries(home) == ["e1", "e4", "e5", "e6"]
    for name, text in every_text(home).items():
        assert "第 3 条消息" not in text, name
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        names = [f"s{n}" for n in (1, 2, 3, 4, 5, 6, 11)]
        assert {e.id for e in archive.candidates(NOW.replace(year=2025), names, NOW.replace(year=2027))} == {
            "e11"
        }
        assert {e.id for e in archive.list_told(NOW.replace(year=2025))} == {"e1", "e4", "e5", "e6"}


def test_what_is_parked_is_on_the_shelf_and_a_candidate_however_old(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "park", "7", "https://a.example/5") == 0
    capsys.readouterr()
    assert call(home, "show", "7", "--json") == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["shelf"]] == ["e5"]
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        much_later = NOW.replace(year=2027)
        assert [e.id for e in archive.list_parked((), much_later)] == ["e5"]
        assert archive.list_parked(["s5"], much_later) == [], "its source is switched off"
    assert call(home, "undo", "7") == 0
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        assert archive.desk.shelf() == []


def test_moving_leading_and_the_order(home: Path) -> None:
    assert call(home, "move", "7", "2", "--topic", "city") == 0
    assert call(home, "move", "7", "https://a.example/6", "--place", "1") == 0
    assert call(home, "lead", "7", "https://a.example/5") == 0
    digest = stored(home)
    assert [s.id for s in digest.sections] == ["ai", "money", "city"]
    assert entries(home) == ["e1", "e3", "e6", "e4", "e5", "e2"]
    assert (digest.lead.entry, digest.lead.number) == ("e5", 1)
    assert (
        "第 5 条消息"
        in (home / "output/issues/2026-11-23-1/wechat.html").read_text("utf-8").partition("</title>")[2]
    )


def test_undo_redo_and_restore_go_back_and_forth(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = entries(home)
    assert call(home, "drop", "7", "2") == 0
    dropped = entries(home)
    assert call(home, "drop", "7", "2") == 0
    assert call(home, "undo", "7", "--steps", "9") == 0
    assert entries(home) == first
    assert call(home, "redo", "7") == 0
    assert entries(home) == dropped
    assert call(home, "restore", "7", "0") == 0
    assert entries(home) == first
    assert call(home, "restore", "7", "2") == 0
    assert len(entries(home)) == len(first) - 2
    assert call(home, "restore", "7", "99") == 2
    capsys.readouterr()
    assert call(home, "show", "7", "--log") == 0
    assert [line.split()[3] for line in capsys.readouterr().out.splitlines() if "（terminal）" in line] == [
        "drop", "drop", "undo", "undo", "redo", "restore", "restore",
    ]  # fmt: skip


def test_looking_prints_the_issue_the_offers_and_what_came_later(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "show", "last", "--offers", "--arrivals") == 0
    out = capsys.readouterr().out
    assert out.index("[ai] AI") < out.index("★  1") < out.index("[money] MONEY")
    assert "   7   0.40  [city] 第 11 条消息" in out
    assert "第 12 条消息" in out
    assert call(home, "show", "7", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["revision"], found["log"]) == (7, 0, [])
    assert [offer["place"] for offer in found["offers"]] == [7]
    assert [each["id"] for each in found["arrivals"]] == ["e12"]


def test_json_is_the_issue_as_it_is_then_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "lead", "7", "4", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["revision"], found["issue"]["lead"]["entry"]) == (1, "e4")
    assert found["log"][0]["kind"] == "lead"


@pytest.mark.parametrize(
    ("what", "topic", "expected"),
    [("7", "", "city"), ("https://a.example/11", "money", "money"), ("https://a.example/12", "city", "city")],
)
def test_an_offer_or_what_came_later_is_read_and_taken(
    home: Path, what: str, topic: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--topic", topic) if topic else ()
    assert call(home, "add", "7", what, *chosen, "--place", "1") == 0
    taken = next(item for s in stored(home).sections for item in s.items if item.entry in ("e11", "e12"))
    assert taken.topic == expected
    assert "降准" in taken.summary
    assert taken.number == 7 if expected == "city" else 4
    assert taken.title in (home / "output/replies.csv").read_text("utf-8")
    assert call(home, "add", "7", what) == 2
    assert "已经有" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("drop", "8", "1"), "没有第 8 期"),
        (("drop", "7", "99"), "没有 99 这一条"),
        (("drop", "七", "1"), "最新一期写 last"),
        (("add", "7", "6"), "没有编号 6 的候选"),
        (("add", "7", "nobody"), "存档里没有"),
        (("move", "7", "1"), "--topic 或 --place"),
        (("words", "7"), "至少写一个"),
        (("title", "7", "1", " "), "不能是空的"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    home: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = entries(home)
    assert call(home, *words) == 2
    assert told in capsys.readouterr().err
    assert entries(home) == before


def test_a_render_from_the_archive_follows_and_the_machines_issue_stays(home: Path) -> None:
    machines = to_json(machine())
    assert call(home, "title", "7", "2", "改过的标题") == 0
    (home / "output/issues/2026-11-23-1/issue.md").unlink()
    assert run(["run", "-C", str(home), "--again", "7"]) == 0
    assert "改过的标题" in every_text(home)["issue.md"]
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        edited = archive.desk.read(7)
        assert edited
        assert to_json(edited.machine) == machines
        assert edited.issue.covers != edited.machine.covers


def test_a_collection_has_the_items_as_the_editor_left_them(home: Path) -> None:
    assert call(home, "title", "7", "2", "改过的标题") == 0
    assert call(home, "drop", "7", "3") == 0
    assert run(["collect", "-C", str(home), "--from", "2026-11-01", "--to", "2026-11-30"]) == 0
    (place,) = (home / "output/collections").iterdir()
    text = (place / "wechat.fragment.html").read_text("utf-8")
    assert "改过的标题" in text
    assert "第 3 条消息" not in text


def test_search_finds_what_the_issue_says_now(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "-C", str(home), "消息"]) == 0
    assert call(home, "title", "7", "2", "量子计算机") == 0
    capsys.readouterr()
    assert run(["search", "-C", str(home), "量子"]) == 0
    assert "量子计算机" in capsys.readouterr().out


def test_a_broken_template_takes_nothing_away_and_the_decision_stays(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "templates/markdown/post.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nobody.knows }}{% endfor %}", encoding="utf-8")
    before = every_text(home) if (home / "output/site").exists() else {}
    assert call(home, "title", "7", "2", "改过的标题") == 5
    assert "没有重新排版" in capsys.readouterr().err
    assert "改过的标题" not in (home / "output/issues/2026-11-23-1/wechat.fragment.html").read_text("utf-8")
    assert not before
    own.unlink()
    assert run(["run", "-C", str(home), "--again", "7"]) == 0
    assert "改过的标题" in (home / "output/issues/2026-11-23-1/wechat.fragment.html").read_text("utf-8")


def test_what_was_decided_before_a_crash_is_rendered_by_the_next_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            "curate.app.edit_issue.publish_edited", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        assert call(home, "title", "7", "2", "改过的标题") == 130
    assert "改过的标题" not in (home / "output/issues/2026-11-23-1/issue.md").read_text("utf-8")
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        assert archive.desk.behind() == [7]
    run(["run", "-C", str(home), "--now", LATER])
    assert "改过的标题" in (home / "output/issues/2026-11-23-1/issue.md").read_text("utf-8")
    with sqlite3.connect(home / "output/archive.db") as raw:
        assert raw.execute("SELECT revision = rendered FROM edited_issues").fetchone() == (1,)


def test_a_label_moves_the_open_issues_item_at_once_and_a_later_move_counts_more(home: Path) -> None:
    assert run(["topics", "label", "https://a.example/2", "city", "-C", str(home), "--now", LATER]) == 0
    assert entries(home)[-1] == "e2"
    later = LATER.replace("08:00", "09:00")
    assert (
        run(["issue", "move", "7", "https://a.example/2", "--topic", "ai", "-C", str(home), "--now", later])
        == 0
    )
    assert run(["run", "-C", str(home), "--again", "7"]) == 0
    assert "e2" in entries(home)[:3]


def test_an_advert_goes_out_at_once_and_is_one_on_later_nights(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["adverts", "mark", "https://a.example/2", "-C", str(home)]) == 0
    assert "e2" not in entries(home)
    assert run(["adverts", "mark", "https://a.example/11", "--not", "-C", str(home)]) == 0
    assert run(["adverts", "mark", "https://nobody.example/", "-C", str(home)]) == 2
    assert "存档里没有" in capsys.readouterr().err
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        assert archive.advert_marks() == {("s2", "e2"): True, ("s11", "e11"): False}


def test_two_items_become_one_story_and_two_tellings_two(home: Path) -> None:
    assert run(["stories", "merge", "https://a.example/2", "https://a.example/5", "-C", str(home)]) == 0
    first = next(item for s in stored(home).sections for item in s.items if item.entry == "e2")
    assert ("s5", "e5") in first.echo_keys
    assert "来源5" in {telling.source for telling in first.also}
    assert "e5" not in entries(home)
    assert run(["stories", "split", "https://a.example/2", "https://a.example/5", "-C", str(home)]) == 0
    first = next(item for s in stored(home).sections for item in s.items if item.entry == "e2")
    assert ("s5", "e5") not in first.echo_keys
    assert "来源5" not in {telling.source for telling in first.also}
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        assert archive.together() == frozenset()
        assert archive.apart() == {frozenset({("s2", "e2"), ("s5", "e5")})}


def test_what_is_said_before_there_is_an_issue_is_kept(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text(SETTINGS + source(1), encoding="utf-8")
    with Archive("sqlite:///output/archive.db", tmp_path, fingerprint) as archive:
        archive.add("s1", "https://a.example/feed", page(), [entry_of(1)], NOW)
    assert run(["topics", "label", "https://a.example/1", "ai", "-C", str(tmp_path)]) == 0
    assert run(["adverts", "mark", "https://a.example/1", "-C", str(tmp_path)]) == 0


def test_an_issue_is_edited_as_text(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from curate.desk.plain import write_plain

    text = home / "issue.txt"
    text.write_text(write_plain(machine()).replace("| 第 2 条消息", "| 改过的标题"), encoding="utf-8")
    assert call(home, "edit", "7", "--from", str(text)) == 0
    assert "改过的标题" in every_text(home)["issue.md"]
    assert call(home, "edit", "7", "--from", str(text)) == 0
    text.write_text("[ai]\n 99 | 没有的\n", encoding="utf-8")
    assert call(home, "edit", "7", "--from", str(text)) == 2
    assert "第 2 行" in capsys.readouterr().err
    assert call(home, "show", "7", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["revision"] == 1


def test_search_passes_over_what_an_issue_no_longer_says(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for title in ("量子计算机", "深海探测器"):
        assert call(home, "title", "7", "2", title) == 0
        capsys.readouterr()
        assert run(["search", "-C", str(home), title[:2]]) == 0
        assert title in capsys.readouterr().out
    assert run(["search", "-C", str(home), "量子"]) == 3
    assert call(home, "undo", "7") == 0
    capsys.readouterr()
    assert run(["search", "-C", str(home), "量子"]) == 0


class Spy:
    """A function that notes which issues it was asked for."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.asked = function, list[list[int]]()

    def __call__(self, site: Any, numbers: list[int], changed: Any) -> Any:
        self.asked.append(numbers)
        return self.function(site, numbers, changed)


def site_of(home: Path) -> dict[str, bytes]:
    root = home / "output/site"
    left_out = (".cards.json", ".files.txt")
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in root.rglob("*")
        if p.is_file() and p.name not in left_out
    }


@pytest.mark.slow
def test_a_site_that_followed_is_the_one_that_is_built_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, also where topics, sources and continuations went; and not by building everything."""
    last = machine(8)
    items = [replace(item, continues=(7, 3), also=()) for item in last.sections[1].items]
    last = replace(
        last,
        date=last.date.replace(day=24),
        sections=(last.sections[0], replace(last.sections[1], items=tuple(items))),
    )
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        Output(home / "output").publish(Issue(last, {}), "2026-11-24-1")
        archive.record(last, "2026-11-24-1")
        archive.desk.keep_offers(8, archive.desk.offers(7))
    assert run(["site", "-C", str(home)]) == 0
    for step in (
        ("move", "8", "3", "--topic", "city"), ("drop", "8", "2"), ("drop", "8", "https://a.example/4"), ("add", "8", "7"),
        ("lead", "8", "3"), ("move", "8", "https://a.example/3", "--topic", "ai"), ("park", "8", "https://a.example/5"),
        ("drop", "8", "https://a.example/11"), ("drop", "8", "https://a.example/6"), ("undo", "8", "--steps", "9"),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr("curate.site.build._issues", spied := Spy(build._issues))
            assert call(home, *step) == 0
        assert spied.asked == [[8]], "the issue before it is not made again"
        followed = site_of(home)
        assert run(["site", "-C", str(home)]) == 0
        anew = site_of(home)
        assert followed.keys() == anew.keys(), step
        assert followed == anew, step
