"""feeds.yaml with one source changed: switched off or on, renamed, moved to another topic, removed. Comments and everything
else are kept byte for byte. Pure: text in, text out.

Every change is read back before it is returned: where the file says something else than it should then (an alias stands
for the source, say), ConfigError asks to change it by hand. So it does where the text is not YAML.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from curate.config.edit import compose_root, last_within, newline_of
from curate.config.edit_nodes import (
    cut_flow,
    cut_item,
    cut_lines,
    find_value,
    insert_line,
    pair_span,
    pair_spans,
)
from curate.domain.errors import ConfigError

_Row = dict[str, Any]


def read_enabled(text: str, source: str) -> str:
    """How the text writes that the source of this id is enabled, "true" or "yes" for example; "" where it does not say so."""
    _, node = _find_source(compose_root(text), source)
    value = find_value(node, "enabled")
    is_plain = isinstance(value, yaml.ScalarNode) and value.style is None
    return value.value if value and is_plain and yaml.safe_load(value.value) is True else ""


def set_enabled(text: str, source: str, enabled: bool, written: str = "") -> str:
    """The text with the source of this id enabled or not; as it was where it has no such source. `written`: how it is to
    say that the source is enabled (`read_enabled`); "": it says so only where it has to."""

    def change(row: _Row) -> _Row:
        usual = {key: value for key, value in row.items() if key != "enabled"}
        return usual if enabled else usual | {"enabled": False}

    return _verify_change(text, _switch(text, source, enabled=enabled, written=written), source, change)


def rename_source(text: str, source: str, name: str) -> str:
    """The text with another name for the source of this id, which it keeps: the archive knows it by that."""
    _, node = _find_source(compose_root(text), source)
    if node is None:
        return text
    named = (
        text
        if find_value(node, "id")
        else _put_behind(text, node, "name", "id", json.dumps(source, ensure_ascii=False))
    )
    _, node = _find_source(compose_root(named), source)
    assert node is not None
    changed = _put(named, node, "name", json.dumps(name, ensure_ascii=False))
    return _verify_change(text, changed, source, lambda row: row | {"id": source, "name": name})


def move_source(text: str, source: str, topic: str) -> str:
    """The text with another topic for the source of this id."""
    _, node = _find_source(compose_root(text), source)
    if node is None:
        return text
    changed = _put(text, node, "topic", json.dumps(topic, ensure_ascii=False))
    return _verify_change(text, changed, source, lambda row: row | {"topic": topic})


def remove_source(text: str, source: str) -> str:
    """The text without the source of this id; a comment above it stays, one on its lines goes with it.

    ConfigError where it is the only source.
    """
    listed, node = _find_source(compose_root(text), source)
    if listed is None or node is None:
        return text
    if len(listed.value) == 1:
        raise ConfigError(("feeds.yaml: 只有这一个来源，不能删（it is the only source）",))
    return _verify_change(text, cut_item(text, listed, listed.value.index(node)), source, None)


def _switch(text: str, source: str, *, enabled: bool, written: str) -> str:
    _, node = _find_source(compose_root(text), source)
    if node is None:
        return text
    value = find_value(node, "enabled")
    if value is None:
        return text if enabled else _put(text, node, "enabled", "false")
    at = [pair[0].value for pair in node.value].index("enabled")
    if enabled and at and not written:
        if node.flow_style:
            return cut_flow(text, pair_spans(node), at)
        return cut_lines(text, pair_span(node, "enabled"))
    return _put(text, node, "enabled", (written or "true") if enabled else "false")


def _put(text: str, node: yaml.MappingNode, key: str, value: str) -> str:
    """The text with this value for a key of a mapping: in place of the one that is there, or as its last pair."""
    old = find_value(node, key)
    if old is None:
        return _put_behind(text, node, node.value[-1][0].value, key, value)
    start, end = old.start_mark.index, old.end_mark.index
    before = " " if start == end else ""  # `topic:` with nothing behind it
    behind = newline_of(text) if text[start:end].endswith("\n") else ""  # a text in lines of its own, `|`
    return text[:start] + before + value + behind + text[end:]


def _put_behind(text: str, node: yaml.MappingNode, known: str, key: str, value: str) -> str:
    """The text with a pair more in a mapping, behind a key of it."""
    before = find_value(node, known)
    assert before is not None
    if node.flow_style:
        at = before.end_mark.index
        return f"{text[:at]}, {key}: {value}{text[at:]}"
    return insert_line(text, last_within(before), f"{' ' * node.start_mark.column}{key}: {value}")


def _find_source(
    root: yaml.Node | None, source: str
) -> tuple[yaml.SequenceNode | None, yaml.MappingNode | None]:
    """The list of sources, and the one of this id in it."""
    listed = find_value(root, "sources")
    if not isinstance(listed, yaml.SequenceNode):
        return None, None
    for node in listed.value:
        name = find_value(node, "id") or find_value(node, "name")
        if isinstance(node, yaml.MappingNode) and name is not None and name.value == source:
            return listed, node
    return listed, None


def _verify_change(text: str, changed: str, source: str, change: Callable[[_Row], _Row] | None) -> str:
    """The changed text, if it says what the text said but for one source: changed as told, or gone where `change` is None."""
    if changed == text:
        return text
    wanted = _load(text)
    rows = wanted["sources"]
    at = next(
        n
        for n, row in enumerate(rows)
        if isinstance(row, dict) and str(row.get("id") or row.get("name")) == source
    )
    rows[at : at + 1] = [change(rows[at])] if change else []
    if _read_back(changed, at if change else None) == _without_true(wanted, at if change else None):
        return changed
    raise ConfigError(
        (f"feeds.yaml: “{source}”的写法没有把握改对，没有动（cannot be changed safely, left alone）",),
        "打开 feeds.yaml 手工改这一处。",
    )


def _read_back(text: str, at: int | None) -> Any:
    try:
        return _without_true(_load(text), at)
    except (yaml.YAMLError, KeyError, IndexError, TypeError):
        return None


def _without_true(value: Any, at: int | None) -> Any:
    """The same value, with one source's `enabled: true` left out, which says nothing."""
    if at is not None and value["sources"][at].get("enabled") is True:
        value["sources"][at] = {k: v for k, v in value["sources"][at].items() if k != "enabled"}
    return value


def _load(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
