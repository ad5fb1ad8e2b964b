"""The editor's notes and an issue's own words, in every theme and channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render import CHANNELS, render, themes
from curate.render.context import with_items
from curate.render.wechat.lint import lint
from curate.storage.account import templates
from tests.desk_samples import machine

TEMPLATES = templates()
COLORS = ("", "#8f1914", "#0f4c81", "#ffd400")


def noted() -> Digest:
    whole = with_items(machine(), lambda item: replace(item, note=f"第 {item.number} 条值得 <细读>"))
    return replace(whole, opening="今天冬至。\n天冷加衣。", closing="明天见。")


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_a_post_with_notes_is_kept_by_the_editor_and_read_by_night(theme: str, color: str) -> None:
    files, refused = render(noted(), ["wechat"], TEMPLATES, Look(theme=theme, color=color))
    assert not refused
    html = files["wechat.fragment.html"].decode()
    assert not lint(html, "zh", frozenset())
    for number in range(1, 7):
        assert html.count(f"编者按：第 {number} 条值得 &lt;细读&gt;") == 1
    assert html.index("今天冬至。") < html.index("编者按") < html.index("明天见。")


@pytest.mark.parametrize("name", sorted(CHANNELS.keys() - {"poster", "wechat"}))
def test_every_channel_prints_each_note_once(name: str) -> None:
    files, refused = render(noted(), [name], TEMPLATES)
    assert not refused
    for file, data in files.items():
        if file.endswith((".html", ".txt", ".md")):
            assert data.decode().count("编者按") == 6, file


def test_an_issue_without_notes_is_printed_as_before() -> None:
    plain, _ = render(machine(), ["wechat"], TEMPLATES)
    assert b"note" not in plain["wechat.fragment.html"]
