"""feeds.yaml is read strictly: every mistake at once, each where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curate.config.json_schema import schema
from curate.config.load import KnownNames, load, parse_settings
from curate.config.schema import Config
from curate.domain.errors import ConfigError
from curate.sources import READERS

KNOWN = KnownNames(
    READERS,
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


def test_an_old_name_of_a_key_is_read_and_told_with_its_place() -> None:
    text = GOOD + 'look: {colour: "#0a7d4f"}\n'
    settings = parse_settings(text, "feeds.yaml", {}, KNOWN)
    assert settings.config.look.color == "#0a7d4f"
    assert settings.tell_doubts([]) == ("feeds.yaml:6:8: look.color: write color for 'colour'",)


def test_a_key_under_its_old_and_its_new_name_stands_twice(tmp_path: Path) -> None:
    told = problems(tmp_path, GOOD + 'look: {colour: "#0a7d4f", color: "#0a7d4f"}\n')
    assert told == ["feeds.yaml:6:27: look.color: the key stands twice"]


def test_mistakes_are_explained_in_chinese_too_unless_the_account_is_english(tmp_path: Path) -> None:
    text = GOOD.replace("topic: ai}", "topc: ai}").replace(", language: en", "")
    assert problems(tmp_path, text) == [
        "feeds.yaml:5:46: sources[0].topc: 没有这个键，是想写 topic 吗？（unknown key, did you mean 'topic'?）"
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
        ("account: [", "feeds.yaml:1:11: YAML 写法有误（not valid YAML"),
        ("", "feeds.yaml: 文件是空的"),
        ("# 只有注释\n\n", "feeds.yaml: 文件是空的"),
        ("{}", "account: 缺少这一项"),
        ("- a\n", "feeds.yaml:1:1: 应当是一组"),
        ("account: {name: x}\naccount: {name: y}\n", "feeds.yaml:2:1: account: 这个键写了两次"),
        (
            "account: {name: 2024}\ntopics: []\nsources: []\n",
            "account.name: 应当是文字；数字和日期请加引号（must be text; put it in quotes）",
        ),
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
    assert shipped == schema(READERS), "run `make schema`"


def test_every_key_of_the_schema_is_described_in_chinese_and_english() -> None:
    for shape in (schema(READERS), *schema(READERS)["$defs"].values()):
        for key, value in shape["properties"].items():
            chinese, english = value["description"].split("\n", 1)
            assert any("一" <= c <= "鿿" for c in chinese), key
            assert english[0].isascii(), key


def test_the_starter_is_valid_and_has_chinese_sources_over_six_topics() -> None:
    config = load(Path(__file__).parents[1] / "feeds.yaml", {}, KNOWN)
    enabled = [source for source in config.sources if source.enabled]
    assert len(enabled) >= 28
    assert len({source.topic for source in enabled if source.topic}) >= 6
    first = (Path(__file__).parents[1] / "feeds.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=feeds.schema.json"


def test_the_starters_english_sources_stand_in_a_comment_that_can_be_opened(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "feeds.yaml").read_text("utf-8")
    before, _, block = text.partition("# languages: [zh, en]\n  # - {")
    block, _, after = ("  # - {" + block).partition("\n\n")
    opened = "\n".join(
        line.replace("  # ", "  ", 1) if "读：" not in line else line for line in block.split("\n")
    )
    (tmp_path / "feeds.yaml").write_text(f"{before}# languages\n{opened}\n\n{after}", encoding="utf-8")
    names = {source.name for source in load(tmp_path / "feeds.yaml", {}, KNOWN).sources}
    assert {"OpenAI", "The Guardian", "GitHub Trending"} <= names
    assert not {"OpenAI", "GitHub Trending"} & {
        s.name for s in load(Path(__file__).parents[1] / "feeds.yaml", {}, KNOWN).sources
    }


def test_the_look_is_read_and_its_mistakes_are_told(tmp_path: Path) -> None:
    look = 'look: {theme: newspaper, color: "#0A7D4F", opening: "早\\n上", source_url: https://a.example/x}\n'
    config = read(tmp_path, GOOD + look)
    assert (config.look.theme, config.look.color, config.look.opening) == ("newspaper", "#0A7D4F", "早\n上")
    wrong = "look:\n  theme: newspapr\n  color: #0a7d4f\n  source_url: leed\n"
    assert problems(tmp_path, GOOD + wrong) == [
        "feeds.yaml:7:3: look.theme: unknown theme, did you mean 'newspaper'?",
        'feeds.yaml:8:3: look.color: put the color in quotes, for example "#0a7d4f"',
        "feeds.yaml:9:3: look.source_url: must begin with http:// or https://",
    ]
    assert "look.color" in problems(tmp_path, GOOD + 'look: {color: "red"}\n')[0]


CHINESE = GOOD.replace(", language: en", "")


@pytest.mark.parametrize("span", ["48", '"48"', "2.5", "48:00"])
def test_a_span_without_its_unit_is_refused(tmp_path: Path, span: str) -> None:
    (told,) = problems(tmp_path, CHINESE + f"digest: {{lookback: {span}}}\n")
    assert "应当写单位，例如 48h 或 2d" in told


@pytest.mark.parametrize("span", ["0h", "99999999999d", "²h", "-3h"])
def test_a_span_that_is_none_is_refused(tmp_path: Path, span: str) -> None:
    assert "digest.lookback: " in problems(tmp_path, CHINESE + f"digest: {{lookback: {span}}}\n")[0]


def hint(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert "not valid YAML" in caught.value.problems[0]
    return caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("account:\n  name: 早读\n  language：zh\n  timezone: UTC\n", "第 3 行有全角的冒号“：”"),
        ("account:\n  name: “早读”: x\n", "第 2 行有全角的引号“ ”"),
        ("account: {name: 早读， language: zh}\n", "第 1 行有全角的逗号“，”"),
        ("account:\n\tname: 早读\n", "第 2 行有制表符（Tab）"),
        ("account:\n  name:\u3000早读\n  language: zh\n", "第 2 行有全角空格"),
    ],
)
def test_full_width_punctuation_is_found_where_the_file_breaks(tmp_path: Path, text: str, told: str) -> None:
    assert told in hint(tmp_path, text)


def test_good_chinese_beside_a_mistake_is_not_blamed(tmp_path: Path) -> None:
    text = "account:\n  # 名：早，“晚”\n  positioning: 早安：你好，“世界”\n  audience: [a\ntopics: []\n"
    assert "全角" not in hint(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: 早读", "name: “早读”", "account.name: 引号是全角的"),
        ("[大模型]", "[大模型，智能体]", "“大模型，智能体”是一个词，请用半角逗号分开"),
        ("[大模型]", "[大模型、智能体]", "“大模型、智能体”是一个词，请用半角逗号分开"),
        ("[大模型]", "大模型，智能体", "例如 [大模型, 智能体]"),
        ("{name: 早读}", "name：早读", "冒号是全角的"),
        ("{name: 早读}", "{name：早读}", "冒号是全角的"),
        ("{name: 早读}", "\n  name: 早读\n  positioning:", "account.positioning: 这里是空的"),
        ("{name: 早读}", "\n  name: 早读\n  positioning:", "这里是空的；写上内容，或删掉这一行"),
        ("{name: 早读}", "\n", "account: 这里是空的"),
        ("topics:", "\u3000language: zh\ntopics:", "前面有全角空格"),
        ("id: ai", "id: no", "yes/no/on/off/true/false 要加引号"),
        ("name: 人工智能", "name: on", "yes/no/on/off/true/false 要加引号"),
        ("id: ai", "id: 人 工", "只能用文字、数字、- 和 _，不能有空格"),
        ('url: "https://a.example/feed"', "reader: rsshub, route: zhihu/daily", "要以 / 开头，不能有空格"),
        ('"https://a.example/feed"', "", "读取方式 feed 需要写 url"),
        ("早读}", "早读, language: cn}", "只能写 zh 或 en（"),
        ("topic: ai", "topic: [ai]", "应当是文字"),
        ("topic: ai", "topic: 人工智能", "应当写栏目的 id：ai"),
        ("topic: ai", "topic: ai, enabled: false", "至少要有一个来源"),
        ("topic: ai", "topic: ai, proxy: 127.0.0.1:7890", "例如 http://127.0.0.1:7890"),
    ],
)
def test_mistakes_of_chinese_typing_are_told_in_words(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CHINESE
    found = problems(tmp_path, CHINESE.replace(old, new))
    assert any(told in problem for problem in found), found
    assert not any("[\\w" in problem or "\\S" in problem for problem in found), "no patterns"


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("channels: []", "至少要有一个渠道"),
        ("database: archive.db", "例如 sqlite:///output/archive.db"),
        ("network: {proxy: 127.0.0.1:7890}", "例如 http://127.0.0.1:7890"),
        ("digest: {images: some}", "只能写 lead、all 或 none（"),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path: Path, added: str, told: str) -> None:
    assert told in problems(tmp_path, CHINESE + added + "\n")[0]


def test_a_file_without_sources_is_told_unless_sources_are_about_to_be_added(tmp_path: Path) -> None:
    text = CHINESE.split("sources:")[0] + "sources: []\n"
    assert "至少要有一个来源" in problems(tmp_path, text)[0]
    assert load(tmp_path / "feeds.yaml", {}, KNOWN._replace(bare=True)).sources == ()


def test_quoted_full_width_quotes_and_words_of_the_editor_stay_as_they_are(tmp_path: Path) -> None:
    text = CHINESE.replace("name: 早读", 'name: "“早读”"') + "look: {opening: “晨”是今天的字}\n"
    assert read(tmp_path, text).account.name == "“早读”"
    assert read(tmp_path, CHINESE + 'network: {proxy: ""}\n').network.proxy == ""


MANY = """account: {name: 早读}
topics:
  - {id: ai, name: AI, keywords: [大模型]}
