"""What is wrong in feeds.yaml, in the words of someone who edits a file: English, Chinese. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from curate.config.json_schema import Mistake

Where = tuple[str | int, ...]  # a place in the file, for example ("sources", 3, "topic")
Problem = tuple[Where, str, str]  # where, in English, in Chinese

_SPAN = ("must be a span such as 36h or 2d", "应当是一段时间，例如 36h 或 2d")
_GROUP = ("must be a group of `key: value` lines", "应当是一组“键: 值”")
_WHOLE = ("must be a whole number", "应当是整数")

MISSING = ("is missing", "缺少这一项")

# pydantic's kinds of mistake.
_WORDS: Mapping[str, tuple[str, str]] = {
    "own": ("{english}", "{chinese}"),
    "missing": MISSING,
    "string_type": ("must be text; put it in quotes", "应当是文字；数字和日期请加引号"),
    "string_too_short": ("must not be empty", "不能为空"),
    "string_too_long": ("must have at most {max_length} characters", "最多 {max_length} 个字"),
    "string_pattern_mismatch": ("must match {pattern}", "只能按这个样式写：{pattern}"),
    "literal_error": ("must be {expected}", "只能写 {expected}"),
    "model_type": _GROUP,
    "dict_type": _GROUP,
    "tuple_type": ("must be a list", "应当是一个列表，每项以“- ”开头"),
    "bool_type": ("must be true or false", "只能写 true 或 false"),
    "bool_parsing": ("must be true or false", "只能写 true 或 false"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": ("must be a number", "应当是数字"),
    "float_parsing": ("must be a number", "应当是数字"),
    "greater_than": ("must be greater than {gt}", "要大于 {gt}"),
    "greater_than_equal": ("must be at least {ge}", "至少为 {ge}"),
    "less_than_equal": ("must be at most {le}", "最多为 {le}"),
    "time_delta_parsing": _SPAN,
    "time_delta_type": _SPAN,
}

# What a pattern asks for, by the key that has it: an editor reads no regular expressions.
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "id": (
        "may have only letters, digits, - and _, no spaces, at most 64 in all, and not - first",
        "只能用文字、数字、- 和 _，不能有空格，不能以 - 开头，最多 64 个字",
    ),
    "route": ("must begin with / and have no spaces", "要以 / 开头，不能有空格"),
    "color": ('must be a color such as "#0a7d4f"', '应当是颜色，例如 "#0a7d4f"'),
}
_EMPTY = ("is empty; write something, or remove the line", "这里是空的；写上内容，或删掉这一行")
_SWITCH = ("put yes, no, on, off, true and false in quotes", "yes/no/on/off/true/false 要加引号")
_COLON = (
    "the colon is full-width; write `: `, half-width with a space after it",
    "冒号是全角的；要用半角冒号，后面空一格",
)
_SPACE = ("has a full-width space before it", "前面有全角空格，要换成半角空格")
_ODD_SPACE = (
    "has a character before it that only looks like a blank",
    "前面有看着像空格的别的字符，要换成普通空格",
)
_COMMAS = (
    "must be a list, for example [models, agents]",
    "应当是一个列表，用方括号和半角逗号，例如 [大模型, 智能体]",
)
FULL_QUOTE = (
    "begins with a full-width quote",
    '引号是全角的；换成半角的 "，或者去掉；真要全角引号，就在外面再加一对半角引号',
)

_BLANK = ("needs a blank after the colon: `key: value`", "冒号后面少一个空格，要写成“键: 值”")
_ADDRESS_ALONE = ("write {{name: …, url: …}}", "只有网址；要写成 {{name: 名字, url: 网址}}")
_SWITCHES = dict.fromkeys(("是", "开", "开启", "启用", "对", "真", "要"), "true") | dict.fromkeys(
    ("否", "关", "关闭", "停用", "不", "假", "不要"), "false"
)
# What a Chinese editor calls a key -> the keys that may be meant; the one that is known at the place is.
_CHINESE_KEYS: Mapping[str, tuple[str, ...]] = {
    word: tuple(keys.split())
    for words, keys in (
        ("账号 帐号 账户 公众号", "account"),
        ("栏目 话题 分类 板块", "topics topic"),
        ("来源 源 订阅 订阅源", "sources url"),
        ("摘要", "digest summary"),
        ("样式 外观 版式", "look"),
        ("渠道 频道", "channels"),
        ("网站 站点 首页", "site"),
        ("合集 回顾", "collections"),
        ("网络 联网", "network"),
        ("数据库 存档", "database"),
        ("名字 名称 名 账号名 栏目名", "name"),
        ("定位 简介 介绍", "positioning"),
        ("读者 受众", "audience"),
        ("语言", "language"),
        ("时区", "timezone"),
        ("编号 标识 短名", "id"),
        ("图标 表情", "icon"),
        ("关键词 关键字", "keywords"),
        ("名额 配额", "quota"),
        ("顺序 排序 次序", "order"),
        ("网址 地址 链接", "url link"),
        ("读取方式 方式 类型 读法", "reader"),
        ("路由", "route"),
        ("文件夹 目录", "folder"),
        ("选择器", "select"),
        ("标题", "title name"),
        ("时间", "time"),
        ("权重 信任", "weight weights"),
        ("上限", "limit items"),
        ("启用 开启", "enabled"),
        ("代理", "proxy"),
        ("条数 数量 几条", "items limit"),
        ("时间范围 多久", "lookback"),
        ("广告", "adverts"),
        ("配图 图片", "images"),
        ("主题", "theme topic"),
        ("颜色", "color"),
        ("开头 开头语 开场白", "opening"),
        ("结尾 结尾语 结束语", "closing"),
        ("周期 多久一次", "every"),
        ("超时", "timeout"),
    )
    for word in words.split()
}


def in_words(mistake: Mistake, value: Any) -> Problem:
    """A mistake told; `value` is what stands there, None where nothing does."""
    if mistake.kind == "extra_forbidden":
        name = str(mistake.where[-1])
        return (mistake.where, *_key(name, mistake.known))
    english, chinese = _explain_mistake(mistake, value)
    context = dict(mistake.context)
    english_text = english.format_map(context)
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", "").replace(", ", "、").replace(" or ", " 或 ")
    return mistake.where, english_text, chinese.format_map(context)


def _key(name: str, known: Collection[str]) -> tuple[str, str]:
    if "：" in name:
        return _COLON
    if ":" in name:
        return _BLANK
    if name != name.strip() or "\u3000" in name:
        return _SPACE if "\u3000" in name else _ODD_SPACE
    if meant := next((key for key in _CHINESE_KEYS.get(name, ()) if key in known), ""):
        return f"unknown key '{name}', write {meant}", f"没有“{name}”这个键，要写成 {meant}"
    return unknown("key", "键", name, known)


def misspelt(group: Any, key: str | int) -> bool:
    """Whether a group has a key in Chinese words, or with no blank behind its colon; that is told where it stands."""
    names = map(str, group) if isinstance(group, Mapping) else ()
    return any(key in _CHINESE_KEYS.get(name, ()) or re.match(rf"{key}\s*[:：]", name) for name in names)


def _explain_mistake(mistake: Mistake, value: Any) -> tuple[str, str]:
    kind = mistake.kind
    if value is None and kind not in ("missing", "own"):
        return _EMPTY
    if kind == "string_type" and isinstance(value, bool):
        return _SWITCH
    if kind == "model_type" and isinstance(value, str) and re.match("https?://", value):
        return _ADDRESS_ALONE
    if (
        kind in ("model_type", "dict_type")
        and isinstance(value, str)
        and (found := re.search("[:：]", value))
    ):
        return _COLON if found[0] == "：" else _BLANK
    if kind.startswith("bool_") and value in _SWITCHES:
        return f"write {_SWITCHES[value]} for '{value}'", f"“{value}”要写成 {_SWITCHES[value]}"
    if kind == "tuple_type" and isinstance(value, str) and re.search("[，、,]", value):
        return _COMMAS
    if kind == "string_pattern_mismatch" and mistake.where[-1] in _PATTERNS:
        return _PATTERNS[str(mistake.where[-1])]
    return _WORDS.get(kind, (mistake.message.replace("{", "{{").replace("}", "}}"), "写法不对"))


def unknown(kind: str, kind_zh: str, name: str, known: Collection[str]) -> tuple[str, str]:
    """A name that is not among the known, with the likely one or all of them."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    if close:
        return f"unknown {kind}, did you mean '{close[0]}'?", f"没有这个{kind_zh}，是想写 {close[0]} 吗？"
    listed = ", ".join(known) or "none"
    return f"unknown {kind}; known are: {listed}", f"没有这个{kind_zh}；可以写：{listed}"
