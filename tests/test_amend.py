"""Adding to feeds.yaml keeps what the editor wrote, byte for byte."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curate.config.edit import append
from curate.domain.errors import ConfigError

ROW = {"name": '新"源: #1', "url": "https://q.example/feed"}
LINE = '- {name: "新\\"源: #1", url: "https://q.example/feed"}'


def test_a_row_goes_behind_the_last_one_in_its_indentation_and_comments_stay() -> None:
    text = "# 头\nsources:\n    # 科技\n    - {name: a, url: x} # 尾\n    - name: b\n      url: z   # 注\n\n# 末\ndigest: {}\n"
    assert append(text, "sources", [ROW]) == text.replace("# 注\n", f"# 注\n    {LINE}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sources: []\n",
        "sources:\n",
        "sources: []\r\ntopics: []\r\n",
        "sources:\r\ntopics: []\r\n",
        "\ufeffsources:\r\n  - {name: a}\r\n",
        "account: {name: x}",
        "sources: [{name: a}]\n",
        "sources:\n- name: a\n  url: x",
    ],
)
def test_whatever_stood_there_the_row_is_read_back(text: str) -> None:
    after = yaml.safe_load(append(text, "sources", [ROW]))
    assert after["sources"][-1] == ROW
    before = yaml.safe_load(text) or {}
    assert after["sources"][:-1] == (before.get("sources") or [])
    assert after.get("account") == before.get("account")


def test_windows_line_ends_stay() -> None:
    text = "sources:\r\n  - {name: a, url: x}\r\ndigest: {}\r\n"
    assert append(text, "sources", [ROW]) == text.replace("x}\r\n", f"x}}\r\n  {LINE}\r\n")


def test_nothing_to_add_changes_nothing() -> None:
    assert append("sources: [", "sources", []) == "sources: ["


def test_a_broken_file_is_told_and_not_changed() -> None:
    with pytest.raises(ConfigError):
        append("sources: [", "sources", [ROW])
    with pytest.raises(ConfigError):
        append("- a\n", "sources", [ROW])


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), min_size=1, max_size=4))
def test_no_title_can_break_out_of_its_line(rows: list[tuple[str, str]]) -> None:
    added = [{"name": name, "url": url} for name, url in rows]
    text = "sources:\n  - {name: a, url: b}\ntopics: []\n"
    after = append(text, "sources", added)
    printable = all(c == "\n" or c.isprintable() for c in "".join(n + u for n, u in rows))
    if printable:
        assert yaml.safe_load(after) == {"sources": [{"name": "a", "url": "b"}, *added], "topics": []}
    assert after.count("\n") == text.count("\n") + len(rows)
