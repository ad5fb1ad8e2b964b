"""What the editor never wants again: gone from the issue, in feeds.yaml with its comments, heeded by later nights, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.config.schema import BlockSettings
from curate.ranking.block import find_block, has_word, is_by, part_blocked
from tests.desk_account import LATER, entry_of
from tests.desk_client import DeskClient, opened


@pytest.fixture
def tab(issue_home: Path) -> Iterator[DeskClient]:
    with opened(issue_home) as found:
        yield found


def settings_of(home: Path) -> str:
    return (home / "feeds.yaml").read_text("utf-8")


def entries(tab: DeskClient) -> list[str]:
    return [item.entry for section in tab.desk.read().issue.sections for item in section.items]


@pytest.mark.parametrize(
    ("word", "title", "found"),
    [
        ("抽奖", "周末抽奖活动开始", True),
        ("抽獎", "周末抽奖", True),
        ("AI", "AI芯片发布", True),
        ("ai", "He said it", False),
        ("ＡＩ", "生成式AI来了", True),
        ("5G", "15G流量", False),
        ("C++", "C++ 30 年", True),
        ("双 11", "今年双  11 提前", True),
        (" ", "随便什么", False),
        ("a.c", "abc", False),
    ],
)
def test_a_word_is_found_as_an_editor_means_it(word: str, title: str, found: bool) -> None:
    assert has_word(word)(title) is found


@pytest.mark.parametrize(
    ("author", "named", "found"),
    [
        ("张三", "李四、张三", True),
        ("张三", "张三丰", False),
        ("Ann Lee", "ann lee and Bob", True),
        ("张三", "", False),
        ("", "", False),
    ],
)
def test_an_author_is_one_of_those_that_are_named(author: str, named: str, found: bool) -> None:
    assert is_by(author)(named) is found


def test_a_night_takes_nothing_that_is_blocked_but_the_editors_own() -> None:
    every = [
        entry_of(1, title="抽奖啦"),
        entry_of(2, author="张三"),
        entry_of(3),
        entry_of(4, title="抽奖的学问", original=True),
    ]
    kept, verdicts = part_blocked(every, BlockSettings(words=("抽奖",), authors=("张三",)))
    assert [entry.id for entry in kept] == ["e3", "e4"]
    assert [v.message.key for v in verdicts] == ["drop.block.word", "drop.block.author"]
    assert find_block(BlockSettings())("抽奖", "张三") is None


def test_a_source_is_blocked_on_the_desk_at_once_and_undone_in_the_file_too(
    tab: DeskClient, issue_home: Path
) -> None:
    before = settings_of(issue_home)
    answer = tab.do("block", 11, kind="source", value="s3")
    assert "也写进了 feeds.yaml" in answer.text
    assert "e3" not in entries(tab)
    assert "id: s3, name: 来源3s, url: 'https://s3.example/feed', enabled: false}" in settings_of(issue_home)
    assert not next(s for s in tab.desk.account.config.sources if s.id == "s3").enabled
    tab.do("undo")
    assert settings_of(issue_home) == before
    assert "e3" in entries(tab)
    tab.do("redo")
    assert "enabled: false" in settings_of(issue_home)
    tab.do("restore", version="0")
    assert settings_of(issue_home) == before


@pytest.mark.parametrize("written", ["true", "yes", "True"])
def test_an_undo_writes_that_a_source_is_enabled_where_the_file_said_so(
    tab: DeskClient, issue_home: Path, written: str
) -> None:
    plain = settings_of(issue_home)
    said = "id: s3, name: 来源3s, url: 'https://s3.example/feed'"
    before = plain.replace(said, f"{said}, enabled: {written}")
    assert before != plain
    (issue_home / "feeds.yaml").write_text(before, "utf-8")
    tab.do("block", 11, kind="source", value="s3")
    assert f"{said}, enabled: false}}" in settings_of(issue_home)
    tab.do("undo")
    assert settings_of(issue_home) == before
    tab.do("redo")
    assert f"{said}, enabled: false}}" in settings_of(issue_home)
    tab.do("restore", version="0")
    assert settings_of(issue_home) == before


def test_a_blocked_source_or_word_is_no_candidate_any_more(tab: DeskClient) -> None:
    assert "第 11 条消息" in tab.get("/list").text
    assert "第 11 条消息" not in tab.do("block", kind="source", value="s11").text
    assert "第 12 条消息" in tab.get("/list?tab=arrivals").text
    tab.do("block", kind="word", value="12")
    assert "第 12 条消息" not in tab.get("/list?tab=arrivals").text


def test_words_and_authors_go_into_the_file(tab: DeskClient, issue_home: Path) -> None:
    before = settings_of(issue_home)
    tab.do("block", kind="word", value="第 4 条")
    tab.do("block", kind="author", value="某某")
    assert 'block:\n  words: ["第 4 条"]\n  authors: ["某某"]\n' in settings_of(issue_home)
    assert "e4" not in entries(tab)
    tab.do("undo")
    tab.do("undo")
    assert settings_of(issue_home) == before


def test_what_stood_in_the_file_before_stays_there(tab: DeskClient, issue_home: Path) -> None:
    text = settings_of(issue_home) + "block: {words: [第 5 条]}  # 早就不要\n"
    (issue_home / "feeds.yaml").write_text(text, "utf-8")
    assert "也写进了" not in tab.do("block", kind="word", value="第 5 条").text
    assert "e5" not in entries(tab)
    tab.do("undo")
    assert settings_of(issue_home) == text
    assert "e5" in entries(tab)


def test_what_is_blocked_is_taken_back_without_an_undo(tab: DeskClient, issue_home: Path) -> None:
    tab.do("block", kind="word", value="第 4 条")
    tab.do("drop", 5)
    assert tab.do("unblock", kind="word", value="第 4 条").status_code == 200
    assert "block" not in settings_of(issue_home)
    assert "e4" not in entries(tab)


def test_a_file_that_cannot_be_read_stops_the_decision_and_says_so(tab: DeskClient, issue_home: Path) -> None:
    text = settings_of(issue_home) + "topics: [\n"
    (issue_home / "feeds.yaml").write_text(text, "utf-8")
    answer = tab.do("block", kind="word", value="第 4 条")
    assert answer.status_code == 422
    assert "feeds.yaml 改不了" in answer.text
    assert ("e4" in entries(tab), settings_of(issue_home)) == (True, text)


def test_no_word_of_a_feed_is_filled_in_from_the_environment(
    tab: DeskClient, issue_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY_OF_OURS", "s3cret")
    tab.do("block", kind="author", value="${SECRET_KEY_OF_OURS}")
    assert "s3cret" not in str(tab.desk.account.config.block)
    tab.do("undo")
    assert "SECRET" not in settings_of(issue_home)


def test_the_terminal_blocks_and_undoes(issue_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = settings_of(issue_home)

    def call(*words: str) -> int:
        return run(["issue", words[0], "-C", str(issue_home), "--now", LATER, "7", *words[1:]])

    assert call("block", "--source", "来源3s", "--word", "第 4 条") == 0
    assert "enabled: false" in settings_of(issue_home)
    assert "words:" in settings_of(issue_home)
    assert call("undo", "--steps", "2") == 0
    assert settings_of(issue_home) == before
    assert call("block", "--word", "第 4 条", "--here") == 0
    assert settings_of(issue_home) == before
    assert call("block") == 2
    assert call("block", "--source", "没有这个") == 2
    with opened(issue_home) as tab:
        assert "e4" not in entries(tab)
