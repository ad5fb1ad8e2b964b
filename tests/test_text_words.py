import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.language import language, length, reading_minutes
from curate.text.tokenize import segment, words


def test_chinese_is_cut_into_words() -> None:
    assert words("图书馆今天向读者开放。") == ["图书馆", "今天", "向", "读者", "开放"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Economy", ["the", "u.s", "economy"]),
        ("GPT-4.5 and 5G, iPhone17", ["gpt-4.5", "and", "5g", "iphone17"]),
        ("1,000.50 or 50% at 12:30", ["1,000.50", "or", "50%", "at", "12:30"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("Don't take Apple's word", ["don't", "take", "apple", "word"]),
        ("ＡＢＣ１２３", ["abc123"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        ("été Привет", ["été", "привет"]),
        ("。，！ -- …", []),
        ("", []),
    ],
)
def test_everything_else_is_found_by_its_form(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_mixed_text_keeps_its_order() -> None:
    assert words("苹果发布 iPhone 17，售价5999元") == ["苹果", "发布", "iphone", "17", "售价", "5999", "元"]


@given(st.lists(st.text(st.sampled_from("图书馆开放今天a b1.。\n-"), max_size=30), max_size=8))
def test_a_batch_gives_what_each_text_gives_alone(texts: list[str]) -> None:
    assert segment(texts) == [words(text) for text in texts]


@given(st.text(max_size=100))
def test_any_text_has_words_without_white_space(text: str) -> None:
    assert all(word and not any(c.isspace() for c in word) for word in words(text))


def test_a_batch_may_be_larger_than_one_call() -> None:
    texts = ["今天图书馆开放" * 2000] * 20
    assert segment(texts)[0] == segment(texts[:1])[0] == segment(texts)[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市图书馆今天开放", "zh"),
        ("iPhone 17 Pro Max 发布", "zh"),
        ("OpenAI 发布 GPT-5", "zh"),
        ("The library opened today in 北京, officials said", "en"),
        ("今日は新しい図書館が開きました", "en"),
        ("Новая библиотека", "en"),
        ("", "en"),
        ("123 !!", "en"),
    ],
)
def test_language_goes_by_script(text: str, expected: str) -> None:
    assert language(text) == expected


def test_length_counts_characters_and_words() -> None:
    assert length("苹果发布 iPhone 17，售价5999元。") == 4 + 2 + 2 + 1 + 1
    assert length("It's a state-of-the-art phone.") == 4
    assert length("。，") == 0


def test_reading_minutes_round_up() -> None:
    assert reading_minutes("") == 0
    assert reading_minutes("好") == 1
    assert reading_minutes("好" * 401) == 2
    assert reading_minutes("word " * 477) == 3
