import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["新馆今天开放。", "馆长说夜里也开门！", "真的吗？"],
        ["他说：“新馆今天开放。”", "读者很高兴。"],
        ["“新馆开放。明天再来。”馆长说。", "读者很高兴。"],
        ["“真的吗？”，他问。", "没人回答。"],
        ["价格涨了3.5%，约1,000.50元。", "买的人少了。"],
        ["他想了想……还是走了。", "没回头。"],
        ["（详见第二版。）", "另有消息。"],
        ["真的吗?!", "他不信!", "大家都笑了."],
        ["他来了.", "我走了"],
        ["请看 https://example.org/a.b?c=1 这一页。", "完。"],
        ["今天（11.22）开放。", "明天休息"],
    ],
)
def test_chinese(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["It opened today.", "People came!", "Did you?"],
        ["Mr. Smith met Dr. J. R. Jones in Washington, D.C. on Monday.", "They talked."],
        ["The U.S. Senate voted at 5 p.m. Tuesday.", "It passed."],
        ["He lives in the U.S.", "The house is small."],
        ["See No. 5 of the list.", "Next."],
        ["Just say no.", "Then leave."],
        ["It cost 3.5 dollars, i.e. little.", "Version 2.0.1 is out."],
        ["“It works.”", "She smiled."],
        ['He said "stop." Then he left.'],
        ["Wait... what is it?", "Nothing..."],
        ["Well...", "That was it."],
        ["Visit https://example.org/index.html?a=b. Then read.", ""],
        ["I’ve often seen people (me too, sometimes!) do it.", "It helps."],
        ["Heute ist der 60. Jahrestag.", "Wir feiern."],
        ["Apple Inc. said so.", "Acme Corp.", "The end."],
        ["The firm e.g. Apple grew.", "2026 was good."],
    ],
)
def test_english(parts: list[str]) -> None:
    if parts[0].startswith("Visit"):
        parts = ["Visit https://example.org/index.html?a=b.", "Then read."]
    if parts[0].startswith("He said"):
        parts = ['He said "stop."', "Then he left."]
    assert sentences(" ".join(parts)) == parts


def test_a_line_feed_ends_a_sentence() -> None:
    assert sentences("没有句号的标题\n正文。") == ["没有句号的标题", "正文。"]


MIXED = st.lists(
    st.sampled_from(
        [
            "图书馆",
            "。",
            "！",
            "？",
            "”",
            "“",
            "（",
            "）",
            "……",
            "...",
            ".",
            " ",
            "Mr",
            "U.S",
            "3.5",
            "No",
            "\n",
            "?",
            "https://example.org/a?b=c.",
            "'",
            '"',
            "The",
            "said",
            "，",
            "的",
            "\u2028",
            "e.g.",
        ]
    ),
    max_size=30,
).map("".join)


@given(MIXED | st.text(max_size=200))
def test_no_character_is_lost_or_doubled(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(MIXED | st.text(max_size=200))
def test_no_sentence_is_empty_or_has_white_space_around(text: str) -> None:
    assert all(s and s == s.strip() for s in sentences(text))
