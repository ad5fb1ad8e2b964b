"""A new account: the ready sections, the feeds.yaml composed of them, and `curate init` with options, a list or questions."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from curate.app.account import load_config
from curate.app.setup.create_account import AccountChoices, plan_account, read_ready_sections
from curate.cli.main import run
from curate.cli.setup.theme_colors import NAMED, read_accents
from curate.render import themes
from curate.sources.subscriptions import pasted_address, subscription_key
from curate.storage.account import starter, templates

READY = read_ready_sections()
SECTIONS = ["科技", "财经", "读书", "城市", "科学", "教育", "健康", "体育", "游戏", "设计"]


def test_each_ready_section_has_keywords_and_eight_sources_of_its_own() -> None:
    assert [section.name for section in READY.sections] == SECTIONS
    for section in READY.sections:
        assert len(section.sources) >= 8
        assert len(section.keywords) >= 10
        assert section.icon
    words = Counter(word for section in READY.sections for word in section.keywords)
    assert max(words.values()) == 1


def test_no_ready_source_stands_twice_and_every_address_is_one() -> None:
    sources = [source for section in READY.sections for source in section.sources]
    for source in sources:
        assert bool(source.url) != bool(source.route)
        assert not source.route or source.route.startswith("/")
        if source.url:
            assert pasted_address(source.url) == source.url
            assert urlsplit(source.url).hostname
            assert "rsshub" not in source.url
    keys = Counter(subscription_key(source.url) if source.url else source.route for source in sources)
    assert [key for key, count in keys.items() if count > 1] == []
    assert len({source.name for source in sources}) == len(sources)


def test_every_ready_source_names_a_dated_list_and_every_list_is_used() -> None:
    seen = {source.seen for section in READY.sections for source in section.sources}
    assert seen == READY.lists.keys()
    assert all(date(2024, 12, 1) <= listed.date <= date(2026, 11, 30) for listed in READY.lists.values())
    assert all(listed.url.startswith("https://") and listed.file for listed in READY.lists.values())


@pytest.mark.parametrize("names", [[name] for name in SECTIONS] + [SECTIONS])
def test_a_section_alone_or_all_of_them_make_an_account(tmp_path: Path, names: list[str]) -> None:
    sections, _ = READY.find(names)
    account = plan_account(tmp_path, AccountChoices(sections=sections))
    assert [topic.name for topic in account.config.topics] == names
    assert account.config.account.positioning.startswith(f"给关心{'、'.join(names)}的人")
    assert len(account.config.sources) == 1 + sum(len(section.sources) for section in sections)
    assert {s.topic for s in account.config.sources if s.enabled} == {section.id for section in sections}
    assert account.feeds.count("\n# ──") == starter().count("\n# ──")


def test_what_is_chosen_stands_in_feeds_yaml_and_the_rest_stays_packaged(tmp_path: Path) -> None:
    args = [
        "--name",
        '夜读: "一"',
        "--positioning",
        "给爱读书的人 # 1",
        "--sections",
        "读书、science",
        "--theme",
        "newspaper",
    ]
    assert run(["init", str(tmp_path / "a"), *args, "--color", "#0a7d4f", "--language", "en"]) == 0
    config = load_config(tmp_path / "a", {})
    assert (config.account.name, config.account.positioning) == ('夜读: "一"', "给爱读书的人 # 1")
    assert (config.look.theme, config.look.color) == ("newspaper", "#0a7d4f")
    assert (config.account.language, config.digest.languages) == ("en", ("zh", "en"))
    assert [topic.id for topic in config.topics] == ["books", "science"]
    assert "书评" in config.account.audience
    assert "手机" not in config.account.audience


def test_the_packaged_account_is_laid_out_byte_for_byte_where_nothing_is_chosen(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "a")]) == 0
    assert (tmp_path / "a/feeds.yaml").read_text("utf-8") == starter()


def test_what_is_no_section_theme_or_color_is_told_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args, told in (
        (["--sections", "科技,钓鱼"], "钓鱼"),
        (["--theme", "baroque"], "classic"),
        (["--color", "green"], "#0a7d4f"),
    ):
        assert run(["init", str(tmp_path / "a"), *args]) == 2
        assert told in capsys.readouterr().err
    assert run(["init", str(tmp_path / "a"), "--name", "长" * 99]) == 1
    assert not (tmp_path / "a").exists()


OPML = """<opml version="2.0"><body><outline text="书架"><outline text="甲" xmlUrl="https://a.example/feed"/></outline>
<outline text="乙" xmlUrl="https://b.example/feed"/><outline text="丙" xmlUrl="rsshub://zhihu/daily"/></body></opml>"""


def init_from(folder: Path, opml: str, *args: str) -> int:
    file = folder / "list.opml"
    file.write_text(opml, encoding="utf-8")
    return run(["init", str(folder / "a"), "--from", str(file), *args])


def test_an_account_begins_with_a_list_of_subscriptions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init_from(tmp_path, OPML) == 0
    config = load_config(tmp_path / "a", {})
    assert [(topic.id, topic.name) for topic in config.topics] == [("书架", "书架")]
    assert [(s.name, s.topic, s.route) for s in config.sources] == [
        ("甲", "书架", None),
        ("乙", None, None),
        ("丙", None, "/zhihu/daily"),
    ]
    assert "导入 3 个来源" in capsys.readouterr().err


def test_a_list_without_folders_is_sorted_into_the_packaged_topics(tmp_path: Path) -> None:
    flat = '<opml><body><outline text="甲" xmlUrl="https://a.example/feed"/></body></opml>'
    assert init_from(tmp_path, flat) == 0
    config = load_config(tmp_path / "a", {})
    assert len(config.topics) == 8
    assert [s.name for s in config.sources] == ["甲"]


def test_a_folder_called_as_a_ready_section_is_that_section_with_its_keywords(tmp_path: Path) -> None:
    listed = OPML.replace(
        "</body>", '<outline text="科学"><outline xmlUrl="https://d.example/"/></outline></body>'
    )
    assert init_from(tmp_path, listed) == 0
    config = load_config(tmp_path / "a", {})
    assert [(topic.id, bool(topic.keywords)) for topic in config.topics] == [
        ("science", True),
        ("书架", False),
    ]
    assert [s.topic for s in config.sources] == ["书架", None, None, "science"]


def test_chosen_sections_are_topics_beside_the_folders_of_a_list(tmp_path: Path) -> None:
    assert init_from(tmp_path, OPML.replace("书架", "读书"), "--sections", "读书,科学") == 0
    config = load_config(tmp_path / "a", {})
    assert [topic.id for topic in config.topics] == ["books", "science"]
    assert [(s.name, s.topic) for s in config.sources] == [("甲", "books"), ("乙", None), ("丙", None)]


def test_an_empty_list_makes_no_account(tmp_path: Path) -> None:
    assert init_from(tmp_path, "<opml><body/></opml>") == 4
    assert not (tmp_path / "a").exists()


def test_every_theme_is_shown_in_its_own_color() -> None:
    accents = read_accents()
    assert accents.keys() == set(NAMED) == set(themes(templates()))
    assert len(set(accents.values())) == len(accents)
    assert all(accents.values())


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str, terminal: bool = True) -> list[str]:
    """Answers to the questions, one after another; what is left of them is returned as it shrinks."""
    left = list(answers)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: left.pop(0))
    return left


def test_on_a_terminal_it_asks_shows_and_asks_whether_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["夜读", "给爱读书的人", "", "99", "3 科学", "oil", "cards", "red", "#123456", "y"]
    left = answer(monkeypatch, *answers)
    assert run(["init", str(tmp_path / "a")]) == 0
    assert left == []
    config = load_config(tmp_path / "a", {})
    assert config.account.name == "夜读"
    assert (config.look.theme, config.look.color) == ("cards", "#123456")
    assert [topic.name for topic in config.topics] == ["读书", "科学"]
    assert "没有逐个连过" in capsys.readouterr().err


def test_no_at_the_end_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "", "", "", "", "", "", "n")
    assert run(["init", str(tmp_path / "a")]) == 130
    assert not (tmp_path / "a").exists()


def test_nothing_is_asked_without_a_terminal_or_with_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, terminal=False)
    assert run(["init", str(tmp_path / "a")]) == 0
    answer(monkeypatch)
    assert run(["init", str(tmp_path / "b"), "--name", "夜读"]) == 0
    assert run(["init", str(tmp_path / "b")]) == 0  # it is there already


def test_an_english_account_is_planned_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["init", str(tmp_path / "a"), "--language", "en", "--name", "Morning", "--sections", "tech"]) == 0
    )
    told = capsys.readouterr().err
    assert "name      Morning" in told
    assert "Next: cd" in told
    assert "栏目" not in told
    assert "feeds.yaml 会" not in told
