"""DOOR to an account's folder as the editor writes it: feeds.yaml, the environment, templates.

    feeds.yaml -> nodes with marks -> plain values (`${NAME}` filled in) -> Config, or every mistake at once

A mistake is told where it stands: `feeds.yaml:41:7: sources[3].topc: unknown key, did you mean 'topic'?`
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from curate.errors import ConfigError
from curate.schema import Mistake, validated
from curate.settings import Config

NAME = "feeds.yaml"
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

Where = tuple[str | int, ...]  # a place in the file, for example ("sources", 3, "topic")
Problem = tuple[Where, str, str]  # where, in English, in Chinese

# What each reader cannot do without, and the keys that mean nothing to it.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "feed": ("url",),
    "page": ("url", "select"),
    "sitemap": ("url",),
    "rsshub": ("route",),
    "originals": ("folder",),
}


class Known(NamedTuple):
    """The names that the tables know."""

    readers: Collection[str]
    channels: Collection[str]
    signals: Collection[str] = ()
    themes: Collection[str] = ()


@dataclass(slots=True)
class _Document:
    """The file as values, and where each of them stands."""

    value: Any = None
    marks: dict[Where, yaml.Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(path: Path, environ: Mapping[str, str], known: Known) -> Config:
    """The account's settings; ConfigError with all mistakes, each with its line, otherwise.

    `known` are the names in the tables, those of third-party packages included.
    """
    return parse(read_text(path), path.name, environ, known)


def parse(text: str, name: str, environ: Mapping[str, str], known: Known) -> Config:
    """The same for a text, before it is written; `name` is what mistakes call it."""
    document = _parse(text, name, environ)
    config, mistakes = validated(document.value)
    unset = {where for where, *_ in document.problems}  # unknown values are not judged
    problems = document.problems + [_in_words(mistake) for mistake in mistakes if mistake.where not in unset]
    if isinstance(document.value, dict):
        problems += _cross_checks(document.value, known)
    if config is None or problems:
        zh = _language(document.value) == "zh"
        raise ConfigError(
            tuple(_line(name, document, problem, zh=zh) for problem in _ordered(problems, document))
        )
    return config


def read_text(path: Path) -> str:
    """The file's text, or ConfigError that says what to do."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as e:
        raise ConfigError(
            (f"{path}: not found（找不到 {path.name}）",),
            "先运行 `curate init 账号名` 建一个账号文件夹，再到里面运行。",
        ) from e
    except UnicodeDecodeError as e:
        raise ConfigError((f"{path.name}: not UTF-8（不是 UTF-8 编码）",), "在编辑器里另存为 UTF-8。") from e
    except OSError as e:
        raise ConfigError((f"{path.name}: cannot be read: {e.strerror}（读不了）",)) from e


def _parse(text: str, name: str, environ: Mapping[str, str]) -> _Document:
    document = _Document()
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            document.value = _value(loader, node, (), document, environ)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        hint = "多半是缩进、冒号后少空格或引号没有成对。"
        raise ConfigError((f"{name}{at}: not valid YAML: {e.problem}（YAML 写法有误）",), hint) from e
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        raise ConfigError((f"{name}: not valid YAML: {e}（YAML 写法有误）",)) from e
    finally:
        loader.dispose()
    return document


def _value(
    loader: yaml.SafeLoader, node: yaml.Node, where: Where, document: _Document, environ: Mapping[str, str]
) -> Any:
    document.marks.setdefault(where, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if key in result:
                document.problems.append(((*where, key), "the key stands twice", "这个键写了两次"))
            document.marks[(*where, key)] = key_node.start_mark
            result[key] = _value(loader, value_node, (*where, key), document, environ)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, child, (*where, i), document, environ) for i, child in enumerate(node.value)]
    value = loader.construct_object(node)
    return _filled(value, where, document, environ) if isinstance(value, str) else value


def _filled(text: str, where: Where, document: _Document, environ: Mapping[str, str]) -> str:
    def variable(match: re.Match[str]) -> str:
        name = match[1]
        if name not in environ:
            document.problems.append((where, f"the environment has no {name}", f"环境变量 {name} 没有设置"))
        return environ.get(name, "")

    return _VARIABLE.sub(variable, text)


# pydantic's kinds of mistake in the words of someone who edits a file: English, Chinese.
_WORDS: Mapping[str, tuple[str, str]] = {
    "own": ("{english}", "{chinese}"),
    "missing": ("is missing", "缺少这一项"),
    "string_type": ("must be text; put it in quotes", "应当是文字；数字和日期请加引号"),
    "string_too_short": ("must not be empty", "不能为空"),
    "string_too_long": ("must have at most {max_length} characters", "最多 {max_length} 个字"),
    "string_pattern_mismatch": ("must match {pattern}", "只能按这个样式写：{pattern}"),
    "literal_error": ("must be {expected}", "只能写 {expected}"),
    "model_type": ("must be a group of `key: value` lines", "应当是一组“键: 值”"),
    "dict_type": ("must be a group of `key: value` lines", "应当是一组“键: 值”"),
    "tuple_type": ("must be a list", "应当是一个列表，每项以“- ”开头"),
    "bool_parsing": ("must be true or false", "只能写 true 或 false"),
    "int_parsing": ("must be a whole number", "应当是整数"),
    "int_from_float": ("must be a whole number", "应当是整数"),
    "float_parsing": ("must be a number", "应当是数字"),
    "greater_than": ("must be greater than {gt}", "要大于 {gt}"),
    "greater_than_equal": ("must be at least {ge}", "至少为 {ge}"),
    "less_than_equal": ("must be at most {le}", "最多为 {le}"),
    "time_delta_parsing": ("must be a span such as 36h or 2d", "应当是一段时间，例如 36h 或 2d"),
    "time_delta_type": ("must be a span such as 36h or 2d", "应当是一段时间，例如 36h 或 2d"),
}


