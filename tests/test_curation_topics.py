"""Topics: matched by their words, learned from an archive, sharpened by labels, unsure where there is nothing to go by."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from curate.config.schema import OTHER, Source, Topic
from curate.domain.message import message
from curate.domain.model import Entry, EntryKey
from curate.i18n.catalogue import say
from curate.text.encoder import Encoder, find_encoder, pack, remember, unpack
from curate.text.metrics import b_cubed, calibration_error, coverage_at, f1_of_pairs
from curate.topics.assign import UNSURE, Guess, assign_topics
from curate.topics.classifier import UNLABELED, TopicClassifier
from curate.topics.matching import TopicMatcher
from curate.topics.naive_bayes import GramBayes
from curate.topics.vectorize import join, read_documents
from curate.topics.word_hits import count_hits, find_hits

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOPICS = (
    Topic(id="money", name="财经", keywords=("央行", "基金", "股市", "银行"), lexicon=False),
    Topic(id="tech", name="科技", keywords=("手机", "芯片", "处理器", "AI"), lexicon=False),
    Topic(id="city", name="城市", keywords=("地铁", "公交", "市民", "街道"), lexicon=False),
)
# words that go with each topic and are nobody's keyword
COMPANY = {
    "money": ["降准", "收益率", "净值", "理财", "利率", "债券", "存款"],
    "tech": ["续航", "屏幕", "算力", "发布会", "跑分", "散热", "系统"],
    "city": ["换乘", "早高峰", "路口", "站台", "绿道", "停车", "路灯"],
}
SOURCES = {
    "s": Source(name="某报", id="s", url="https://s.example"),
    "bank": Source(name="某行研究", id="bank", url="https://b.example", topic="money"),
}


def installed() -> Encoder:
    encoder = find_encoder()
    assert encoder
    return encoder


ENCODE = remember(installed().encode)


def archive(seed: int = 1, count: int = 300) -> list[str]:
    """Made-up titles: three words of one topic's company, and in a third of them one of its keywords."""
    chance = random.Random(seed)
    found = []
    for i in range(count):
        topic = TOPICS[i % 3]
        words = chance.sample(COMPANY[topic.id], 3)
        if chance.random() < 0.35:
            words.insert(chance.randrange(4), chance.choice(topic.keywords))
        found.append("".join(words) + chance.choice(["调整", "观察", "一览", "新变化"]))
    return found


def entry(
    title: str, source: str = "s", *, categories: tuple[str, ...] = (), original: bool = False
) -> Entry:
    return Entry(source, title, "", title, NOW, categories=categories, original=original)


def train(
    topics: Sequence[Topic], texts: Sequence[str], labels: Sequence[tuple[str, str]] = ()
) -> TopicClassifier:
    read = read_documents([*texts, *(text for text, _ in labels)], (), ENCODE)
    return TopicClassifier(topics, ENCODE).fit(
        read, [*([UNLABELED] * len(texts)), *(topic for _, topic in labels)]
    )


@cache
def trained() -> TopicClassifier:
    return train(TOPICS, archive())


def sort_one(e: Entry) -> Guess:
    return assign_topics([e], SOURCES, trained())[0]


def test_titles_without_a_keyword_go_where_their_meaning_is() -> None:
    titles = {"money": "降准后存款利率", "tech": "屏幕散热跑分", "city": "早高峰换乘站台"}
    guesses = assign_topics([entry(t) for t in titles.values()], SOURCES, trained())
    assert [g.topic for g in guesses] == list(titles)
    assert all(UNSURE <= g.confidence <= 1 for g in guesses)


def test_the_feeds_own_category_and_the_sources_topic_are_evidence_but_do_not_overrule_clear_text() -> None:
    bare = sort_one(entry("一览新变化"))
    helped = sort_one(entry("一览新变化", categories=("城市",)))
    assert helped.topic == "city"
    assert helped.confidence > (bare.confidence if bare.topic == "city" else 0)
    assert "“城市”" in say(helped.why, "zh")
    assert sort_one(entry("手机芯片屏幕跑分", "bank")).topic == "tech"


