"""What the edits of feeds.yaml share: where things stand in its text, and how parts of it are put in or cut out. Pure."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from curate.config.edit import last_within, newline_of


class TextSpan(NamedTuple):
    """A part of the text, by the indexes of its first character and of the one behind it."""

    start: int
    end: int


def find_value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key of a mapping; None where there is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def insert_line(text: str, node: yaml.Node, line: str) -> str:
    """A line more behind the one in which a node ends, with whatever comment stands there."""
    newline = newline_of(text)
    at = text.find("\n", max(node.end_mark.index - 1, 0)) + 1
    return text[:at] + line + newline + text[at:] if at else text + newline + line


def pair_span(node: yaml.MappingNode, key: str) -> TextSpan:
    """Where a key and its value stand."""
    name, value = next(pair for pair in node.value if pair[0].value == key)
    return TextSpan(name.start_mark.index, last_within(value).end_mark.index)


def pair_spans(node: yaml.MappingNode) -> list[TextSpan]:
    """Where each pair of a flow mapping stands."""
    return [TextSpan(name.start_mark.index, value.end_mark.index) for name, value in node.value]


def cut_item(text: str, listed: yaml.SequenceNode, at: int) -> str:
    """Without one of several items: its lines, or its part of a flow list."""
    if listed.flow_style:
        spans = [TextSpan(each.start_mark.index, each.end_mark.index) for each in listed.value]
        return cut_flow(text, spans, at)
    item = listed.value[at]
    dashes = [token for token in yaml.scan(text) if isinstance(token, yaml.BlockEntryToken)]
    dash = max(each.start_mark.index for each in dashes if each.start_mark.index <= item.start_mark.index)
    return cut_lines(text, TextSpan(dash, last_within(item).end_mark.index))


def cut_flow(text: str, spans: list[TextSpan], at: int) -> str:
    """Without one of several parts that commas part."""
    start = spans[at - 1].end if at else spans[0].start
    end = spans[at].end if at else spans[1].start
    return text[:start] + text[end:]


def cut_lines(text: str, span: TextSpan) -> str:
    """Without the lines on which something stands."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.end - 1, span.start)) + 1 or len(text)
    return text[:start] + text[end:]
