"""Labels: kept, learned from the next night, asked for where they teach most, and measured by."""

from __future__ import annotations

import json
import random
import sqlite3
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from curate.cli.main import cli, run
from curate.config.schema import OTHER, Topic
from curate.sources.identity import fingerprint
from curate.storage import Archive, Label
from curate.storage.database.migrations import MIGRATIONS
from curate.storage.database.rows import hash_key
from curate.text.encoder import find_encoder, remember
from curate.topics.active_learning import likeliest, worth_labeling
from curate.topics.classifier import TopicClassifier
from curate.topics.evaluate import evaluate
from curate.topics.vectorize import read_documents
from tests.nouns import NOW, entry, page

FEEDS = """\
account: {name: 早读}
topics:
  - {id: money, name: 财经, keywords: [央行, 基金, 股市, 银行]}
  - {id: tech, name: 科技, keywords: [手机, 芯片, 处理器, AI]}
  - {id: city, name: 城市, keywords: [地铁, 公交, 市民, 街道]}
sources:
  - {name: 甲报, id: a, url: "https://a.example/feed"}
"""
TOPICS = (
    Topic(id="money", name="财经", keywords=("央行", "基金", "股市", "银行")),
    Topic(id="tech", name="科技", keywords=("手机", "芯片", "处理器", "AI")),
    Topic(id="city", name="城市", keywords=("地铁", "公交", "市民", "街道")),
)
COMPANY = {
    "money": ["降准", "收益率", "净值", "理财", "利率", "债券", "存款"],
    "tech": ["续航", "屏幕", "算力", "发布会", "跑分", "散热", "系统"],
    "city": ["换乘", "早高峰", "路口", "站台", "绿道", "停车", "路灯"],
}


