"""feeds.yaml with something blocked, or no longer: a word or an author in `block`, a source that is not enabled. Comments and
everything else are kept byte for byte. Pure: text in, text out; all raise ConfigError where the text is not YAML.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import yaml

from curate.config.edit import compose_root, last_within, newline_of

GROUP = "block"


class _Span(NamedTuple):
    start: int
    end: int


def add_blocked(text: str, key: str, value: str) -> str:
    """The text with `value` in the list `block.<key>` ("words" or "authors"); as it was where it is there."""
    block = _find(compose_root(text), GROUP)
    listed = _find(block, key)
    newline, told = newline_of(text), json.dumps(value, ensure_ascii=False)
    if isinstance(listed, yaml.SequenceNode):
        if any(each.value == value for each in listed.value):
            return text
        if listed.flow_style or not listed.value:
            at = listed.value[-1].end_mark.index if listed.value else listed.start_mark.index + 1
            return text[:at] + (", " if listed.value else "") + told + text[at:]
        return _after_line(text, last_within(listed), f"{' ' * listed.start_mark.column}- {told}")
    if listed is not None:  # a null
        return text[: listed.start_mark.index].rstrip(" ") + f" [{told}]" + text[listed.end_mark.index :]
    if isinstance(block, yaml.MappingNode) and block.value:
        if block.flow_style:
            at = block.value[-1][1].end_mark.index
            return f"{text[:at]}, {key}: [{told}]{text[at:]}"
        return _after_line(text, last_within(block), f"{' ' * block.start_mark.column}{key}: [{told}]")
    if block is not None:  # a null, or {}
        head = text[: block.start_mark.index].rstrip(" ")
        return f"{head}{newline}  {key}: [{told}]{text[block.end_mark.index :]}"
    gap = "" if not text or text.endswith("\n") else newline
    return f"{text}{gap}{GROUP}:{newline}  {key}: [{told}]{newline}"


def remove_blocked(text: str, key: str, value: str) -> str:
    """The text without `value` in the list `block.<key>`; a list that is empty then goes too."""
    block = _find(compose_root(text), GROUP)
    listed = _find(block, key)
    if not isinstance(block, yaml.MappingNode) or not isinstance(listed, yaml.SequenceNode):
        return text
    at = next((n for n, each in enumerate(listed.value) if each.value == value), None)
    if at is None:
        return text
    if len(listed.value) > 1:
        return _cut_item(text, listed, at)
    pairs = [pair for pair in block.value if pair[0].value != key]
    if block.flow_style or not pairs:
        kept = text if block.flow_style and pairs else ""
        if kept:
            return _cut_flow(text, _pair_spans(block), [p[0].value for p in block.value].index(key))
        return _cut_group(text, block)
    return _cut_lines(text, _Span(*_marks(block, key)))


def set_enabled(text: str, source: str, enabled: bool) -> str:
    """The text with the source of this id enabled or not; as it was where it has no such source."""
    node = _find_source(compose_root(text), source)
    if node is None:
        return text
    value = _find(node, "enabled")
    if value is None:
        if enabled:
            return text
        last = node.value[-1][1]
        if node.flow_style:
            at = last.end_mark.index
            return f"{text[:at]}, enabled: false{text[at:]}"
        return _after_line(text, last_within(node), f"{' ' * node.start_mark.column}enabled: false")
    names = [pair[0].value for pair in node.value]
    at = names.index("enabled")
    if enabled and at:
        if node.flow_style:
            return _cut_flow(text, _pair_spans(node), at)
        return _cut_lines(text, _Span(*_marks(node, "enabled")))
    said = "true" if enabled else "false"
    return text[: value.start_mark.index] + said + text[value.end_mark.index :]


def _find(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _find_source(root: yaml.Node | None, source: str) -> yaml.MappingNode | None:
    listed = _find(root, "sources")
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        name = _find(node, "id") or _find(node, "name")
        if isinstance(node, yaml.MappingNode) and name is not None and name.value == source:
            return node
    return None


def _after_line(text: str, node: yaml.Node, line: str) -> str:
    """A line more behind the one in which a node ends, with whatever comment stands there."""
    newline = newline_of(text)
    at = text.find("\n", max(node.end_mark.index - 1, 0)) + 1
    return text[:at] + line + newline + text[at:] if at else text + newline + line


def _marks(node: yaml.MappingNode, key: str) -> tuple[int, int]:
    name, value = next(pair for pair in node.value if pair[0].value == key)
    return name.start_mark.index, last_within(value).end_mark.index


def _pair_spans(node: yaml.MappingNode) -> list[_Span]:
    return [_Span(name.start_mark.index, value.end_mark.index) for name, value in node.value]


def _cut_item(text: str, listed: yaml.SequenceNode, at: int) -> str:
    if listed.flow_style:
        spans = [_Span(each.start_mark.index, each.end_mark.index) for each in listed.value]
        return _cut_flow(text, spans, at)
    item = listed.value[at]
    return _cut_lines(text, _Span(item.start_mark.index, item.end_mark.index))


def _cut_flow(text: str, spans: list[_Span], at: int) -> str:
    """Without one of several parts that commas part."""
    start = spans[at - 1].end if at else spans[0].start
    end = spans[at].end if at else spans[1].start
    return text[:start] + text[end:]


def _cut_lines(text: str, span: _Span) -> str:
    """Without the lines on which something stands."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.end - 1, span.start)) + 1 or len(text)
    return text[:start] + text[end:]


def _cut_group(text: str, block: yaml.MappingNode) -> str:
    """Without the whole group, whose one list went."""
    start = text.rfind(f"{GROUP}:", 0, block.end_mark.index)
    return _cut_lines(text, _Span(start, last_within(block).end_mark.index))
