"""feeds.yaml with more in it, its comments and everything else kept byte for byte. Pure: text in, text out.

New lines go behind the last line of `sources:` or `topics:`, in the indentation that stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import yaml

from curate.domain.errors import ConfigError

Row = Mapping[str, str]


def append(text: str, group: str, rows: Sequence[Row]) -> str:
    """The text with `rows` added to the list `group` ("sources" or "topics"), one line each.

    ConfigError where the text is not YAML.
    """
    if not rows:
        return text
    root = compose_root(text)
    node = next((value for key, value in root.value if key.value == group), None) if root else None
    newline = newline_of(text)
    if node is None:
        gap = "" if not text or text.endswith("\n") else newline
        return f"{text}{gap}{group}:{newline}" + _lines(rows, 2, newline)
    if not isinstance(node, yaml.SequenceNode):
        return _into_empty(text, node, rows, newline)
    if node.flow_style:
        return _into_flow(text, node, rows, newline)
    at = text.find("\n", last_within(node).end_mark.index - 1) + 1
    if not at:
        return text + newline + _lines(rows, node.start_mark.column, newline).rstrip()
    return text[:at] + _lines(rows, node.start_mark.column, newline) + text[at:]


def compose_root(text: str) -> yaml.MappingNode | None:
    """The text as nodes with their places; None where it is empty. ConfigError where it is not YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as e:
        raise ConfigError((f"feeds.yaml: not valid YAML（YAML 写法有误）: {e}",)) from e
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise ConfigError(("feeds.yaml: must be a group of `key: value` lines（应当是一组“键: 值”）",))
    return root


def newline_of(text: str) -> str:
    """The text's line end."""
    return "\r\n" if "\r\n" in text else "\n"


def _into_empty(text: str, node: yaml.Node, rows: Sequence[Row], newline: str) -> str:
    """Behind a `sources:` that has nothing, or a null."""
    at = node.start_mark.index
    return (
        text[:at].rstrip(" ")
        + newline
        + _lines(rows, 2, newline)
        + text[node.end_mark.index :].lstrip("\r\n")
    )


def _into_flow(text: str, node: yaml.SequenceNode, rows: Sequence[Row], newline: str) -> str:
    if not node.value:
        return _into_empty(text, node, rows, newline)
    at = node.value[-1].end_mark.index
    return text[:at] + "".join(f", {_flow(row)}" for row in rows) + text[at:]


def last_within(node: yaml.Node) -> yaml.Node:
    """The last scalar or flow node within: block nodes end only where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _lines(rows: Sequence[Row], indent: int, newline: str) -> str:
    return "".join(f"{' ' * indent}- {_flow(row)}{newline}" for row in rows)


def _flow(row: Row) -> str:
    """One line of YAML; a JSON string is a YAML string, so nothing in a title can break out of it."""
    return (
        "{" + ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()) + "}"
    )