def made_up(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Titles of three words of a topic's company, a third of them with a keyword; and their topics."""
    chance, found = random.Random(seed), []
    for i in range(count):
        topic = TOPICS[i % 3]
        words = chance.sample(COMPANY[topic.id], 3)
        if chance.random() < 0.35:
            words.insert(chance.randrange(4), chance.choice(topic.keywords))
        found.append((f"{''.join(words)}{i}", topic.id))
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An account whose archive holds sixty entries."""
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    (tmp_path / "output").mkdir()
    entries = [entry(n, title=title, content="") for n, (title, _) in enumerate(made_up(60))]
    with opened(tmp_path) as archive:
        archive.add("a", "https://a.example/feed", page(), entries, NOW)
    return tmp_path


def opened(home: Path) -> Archive:
    return Archive("sqlite:///output/archive.db", home, fingerprint)


def call(home: Path, *arguments: str, keys: str = "") -> Result:
    return CliRunner().invoke(cli, ["topics", *arguments, "-C", str(home)], input=keys, standalone_mode=False)


def labels(home: Path) -> list[Label]:
    with opened(home) as archive:
        return archive.labels()


def test_a_label_is_kept_with_its_text_and_the_last_one_counts(home: Path) -> None:
    with opened(home) as archive:
        first = entry(1)
        archive.label(first, "标题\n正文", "tech", NOW)
        archive.label(first, "标题\n正文", OTHER, NOW + timedelta(minutes=1))
        archive.label(entry(2), "另一条", "money", NOW)
        archive.prune(NOW + timedelta(days=1))
        kept = archive.labels()
    assert [(k.id, k.topic, k.text) for k in kept] == [
        ("id-2", "money", "另一条"),
        ("id-1", OTHER, "标题\n正文"),
    ]
    assert kept[1] == Label("a", "id-1", "第 1 条消息", "标题\n正文", OTHER, NOW + timedelta(minutes=1))


def test_an_archive_from_before_labels_gets_its_table(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as old:
        for statement in MIGRATIONS[0]:
            assert isinstance(statement, str)
            old.execute(statement)
        old.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        old.execute("INSERT INTO schema_version VALUES (1)")
    with Archive("sqlite:///old.db", tmp_path, fingerprint) as archive:
        archive.label(entry(1), "标题", "tech", NOW)
        assert len(archive.labels()) == 1


def test_an_entry_is_found_by_address_and_by_the_beginning_of_its_key(home: Path) -> None:
    with opened(home) as archive:
        name = hash_key("a", "id-3")
        assert [e.id for e in archive.find("https://a.example/3")] == ["id-3"]
        assert [e.id for e in archive.find(name)] == [e.id for e in archive.find(name[:7])] == ["id-3"]
        assert archive.find(name[:3]) == archive.find("%") == []
        archive.label(entry(3), "x", "tech", NOW)
        assert "id-3" not in {e.id for e in archive.newest(100, unlabeled=True)}
        assert "id-3" in {e.id for e in archive.newest(100)}


def test_one_entry_is_labeled_by_name_without_a_question(home: Path) -> None:
    assert call(home, "label", "https://a.example/5", "科技").return_value == 0
    assert call(home, "label", hash_key("a", "id-6")[:9], "other").return_value == 0
    assert {(k.id, k.topic) for k in labels(home)} == {("id-5", "tech"), ("id-6", OTHER)}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["https://a.example/5", "科级"], "是不是 科技"),
        (["https://a.example/none", "科技"], "存档里没有"),
        (["https://a.example/5"], "一起写"),
    ],
)
def test_what_cannot_be_labeled_is_told(
    home: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["topics", "label", *arguments, "-C", str(home)]) == 2
    assert told in capsys.readouterr().err
    assert labels(home) == []


def test_an_address_that_many_entries_share_asks_for_the_key(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(home) as archive:
        twins = [entry(n, title=f"双胞胎 {n}", url="https://a.example/same") for n in (201, 202)]
        archive.add("a", "https://a.example/feed", page(), twins, NOW)
    assert run(["topics", "label", "https://a.example/same", "tech", "-C", str(home)]) == 2
    told = capsys.readouterr().err
    assert "双胞胎 201" in told
    assert hash_key("a", "id-202")[:12] in told


def test_number_keys_choose_and_each_answer_is_kept_at_once(home: Path) -> None:
    done = call(home, "label", "--count", "5", keys="2\nx\n0\ns\nq\n")
    assert done.return_value == 0, done.output
    assert [k.topic for k in labels(home)].count("tech") == 1
    assert [k.topic for k in labels(home)].count(OTHER) == 1
    assert "没有这个键" in done.stderr
    assert "[4/5]" in done.stderr
    assert "记下了 2 条" in done.stderr


def test_one_can_go_back_and_answer_again(home: Path) -> None:
    done = call(home, "label", "--count", "3", keys="b\n1\nb\n2\nq\n")
    assert "已经是第一条" in done.stderr
    assert "刚才选了" in done.stderr
    assert [k.topic for k in labels(home)] == ["tech"]
    assert "记下了 1 条" in done.stderr


def test_the_last_answers_can_be_undone_one_after_the_other(home: Path) -> None:
    done = call(home, "label", "--count", "3", keys="u\n1\n2\nu\nu\n0\nq\n")
    assert "没有可以撤销的" in done.stderr
    assert done.stderr.count("撤销了：") == 2
    assert [k.topic for k in labels(home)] == [OTHER]


def test_an_entry_without_a_title_is_shown_by_its_first_sentence_and_address(home: Path) -> None:
    from curate.cli.terminal.entries import describe_entry, title_of
    from curate.config.load import KnownNames, parse
    from curate.sources import READERS

    config = parse(FEEDS, "feeds.yaml", {}, KnownNames(READERS, ("wechat",), bare=True))
    text = "<p>桥修好了。明天通车！</p>"
    named = entry(1, title="桥", content=text)
    assert describe_entry(named, config).splitlines()[1:] == ["  桥修好了。", f"  {named.url}"]
    bare = entry(1, title=" ", content=text)
    assert title_of(bare) == "桥修好了。"
    assert describe_entry(bare, config).count("桥修好了。") == 1
    assert title_of(entry(1, title="", content="")) == named.url


def test_the_list_names_unlabeled_entries_and_their_present_guess(home: Path) -> None:
    first = call(home, "label", "--list", "--count", "3").stdout.splitlines()
    assert len(first) == 3
    number, guess, title, _ = first[0].split("\t")
    assert "%" in guess
    assert title in {t for t, _ in made_up(60)}
    call(home, "label", number, "city")
    assert number not in call(home, "label", "--list", "--count", "60").stdout


def test_what_is_worth_labeling_is_doubtful_and_of_many_kinds() -> None:
    encoder = find_encoder()
    assert encoder
    encode = remember(encoder.encode)
    classifier = TopicClassifier(TOPICS, encode).fit(
        read_documents([title for title, _ in made_up(300)], (), encode)
    )
    riddles = [f"屏幕与利率与{end}" for end in ("路灯", "路灯一", "路灯二", "路灯三")]
    clear = [title for title, _ in made_up(90, seed=2)]
    read = read_documents([*clear, *riddles, "夜跑者的清单"], (), encode)
    shares = classifier.predict_proba(read)
    chosen = worth_labeling(shares, read, 3)
    assert len({0, 1, 2, 3} & {i - len(clear) for i in chosen}) < 3, "one riddle is asked once or twice"
    certain = {int(i) for i in shares[: len(clear)].max(axis=1).argsort()[-30:]}
    assert not set(chosen) & certain
    nothing = read_documents([])
    assert worth_labeling(classifier.predict_proba(read)[:0], nothing, 3) == []
    ((best, share), (_, second)) = likeliest(
        classifier.predict_proba(read_documents(["央行降准与存款利率"], (), encode)), classifier
    )[0]
    assert best == "money"
    assert share > second


def test_without_an_encoder_doubtful_titles_differ_by_their_characters() -> None:
    classifier = TopicClassifier(TOPICS, None).fit(read_documents([title for title, _ in made_up(120)]))
    read = read_documents(["无题一", "无题一", "别的事情", "央行与银行"])
    assert set(worth_labeling(classifier.predict_proba(read), read, 2)) == {0, 2}


def test_an_evaluation_counts_by_hand() -> None:
    answers = ["money", "tech", "city", OTHER]
    result = evaluate(answers, [0.9, 0.8, 0.6, 0.5], [["money"], ["city", "tech"], ["tech"], [OTHER]])
    assert result.count == 4
    assert result.accuracy == pytest.approx(3 / 4)
    assert result.placed == pytest.approx(3 / 4)
    assert result.right_of_placed == pytest.approx(2 / 3)
    assert result.per_topic["tech"].recall == 0.5, "what is right in two ways counts as of the one answered"
    assert result.per_topic["tech"].precision == 1.0
    assert result.per_topic["city"].support == 0
    assert result.macro_f1 == pytest.approx((1 + 2 / 3 + 1) / 3), "over the topics that the test has"
    assert result.confusions == (("tech", "city", 1),)
    assert result.ece == pytest.approx((0.1 + 0.2 + 0.6 + 0.5) / 4)


def test_the_account_is_evaluated_on_its_own_labels(home: Path) -> None:
    few = call(home, "eval")
    assert few.return_value == 0
    assert "太少" in few.stderr
    with opened(home) as archive:
        for n, (title, topic) in enumerate(made_up(60)):
            archive.label(entry(n, title=title), title, topic, NOW)
        archive.label(entry(99), "早已撤掉的栏目", "gone", NOW)
    told = call(home, "eval")
    assert "共 60 条" in told.stdout
    assert "召回率" in told.stdout
    assert "1 条标的是 feeds.yaml 里已经没有的栏目" in told.stderr
    figures = json.loads(call(home, "eval", "--json").stdout)
    assert figures["accuracy"] > 0.9
    assert set(figures["per_topic"]) >= {"财经", "科技", "城市"}


def test_any_set_is_evaluated_in_the_documented_shape(tmp_path: Path) -> None:
    rows = [
        {"label": i, "name": t.id, "display": t.name, "keywords": list(t.keywords)}
        for i, t in enumerate(TOPICS)
    ]
    files = {
        "topics": json.dumps(rows, ensure_ascii=False),
        "test": "".join(f"{title}\t{topic}\n" for title, topic in made_up(90, seed=5)),
        "unlabeled": "".join(f"{title}\n" for title, _ in made_up(600)),
        "train": "降准后存款利率\t财经\n屏幕散热跑分\t1\n",
    }
    flags = []
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        flags += [f"--{name}", str(tmp_path / name)]
    told = call(tmp_path, "eval", *flags, "--json")
    figures = json.loads(told.stdout)
    wanted = {
        "accuracy",
        "placed",
        "right_of_placed",
        "macro_f1",
        "per_topic",
        "ece",
        "coverage_at_precision_95",
    }
    assert wanted <= set(figures)
    assert figures["accuracy"] > 0.9
    assert set(figures["per_topic"]) == {"money", "tech", "city"}
    assert figures["per_topic"]["money"]["support"] == 30
    assert figures["placed"] == 1.0
    assert "判对" in call(tmp_path, "eval", *flags).stdout


def test_a_set_is_evaluated_as_the_night_decides(tmp_path: Path) -> None:
    """With --open what is not sure is "other", several topics may be right, and sources speak."""
    rows = [{"label": t.id, "name": t.id, "display": t.name, "keywords": list(t.keywords)} for t in TOPICS]
    files = {
        "topics": json.dumps(rows, ensure_ascii=False),
        "unlabelled": "".join(f"{title}\t甲报\n" for title, _ in made_up(150)),
        "test": "央行降准存款利率\tcity|money\t甲报\n手机屏幕跑分\ttech\n地铁早高峰换乘\tother|city\t\t站台与路口\n",
    }
    flags = []
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        flags += [f"--{name}", str(tmp_path / name)]
    told = call(tmp_path, "eval", *flags, "--open", "--json")
    assert "--unlabelled 现在写作 --unlabeled" in told.stderr
    figures = json.loads(told.stdout)
    assert figures["accuracy"] == 1.0
    assert figures["count"] == 3
    assert figures["placed"] * 3 == pytest.approx(
        sum(v["support"] for k, v in figures["per_topic"].items() if k != "other")
    )
    closed = call(tmp_path, "eval", *flags)
    assert isinstance(closed.exception, click.UsageError), "other is no topic where every title gets one"


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--test", "good"], "要和 --topics 一起用"),
        (["--topics", "topics"], "就要有 --test"),
        (["--topics", "topics", "--test", "bad"], "bad:2"),
        (["--topics", "bad", "--test", "good"], "读不了"),
        (["--topics", "empty", "--test", "good"], "应当是一个列表"),
    ],
)
def test_a_set_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, flags: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "topics": '[{"name": "a"}, {"name": "b"}]',
        "good": "x\ta\n",
        "bad": "x\ta\ny\tc\n",
        "empty": "[]",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [flag if flag.startswith("--") else str(tmp_path / flag) for flag in flags]
    assert run(["topics", "eval", *paths]) == 2
    assert told in capsys.readouterr().err


def test_an_editors_correction_changes_tomorrows_result(tmp_path: Path) -> None:
    """Two runners' pieces tonight; the editor says where they belong; tomorrow's third goes there by itself."""
    from curate.pipeline.nightly import Night, night
    from curate.pipeline.ports import Doors
    from curate.storage.account import templates
    from tests.nouns import NOW as TONIGHT
    from tests.test_night import A, Silent, Web, feed, settings

    # bodies of nothing: the titles alone decide
    tonight = feed(("1", "夜跑路线推荐", 2), ("2", "夜跑装备推荐", 3), ("3", "新的大模型发布了", 4), body="")
    tomorrow = feed(("4", "夜跑路线更新", -20), ("5", "地铁五号线通车", -21), body="")

    def sections(done: Night) -> dict[str, str]:
        assert done.issue
        return {item.title: s.id for s in done.issue.digest.sections for item in s.items}

    def two_nights(corrected: str | None) -> dict[str, str]:
        folder = tmp_path / str(corrected)
        folder.mkdir()
        web, config = Web({"https://a.example/feed": tonight}), settings(A)
        with Archive("sqlite:///a.db", folder, fingerprint) as archive:
            doors = Doors(web.fetch, lambda _: [], archive, templates(), lambda _: 1, map)
            first = night(config, doors, Silent(), TONIGHT)
            assert first.issue
            assert "夜跑路线推荐" in sections(first)
            archive.record(first.issue.digest, "2026-11-22-1")
            for told in archive.newest(10) if corrected else []:
                if "夜跑" in told.title:
                    archive.label(told, told.title, corrected or "", TONIGHT)
            web.pages["https://a.example/feed"] = tomorrow
            return sections(night(config, doors, Silent(), TONIGHT + timedelta(days=1)))

    assert two_nights("city")["夜跑路线更新"] == "city"
    assert two_nights("ai")["夜跑路线更新"] == "ai"
    assert two_nights(None)["地铁五号线通车"] == "city"
    assert two_nights("other")["地铁五号线通车"] == "city"
