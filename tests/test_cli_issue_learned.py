"""`curate issue learned`, and what decisions about an issue teach for later nights."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curate.app.account import open_archive
from curate.app.teach_archive import teach_archive
from curate.cli.main import run
from curate.cli.terminal.account import read_config
from curate.desk.events import Event, Logged, MarkAdvert, Merge, Restore, Split
from curate.domain.message import message
from curate.domain.model import EntryKey, Story
from curate.i18n.catalogue import say
from curate.pipeline.editor_choices import editor_preferences, read_decisions
from curate.pipeline.nightly import rank
from curate.storage import Archive
from curate.storage.desk import Edited
from curate.topics.assign import Guess
from tests.desk_samples import choose, machine
from tests.nouns import NOW
from tests.nouns import entry as entry_of
from tests.test_cli_issue import call, home

__all__ = ["home"]


def with_archive(home: Path, ask: Callable[[Archive], Any]) -> Any:
    with open_archive(read_config(home), home) as archive:
        return ask(archive)


def learned(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["issue", "learned", "--json", *words, "-C", str(home)]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_nothing_is_learnt_from_one_issue_and_it_says_how_much_is_wanted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "drop", "7", "1") == 0
    found = learned(home, capsys)
    assert (found["issues"], found["decisions"], found["enough"], found["learned"]) == (1, 6, False, [])
    assert run(["issue", "learned", "-C", str(home)]) == 0
    assert "还不够，先不影响排序" in capsys.readouterr().err


def test_decisions_follow_the_log_and_are_made_once_a_revision(home: Path) -> None:
    config = read_config(home)
    assert call(home, "drop", "7", "1") == 0
    assert with_archive(home, lambda a: a.choices.behind()) == [7]
    first = with_archive(home, lambda a: read_decisions(a, config))
    assert [each.taken for each in first].count(False) == 1
    assert with_archive(home, lambda a: a.choices.behind()) == []
    assert call(home, "undo", "7") == 0
    assert with_archive(home, lambda a: read_decisions(a, config)) == [], "nothing holds: it says nothing"


def test_an_issue_that_only_followed_labels_was_not_looked_through(home: Path) -> None:
    assert run(["topics", "label", "https://a.example/2", "city", "-C", str(home)]) == 0
    assert with_archive(home, lambda a: read_decisions(a, read_config(home))) == []


def test_what_was_learnt_is_told_taken_back_and_remembered(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_archive(home, choose)
    found = {(each["factor"], each["level"]): each for each in learned(home, capsys)["learned"]}
    assert found["topic", "money"]["points"] < 0
    assert "你常去掉“MONEY”栏目的内容" in found["topic", "money"]["words"]
    after = learned(home, capsys, "--forget", "money")
    assert after["forgotten"] == [{"factor": "topic", "level": "money", "number": 119}]
    assert ("topic", "money") not in {(each["factor"], each["level"]) for each in after["learned"]}
    again = learned(home, capsys, "--remember", "topic:money")
    assert again["forgotten"] == []
    assert ("topic", "money") in {(each["factor"], each["level"]) for each in again["learned"]}
    assert learned(home, capsys, "--forget", "all")["decisions"] == 0
    assert run(["issue", "learned", "--forget", "nobody", "-C", str(home)]) == 2
    assert run(["issue", "learned", "--remember", "city", "-C", str(home)]) == 2


def test_a_night_heeds_what_was_learnt_and_says_so(home: Path) -> None:
    with_archive(home, choose)
    config = read_config(home)
    stories = [Story(entry_of(1, source="s1")), Story(entry_of(1, source="s2"))]
    found = [Guess("money", 0.9, message("topic.label")), Guess("ai", 0.9, message("topic.label"))]
    guesses = {story.lead.key: guess for story, guess in zip(stories, found, strict=True)}
    known = with_archive(home, lambda a: editor_preferences(a, config))
    picks = rank(stories, guesses, {}, config, NOW, None, None, (), known)
    assert [pick.topic for pick in picks] == ["ai", "money"]
    assert any(reason.signal == "editor" and "MONEY" in say(reason.message, "zh") for reason in picks[1].why)
    assert not any(
        r.signal == "editor" for p in rank(stories, guesses, {}, config, NOW, None, None) for r in p.why
    )


def test_a_move_to_another_topic_is_a_label_and_its_undo_takes_it_back(home: Path) -> None:
    assert call(home, "move", "7", "https://a.example/2", "--topic", "city") == 0
    labels = with_archive(home, lambda a: a.labels())
    assert [(label.source, label.id, label.topic) for label in labels] == [("s2", "e2", "city")]
    assert call(home, "undo", "7") == 0
    assert with_archive(home, lambda a: a.labels()) == []
    assert call(home, "redo", "7") == 0
    assert len(with_archive(home, lambda a: a.labels())) == 1


def test_a_move_within_a_topic_is_no_label(home: Path) -> None:
    assert call(home, "move", "7", "https://a.example/2", "--place", "3") == 0
    assert with_archive(home, lambda a: a.labels()) == []


def test_what_the_desk_says_of_stories_and_adverts_is_kept_and_taken_back(home: Path) -> None:
    split = Split(EntryKey("s2", "e2"), EntryKey("x2", "1"), "https://x2.example/1")
    merged = Merge(EntryKey("s1", "e1"), machine().sections[1].items[0])
    said: list[Event] = [split, merged, MarkAdvert(EntryKey("s5", "e5"))]
    log = tuple(Logged(n, event, NOW, "desk") for n, event in enumerate([*said, Restore(0)], 1))
    elsewhere = tuple(Logged(each.revision, each.event, NOW, "stories") for each in log[:3])

    def at(log: tuple[Logged, ...]) -> Edited:
        return Edited(machine(), log, machine(), "", 0)

    def known(archive: Archive) -> tuple[int, int, dict[EntryKey, bool]]:
        pairs = [len(bulk(archive, table)) for table in ("apart", "together")]
        return pairs[0], pairs[1], archive.advert_marks()

    def bulk(archive: Archive, table: str) -> list[Any]:
        with archive._transaction() as connection:
            return list(connection.exec_driver_sql(f"SELECT * FROM {table}"))

    with open_archive(read_config(home), home) as archive:
        teach_archive(archive, at(()), at(elsewhere), NOW)
        assert known(archive) == (0, 0, {}), "who said it elsewhere has kept it there"
        teach_archive(archive, at(()), at(log[:3]), NOW)
        assert known(archive) == (1, 1, {("s5", "e5"): True})
        teach_archive(archive, at(log[:3]), at(log), NOW)
        assert known(archive) == (0, 0, {})
