"""One source of feeds.yaml is changed or removed; whatever else stands in the file stays byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curate.cli.main import run
from curate.config.edit_sources import move_source, remove_source, rename_source, set_enabled
from curate.domain.errors import ConfigError

WORDS = st.text("甲乙丙 #:'\"-abc[]{},&*!", min_size=1, max_size=6).map(str.strip).filter(bool)
ROWS = st.fixed_dictionaries(
    {"url": st.just("https://x.example/feed")},
    optional={
        "id": WORDS,
        "topic": st.sampled_from(["a", "b"]),
        "enabled": st.booleans(),
        "weight": st.just(2),
        "select": st.just({"item": "li", "link": "a"}),
    },
)
COMMENTS = st.sampled_from(["", "# 一段注释\n", "\n", "  # 缩进的注释：- {name: 假的}\n", "\n# 空行之后\n\n"])


def value_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def told(row: dict[str, Any], style: str, tail: str) -> str:
    """The lines of a source in one of the styles in which people write them."""
    pairs = [(key, value_of(value)) for key, value in row.items()]
    if style == "flow":
        return f"  - {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}{tail}\n"
    lines = [f"{key}: {value}{tail if n == 0 else ''}" for n, (key, value) in enumerate(pairs)]
    if style == "below":
        return "  -\n" + "".join(f"      {line}\n" for line in lines)
    return f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """What stands before a source's lines, those lines, what stands behind, and the source's id."""
    names = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    rows = [{"name": name, **draw(ROWS)} for name in names]
    for n, row in enumerate(rows):
        if "id" in row:
            row["id"] = f"{row['id']}-{n}"
        if draw(st.booleans()):
            rows[n] = dict(reversed(row.items()))
    ids = [str(row.get("id") or row["name"]) for row in rows]
    chunks = [
        told(row, draw(st.sampled_from(["flow", "block", "below"])), draw(st.sampled_from(["", "  # 尾"])))
        for row in rows
    ]
    gaps = [draw(COMMENTS) for _ in rows]
    at = draw(st.integers(0, len(rows) - 1))
    head = "# 头\naccount: {name: 早读}\nsources:  # 来源\n" + "".join(
        gap + chunk for gap, chunk in zip(gaps[:at], chunks[:at], strict=True)
    )
    tail = "".join(gap + chunk for gap, chunk in zip(gaps[at + 1 :], chunks[at + 1 :], strict=True))
    end = draw(st.sampled_from(["", "# 末\n", "look: {}\n", "\n# 下一节\ntopics: []  # 栏目\n"]))
    parts = [head + gaps[at], chunks[at], tail + end]
    if draw(st.booleans()):
        parts = [part.replace("\n", "\r\n") for part in parts]
    return parts[0], parts[1], parts[2], ids[at] if len(set(ids)) == len(ids) else ""


def rows_of(text: str) -> dict[str, dict[str, Any]]:
    return {str(row.get("id") or row["name"]): row for row in yaml.safe_load(text)["sources"]}


@given(files())
def test_removing_a_source_takes_its_own_lines_and_nothing_else(parts: tuple[str, str, str, str]) -> None:
    before, lines, behind, source = parts
    if source:
        assert remove_source(before + lines + behind, source) == before + behind


@given(files(), WORDS)
def test_renaming_and_moving_change_its_own_lines_alone(parts: tuple[str, str, str, str], name: str) -> None:
    before, lines, behind, source = parts
    if not source:
        return
    text = before + lines + behind
    row = rows_of(text)[source]
    for changed, wanted in (
        (rename_source(text, source, name), row | {"id": source, "name": name}),
        (move_source(text, source, "c"), row | {"topic": "c"}),
    ):
        assert changed.startswith(before)
        assert changed.endswith(behind)
        assert rows_of(changed) == rows_of(text) | {source: wanted}
        assert changed.count("# 尾") == text.count("# 尾")


@given(files())
def test_switching_off_and_on_changes_its_own_lines_alone(parts: tuple[str, str, str, str]) -> None:
    before, lines, behind, source = parts
    if not source:
        return
    text = before + lines + behind
    off = set_enabled(text, source, False)
    assert off.startswith(before)
    assert off.endswith(behind)
    assert rows_of(off)[source]["enabled"] is False
    on = set_enabled(off, source, True)
    assert rows_of(on)[source].get("enabled", True) is True
    if "enabled" not in rows_of(text)[source]:
        assert on == text


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("sources: [{name: a}, {name: b}]  # 一行\n", "sources: [{name: b}]  # 一行\n"),
        ("sources: [\n  {name: b},\n  {name: a},\n]\n", "sources: [\n  {name: b},\n]\n"),
        ("sources:\n- name: a\n  url: |\n    x\n- name: b", "sources:\n- name: b"),
    ],
)
def test_other_layouts_are_cut_as_well(text: str, without: str) -> None:
    assert remove_source(text, "a") == without


@pytest.mark.parametrize(
    "text",
    [
        "spare: &s {name: a}\nsources:\n  - *s\n  - {name: b}\n",
        "sources:\n  - &s {name: a, url: x}\n  - {<<: *s, name: b}\n",
        "t: &t x\nsources:\n  - {name: a, topic: *t}\n  - {name: b}\n",
    ],
)
def test_where_another_part_would_change_as_well_the_file_is_left_alone(text: str) -> None:
    for change, value in ((move_source, "c"), (rename_source, "c")):
        try:
            changed = change(text, "a", value)
        except ConfigError:
            continue
        assert rows_of(changed).keys() >= {"b"}
        assert yaml.safe_load(changed).get("spare") == yaml.safe_load(text).get("spare")
        assert rows_of(changed)["b"] == rows_of(text)["b"]


def test_the_only_source_and_one_that_is_not_there_stay() -> None:
    with pytest.raises(ConfigError, match="只有这一个"):
        remove_source("sources:\n  - name: a\n", "a")
    one = "sources:\n  - name: a\n"
    assert remove_source(one, "b") == rename_source(one, "b", "n") == move_source(one, "b", "n") == one


FEEDS = """account: {name: 早读}  # 账号
topics:
  - {id: city, name: 城市, keywords: [地铁]}
  - {id: books, name: 读书, keywords: [书评]}
