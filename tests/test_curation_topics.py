"""Topics: learned from keywords and an archive, sharpened by labels, unsure where there is nothing to go by."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import numpy as np
import pytest

from curate.curation import features, latent
from curate.curation.guessing import guesses
from curate.curation.measures import b_cubed, calibration_error, coverage_at, f1_of_pairs
from curate.curation.topics import UNSURE, Guess, sort_topics, train
from curate.model import Entry
from curate.settings import OTHER, Source, Topic

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOPICS = (
    Topic(id="money", name="财经", keywords=("央行", "基金", "股市", "银行"), lexicon=False),
    Topic(id="tech", name="科技", keywords=("手机", "芯片", "处理器", "AI"), lexicon=False),
    Topic(id="city", name="城市", keywords=("地铁", "公交", "市民", "街道"), lexicon=False),
)
# words that go with each topic and are nobody's keyword: only the archive can teach them
COMPANY = {
    "money": ["降准", "收益率", "净值", "理财", "利率", "债券", "存款"],
    "tech": ["续航", "屏幕", "算力", "发布会", "跑分", "散热", "系统"],
    "city": ["换乘", "早高峰", "路口", "站台", "绿道", "停车", "路灯"],
}


def archive(seed: int = 1, count: int = 900) -> list[str]:
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


SORTER = train(TOPICS, archive())
SOURCES = {
    "s": Source(name="s", url="https://s.example"),
    "bank": Source(name="bank", url="https://b.example", topic="money"),
}


def sort_one(e: Entry) -> Guess:
    return sort_topics([e], TOPICS, SOURCES, SORTER)[0]


def test_words_that_keep_company_with_keywords_are_learned_from_the_archive() -> None:
    titles = {"money": "降准后存款利率", "tech": "屏幕散热跑分", "city": "早高峰换乘站台"}
    guesses = sort_topics([entry(t) for t in titles.values()], TOPICS, SOURCES, SORTER)
    assert [g.topic for g in guesses] == list(titles)
    assert all(UNSURE <= g.confidence <= 1 for g in guesses)


def test_what_nothing_is_known_of_goes_to_other_or_to_its_sources_topic() -> None:
    unknown = "Zwölf Boxkämpfer jagen Viktor"
    assert sort_one(entry(unknown)).topic == OTHER
    guess = sort_one(entry(unknown, "bank"))
    assert guess.topic == "money"
    assert "来源" in guess.words or guess.confidence >= UNSURE


def test_the_feeds_own_category_and_the_sources_topic_are_evidence_but_do_not_overrule_clear_text() -> None:
    bare = sort_one(entry("一览新变化"))
    helped = sort_one(entry("一览新变化", categories=("城市",)))
    assert helped.topic == "city"
    assert helped.confidence > bare.confidence
    assert "“城市”" in helped.words
    assert sort_one(entry("手机芯片屏幕跑分", "bank")).topic == "tech"


def test_without_topics_everything_is_other() -> None:
    assert sort_topics([entry("降准后存款利率")], (), SOURCES, train((), archive()))[0].topic == OTHER


def test_the_editors_own_word_wins() -> None:
    for called in ("city", "城市"):
        guess = sort_one(entry("降准后存款利率", categories=(called,), original=True))
        assert guess == Guess("city", 1.0, "编辑在文中标明了主题")


def test_a_correction_changes_the_next_answer() -> None:
    title = "夜跑路线推荐"
    before = sort_one(entry(title)).topic
    wanted = "tech" if before != "tech" else "money"
    taught = train(TOPICS, archive(), [(title, wanted), ("夜跑装备推荐", wanted), ("夜跑路线地图", wanted)])
    assert sort_topics([entry("夜跑路线更新")], TOPICS, SOURCES, taught)[0].topic == wanted


def test_five_labels_a_topic_move_a_line_that_keywords_draw_elsewhere() -> None:
    """The archive calls savings money, as the keywords do; the editor means them for the city's readers."""
    chance = random.Random(7)
    moved = ["存款", "理财", "净值"]
    kept = {name: [word for word in words if word not in moved] for name, words in COMPANY.items()}
    labels = [("".join(chance.sample(words, 3)), name) for name, words in kept.items() for _ in range(8)]
    labels += [
        ("".join(chance.sample(moved, 2)) + end, "city") for end in ("调整", "观察", "一览", "新变化") * 2
    ]
    taught = train(TOPICS, archive(), labels)
    asked = {
        "存款理财新变化": "city",
        "债券降准利率观察": "money",
        "散热算力一览": "tech",
        "路灯绿道调整": "city",
    }
    before = SORTER.probabilities(list(asked), closed=True).argmax(axis=1)
    after = taught.probabilities(list(asked), closed=True).argmax(axis=1)
    assert SORTER.topics[before[0]] == "money"
    assert [taught.topics[i] for i in after] == list(asked.values())