sources:
  - {name: 甲, url: 'https://a.example/feed'}
  - {name: 乙, url: 'https://b.example/feed'}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("account: {name: 早读}", "account:\n  name:早读\n  language: zh", "第 2 行冒号后面少一个空格"),
        ("{name: 甲, url:", "\n    name:甲\n    url:", "第 6 行冒号后面少一个空格"),
        ("{name: 甲, url: ", "\n    name: 甲\n    url:", "第 7 行冒号后面少一个空格"),
        ("feed'}\n  - {name: 乙", "feed}\n  - {name: 乙", "第 5 行第 20 列的引号没有关上"),
        ("{name: 早读}", '{name: "早读}', "第 1 行第 17 列的引号没有关上"),
        ("{name: 早读}", '\n  name: "早读\n  positioning: "好"', "第 2 行第 9 列的引号没有关上"),
        ("feed'}\n  - {name: 乙", "feed'\n  - {name: 乙", "第 5 行第 5 列的花括号 { 没有关上"),
        ("[大模型]", "[大模型", "第 3 行第 34 列的方括号 [ 没有关上"),
        ("{name: 早读}", "{name: 早读", "第 1 行第 10 列的花括号 { 没有关上"),
        ("{name: 早读}", "{name: 'It's'}", "提前关上了"),
        ("{name: 早读}", "\n  name: 早读\n  positioning: 早: 好", "整段文字要加引号"),
        ("{name: 早读}", "\n  name: @早读", "以特殊符号开头"),
        ("{name: 早读}", "\n  name: *早读", "以特殊符号开头"),
        ("{name: 早读}", "{name: 早读}\n---\na: 1", "第 2 行的 --- 把文件分成了两份"),
        ("{name: 早读}", "\n  name: 早读\n language: zh", "缩进和上面的不齐"),
        ("  - {name: 甲", "\u00a0 - {name: 甲", "第 5 行有看着像空格的别的字符"),
    ],
)
def test_where_a_broken_file_opens_or_lacks_something_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in MANY
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, MANY.replace(old, new, 1))
    assert told in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("account:", "账号:", ["账号: 没有“账号”这个键，要写成 account（"]),
        ("{name: 早读}", "{名称: 早读}", ["account.名称: 没有“名称”这个键，要写成 name（"]),
        ("topics:", "栏目:", ["栏目: 没有“栏目”这个键，要写成 topics（"]),
        ("甲, url:", "甲, 网址:", ["sources[0].网址: 没有“网址”这个键，要写成 url（"]),
        ("{name: 早读}", "{name:早读}", ["account.name:早读: 冒号后面少一个空格"]),
        (
            "- {name: 甲",
            "- https://b.example/f\n  - {name: 甲",
            ["sources[0]: 只有网址；要写成 {name: 名字, url: 网址}"],
        ),
        ("account: ", "account:", ["account:{name: 冒号后面少一个空格"]),
        ("{name: 早读}", "\n  name:早读", ["account: 冒号后面少一个空格"]),
        ("早读}", "早读, timezone: 北京}", ["account.timezone: 没有“北京”这个时区，要写成 Asia/Shanghai（"]),
        ("早读}", "早读, timezone: 东京时间}", ["要写成 Asia/Tokyo（"]),
        ("早读}", "早读, timezone: Asia/Shanghia}", ["要写成 Asia/Shanghai（"]),
        ("sources:", "digest: {lookback: 36小时}\nsources:", ["digest.lookback: “36小时”要写成 36h（"]),
        ("sources:", "digest: {lookback: 两 天}\nsources:", ["“两 天”要写成 2d（"]),
        ("sources:", "digest: {lookback: 1 week}\nsources:", ["要写成 7d（"]),
        ("sources:", "site: {enabled: 是}\nsources:", ["site.enabled: “是”要写成 true（"]),
        ("甲, ", "甲, enabled: 否, ", ["sources[0].enabled: “否”要写成 false（"]),
        ("id: ai", "id: other", ["topics[0].id: other 留给不属于任何栏目的内容"]),
        ("https://a.", "https：//a.", ["sources[0].url: 网址里有全角符号“：”"]),
        ("a.example/", "a.example：80/", ["sources[0].url: 网址里有全角符号“：”"]),
        ("{name: 早读}", "\n\u00a0\u00a0name: 早读", ["feeds.yaml:2:1: 前面不是普通空格"]),
    ],
)
def test_a_mistake_is_told_once_with_what_to_write(
    tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    assert old in MANY
    found = problems(tmp_path, MANY.replace(old, new, 1))
    assert len(found) == len(told), found
    assert all(words in problem for words, problem in zip(told, found, strict=True)), found


@pytest.mark.parametrize("folder", ["/", ".", "./", "..", "../..", "C:/", "//"])
def test_a_folder_of_originals_is_no_disk_and_not_the_account_itself(tmp_path: Path, folder: str) -> None:
    text = MANY + f"  - {{name: 丙, reader: originals, folder: '{folder}'}}\n"
    assert problems(tmp_path, text)[0].startswith(
        "feeds.yaml:7:34: sources[2].folder: 要写专门放稿件的文件夹"
    )
    for usable in ("originals", "../稿件", "/home/me/notes", "D:/稿件"):
        assert read(tmp_path, text.replace(f"'{folder}'", f"'{usable}'")).sources[2].folder == usable


@pytest.mark.parametrize(
    ("encoding", "told"), [("gb18030", "GBK 编码（记事本里叫 ANSI）"), ("utf-16", "UTF-16 编码")]
)
def test_an_encoding_is_called_by_the_name_that_editors_know(
    tmp_path: Path, encoding: str, told: str
) -> None:
    (tmp_path / "feeds.yaml").write_bytes(MANY.encode(encoding))
    with pytest.raises(ConfigError, match=told) as caught:
        load(tmp_path / "feeds.yaml", {}, KNOWN)
    assert "另存为 UTF-8" in caught.value.hint


@pytest.mark.parametrize(
    "address", [" https://a.example/feed\u200b ", "feed://a.example/feed", "\ufeffhttps://a.example/feed"]
)
def test_an_address_is_freed_of_what_came_with_it(tmp_path: Path, address: str) -> None:
    url = read(tmp_path, MANY.replace("https://a.example/feed", address)).sources[0].url
    assert url in ("https://a.example/feed", "http://a.example/feed")


def test_one_address_under_two_names_and_a_missing_folder_are_told_and_the_file_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.cli.main import run

    doubtful = MANY.replace("https://b.example/feed", "http://www.a.example/feed/")
    doubtful += "  - {name: 丙, reader: originals, folder: 我的稿子}\n  - {name: 丁, url: 'https://a.example/feed', enabled: false}\n"
    (tmp_path / "feeds.yaml").write_text(doubtful, encoding="utf-8")
    assert run(["sources", "list", "-C", str(tmp_path)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert told[0].startswith("feeds.yaml:6:15: sources[1].url: 和“甲”（sources[0]）是同一个地址")
    assert told[1].startswith("feeds.yaml:7:34: sources[2].folder: 没有 我的稿子 这个文件夹")
    (tmp_path / "我的稿子").mkdir()
    (tmp_path / "feeds.yaml").write_text(doubtful.replace("www.a.example", "b.example"), encoding="utf-8")
    assert run(["sources", "list", "-C", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""
