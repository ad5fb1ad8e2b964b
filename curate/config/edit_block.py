"""feeds.yaml with something blocked, or no longer: a word or an author in `block`. Comments and everything else are kept byte for
byte. Pure: text in, text out; all raise ConfigError where the text is not YAML.
"""

from __future__ import annotations

import json

import yaml

from curate.config.edit import compose_root, last_within, newline_of
from curate.config.edit_nodes import (
    TextSpan,
    cut_flow,
    cut_item,
    cut_lines,
    find_value,
    insert_line,
    pair_span,
    pair_spans,
)

GROUP = "block"


def add_blocked(text: str, key: str, value: str) -> str:
    """The text with `value` in the list `block.<key>` ("words" or "authors"); as it was where it is there."""
    block = find_value(compose_root(text), GROUP)
    listed = find_value(block, key)
    newline, told = newline_of(text), json.dumps(value, ensure_ascii=False)
    if isinstance(listed, yaml.SequenceNode):
        if any(each.value == value for each in listed.value):
            return text
        if listed.flow_style or not listed.value:
            at = listed.value[-1].end_mark.index if listed.value else listed.start_mark.index + 1
            return text[:at] + (", " if listed.value else "") + told + text[at:]
        return insert_line(text, last_within(listed), f"{' ' * listed.start_mark.column}- {told}")
    if listed is not None:  # a null
        return text[: listed.start_mark.index].rstrip(" ") + f" [{told}]" + text[listed.end_mark.index :]
    if isinstance(block, yaml.MappingNode) and block.value:
        if block.flow_style:
            at = block.value[-1][1].end_mark.index
            return f"{text[:at]}, {key}: [{told}]{text[at:]}"
        return insert_line(text, last_within(block), f"{' ' * block.start_mark.column}{key}: [{told}]")
    if block is not None:  # a null, or {}
        head = text[: block.start_mark.index].rstrip(" ")
        return f"{head}{newline}  {key}: [{told}]{text[block.end_mark.index :]}"
    gap = "" if not text or text.endswith("\n") else newline
    return f"{text}{gap}{GROUP}:{newline}  {key}: [{told}]{newline}"


def remove_blocked(text: str, key: str, value: str) -> str:
    """The text without `value` in the list `block.<key>`; a list that is empty then goes too."""
    block = find_value(compose_root(text), GROUP)
    listed = find_value(block, key)
    if not isinstance(block, yaml.MappingNode) or not isinstance(listed, yaml.SequenceNode):
        return text
    at = next((n for n, each in enumerate(listed.value) if each.value == value), None)
    if at is None:
        return text
    if len(listed.value) > 1:
        return cut_item(text, listed, at)
    pairs = [pair for pair in block.value if pair[0].value != key]
    if block.flow_style or not pairs:
        kept = text if block.flow_style and pairs else ""
        if kept:
            return cut_flow(text, pair_spans(block), [p[0].value for p in block.value].index(key))
        return _cut_group(text, block)
    return cut_lines(text, pair_span(block, key))


def _cut_group(text: str, block: yaml.MappingNode) -> str:
    """Without the whole group, whose one list went."""
    start = text.rfind(f"{GROUP}:", 0, block.end_mark.index)
    return cut_lines(text, TextSpan(start, last_within(block).end_mark.index))