def test_what_nothing_is_known_of_goes_to_its_sources_topic_or_to_other() -> None:
    even = tuple(Topic(id=f"t{i}", name=name) for i, name in enumerate(("甲", "乙", "丙", "丁", "戊", "己")))
    unsure = TopicClassifier(even, None).fit(read_documents(["x"]))
    of = {"s": SOURCES["s"], "bank": SOURCES["bank"].model_copy(update={"topic": "t3"})}
    found = assign_topics([entry("无从说起"), entry("无从说起", "bank")], of, unsure)
    assert [guess.topic for guess in found] == [OTHER, "t3"]
    assert "归入其他" in say(found[0].why, "zh")
    assert "来源" in say(found[1].why, "zh")


def test_without_topics_everything_is_other() -> None:
    assert assign_topics([entry("降准后存款利率")], SOURCES, train((), archive()))[0].topic == OTHER


def test_the_editors_own_word_wins() -> None:
    for called in ("city", "城市"):
        guess = sort_one(entry("降准后存款利率", categories=(called,), original=True))
        assert guess == Guess("city", 1.0, message("topic.own"))
    labeled = assign_topics(
        [entry("降准后存款利率")], SOURCES, trained(), {EntryKey("s", "降准后存款利率"): "city"}
    )
    assert labeled == [Guess("city", 1.0, message("topic.label"))]


def test_a_correction_changes_the_next_answer() -> None:
    title = "夜跑路线推荐"
    before = sort_one(entry(title)).topic
    wanted = "tech" if before != "tech" else "money"
    chance = random.Random(7)
    labels = [("".join(chance.sample(words, 3)), name) for name, words in COMPANY.items() for _ in range(4)]
    taught = train(
        TOPICS, archive(), [*labels, *((f"夜跑{word}", wanted) for word in ("装备推荐", "路线地图", "热身"))]
    )
    assert assign_topics([entry("夜跑路线更新")], SOURCES, taught)[0].topic == wanted


def test_labels_move_a_line_that_keywords_draw_elsewhere() -> None:
    """The archive calls savings money, as the keywords do; the editor means them for the city's readers."""
    chance = random.Random(7)
    moved = ["存款", "理财", "净值"]
    kept = {name: [word for word in words if word not in moved] for name, words in COMPANY.items()}
    labels = [("".join(chance.sample(words, 3)), name) for name, words in kept.items() for _ in range(12)]
    labels += [("".join(chance.sample(moved, 2)) + end, "city") for end in ("调整", "观察", "一览") * 4]
    taught = train(TOPICS, archive(), labels)
    asked = {
        "存款理财新变化": "city",
        "债券降准利率观察": "money",
        "散热算力一览": "tech",
        "路灯绿道调整": "city",
    }
    read = read_documents(list(asked), (), ENCODE)
    assert trained().predict(read)[0] == "money"
    assert taught.predict(read).tolist() == list(asked.values())


def test_a_label_of_other_keeps_its_like_out() -> None:
    title = "理财净值收益率观察"
    assert sort_one(entry(title)).topic == "money"
    chance = random.Random(3)
    labels = [("".join(chance.sample(words, 3)), name) for name, words in COMPANY.items() for _ in range(6)]
    labels = [(text, topic) for text, topic in labels if not {"理财", "净值"} & {text[:2], text[2:4]}]
    labels += [
        (f"理财净值收益率{word}", OTHER) for word in ("一览", "新变化", "调整", "月报", "周报", "解读")
    ]
    taught = train(TOPICS, archive(), labels)
    assert assign_topics([entry(title)], SOURCES, taught)[0].topic == OTHER


