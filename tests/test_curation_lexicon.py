"""Usual words: what a topic's name already says, before the editor has written keywords and the archive has grown."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from curate.config.schema import Topic
from curate.domain.model import Entry
from curate.i18n.catalogue import say
from curate.text.encoder import find_encoder, remember
from curate.topics import lexicon
from curate.topics.assign import assign_topics
from curate.topics.classifier import TopicClassifier
from curate.topics.lexicon import usual_words
from curate.topics.vectorize import read_documents

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


TOPICS = (Topic(id="money", name="财经"), Topic(id="sports", name="体育"), Topic(id="law", name="社会"))
TITLES = {
    "money": "央行宣布降准，债券收益率走低",
    "sports": "主场球迷见证球队夺冠",
    "law": "警方通报：嫌疑人已被抓获",
}


def entry(title: str) -> Entry:
    return Entry("s", title, "", title, NOW)


@pytest.mark.parametrize("encoded", [True, False])
def test_names_alone_sort_the_first_night(encoded: bool) -> None:
    encoder = find_encoder()
    encode = remember(encoder.encode) if encoded and encoder else None
    classifier = TopicClassifier(TOPICS, encode).fit(read_documents(list(TITLES.values()), (), encode))
    guesses = assign_topics([entry(t) for t in TITLES.values()], {}, classifier)
    assert [g.topic for g in guesses] == list(TITLES)


def test_the_words_that_are_named_are_those_of_the_title() -> None:
    own = (Topic(id="law", name="社会"), Topic(id="own", name="影像", keywords=("镜头",)))
    classifier = TopicClassifier(own, None).fit(read_documents(["街头的警方"]))
    (guess,) = assign_topics([entry("街头的警方")], {}, classifier)
    assert guess.topic == "law"
    assert "“街头”、“警方”" in say(guess.why, "zh")
