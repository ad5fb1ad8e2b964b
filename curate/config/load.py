"""DOOR to an account's folder as the editor writes it: feeds.yaml, the environment, templates.

    feeds.yaml -> nodes with marks -> plain values (`${NAME}` filled in) -> Config, or every mistake at once

A mistake is told where it stands: `feeds.yaml:41:7: sources[3].topc: unknown key, did you mean 'topic'?`
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from curate.config.cross_checks import KnownNames, cross_checks
from curate.config.json_schema import validate_config
from curate.config.messages import FULL_QUOTE, MISSING, Problem, Where, in_words, misspelt
from curate.config.redaction import VARIABLE
from curate.config.schema import Config
from curate.config.syntax import advice, odd_indents
from curate.domain.errors import ConfigError
from curate.domain.message import message
from curate.i18n.catalogue import say

__all__ = ["NAME", "KnownNames", "Settings", "load", "parse", "parse_settings", "read_text"]

NAME = "feeds.yaml"
OLD_KEYS: Mapping[Where, str] = {("look", "colour"): "color"}  # still read, under the name that follows
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN = "先运行 `curate init 账号名` 建一个账号文件夹，再到里面运行。"
_SAVE_AS = "在编辑器里另存为 UTF-8（记事本：文件 → 另存为 → 编码选 UTF-8）。"
_OWN_WORDS = (("opening",), ("closing",))  # prose, which may begin with any quote


@dataclass(slots=True)
class Document:
    """The file as values, and where each of them stands."""

    value: Any = None
    marks: dict[Where, yaml.Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    renamed: list[Problem] = field(default_factory=list)  # keys that stand there under an old name


@dataclass(frozen=True, slots=True)
class Settings:
    """The account's settings with the file that they stand in, so that doubts about them can be told without another look."""

    config: Config
    text: str
    _name: str
    _document: Document

    def tell_doubts(self, doubts: Sequence[Problem]) -> tuple[str, ...]:
        """What is doubtful in a file that can be used, in lines as those of mistakes."""
        doubts = [*self._document.renamed, *doubts]
        return tell_problems(self._name, self._document, doubts, zh=_language(self._document.value) == "zh")


def load(path: Path, environ: Mapping[str, str], known: KnownNames) -> Config:
    """The account's settings; ConfigError with all mistakes, each with its line, otherwise.

    `known` are the names in the tables, those of third-party packages included.
    """
    return parse(read_text(path), path.name, environ, known)


def parse(text: str, name: str, environ: Mapping[str, str], known: KnownNames) -> Config:
    """The same for a text, before it is written; `name` is what mistakes call it.

    ConfigError with all mistakes.
    """
    return parse_settings(text, name, environ, known).config


def parse_settings(text: str, name: str, environ: Mapping[str, str], known: KnownNames) -> Settings:
    """The same, with where each of them stands.

    ConfigError with all mistakes.
    """
    document = parse_document(text, name, environ)
    if document.value is None:
        raise ConfigError((f"{name}: 文件是空的（the file is empty）",), _BEGIN)
    config, mistakes = validate_config(document.value)
    unset = {where for where, *_ in document.problems}  # unknown values are not judged
    problems = document.problems + [
        in_words(mistake, _at(document.value, mistake.where))
        for mistake in mistakes
        if mistake.where not in unset
    ]
    if isinstance(document.value, dict):
        problems += [p for p in cross_checks(document.value, known) if p[0] not in unset]
    if config is None or problems:
        if odd := odd_indents(text):  # what else is wrong follows from that
            raise ConfigError(tuple(f"{name}:{line + 1}:1: {words}" for line, words in odd.items()))
        zh = _language(document.value) == "zh"
        raise ConfigError(tell_problems(name, document, _without_echoes(problems, document.value), zh=zh))
    return Settings(config, text, name, document)


def read_text(path: Path, *, exact: bool = False) -> str:
    """The file's text, or ConfigError that says what to do; `exact` leaves line ends and a BOM as they are."""
    try:
        if exact:
            return path.read_bytes().decode("utf-8")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as e:
        raise ConfigError((f"{path}: 找不到 {path.name}（not found）",), _BEGIN) from e
    except UnicodeDecodeError as e:
        raise ConfigError(
            (f"{path.name}: {_name_encoding(path.read_bytes())}（not UTF-8）",), _SAVE_AS
        ) from e
    except OSError as e:
        raise ConfigError((f"{path.name}: 读不了（cannot be read）：{e.strerror}",)) from e