sources:
  # 报纸
  - {name: 晨报, url: "https://a.example/feed", topic: city}  # 每天
  - name: 晚报
    url: https://b.example/feed
"""


@pytest.fixture
def account(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    return tmp_path


def change(folder: Path, *args: str) -> int:
    return run(["sources", *args, "-C", str(folder)])


def test_the_commands_change_the_file_and_say_so(account: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feeds = account / "feeds.yaml"
    assert change(account, "disable", "晨报") == 0
    assert "停用了：晨报" in capsys.readouterr().err
    assert "topic: city, enabled: false}  # 每天\n" in feeds.read_text("utf-8")
    assert change(account, "enable", "晨报") == 0
    assert feeds.read_text("utf-8") == FEEDS
    assert change(account, "move", "晚报", "读书") == 0
    assert feeds.read_text("utf-8") == FEEDS + '    topic: "books"\n'
    assert change(account, "rename", "晚报", "新晚报") == 0
    assert 'name: "新晚报"\n    id: "晚报"\n' in feeds.read_text("utf-8")
    assert change(account, "remove", "新晚") == 0
    assert feeds.read_text("utf-8") == FEEDS[: FEEDS.index("  - name: 晚报")]
    assert change(account, "remove", "晨报") == 1


def test_what_cannot_be_is_told_and_changes_nothing(
    account: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(account, "disable", "晚报")
    before = (account / "feeds.yaml").read_bytes()
    capsys.readouterr()
    for args, status in (
        (("rename", "晨报", "晚报"), 2),
        (("rename", "晨报", " "), 2),
        (("move", "晨报", "没有的"), 2),
        (("remove", "报"), 2),  # two sources have that
        (("disable", "晨报"), 1),  # the last that is read
        (("disable", "晚报"), 0),  # so it is already
    ):
        assert change(account, *args) == status
        assert capsys.readouterr().err
        assert (account / "feeds.yaml").read_bytes() == before
