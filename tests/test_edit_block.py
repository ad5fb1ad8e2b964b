"""What is blocked stands in feeds.yaml, and goes from there again; comments and everything else stay byte for byte."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curate.config.edit_block import add_blocked, remove_blocked
from curate.config.edit_sources import set_enabled
from curate.domain.errors import ConfigError

TEXTS = (
    "",
    "account: {name: 早读}  # 账号\n",
    "account: {name: 早读}",
    "block:\n",
    "block: {}\nlook: {}\n",
    "block: {authors: [甲]}  # 不要的\n",
    "block:\n  authors: [甲]  # 不要的人\n# 末\n",
    "block:\n  words: [抽奖, 团购]\n",
    "block:\n  words:\n    - 抽奖  # 一\n    - 团购\n  authors: [甲]\nlook: {}\n",
    "block:\r\n  words: []\r\n  authors: []\r\n",
    "block:\n  words:\n",
    "look: {}\nblock:\n    words: ['抽奖']",
)
SOURCES = (
    "sources:\n  - {name: 甲, id: a, url: x}  # 一\n  - {name: b, url: y}\n",
    "sources:\n  - name: 甲  # 一\n    id: a\n    url: x  # 尾\n\n  - name: b\n    url: y\n# 末\nlook: {}\n",
    "sources: [{name: 甲, id: a}, {name: b}]\n",
    "sources:\n- id: a\n  name: 甲\n  select:\n    item: li\n    link: a  # 深\n- name: b",
    "sources:\r\n  - id: a\r\n    name: 甲\r\n  - name: b\r\n",
    "sources:\n  - {name: 甲, id: a, enabled: true}\n  - name: b\n    enabled: yes  # 停不停\n    url: y\n",
)


def block_of(text: str) -> dict[str, list[str]]:
    found = (yaml.safe_load(text) or {}).get("block") or {}
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("key", ["words", "authors"])
def test_whatever_stood_there_the_value_is_read_back_and_goes_again(text: str, key: str) -> None:
    after = add_blocked(text, key, '拼"团: #1')
    before = block_of(text)
    assert block_of(after) == before | {key: [*before.get(key, []), '拼"团: #1']}
    assert add_blocked(after, key, '拼"团: #1') == after
    gone = remove_blocked(after, key, '拼"团: #1')
    assert block_of(gone) == before
    for comment in ("# 账号", "# 不要的", "# 不要的人", "# 一", "# 末"):
        assert gone.count(comment) == text.count(comment)


@pytest.mark.parametrize(
    "text", [t for t in TEXTS if t.endswith("\n") and ("words: [抽" in t or "block" not in t)]
)
def test_what_was_added_and_taken_back_leaves_no_trace(text: str) -> None:
    assert remove_blocked(add_blocked(text, "words", "拼团"), "words", "拼团") == text


@pytest.mark.parametrize("text", SOURCES)
@pytest.mark.parametrize("source", ["a", "b"])
def test_a_source_is_switched_off_and_on(text: str, source: str) -> None:
    off = set_enabled(text, source, False)
    found = {each.get("id") or each["name"]: each for each in yaml.safe_load(off)["sources"]}
    assert found[source]["enabled"] is False
    other = "ab".replace(source, "")
    assert found[other] == {e.get("id") or e["name"]: e for e in yaml.safe_load(text)["sources"]}[other]
    on = set_enabled(off, source, True)
    assert all(each.get("enabled", True) for each in yaml.safe_load(on)["sources"])
    if "enabled" not in text:
        assert on.rstrip("\r\n") == text.rstrip("\r\n")
    assert set_enabled(text, "nobody", False) == text


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")),
        min_size=1,
        max_size=20,
    )
)
def test_no_word_can_break_out(word: str) -> None:
    after = add_blocked("look: {}\n", "words", word)
    assert yaml.safe_load(after) == {"look": {}, "block": {"words": [word]}}
    assert remove_blocked(after, "words", word) == "look: {}\n"


def test_a_broken_file_is_told() -> None:
    with pytest.raises(ConfigError):
        add_blocked("sources: [", "words", "x")
    with pytest.raises(ConfigError):
        set_enabled("sources: [", "a", False)
