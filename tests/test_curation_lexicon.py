"""Usual words: what a topic's name already says, before the editor has written keywords and the archive has grown."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from curate.curation import features, lexicon
from curate.curation.lexicon import places, telling_words, told, usual_words
from curate.curation.topics import Sorter, sort_topics, train
from curate.model import Entry
from curate.settings import OTHER, Topic

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def topic(name: str, *keywords: str, lexicon: bool = True) -> Topic:
    return Topic(id="x", name=name, keywords=keywords, lexicon=lexicon)


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("财经", "央行", "球队"),
        ("商业财经", "央行", "球队"),
        ("商业财经", "融资", "球队"),
        ("数码·科技", "笔记本", "央行"),
        ("社会科学", "哲学", "警方"),
        ("Tech", "手机", "球队"),
        ("我们的 AI 周刊", "大模型", "球队"),
    ],
)
def test_the_name_of_a_topic_names_usual_topics(name: str, has: str, has_not: str) -> None:
    (words,) = usual_words([topic(name)])
    assert has in words
    assert has_not not in words


def test_a_name_of_ones_own_has_no_usual_words() -> None:
    assert usual_words([topic("深夜食堂"), topic("Haiti"), topic("财经", lexicon=False)]) == [(), (), ()]


def test_a_word_that_the_editor_wrote_under_one_topic_is_no_usual_word_of_another() -> None:
    sports, culture = usual_words([topic("体育"), topic("现场", "球队", "ＮＢＡ")])
    assert not {"球队", "NBA"} & set(sports)
    assert "联赛" not in culture


def test_no_name_has_two_rows_and_no_row_a_word_twice() -> None:
    names = Counter(name for names in lexicon._ROWS for name in names.split())
    assert [name for name, count in names.items() if count > 1] == []
    for names_of, words in lexicon._ROWS.items():
        assert [word for word, count in Counter(words.split()).items() if count > 1] == [], names_of
        assert all(len(word) > 1 for word in words.split()), names_of


def test_many_words_are_found_where_each_alone_is() -> None:
    chance = random.Random(3)
    whole = "".join(chance.choice("一二三ab\n") for _ in range(2_000))
    words = {"".join(chance.choice("一二三ab") for _ in range(chance.randint(1, 4))) for _ in range(40)}
    wanted = {w: [i for i in range(len(whole)) if whole.startswith(w, i)] for w in words}
    assert places(whole, words) == {word: at for word, at in wanted.items() if at}
    assert places("", words) == {}
    assert places("一", {"一二"}) == {}


def test_a_title_is_told_by_whole_latin_words_and_by_chinese_ones_anywhere() -> None:
    written, usual = telling_words([topic("科技"), Topic(id="y", name="随笔", keywords=("笔记本", "AI"))])
    title = "新款iPhone笔记本，said"
    assert told(title, written) == {"笔记本": ("y",)}
    assert told(title, usual) == {"iphone": ("x",)}


TOPICS = (Topic(id="money", name="财经"), Topic(id="sports", name="体育"), Topic(id="law", name="社会"))
TITLES = {
    "money": "央行宣布降准，债券收益率走低",
    "sports": "主场球迷见证球队夺冠",
    "law": "警方通报：嫌疑人已被抓获",
}


def entry(title: str) -> Entry:
    return Entry("s", title, "", title, NOW)


def test_names_alone_sort_the_first_night() -> None:
    bare = [t.model_copy(update={"lexicon": False}) for t in TOPICS]
    for topics, wanted in ((TOPICS, list(TITLES)), (bare, [OTHER] * 3)):
        guesses = sort_topics([entry(t) for t in TITLES.values()], topics, {}, train(topics, []))
        assert [g.topic for g in guesses] == wanted


def test_the_editors_keywords_come_before_usual_words() -> None:
    own = (
        Topic(id="law", name="社会"),
        Topic(id="own", name="影像", keywords=("镜头下",)),
        Topic(id="z", name="随想"),
    )
    vocabulary, _ = features.fitted([""])
    ids, nothing = ("law", "own", "z"), np.zeros((1, 3), np.float32)
    unsure = Sorter(ids, vocabulary, nothing[:0], nothing[0], 1.0)
    guesses = sort_topics([entry("镜头下的警方"), entry("街头的警方")], own, {}, unsure)
    assert [(g.topic, g.words) for g in guesses] == [
        ("own", "标题提到“镜头下”，先按词归类"),
        ("law", "标题提到“街头”、“警方”，先按词归类"),
    ]


def test_what_the_editor_put_into_other_is_not_caught_by_a_usual_word() -> None:
    chance = random.Random(4)
    words = {"money": ["央行", "利率", "债券", "净值"], "sports": ["球队", "主场", "教练", "夺冠"]}
    archive = ["".join(chance.sample(of, 2)) + str(i) for i in range(100) for of in words.values()]
    weather = [f"球迷天气预报第{i}号" for i in range(6)]
    asked = [entry("球迷天气预报第九号")]
    assert sort_topics(asked, TOPICS, {}, train(TOPICS, archive))[0].topic == "sports"
    taught = train(TOPICS, archive, [(title, OTHER) for title in weather])
    assert sort_topics(asked, TOPICS, {}, taught)[0].topic == OTHER
