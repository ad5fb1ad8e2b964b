import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.sentences import sentences
from curate.text.summary import summarise

CHINESE = """本报讯（记者 陈树）市图书馆新馆今天向读者开放，首日接待读者三千余人。
新馆位于城东，藏书一百二十万册，设有儿童阅览区和夜间自习室。
点击上方蓝字关注我们。
图书馆馆长表示，夜间自习室将开放到晚上十一点，读者可以提前预约座位。
来源：城东日报
责任编辑：周平"""
ENGLISH = """LONDON (Reuters) - The city opened its new library on Monday, and three thousand readers came.
The library holds 1.2 million books and a reading room for children.
Sign up for our newsletter to read more.
Its director said the reading rooms would stay open until 11 p.m. on weekdays.
Photo by Jane Doe."""


def test_chinese_is_summed_up_in_whole_sentences_of_the_text() -> None:
    summary = summarise(CHINESE, title="新馆开放", limit=120, language="zh")
    assert summary.startswith("市图书馆新馆今天向读者开放，首日接待读者三千余人。")
    assert 2 <= len(sentences(summary)) <= 3
    assert all(sentence in CHINESE for sentence in sentences(summary))
    assert [CHINESE.index(s) for s in sentences(summary)] == sorted(
        CHINESE.index(s) for s in sentences(summary)
    )


def test_english_is_summed_up_in_twice_as_many_letters() -> None:
    summary = summarise(ENGLISH, title="New library", limit=100, language="en")
    assert summary.startswith("The city opened its new library on Monday")
    assert 100 < len(summary) <= 200
    assert all(sentence in ENGLISH for sentence in sentences(summary))


@pytest.mark.parametrize(
    "noise",
    [
        "点击上方蓝字关注我们。",
        "责任编辑：周平。",
        "本文来源：城东日报。",
        "（记者 陈树 报道）",
        "▲新馆外景。张三摄",
        "转载请注明出处。",
        "Sign up for our newsletter today to get more.",
        "We use cookies to make this site work better.",
        "By Jane Doe and others.",
    ],
)
def test_bylines_credits_and_invitations_are_passed_over(noise: str) -> None:
    text = noise + "\n新馆藏书一百二十万册，设有儿童阅览区。\n" + noise
    assert summarise(text, title="", limit=120, language="zh") == "新馆藏书一百二十万册，设有儿童阅览区。"


def test_the_title_is_not_repeated() -> None:
    title = "市图书馆新馆今天向读者开放"
    text = f"{title}。新馆位于城东，藏书一百二十万册，设有儿童阅览区。"
    assert title not in summarise(text, title=title, limit=120, language="zh")


def test_the_same_thing_is_not_said_twice() -> None:
    text = "新馆藏书一百二十万册，设有儿童阅览区。新馆藏书一百二十万册，设有儿童阅览区。" * 3
    assert summarise(text, title="", limit=120, language="zh") == "新馆藏书一百二十万册，设有儿童阅览区。"


def test_a_sentence_too_long_is_cut_at_the_end_of_a_clause() -> None:
    text = "新馆位于城东的老工业区，由旧厂房改建而成，藏书一百二十万册，设有儿童阅览区和夜间自习室以及一座可以看到江景的屋顶花园。"
    summary = summarise(text, title="", limit=30, language="zh")
    assert summary == "新馆位于城东的老工业区，由旧厂房改建而成……"


@pytest.mark.parametrize("text", ["", "  \n ", "责任编辑：周平", "。！？"])
def test_a_text_that_says_nothing_has_no_summary(text: str) -> None:
    assert summarise(text, title="", limit=120, language="zh") in ("", "。！？")


def test_a_text_without_full_stops_is_summed_up_all_the_same() -> None:
    assert (
        summarise("新馆今天开放 首日读者三千人", title="", limit=50, language="zh")
        == "新馆今天开放 首日读者三千人"
    )


@given(
    st.lists(
        st.sampled_from(
            ["新馆今天开放", "，", "。", "”", "“", "读者", "The library opened.", " ", "\n", "3.5"]
        ),
        max_size=60,
    ),
    st.integers(1, 60),
    st.sampled_from(["zh", "en"]),
)
def test_no_summary_is_longer_than_allowed(parts: list[str], limit: int, language: str) -> None:
    summary = summarise("".join(parts), title="新馆", limit=limit, language=language)
    assert len(summary) <= limit * (1 if language == "zh" else 2)