def test_learning_is_deterministic_and_rows_sum_to_one_whatever_comes() -> None:
    texts = ["降准后存款利率", "屏幕散热跑分", "", "\x01", "😀" * 300, "a\x00b"]
    read = read_documents(texts, (), ENCODE)
    again = train(TOPICS, archive())
    assert np.array_equal(again.predict_proba(read), trained().predict_proba(read))
    assert np.allclose(trained().predict_proba(read).sum(axis=1), 1)


def test_it_works_with_no_archive_with_one_topic_and_with_nothing() -> None:
    first = train(TOPICS, [])
    assert first.predict(read_documents(["央行与银行"], (), ENCODE)).tolist() == ["money"]
    one = train(TOPICS[:1], ["央行降准"])
    assert one.predict_proba(read_documents(["央行", "x"], (), ENCODE)).shape == (2, 2)
    assert assign_topics([], SOURCES, trained()) == []


def test_without_an_encoder_words_alone_decide() -> None:
    classifier = TopicClassifier(TOPICS, None).fit(read_documents(archive()))
    found = assign_topics([entry("央行与银行开会"), entry("新手机的处理器")], SOURCES, classifier)
    assert [guess.topic for guess in found] == ["money", "tech"]
    assert "央行" in say(found[0].why, "zh")


def test_what_a_source_writes_about_speaks_for_its_next_title() -> None:
    named = ["甲报"] * 30 + [""] * 270
    texts = [
        *(
            f"{''.join(words)}一览"
            for words in zip(COMPANY["city"] * 5, COMPANY["city"][::-1] * 5, strict=True)
        )
    ]
    read = read_documents([*texts[:30], *archive(count=270)], named, ENCODE)
    classifier = TopicClassifier(TOPICS, ENCODE).fit(read)
    vague = read_documents(["最新消息一览"] * 2, ["甲报", ""], ENCODE)
    shares = classifier.predict_proba(vague)[:, classifier.classes_ == "city"].ravel()
    assert shares[0] > shares[1]


def test_a_text_is_not_counted_for_itself() -> None:
    """What is asked about may stand in the archive: it says nothing of its source, nor is it its own neighbor."""
    texts, sources = ["早高峰换乘站台", *archive(count=120)], ["甲报", *[""] * 120]
    matcher = TopicMatcher(TOPICS, ENCODE).fit(read_documents(texts, sources, ENCODE))
    inside = matcher.features(read_documents(texts[:1], sources[:1], ENCODE))
    assert not inside["source_profile"].any()
    outside = matcher.features(read_documents(["早高峰换乘通道"], ["甲报"], ENCODE))
    assert outside["source_profile"].any()


def test_words_are_found_as_words() -> None:
    titles = ["创业板上涨", "上市公司发布公告", "AI said", "OpenAI发布会", "语言模型训练"]
    words = ["创业", "公司", "AI", "语言模型"]
    assert find_hits(titles, ["创业", "公司", "ai", "语言模型"]) == [[], ["公司"], ["ai"], [], ["语言模型"]]
    assert count_hits(titles, [words, ["训练"]])[:, 0].tolist() == [0, 1, 1, 0, 1]
    assert count_hits([], [words]).shape == (0, 1)


