"""What an editor would strike under a title, by form and meaning. All leads are made up."""

from collections.abc import Sequence

import numpy as np
import pytest

from curate.text.encoder import Vectors, find_encoder
from curate.text.summary.choose import SentenceRun
from curate.text.summary.lead_model import FEATURES, STRUCK, choose_leads, lead_features, strike_probability
from curate.text.summary.lead_weights import FORM_WEIGHTS

GOOD = "A flood closed the old bridge in Millbrook on Tuesday, and officials said repairs would take until spring."
TALK = "Thanks so much for reading, and see you all next week!"


def lead(text: str, place: int = 1) -> SentenceRun:
    return SentenceRun(text, place, True, 2000, 0.0)


def doubt(text: str) -> float:
    encoder = find_encoder()
    assert encoder
    return float(strike_probability([lead(text)], encoder.encode([text]))[0])


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "The city opened its new library on Monday, and three thousand readers came.",
        "央行周三宣布下调存款准备金率0.5个百分点，预计释放长期资金约一万亿元。",
        "上周六，城东旧货市场的最后一批摊主搬进了新馆。",
    ],
)
def test_what_says_something_alone_is_printed(text: str) -> None:
    assert doubt(text) < STRUCK


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        "You just click on this and then wait for it!",
        "The first was the closing of it, and that is what I mean by this.",
        "大家快来看看吧，我们今天给你们带来了好东西！",
        "如上所述，你只需要点击这个按钮就可以了，是不是很简单？",
    ],
)
def test_talk_and_what_leans_on_the_rest_is_struck(text: str) -> None:
    assert doubt(text) >= STRUCK


def test_a_lead_of_the_beginning_is_doubted_less_than_the_same_from_within() -> None:
    vectors = np.zeros((2, 512), dtype=np.float32)
    early, late = strike_probability([lead(GOOD), lead(GOOD, place=9)], vectors)
    assert early < late


def test_each_feature_has_a_weight_and_a_column() -> None:
    assert set(FORM_WEIGHTS) == set(FEATURES)
    assert lead_features([lead(GOOD), lead(TALK)]).shape == (2, len(FEATURES))


def test_the_next_lead_is_taken_where_the_first_would_be_struck() -> None:
    encoder = find_encoder()
    assert encoder
    offered = [[lead(TALK), lead(GOOD)], [lead(TALK)], [], [lead(GOOD)]]
    assert choose_leads(offered, encoder.encode) == [GOOD, "", "", GOOD]


def test_a_last_sentence_that_would_be_struck_is_left_away() -> None:
    encoder = find_encoder()
    assert encoder
    tail = "So just click on this and tell me what you guys think of it all!!"
    assert doubt(f"{TALK} {tail}") > STRUCK
    long = SentenceRun(f"{TALK} {tail}", 1, True, 2000, 0.0, (GOOD,))
    assert choose_leads([[long]], encoder.encode) == [GOOD]


def test_no_lead_is_encoded_behind_a_good_one() -> None:
    encoder = find_encoder()
    assert encoder
    asked: list[list[str]] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.append(list(texts))
        return encoder.encode(texts)

    choose_leads([[lead(TALK), lead(GOOD), lead(TALK)], [lead(GOOD), lead(TALK)], []], encode)
    assert asked == [[TALK, GOOD], [GOOD]]


def test_without_an_encoder_the_rules_alone_choose() -> None:
    assert choose_leads([[lead(TALK), lead(GOOD)], []], None) == [TALK, ""]