def test_training_is_deterministic_and_does_not_depend_on_the_order_of_the_archive() -> None:
    texts = ["降准后存款利率", "屏幕散热跑分"]
    again = train(TOPICS, random.Random(3).sample(archive(), 900))
    assert np.array_equal(again.probabilities(texts), SORTER.probabilities(texts))


def test_it_works_with_no_archive_with_one_topic_and_with_nothing() -> None:
    first = train(TOPICS, [])
    assert first.topics[int(first.probabilities(["央行与银行"]).argmax())] == "money"
    one = train(TOPICS[:1], ["央行降准"])
    assert one.probabilities(["央行", ""]).tolist() == [[1.0], [1.0]]
    assert sort_topics([], TOPICS, SOURCES, SORTER) == []
    assert sort_topics([entry("x")], (), SOURCES, SORTER)[0].topic == OTHER
    odd = SORTER.probabilities(["", "\x01", "😀" * 500, "\ud800", "a\x00b"])
    assert np.allclose(odd.sum(axis=1), 1)


def test_labels_alone_teach_and_are_calibrated() -> None:
    topics = TOPICS[:2]
    chance = random.Random(5)
    labelled = [("".join(chance.sample(COMPANY[t.id], 2)), t.id) for t in topics for _ in range(600)]
    sorter = train(topics, [], labelled)
    shares = sorter.probabilities([text for text, _ in labelled])
    right = np.array(
        [sorter.topics[i] == label for i, (_, label) in zip(shares.argmax(1), labelled, strict=True)]
    )
    assert right.mean() > 0.99
    assert calibration_error(shares.max(axis=1), right) < 0.05


def test_grams_keep_to_their_text_and_a_batch_is_the_same_as_one_by_one() -> None:
    texts = ["海川地铁", "", "AI chips", "海川地铁海川地铁"]
    vocabulary, matrix = features.fitted(texts * 2)
    assert matrix.shape[0] == 8
    together = features.vectors(vocabulary, texts)
    for i, text in enumerate(texts):
        assert np.array_equal(together[[i]].toarray(), features.vectors(vocabulary, [text]).toarray())
    assert np.allclose(np.sqrt((together.toarray() ** 2).sum(axis=1)), [1, 0, 1, 1], atol=1e-6)


def test_measures_agree_with_a_hand_calculation() -> None:
    f1, precision, recall = b_cubed([[0, 1, 2], [3]], ["a", "a", "b", "b"])
    assert (precision, recall) == pytest.approx(((2 / 3 * 2 + 1 / 3 + 1) / 4, (1 + 1 + 0.5 + 0.5) / 4))
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1_of_pairs(np.array([True, True, False]), np.array([True, False, True])) == 0.5
    sure, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True])
    assert coverage_at(sure, right, 0.95) == 0.5
    assert calibration_error(sure, right) == pytest.approx((0.1 + 0.2 + 0.7 + 0.4) / 4)


ELSEWHERE = ["菜谱", "炖汤", "火候", "调味", "砂锅", "腌制", "面团", "发酵", "烘焙", "糖霜", "刀工", "食材"]


