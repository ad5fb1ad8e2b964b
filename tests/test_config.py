"""feeds.yaml is read strictly: every mistake at once, each where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curate.config import Known, load
from curate.errors import ConfigError
from curate.schema import schema
from curate.settings import Config

KNOWN = Known(
    ("feed", "page", "sitemap", "originals", "rsshub"),
    ("wechat", "markdown"),
    ("freshness",),
    ("classic", "newspaper"),
)

GOOD = """\
account: {name: 早读, language: en}
topics:
  - {id: ai, name: 人工智能, keywords: [大模型]}
sources:
  - {name: 甲, url: "https://a.example/feed", topic: ai}
"""


def read(tmp_path: Path, text: str, **environ: str) -> Config:
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ, KNOWN)


def problems(tmp_path: Path, text: str, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, **environ)
    return list(caught.value.problems)


def test_a_good_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD)
    assert config.sources[0].id == "甲"
    assert config.account.timezone == "Asia/Shanghai"
    assert config.digest.lookback.total_seconds() == 48 * 3600


def test_an_unknown_key_is_told_with_line_column_and_the_likely_word(tmp_path: Path) -> None:
    text = GOOD.replace("topic: ai}", "topc: ai}")
    assert problems(tmp_path, text) == [
        "feeds.yaml:5:46: sources[0].topc: unknown key, did you mean 'topic'?"
    ]


def test_mistakes_are_explained_in_chinese_too_unless_the_account_is_english(tmp_path: Path) -> None:
    text = GOOD.replace("topic: ai}", "topc: ai}").replace(", language: en", "")
    assert problems(tmp_path, text) == [
        "feeds.yaml:5:46: sources[0].topc: unknown key, did you mean 'topic'?（没有这个键，是想写 topic 吗？）"
    ]


def test_all_mistakes_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
account: {name: x, language: en, timezone: Mars/Base}
topics:
  - {id: ai, name: AI}
  - {id: ai, name: AI again}
sources:
  - {name: a, url: "ftp://a.example/feed"}
  - {name: a, url: "https://b.example/feed", topic: aii}
  - {name: c, reader: page, url: "https://c.example/"}
  - {name: d, reader: fed, url: "https://d.example/"}
digest: {items: 0, lookback: soon, weights: {freshnes: 2}}
channels: [wechta]
"""
    assert problems(tmp_path, text) == [
        "feeds.yaml:1:34: account.timezone: unknown time zone, for example Asia/Shanghai",
        "feeds.yaml:4:6: topics[1].id: 'ai' is taken by topics[0]",
        "feeds.yaml:6:15: sources[0].url: must begin with http:// or https://",
        "feeds.yaml:7:6: sources[1].name: 'a' is taken by sources[0]",
        "feeds.yaml:7:46: sources[1].topic: unknown topic, did you mean 'ai'?",
        "feeds.yaml:8:5: sources[2]: reader page needs 'select'",
        "feeds.yaml:9:15: sources[3].reader: unknown reader, did you mean 'feed'?",
        "feeds.yaml:10:10: digest.items: must be at least 1",
        "feeds.yaml:10:20: digest.lookback: must be a span such as 36h or 2d",
        "feeds.yaml:10:46: digest.weights.freshnes: unknown signal, did you mean 'freshness'?",
        "feeds.yaml:11:12: channels[0]: unknown channel, did you mean 'wechat'?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("account: [", "feeds.yaml:1:11: not valid YAML"),
        ("", "feeds.yaml: account: is missing"),
        ("- a\n", "feeds.yaml:1:1: must be a group"),
        ("account: {name: x}\naccount: {name: y}\n", "feeds.yaml:2:1: account: the key stands twice"),
        ("account: {name: 2024}\ntopics: []\nsources: []\n", "account.name: must be text; put it in quotes"),
    ],
)
def test_what_is_no_settings_at_all_is_told_too(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in problem for problem in problems(tmp_path, text)), problems(tmp_path, text)


def test_the_environment_fills_in_and_its_values_stay_out_of_messages(tmp_path: Path) -> None:
    text = GOOD + 'database: "postgresql://u:${PASSWORD}@db/x"\n'
    assert read(tmp_path, text, PASSWORD="hunter2").database.endswith("hunter2@db/x")
    assert problems(tmp_path, text) == ["feeds.yaml:6:1: database: the environment has no PASSWORD"]
    broken = text.replace('database: "postgresql://u:', 'network: {timeout: "')
    assert not any("hunter2" in problem for problem in problems(tmp_path, broken, PASSWORD="hunter2"))


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "feeds.yaml", {}, KNOWN)
    assert "curate init" in caught.value.hint


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_bytes("account: {name: 早读}".encode("gb18030"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path / "feeds.yaml", {}, KNOWN)


def test_the_shipped_schema_is_the_one_of_the_model() -> None:
    shipped = json.loads((Path(__file__).parents[1] / "feeds.schema.json").read_text("utf-8"))
    assert shipped == schema(), "run `make schema`"


def test_every_key_of_the_schema_is_described_in_chinese_and_english() -> None:
    for shape in (schema(), *schema()["$defs"].values()):
        for key, value in shape["properties"].items():
            chinese, english = value["description"].split("\n", 1)
            assert any("一" <= c <= "鿿" for c in chinese), key
            assert english[0].isascii(), key


def test_the_starter_is_valid_and_has_thirty_sources_over_six_topics() -> None:
    config = load(Path(__file__).parents[1] / "feeds.yaml", {}, KNOWN)
    enabled = [source for source in config.sources if source.enabled]
    assert len(enabled) >= 30
    assert len({source.topic for source in enabled if source.topic}) >= 6
    first = (Path(__file__).parents[1] / "feeds.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=feeds.schema.json"


def test_the_look_is_read_and_its_mistakes_are_told(tmp_path: Path) -> None:
    look = (
        'look: {theme: newspaper, colour: "#0A7D4F", opening: "早\\n上", source_url: https://a.example/x}\n'
    )
    config = read(tmp_path, GOOD + look)
    assert (config.look.theme, config.look.colour, config.look.opening) == ("newspaper", "#0A7D4F", "早\n上")
    wrong = "look:\n  theme: newspapr\n  colour: #0a7d4f\n  source_url: leed\n"
    assert problems(tmp_path, GOOD + wrong) == [
        "feeds.yaml:7:3: look.theme: unknown theme, did you mean 'newspaper'?",
        'feeds.yaml:8:3: look.colour: put the colour in quotes, for example "#0a7d4f"',
        "feeds.yaml:9:3: look.source_url: must begin with http:// or https://",
    ]
    assert "look.colour" in problems(tmp_path, GOOD + 'look: {colour: "red"}\n')[0]
