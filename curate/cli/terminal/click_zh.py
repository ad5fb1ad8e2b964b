"""click's own words in Chinese: what `--help` and a slip at the terminal show.

click marks its words for gettext, which looks for a catalogue by the system's locale. Here the account decides, so the
two functions are replaced in click's modules; what is not in the table stays as click says it.
"""

from __future__ import annotations

from types import ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from curate.cli.terminal.help import set_help

_MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, termui, types)

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Aborted!": "已中止。",
    "Show this message and exit.": "显示这段说明。",
    "Show the version and exit.": "显示版本。",
    "Try '{command} {option}' for help.": "说明见 {command} {option}",
    "Error: {message}": "错误：{message}",
    "Missing command.": "要写明是哪个命令。",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是 {possibilities} 中的一个？",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename}：{message}",
    "unknown error": "不明原因",
    "Got unexpected extra argument ({args})": "多写了 {args}",
    "Got unexpected extra arguments ({args})": "多写了 {args}",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个。",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value} 不是 {choices} 中的一个。",
    "{value!r} does not match the format {format}.": "{value} 不是日期，写成 2026-11-30 这样。",
    "{value!r} does not match the formats {formats}.": "{value} 不是日期，写成 2026-11-30 这样。",
    "{value!r} is not a valid {number_type}.": "{value} 不是数字，或不是整数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{name} {filename!r} does not exist.": "{filename} 不存在。",
    "{name} {filename!r} is a file.": "{filename} 是文件，这里要文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，这里要文件。",
    "{name} {filename!r} is not readable.": "{filename} 读不了。",
    "{name} {filename!r} is not writable.": "{filename} 写不了。",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "required": "必写",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value} 不是“是”或“否”，可以写 {states}。",
    "{value!r} is not a valid UUID.": "{value} 不是 UUID。",
    "{len_type} values are required, but {len_value} was given.": "要写 {len_type} 个值，只写了 {len_value} 个。",
    "{len_type} values are required, but {len_value} were given.": "要写 {len_type} 个值，写了 {len_value} 个。",
    "{name} {filename!r} is not executable.": "{filename} 不能执行。",
    "Choose from:\n\t{choices}": "可以选：\n\t{choices}",
    "(dynamic)": "（随情况而定）",
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接做。",
    "Repeat for confirmation": "再写一遍",
    "Error: The two entered values do not match.": "两次写的不一样。",
    "Error: invalid input": "认不出这个回答，请写 y 或 n。",
    "deprecated": "不再用",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": "命令 {name} 不再用。{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": "{name} 不再用。{extra_message}",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Press any key to continue...": "按任意键继续……",
}


def speak(command: click.Command, language: str) -> None:
    """Let click speak English, or Chinese for any other language."""
    chinese = language != "en"
    for module in _MODULES:
        module.__dict__.update(
            {"_": _one if chinese else _same, "ngettext": _many if chinese else _same_many}
        )
    name_parts(command)


def speaks_chinese() -> bool:
    """Whether click speaks Chinese now."""
    return vars(core)["_"] is _one


def name_parts(command: click.Command) -> None:
    """Name the parts of a command's usage line, and of those under it that are loaded, in the language of `speak`; so its help."""
    chinese = speaks_chinese()
    set_help(command, chinese=chinese)
    command.options_metavar = "[选项]" if chinese else "[OPTIONS]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]..." if chinese else "COMMAND [ARGS]..."
        for child in command.commands.values():
            name_parts(child)


def _one(message: str) -> str:
    return _WORDS.get(message, message)


def _many(one: str, more: str, number: int) -> str:
    return _one(one if number == 1 else more)


def _same(message: str) -> str:
    return message


def _same_many(one: str, more: str, number: int) -> str:
    return one if number == 1 else more