def off_topic(seed: int, count: int) -> list[str]:
    """Titles about cooking, which is nobody's topic."""
    chance = random.Random(seed)
    return [
        "".join(chance.sample(ELSEWHERE, 3)) + chance.choice(["调整", "观察", "一览"]) for _ in range(count)
    ]


@pytest.mark.parametrize("size", [150, 600])
def test_what_belongs_to_no_topic_stays_out_where_topics_are_few_and_the_archive_is_small(size: int) -> None:
    sorter = train(TOPICS, [*archive(7, size), *off_topic(1, size)])
    stray = sort_topics([entry(t) for t in off_topic(2, 100)], TOPICS, {}, sorter)
    ours = sort_topics([entry(t) for t in archive(8, 99)], TOPICS, {}, sorter)
    assert sum(g.topic == OTHER for g in stray) >= 90
    right = [g.topic == TOPICS[i % 3].id for i, g in enumerate(ours)]
    assert sum(right) >= 60
    accepted = [ok for ok, g in zip(right, ours, strict=True) if g.topic != OTHER]
    assert sum(accepted) >= 0.95 * len(accepted)


def test_a_label_of_other_keeps_its_like_out() -> None:
    title = "理财净值收益率观察"
    assert sort_one(entry(title)).topic == "money"
    said = [(f"理财净值收益率{word}", OTHER) for word in ("一览", "新变化", "调整")]
    taught = train(TOPICS, archive(), said)
    assert taught.topics[-1] == OTHER
    assert sort_topics([entry(title)], TOPICS, SOURCES, taught)[0].topic == OTHER
    assert taught.probabilities([title], closed=True).shape == (1, 3)


def test_a_young_archive_does_not_overrule_a_keyword_in_the_title() -> None:
    young = train(TOPICS, ["末班车上的故事", "雨天的书店", "面包房换了炉子", "一座桥的夜晚"] * 3)
    found = sort_topics([entry("末班地铁上的慢车厢"), entry("雨天里的一只猫")], TOPICS, SOURCES, young)
    assert found[0].topic == "city"
    assert "地铁" in found[0].words
    assert found[1].topic == OTHER


def test_keywords_of_two_topics_in_one_title_decide_nothing() -> None:
    young = train(TOPICS, ["末班车上的故事", "雨天的书店"] * 3)
    (found,) = sort_topics([entry("银行把广告贴进了地铁", "s")], TOPICS, SOURCES, young)
    assert found.topic == OTHER or found.confidence >= UNSURE


def test_a_large_topic_has_aspects_which_share_out_what_is_believed_of_it() -> None:
    half = latent.ASPECT + 1
    rows = np.eye(3, dtype=np.float32)[np.repeat([0, 1, 2], [half, half, 50])]
    belief = np.where(rows[:, 2:] > 0, [[0.2, 0.8]], [[0.9, 0.1]])
    belief[0] = 0  # a row that counts for nothing
    wide, owner = latent.aspects(rows, belief)
    assert owner.tolist() == [0, 0, 1]  # fifty texts are too few for aspects
    assert np.allclose(np.column_stack([wide[:, :2].sum(axis=1), wide[:, 2]]), belief)
    first, second = (set(part.argmax(axis=1)) for part in (wide[1:half], wide[half:-50]))
    assert first | second == {0, 1}
    assert len(first) == len(second) == 1


def test_a_topic_of_two_aspects_is_believed_as_far_as_both_say() -> None:
    texts = [*["足球联赛"] * 3, *["围棋名人"] * 3, *["股票行情"] * 6]
    _, matrix = features.fitted(texts)
    kinds = np.repeat(np.eye(3), [3, 3, 6], axis=0)
    found = guesses(matrix, np.zeros((0, 3)), kinds, None, 2, np.array([0, 0, 1]))
    assert found.odds.shape == (12, 2)
    assert found.weights.shape == (matrix.shape[1], 2)
    assert found.odds.argmax(axis=1).tolist() == [0] * 6 + [1] * 6
    # the weights are those of whole topics, so that they fold into a classifier
    assert (matrix @ found.weights + found.bias).argmax(axis=1).tolist() == [0] * 6 + [1] * 6
