"""A new account's feeds.yaml: the packaged one, with what its editor chose in it. Pure: text in, text out.

The packaged file's comments stay, so that the new one explains itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import yaml

from curate.config.edit import compose_root
from curate.config.sections import ReadySection, ReadySections

_AUDIENCE = 3  # keywords of each section that the audience is taken to care about


@dataclass(frozen=True, slots=True)
class AccountChoices:
    """What an editor chose for a new account; "" leaves what the packaged feeds.yaml has."""

    name: str = ""
    positioning: str = ""
    language: str = ""
    theme: str = ""
    color: str = ""
    sections: tuple[ReadySection, ...] = ()


def compose_feeds(packaged: str, choices: AccountChoices, ready: ReadySections) -> str:
    """The text of feeds.yaml for these choices; the packaged topics and sources where no section is chosen."""
    text = packaged
    if choices.sections:
        text = _replace_list(text, "sources", _sources(choices.sections, ready))
        text = _replace_list(text, "topics", _topics(choices.sections))
        words = [word for section in choices.sections for word in section.keywords[:_AUDIENCE]]
        text = _set(text, "account", "audience", json.dumps(words, ensure_ascii=False))
        names = "、".join(section.name for section in choices.sections)
        usual = f"给关心{names}的人，每天十分钟，读完昨天值得知道的事。"
        text = _set(text, "account", "positioning", usual)
    for group, key, value in (
        ("account", "name", choices.name),
        ("account", "positioning", choices.positioning),
        ("look", "theme", choices.theme),
    ):
        text = _set(text, group, key, json.dumps(value, ensure_ascii=False)) if value else text
    if choices.language:
        text = _set(text, "account", "language", choices.language)
    if choices.language == "en":  # the sources are Chinese
        text = text.replace("  # languages: [zh, en] #", "  languages: [zh, en] #", 1)
    if choices.color:
        text = text.replace('  # color: "#0a7d4f" #', f"  color: {json.dumps(choices.color)} #", 1)
    return text


def empty_list(text: str, group: str) -> str:
    """The text with nothing in the list `group`, "topics" or "sources"."""
    return _replace_list(text, group, "")


def _set(text: str, group: str, key: str, value: str) -> str:
    """The text with another value for a key that stands in it."""
    root = compose_root(text)
    node = _child(_child(root, group), key)
    return text[: node.start_mark.index] + value + text[node.end_mark.index :]


def _child(node: yaml.Node | None, key: str) -> yaml.Node:
    assert isinstance(node, yaml.MappingNode)
    found: yaml.Node = next(value for name, value in node.value if name.value == key)
    return found


def _body(text: str, group: str) -> tuple[int, int]:
    """Where the lines of a list begin and end, the comments among them included: from the line after its key to the last
    line before a blank or a comment at the margin."""
    start = text.index(f"\n{group}:\n") + len(f"\n{group}:\n")
    end = start
    for line in text[start:].splitlines(keepends=True):
        if line.strip() and not line.startswith(" "):
            break
        end += len(line)
    body = text[start:end]
    return start, start + len(body.rstrip()) + 1


def _replace_list(text: str, group: str, lines: str) -> str:
    start, end = _body(text, group)
    return text[:start] + lines + text[end:] if lines else text[: start - 1] + " []\n" + text[end:]


def _topics(sections: tuple[ReadySection, ...]) -> str:
    return "".join(
        f"  - id: {section.id}\n    name: {section.name}\n    icon: {section.icon}\n"
        f"    keywords: [{', '.join(section.keywords)}]\n"
        for section in sections
    )


def _sources(sections: tuple[ReadySection, ...], ready: ReadySections) -> str:
    lines = [
        f"  # 下面的地址在公开的订阅列表里见过（{ready.first_seen(sections)}），没有逐个连过：哪些不通，",
        "  # `curate fetch` 和 `curate sources status` 会告诉你。有 route 的要经过 RSSHub，见下面的 network.rsshub",
    ]
    for section in sections:
        lines.append(f"  # {section.name}")
        for source in section.sources:
            at = (
                f"reader: rsshub, route: {json.dumps(source.route, ensure_ascii=False)}"
                if source.route
                else f"url: {json.dumps(source.url)}"
            )
            name = json.dumps(source.name, ensure_ascii=False)
            lines.append(f"  - {{name: {name}, {at}, topic: {section.id}}}")
        lines.append("")
    lines.append("  # 你自己写的文章：在 originals 文件夹里放 Markdown 文件；想用就把 false 改成 true")
    lines.append("  - {name: 本号原创, reader: originals, folder: originals, weight: 2, enabled: false}")
    return "\n".join(lines) + "\n"
