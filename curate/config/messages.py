"""What is wrong in feeds.yaml, as messages for someone who edits a file. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from curate.config.json_schema import Mistake
from curate.domain.message import Message, Value, message

Where = tuple[str | int, ...]  # a place in the file, for example ("sources", 3, "topic")
Problem = tuple[Where, Message]

MISSING = message("config.missing")
FULL_QUOTE = message("config.full quote")

# pydantic's kinds of mistake, by the sentence that they share; the others have one of their own kind.
_KINDS: Mapping[str, str] = {
    "model_type": "group",
    "dict_type": "group",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "float_parsing": "float_type",
    "bool_parsing": "bool_type",
    "time_delta_parsing": "span",
    "time_delta_type": "span",
}
# What the sentence of a kind shows of pydantic's context; a kind that is in neither table is told in its own words.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "string_type": (),
    "string_too_short": (),
    "string_too_long": ("max_length",),
    "string_pattern_mismatch": ("pattern",),
    "literal_error": ("expected",),
    "group": (),
    "tuple_type": (),
    "bool_type": (),
    "whole": (),
    "float_type": (),
    "greater_than": ("gt",),
    "greater_than_equal": ("ge",),
    "less_than_equal": ("le",),
    "span": (),
}
# Keys whose patterns have a sentence: an editor reads no regular expressions.
_PATTERNS = frozenset({"id", "route", "color"})
_COLON, _BLANK = message("config.colon"), message("config.blank")
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
        return mistake.where, _explain_key(str(mistake.where[-1]), mistake.known)
    return mistake.where, _explain_mistake(mistake, value)


def _explain_key(name: str, known: Collection[str]) -> Message:
    if "：" in name:
        return _COLON
    if ":" in name:
        return _BLANK
    if name != name.strip() or "\u3000" in name:
        return message("config.space") if "\u3000" in name else message("config.odd space")
    if meant := next((key for key in _CHINESE_KEYS.get(name, ()) if key in known), ""):
        return message("config.chinese key", name=name, meant=meant)
    return unknown("key", name, known)


def misspelt(group: Any, key: str | int) -> bool:
    """Whether a group has a key in Chinese words, or with no blank behind its colon; that is told where it stands."""
    names = map(str, group) if isinstance(group, Mapping) else ()
    return any(key in _CHINESE_KEYS.get(name, ()) or re.match(rf"{key}\s*[:：]", name) for name in names)


def _explain_mistake(mistake: Mistake, value: Any) -> Message:
    kind = mistake.kind
    if kind == "own":
        own: Message = mistake.context["said"]
        return own
    if kind == "missing":
        return MISSING
    if value is None:
        return message("config.empty")
    if kind == "string_type" and isinstance(value, bool):
        return message("config.switch")
    if kind == "model_type" and isinstance(value, str) and re.match("https?://", value):
        return message("config.address alone")
    if (
        kind in ("model_type", "dict_type")
        and isinstance(value, str)
        and (found := re.search("[:：]", value))
    ):
        return _COLON if found[0] == "：" else _BLANK
    if kind.startswith("bool_") and value in _SWITCHES:
        return message("config.write meant for value", value=str(value), meant=_SWITCHES[value])
    if kind == "tuple_type" and isinstance(value, str) and re.search("[，、,]", value):
        return message("config.commas")
    if kind == "string_pattern_mismatch" and mistake.where[-1] in _PATTERNS:
        return message(f"config.pattern.{mistake.where[-1]}")
    return _explain_kind(_KINDS.get(kind, kind), mistake)


def _explain_kind(kind: str, mistake: Mistake) -> Message:
    if kind not in _SHOWN:
        return message("config.other", said=mistake.message)
    return message(f"config.{kind}", **{name: _value(mistake.context[name]) for name in _SHOWN[kind]})


def _value(given: Any) -> Value:
    """A limit as a message may have it; `'a', 'b' or 'c'` as the three."""
    if isinstance(given, str) and given.startswith("'"):
        return tuple(re.findall("'([^']*)'", given))
    return given if isinstance(given, (str, int, float)) else str(given)


def unknown(kind: str, name: str, known: Collection[str]) -> Message:
    """A name that is not among the known, with the likely one or all of them."""
    what = message(f"config.kind.{kind}")
    if close := get_close_matches(name, list(known), n=1, cutoff=0.6):
        return message("config.unknown close", kind=what, name=close[0])
    if not known:
        return message("config.unknown of none", kind=what)
    return message("config.unknown", kind=what, known=tuple(known))
