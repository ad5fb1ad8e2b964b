"""The help of commands and options in the language of the terminal. Each has both in its code: Chinese first, then, from the
first line without a Chinese character on, English."""

from __future__ import annotations

import re

import click

_CHINESE = re.compile("[\u4e00-\u9fff]")

# What stands for a value in a usage line.
_METAVARS = {
    "[名字…]": "[NAME…]",
    "[文件.opml]": "[FILE.opml]",
    "[期号…]": "[NUMBER…]",
    "[栏目]": "[TOPIC]",
    "[种类]": "[KIND]",
    "时区": "ZONE",
    "钟点": "HH:MM",
    "[网址或文件]": "[ADDRESS OR FILE]",
    "[网址或编号]": "[ADDRESS OR CODE]",
    "[账号]...": "[ACCOUNT]...",
    "[账号]": "[ACCOUNT]",
    "账号": "ACCOUNT",
    "主题": "THEME",
    "作者": "AUTHOR",
    "候选": "CANDIDATE",
    "名字": "NAME",
    "图片": "PICTURE",
    "地址": "ADDRESS",
    "天数": "DAYS",
    "定位": "WORDS",
    "意见": "WORDS",
    "按语": "NOTE",
    "摘要": "SUMMARY",
    "文件": "FILE",
    "文件.opml": "FILE.opml",
    "文件…": "FILE…",
    "文件夹": "FOLDER",
    "文字": "WORDS",
    "新名字": "NEW-NAME",
    "日期": "DAY",
    "时间": "TIME",
    "期号": "NUMBER",
    "条目": "ITEM",
    "条目…": "ITEM…",
    "来源": "SOURCE",
    "标题": "TITLE",
    "栏目": "TOPIC",
    "栏目或来源": "TOPIC OR SOURCE",
    "渠道或主题": "CHANNEL OR THEME",
    "理由": "REASON",
    "百分比": "PERCENT",
    "端口": "PORT",
    "第几步": "STEP",
    "编号": "KEY",
    "编号或栏目词": "NUMBER OR TOPIC",
    "网址": "ADDRESS",
    "网址1": "ADDRESS1",
    "网址2": "ADDRESS2",
    "网址或编号": "ADDRESS OR CODE",
    "词": "WORD",
    "读者说的话": "WORDS",
    "谁": "WHO",
    "账号名": "NAME",
    "颜色": "COLOR",
}

# What was written in the code, in both languages, before one was chosen.
_written: dict[click.Command | click.Parameter, tuple[str | None, str | None]] = {}


def choose_help(text: str, *, chinese: bool) -> str:
    """The part of a help in one language; all of it where it has only one."""
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if line.strip() and not _CHINESE.search(line)), 0)
    chosen = lines[:begin] if chinese else lines[begin:]
    return "\n".join(chosen or lines).strip()


def set_help(command: click.Command, *, chinese: bool) -> None:
    """Give a command, its arguments and its options their help and the names of their values in one language."""
    written, _ = _written.setdefault(command, (command.help, None))
    command.help = written and choose_help(written, chinese=chinese)
    for parameter in command.params:
        words = parameter.help if isinstance(parameter, click.Option) else None
        words, value = _written.setdefault(parameter, (words, parameter.metavar))
        if isinstance(parameter, click.Option):
            parameter.help = words and choose_help(words, chinese=chinese)
        parameter.metavar = value if chinese or value is None else _METAVARS.get(value, value)