def _name_encoding(data: bytes) -> str:
    """What a file that is no UTF-8 is, by the names that editors have for it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "这是 UTF-16 编码（记事本里叫 Unicode），不是 UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "不是 UTF-8 编码"
    return "这是 GBK 编码（记事本里叫 ANSI），不是 UTF-8"


def parse_document(text: str, name: str, environ: Mapping[str, str]) -> Document:
    """A YAML file as values with their places; ConfigError where it is none. By the loader in C where there is one, ten times as fast; what it stumbles over, the other one words better."""
    try:
        return _parse_yaml(_FAST(text), environ)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _parse_document(text, name, environ)


def _parse_yaml(loader: Any, environ: Mapping[str, str]) -> Document:
    document = Document()
    try:
        node = loader.get_single_node()
        if node is not None:
            document.value = _value(loader, node, (), document, environ)
    finally:
        loader.dispose()
    return document


def _parse_document(text: str, name: str, environ: Mapping[str, str]) -> Document:
    try:
        return _parse_yaml(yaml.SafeLoader(text), environ)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        hint = advice(text, e) or "多半是缩进、冒号后少空格，或括号、引号没有成对。"
        raise ConfigError((f"{name}{at}: YAML 写法有误（not valid YAML: {e.problem}）",), hint) from e
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        raise ConfigError((f"{name}: YAML 写法有误（not valid YAML: {e}）",)) from e


def _value(
    loader: yaml.SafeLoader, node: yaml.Node, where: Where, document: Document, environ: Mapping[str, str]
) -> Any:
    document.marks.setdefault(where, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _rename_key(loader.construct_object(key_node), where, document)
            if key in result:
                document.problems.append(((*where, key), message("config.the key stands twice")))
            document.marks[(*where, key)] = key_node.start_mark
            result[key] = _value(loader, value_node, (*where, key), document, environ)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, child, (*where, i), document, environ) for i, child in enumerate(node.value)]
    value = loader.construct_object(node)
    plain = isinstance(node, yaml.ScalarNode) and not node.style  # None, or "" in the C loader
    if plain and str(value).startswith(("“", "‘")) and where[-1:] not in _OWN_WORDS:
        document.problems.append((where, FULL_QUOTE))
    return _fill_variables(value, where, document, environ) if isinstance(value, str) else value


def _rename_key(key: Any, where: Where, document: Document) -> Any:
    """The key's name of today; that the file has an old one is told."""
    new = OLD_KEYS.get((*where, key))
    if new is None:
        return key
    document.renamed.append(((*where, new), message("config.write new for key", new=new, key=key)))
    return new


def _fill_variables(text: str, where: Where, document: Document, environ: Mapping[str, str]) -> str:
    def variable(match: re.Match[str]) -> str:
        name = match[1]
        if name not in environ:
            document.problems.append((where, message("config.the environment has no", name=name)))
        return environ.get(name, "")

    return VARIABLE.sub(variable, text)


def fill_in(text: str, environ: Mapping[str, str]) -> str:
    """A text with what the environment has in place of each `${NAME}`; a name that it has not stays as it is."""
    return VARIABLE.sub(lambda match: environ.get(match[1], match[0]), text)


def _at(value: Any, where: Where) -> Any:
    """What stands at a place; None where nothing does."""
    for step in where:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _language(value: Any) -> str:
    account = value.get("account") if isinstance(value, dict) else None
    return "en" if isinstance(account, dict) and account.get("language") == "en" else "zh"


def _mark(document: Document, where: Where) -> yaml.Mark | None:
    """Where it stands, or where the nearest thing that holds it stands."""
    while where not in document.marks and where:
        where = where[:-1]
    return document.marks.get(where)


def _order_problems(problems: Sequence[Problem], document: Document) -> list[Problem]:
    def place(problem: Problem) -> tuple[int, int]:
        mark = _mark(document, problem[0])
        return (mark.line, mark.column) if mark else (0, 0)

    return sorted(dict.fromkeys(problems), key=place)


def _without_echoes(problems: Sequence[Problem], value: Any) -> list[Problem]:
    """The problems without the missing keys that stand there misspelt, which is told itself."""
    return [p for p in problems if p[1] != MISSING or not misspelt(_at(value, p[0][:-1]), p[0][-1])]


def tell_problems(name: str, document: Document, problems: Sequence[Problem], *, zh: bool) -> tuple[str, ...]:
    """The problems of a file as printable lines, in the order of their places."""
    return tuple(_line(name, document, problem, zh=zh) for problem in _order_problems(problems, document))


def _line(name: str, document: Document, problem: Problem, *, zh: bool) -> str:
    where, said = problem
    mark = _mark(document, where)
    at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    dotted = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")
    words = say(said, "en")
    if zh:
        words = f"{say(said, 'zh')}（{words}）"
    return f"{name}{at}: {dotted + ': ' if dotted else ''}{words}"