def _in_words(mistake: Mistake) -> Problem:
    if mistake.kind == "extra_forbidden":
        return (mistake.where, *_unknown("key", "键", str(mistake.where[-1]), mistake.known))
    english, chinese = _WORDS.get(mistake.kind, (mistake.message, "写法不对"))
    return mistake.where, english.format_map(mistake.context), chinese.format_map(mistake.context)


def _unknown(kind: str, kind_zh: str, name: str, known: Collection[str]) -> tuple[str, str]:
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    if close:
        return f"unknown {kind}, did you mean '{close[0]}'?", f"没有这个{kind_zh}，是想写 {close[0]} 吗？"
    listed = ", ".join(known) or "none"
    return f"unknown {kind}; known are: {listed}", f"没有这个{kind_zh}；可以写：{listed}"


def _cross_checks(value: dict[Any, Any], tables: Known) -> Iterator[Problem]:
    """What no single value can tell: names taken twice, and names that no table has."""
    topics, sources = _mappings(value.get("topics")), _mappings(value.get("sources"))
    yield from _doubled("topics", [(i, "id", t.get("id")) for i, t in topics])
    named = [(i, "id" if s.get("id") else "name", s.get("id") or s.get("name")) for i, s in sources]
    yield from _doubled("sources", named)
    if isinstance(value.get("topics"), list) and not value["topics"]:
        yield ("topics",), "at least one topic is needed", "至少要有一个栏目"
    known = [str(t["id"]) for _, t in topics if t.get("id")]
    for i, source in sources:
        yield from _source_checks(i, source, known, tables)
    chosen = value.get("channels")
    for i, channel in enumerate(chosen if isinstance(chosen, list) else ()):
        yield from _named(("channels", i), channel, "channel", "渠道", tables.channels)
    if isinstance(look := value.get("look"), dict):
        yield from _named(("look", "theme"), look.get("theme"), "theme", "主题", tables.themes)
    digest = value.get("digest")
    weights = digest.get("weights") if isinstance(digest, dict) else None
    for name in weights if isinstance(weights, dict) else ():
        yield from _named(("digest", "weights", name), name, "signal", "打分项", tables.signals)


def _source_checks(i: int, source: dict[Any, Any], topics: list[str], tables: Known) -> Iterator[Problem]:
    yield from _named(("sources", i, "topic"), source.get("topic"), "topic", "栏目", topics)
    reader = source.get("reader", "feed")
    yield from _named(("sources", i, "reader"), reader, "reader", "读取方式", tables.readers)
    for key in NEEDS.get(str(reader), ()):
        if key not in source:
            yield ("sources", i), f"reader {reader} needs '{key}'", f"读取方式 {reader} 需要写 {key}"


def _named(where: Where, name: Any, kind: str, kind_zh: str, known: Collection[str]) -> Iterator[Problem]:
    if isinstance(name, str) and name not in known:
        yield (where, *_unknown(kind, kind_zh, name, known))


def _mappings(value: Any) -> list[tuple[int, dict[Any, Any]]]:
    return [(i, v) for i, v in enumerate(value) if isinstance(v, dict)] if isinstance(value, list) else []


def _doubled(group: str, rows: list[tuple[int, str, Any]]) -> Iterator[Problem]:
    first: dict[Any, int] = {}
    for i, key, name in rows:
        if not isinstance(name, str):
            continue
        if name in first:
            at = f"{group}[{first[name]}]"
            yield (group, i, key), f"'{name}' is taken by {at}", f"“{name}”和 {at} 重复了"
        first.setdefault(name, i)


def _language(value: Any) -> str:
    account = value.get("account") if isinstance(value, dict) else None
    return "en" if isinstance(account, dict) and account.get("language") == "en" else "zh"


def _mark(document: _Document, where: Where) -> yaml.Mark | None:
    """Where it stands, or where the nearest thing that holds it stands."""
    while where not in document.marks and where:
        where = where[:-1]
    return document.marks.get(where)


def _ordered(problems: list[Problem], document: _Document) -> list[Problem]:
    def place(problem: Problem) -> tuple[int, int]:
        mark = _mark(document, problem[0])
        return (mark.line, mark.column) if mark else (0, 0)

    return sorted(dict.fromkeys(problems), key=place)


def _line(name: str, document: _Document, problem: Problem, *, zh: bool) -> str:
    where, english, chinese = problem
    mark = _mark(document, where)
    at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    dotted = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")
    return f"{name}{at}: {dotted + ': ' if dotted else ''}{english}" + (f"（{chinese}）" if zh else "")
