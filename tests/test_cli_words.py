"""What a person at the terminal reads of the command line itself: in the account's language, in the order of use."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from curate.app.exit_codes import ExitCode
from curate.cli.main import COMMANDS, cli, run
from curate.cli.terminal import click_zh
from curate.cli.terminal.help import choose_help
from curate.cli.terminal.language import choose_language, folder_of, language_of_terminal
from curate.cli.terminal.lazy_group import Lazy, find_commands

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


# What click says to programmers, and of what we never use: its editor, its progress bars, completion in a shell.
PROGRAMMERS = ("Value must be", "Could not determine", "No options defined", "Arguments take", "Name '", "Boolean option", "Invalid start character", "Unknown color", "Choice(", "Unknown standard stream")  # fmt: skip
UNUSED = ("_termui_impl", "_winconsole", "shell_completion")
# Words that click writes without marking them for translation.
UNMARKED = ("OPTIONS", "COMMAND", "ARGS", "DIRECTORY", "INTEGER", "FLOAT", "TEXT", "FILE", "PATH", "RANGE", "BOOLEAN")  # fmt: skip


def english_of_click() -> set[str]:
    """The sentences that click marks for translation, as its source has them."""
    found = set()
    for part in pkgutil.iter_modules(click.__path__):
        if part.name in UNUSED:
            continue
        for node in ast.walk(ast.parse((Path(click.__path__[0]) / f"{part.name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                said = [one.value for one in node.args if isinstance(one, ast.Constant)]
                found |= {one for one in said if isinstance(one, str) and not one.startswith(PROGRAMMERS)}
    return found


MARKS = ("_", "ngettext")


def test_all_that_click_can_say_is_there_in_chinese() -> None:
    spoken = english_of_click()
    assert len(spoken) > 40
    left_out = {"file", "directory", "path"}  # the Chinese sentences name the file alone
    assert sorted(spoken - set(click_zh._WORDS) - left_out) == []


def every_command(command: click.Command, path: list[str]) -> Iterator[tuple[list[str], click.Command]]:
    command._help_option = (
        None  # kept in the language of the first call, which in one process is the only one
    )
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from every_command(child, [*path, name])


def slips(path: list[str], command: click.Command) -> Iterator[list[str]]:
    """Ways in which a command line goes wrong before the command is run."""
    yield [*path, "--help"]
    yield [*path, "--gibt-es-nicht"]
    yield [*path, *["多"] * 9]
    if any(isinstance(one, click.Argument) and one.required for one in command.params):
        yield path
    for option in command.params:
        if isinstance(option, click.Option) and option.opts[0].startswith("-"):
            yield [*path, option.opts[-1]] if not option.is_flag else [*path, f"{option.opts[-1]}=1"]
            if not isinstance(option.type, click.types.StringParamType | click.Path) and not option.is_flag:
                yield [*path, option.opts[-1], "不是"]
                yield [*path, option.opts[-1], "-1"]


def test_no_english_of_the_library_is_left_in_any_help_or_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pieces = {
        piece.strip(" .:'\"()\n\t")
        for one in english_of_click()
        for piece in re.split(r"{[^}]*}|%\(\w+\)s", one)
    }
    english = [re.compile(rf"(?<![-\w]){re.escape(one)}(?![-\w])") for one in pieces if len(one) > 3]
    english += [re.compile(rf"(?<![-\w.]){one}\b") for one in UNMARKED]
    tried = 0
    for path, command in every_command(cli, []):
        if len(path) == 1:  # the list shows the first words, whole
            assert COMMANDS[path[0]].help.partition("\n")[0] == (command.help or "").partition("\n")[0]
        for line in slips(path, command):
            told = said(capsys, *line)
            assert told, line
            assert [one.pattern for one in english if one.search(told)] == [], (line, told)
            tried += 1
    assert tried > 300
    assert list(tmp_path.iterdir()) == [], "a slip does nothing"


def test_an_english_account_has_the_library_speak_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(ENGLISH, encoding="utf-8")
    assert "Usage: curate run [OPTIONS]" in said(capsys, "run", "-C", str(tmp_path), "--help")
    assert "用法：" in said(capsys, "run", "--help")


def test_no_chinese_is_left_in_any_help_or_slip_of_an_english_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds.yaml").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    wrong = str.maketrans({"多": "x", "不": "n", "是": "o"})
    for path, command in every_command(cli, []):
        for line in slips(path, command):
            status = run([word.translate(wrong) for word in line])
            told = "".join(capsys.readouterr())
            if status not in (ExitCode.OK, ExitCode.USAGE):  # a command that takes any words
                continue
            assert not re.search("[\u4e00-\u9fff，。；：]", told), (line, told)


def test_a_help_without_another_language_is_shown_as_it_is() -> None:
    assert choose_help("只有中文。", chinese=False) == "只有中文。"
    assert choose_help("English alone.", chinese=True) == "English alone."
    both = "看一期。\n\n期号写数字。\n\nLook at an issue.\n\nIts number."
    assert choose_help(both, chinese=True) == "看一期。\n\n期号写数字。"
    assert choose_help(both, chinese=False) == "Look at an issue.\n\nIts number."


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