def test_half_floats_keep_similarities_and_an_encoder_reads_no_text_twice() -> None:
    asked: list[str] = []

    def count(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return np.eye(3, dtype=np.float32)[: len(texts)]

    encode = remember(count)
    assert encode(["a", "b", "a"]).shape == (3, 3)
    assert np.array_equal(encode(["b"]), [[0, 1, 0]])
    assert asked == ["a", "b"]
    made = ENCODE(["一座桥", "一条河"])
    kept = unpack(pack(made), installed().dimensions)
    assert np.allclose(kept @ kept.T, made @ made.T, atol=2e-3)


def test_documents_keep_together_what_belongs_together() -> None:
    first, second = read_documents(["a", "b"], ["x", "y"]), read_documents(["c"])
    both = join(first, second)
    assert (list(both.texts), list(both.sources)) == (["a", "b", "c"], ["x", "y", ""])
    assert both.take([2, 0]).texts == ["c", "a"]
    empty = read_documents([])
    assert join(first, empty) is first
    assert join(empty, second) is second


def test_confidence_is_the_share_of_right_answers_where_labels_teach() -> None:
    chance = random.Random(5)
    labeled = [("".join(chance.sample(COMPANY[t.id], 2)), t.id) for t in TOPICS for _ in range(60)]
    classifier = train(TOPICS, archive(), labeled)
    test = [("".join(chance.sample(COMPANY[t.id], 3)), t.id) for t in TOPICS for _ in range(30)]
    shares = classifier.predict_proba(read_documents([text for text, _ in test], (), ENCODE))
    right = classifier.classes_[shares.argmax(axis=1)] == [topic for _, topic in test]
    assert right.mean() > 0.95
    assert calibration_error(shares.max(axis=1), right) < 0.1


def test_measures_agree_with_a_hand_calculation() -> None:
    f1, precision, recall = b_cubed([[0, 1, 2], [3]], ["a", "a", "b", "b"])
    assert (precision, recall) == pytest.approx(((2 / 3 * 2 + 1 / 3 + 1) / 4, (1 + 1 + 0.5 + 0.5) / 4))
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1_of_pairs(np.array([True, True, False]), np.array([True, False, True])) == 0.5
    sure, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True])
    assert coverage_at(sure, right, 0.95) == 0.5
    assert calibration_error(sure, right) == pytest.approx((0.1 + 0.2 + 0.7 + 0.4) / 4)


def test_what_a_document_was_believed_to_be_is_no_evidence_for_itself() -> None:
    read, grams = read_documents(archive(count=60)), GramBayes()
    belief = np.random.default_rng(0).dirichlet(np.ones(3), len(read))
    odds = grams.fit(read, belief).predict_log_proba(read)
    belief[7] = [0.0, 0.0, 1.0]
    changed = grams.fit(read, belief).predict_log_proba(read)
    np.testing.assert_allclose(changed[7], odds[7], rtol=1e-4)
    assert not np.allclose(changed[8], odds[8])


def test_grams_taught_by_beliefs_tell_topics_apart() -> None:
    texts, grams = archive(count=300), GramBayes()
    read, truth = read_documents(texts), np.arange(300) % 3
    belief = np.full((300, 3), 0.2)
    belief[np.arange(300), truth] = 0.6
    odds = grams.fit(read, belief).predict_log_proba(read_documents(archive(seed=2, count=90)))
    assert (odds.argmax(axis=1) == np.arange(90) % 3).mean() > 0.95


def test_usual_words_stand_for_keywords_that_nobody_has_written() -> None:
    def nearest(*, lexicon: bool) -> float:
        named = [Topic(id="s", name="体育", lexicon=lexicon), Topic(id="f", name="财经", lexicon=lexicon)]
        matcher = TopicMatcher(named, ENCODE).fit(read_documents([], (), ENCODE))
        sports, money = matcher.features(read_documents(["湖人客场逆转勇士"], (), ENCODE))["nearest_keyword"][
            0
        ]
        return float(sports - money)

    assert nearest(lexicon=True) > nearest(lexicon=False)


def test_a_topic_that_only_the_source_speaks_for_is_told_as_its_sources() -> None:
    even = tuple(Topic(id=f"t{i}", name=name) for i, name in enumerate(("甲", "乙", "丙", "丁", "戊", "己")))
    unsure = TopicClassifier(even, None).fit(read_documents(["x"]))
    of = {"bank": SOURCES["bank"].model_copy(update={"topic": "t3"})}
    [lifted] = assign_topics([entry("无从说起", "bank")], of, unsure)
    assert lifted.confidence >= UNSURE
    assert "来源" in say(lifted.why, "zh")
    assert "来源" not in say(sort_one(entry("降准后存款利率", "bank")).why, "zh")
