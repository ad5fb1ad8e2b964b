"""What a person at the terminal reads of the command line itself: in the account's language, in the order of use."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from curate.cli.main import COMMANDS, cli, run
from curate.cli.terminal.language import choose_language, language_of_terminal
from curate.cli.terminal.lazy_group import Lazy, find_commands
from curate.cli.terminal.options import folder_of

ENGLISH = "account: {name: x, language: en}\n"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    run(list(args))
    return "".join(capsys.readouterr())


def test_help_lists_commands_in_the_order_of_use(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--help")
    names = [
        line.split()[0]
        for line in told.split("命令:")[1].splitlines()
        if line.startswith("  ") and line.split()
    ]
    assert names[:4] == ["init", "demo", "run", "issue"]
    assert names.index("sources") < names.index("stats") < names.index("schema")
    assert set(names) == set(COMMANDS)
    told = said(capsys, "sources", "--help")
    assert told.index("  add") < told.index("  test") < told.index("  list")


def test_a_marked_command_is_found_by_itself_and_without_being_imported(tmp_path: Path) -> None:
    marked = (
        '@top_level("tidy-up")\n@click.command()\n@folder_option\ndef tidy(folder):\n    """One line."""\n'
    )
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/new.py").write_text("raise SystemExit\n" + marked, encoding="utf-8")
    (tmp_path / "old.py").write_text(
        marked.replace("tidy-up", "old") + "@click.command()\ndef other():\n    ...\n", encoding="utf-8"
    )
    found = find_commands(tmp_path, "some.package", ("old", "gone"))
    assert found == {
        "old": Lazy("some.package.old", "tidy", "One line."),
        "tidy-up": Lazy("some.package.inner.new", "tidy", "One line."),
    }
    assert list(found) == ["old", "tidy-up"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["run", "--help"], "用法： curate run [选项]"),
        (["rnu"], "没有 rnu 这个命令。 是不是 'run'？"),
        (["sources", "ad"], "是不是 'add'？"),
        (["run", "--agian", "3"], "没有 --agian 这个选项。 是不是 '--again'？"),
        (["collect", "--items", "0"], "0 不在 1<=x<=99 的范围内"),
        (["collect", "--from", "昨天"], "昨天 不是日期，写成 2026-11-30 这样。"),
        (["import", "没有的.opml"], "没有的.opml 不存在。"),
        (["sources", "add"], "缺少参数 '网址'"),
        (["run", "--again"], "选项 --again 后面要写一个值。"),
        (["init", "a", "b"], "多写了 b"),
    ],
)
def test_slips_are_told_in_chinese_with_what_was_meant(
    capsys: pytest.CaptureFixture[str], args: list[str], told: str
) -> None:
    assert told in said(capsys, *args)


def test_no_english_of_the_library_is_left_in_any_help(capsys: pytest.CaptureFixture[str]) -> None:
    def walk(command: click.Command, path: list[str]) -> None:
        told = said(capsys, *path, "--help")
        for word in (
            "Usage",
            "Options",
            "Commands",
            "Show this",
            "OPTIONS",
            "COMMAND",
            "default",
            "DIRECTORY",
            "INTEGER",
            "TEXT",
        ):
            assert word not in told, (path, word)
        if not isinstance(command, click.Group):
            return
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            assert path or COMMANDS[name].help == child.get_short_help_str(limit=200)
            walk(child, [*path, name])

    walk(cli, [])


def test_an_english_account_has_the_library_speak_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(ENGLISH, encoding="utf-8")
    assert "Usage: curate run [OPTIONS]" in said(capsys, "run", "-C", str(tmp_path), "--help")
    assert "用法：" in said(capsys, "run", "--help")


@pytest.mark.parametrize(
    ("args", "folder"),
    [
        (["run"], "."),
        (["run", "-C", "a"], "a"),
        (["run", "-Ca"], "a"),
        (["run", "--folder=a"], "a"),
        (["-C"], "."),
    ],
)
def test_the_folder_is_known_before_the_command_line_is_read(args: list[str], folder: str) -> None:
    assert folder_of(args) == Path(folder)


@pytest.mark.parametrize(
    ("settings", "locale", "language"),
    [
        (ENGLISH, "zh_CN.UTF-8", "en"),
        ("account: {name: x}\n", "en_US.UTF-8", "zh"),
        (None, "en_US.UTF-8", "en"),
        (None, "C.UTF-8", "zh"),
        (None, "", "zh"),
    ],
)
def test_failures_are_told_in_the_account_s_language_or_else_the_terminal_s(
    tmp_path: Path, settings: str | None, locale: str, language: str
) -> None:
    if settings:
        (tmp_path / "feeds.yaml").write_text(settings, "utf-8")
    choose_language(["run", "-C", str(tmp_path)], {"LANG": locale})
    assert language_of_terminal() == language


def test_a_command_of_an_english_account_fails_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(ENGLISH, "utf-8")
    (tmp_path / "list.opml").write_text("no outlines", "utf-8")
    told = said(capsys, "import", str(tmp_path / "list.opml"), "-C", str(tmp_path))
    assert told.startswith("not OPML: it has no <opml>")
